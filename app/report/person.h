#pragma once
// All that is kept about one household, resident or volunteer, for the person it is about: the
// record and every record that points at it, one field a row, with what the field is for, who wrote
// it when, and the command that corrects it. Identifiers come whole: it is that person's own page.
// On paper, where a field takes one line, there is no command to type: the short code of the record
// stands there, for the member who is asked. Errors: not_found, io. One thread.

#include "app/engine/engine.h"
#include "app/report/table.h"

namespace rukun {

// `showing` names records and items in its language.
Result<Table> person_table(Engine& engine, const SpaceInfo& space, const RecordId& record,
                           const FormatContext& showing, bool on_paper = false);

}  // namespace rukun
