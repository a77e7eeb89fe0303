#pragma once
// The name by which people know a record: "Beras 5 kg", "Bu Ani", "Ronda, 22 November 2025 pukul
// 22.00 WIB", "Bu Sari: Beras 5 kg". Never a note, a number or a phone. Total: what has not arrived
// is "(belum tiba)". Reads the projection; errors: io. One thread.

#include <string>

#include "app/domain/rules/phrase.h"
#include "app/domain/values.h"
#include "storage/projection.h"

namespace rukun {

Result<std::string> record_title(Projection& records, std::uint32_t space, const RecordId& record,
                                 const FormatContext& format);
// In both languages, for sentences in both.
Result<Phrase> record_phrase(Projection& records, std::uint32_t space, const RecordId& record,
                             const ItemCatalogue* items, int utc_offset_min);
Result<std::string> row_title(Projection& records, const Row& row, const FormatContext& format);

// "Beras 5 kg", else "Pangan 5 kg": what a need or an offer without a title is called.
std::string goods_title(std::int64_t category, std::string_view item, std::int64_t thousandths,
                        std::string_view unit, const FormatContext& format);

}  // namespace rukun
