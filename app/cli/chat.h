#pragma once
// Between the notebook and a neighborhood's chat: needs pasted from one, and the list of open needs
// as text for one. One thread.

#include "app/cli/session.h"

namespace rukun::cli {

// import chat FILE|- [--dry-run]
Status import_chat_file(Session& session, const Arguments& given, Output& out);

// report needs --format text [--public] [--out FILE]
Status needs_as_text(Session& session, const Arguments& given, Output& out);

}  // namespace rukun::cli
