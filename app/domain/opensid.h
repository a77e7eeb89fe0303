#pragma once
// OpenSID, the villages' information system: the columns of its population sheet that Rukun has a
// use for, and what its codes and labels stand for. Headings and labels are compared folded; codes
// and labels may stand side by side in one sheet. What is read becomes text for parse_value.
// Errors: bad_value. Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun {

enum class OpensidColumn : std::uint8_t {
  address,
  dusun,
  rw,
  rt,
  name,
  kk_number,
  nik,
  sex,
  birth_place,
  birth_date,
  family_role,
  disability,
  pregnant,
  status,
  latitude,
  longitude,
  other,  // one that Rukun does not store: religion, education, blood group …
};
inline constexpr std::size_t kOpensidColumns = static_cast<std::size_t>(OpensidColumn::other);

OpensidColumn opensid_column(std::string_view heading);
std::string_view opensid_heading(OpensidColumn column);  // "kk_level"

// What a cell says, as parse_value reads it in the field that the column goes into: "1" under `sex`
// is "male". Empty when it says nothing. Columns without codes come back as they are.
Result<std::string> opensid_value(OpensidColumn column, std::string_view cell, Language language);

// "###" in column B ends the data.
bool ends_opensid(std::string_view second_cell);

}  // namespace rukun
