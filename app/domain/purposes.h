#pragma once
// What each personal field is collected for (UU PDP: a purpose is told before data is asked for),
// beside the table of kinds: one row for each field whose class is personal or identifier. Shown
// where the field is typed, and on the page of what is kept about a person. Constant; any thread.

#include "app/domain/kinds.h"

namespace rukun {

// Empty for fields that are not personal.
std::string_view purpose_of(KindId kind, FieldId field, Language language);

}  // namespace rukun
