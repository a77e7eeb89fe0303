#pragma once
// What people head the columns of their lists with: "Nama KK", "No HP", "Jml", "Ket". Read where a
// heading is no field's name or label; the names in kinds.h go before. Constant; any thread.

#include <span>
#include <string_view>

#include "app/domain/kinds.h"

namespace rukun {

struct EverydayHeadings {
  std::string_view kind;   // empty: every kind with such a field
  std::string_view field;  // by name
  std::string_view words;  // "Nama KK|Kepala KK"; case, spaces and punctuation do not matter
};

std::span<const EverydayHeadings> everyday_headings();

// nullptr: it is none of this kind.
const FieldSpec* field_headed(const KindSpec& kind, std::string_view heading);

// "RT/RW" over cells such as "003/007", which say both.
bool heads_rt_and_rw(const KindSpec& kind, std::string_view heading);

}  // namespace rukun
