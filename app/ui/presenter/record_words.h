#pragma once
// A record's values as people read them: amounts with their unit, fields, and who is meant. A
// record that has not arrived is left out or named by its id. Functions over the desk; its thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::string amount_words(Desk& desk, std::int64_t thousandths, std::string_view unit);
// The unit that a quantity of such a row is counted in: its own, or that of what it belongs to.
std::string unit_of(Desk& desk, const Row& row);
// A field with its unit where it is a quantity; all values of a set.
std::string field_words(Desk& desk, const Row& row, const FieldSpec& spec, const Value& value);
std::string for_whom(Desk& desk, const Row& row, bool with_address);
std::string giver_of(Desk& desk, const Row& offer);
std::string receiver_of(Desk& desk, const Row& entitlement);
std::string groups_of(Desk& desk, const Row& household);

}  // namespace rukun::ui
