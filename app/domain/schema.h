#pragma once
// The declared kinds as the projection wants them: one table per kind, one column per field, under
// their own names. Pure; any thread.

#include "storage/query.h"

namespace rukun {

Schema projection_schema();

// The value of a field of a row of this schema; none when it is not set.
const Value& value_in(const Row& row, FieldId field);
std::int64_t number_in(const Row& row, FieldId field);  // 0 when it is not set
std::string text_in(const Row& row, FieldId field);     // empty when it is not set
const std::vector<Value>& set_in(const Row& row, FieldId field);
std::vector<std::string> texts_in(const Row& row, FieldId field);  // of a set

}  // namespace rukun
