#pragma once
// The readers behind parse_value, one per shape of text. Each gives nothing when it cannot read, so
// that values.cpp alone says what was expected, in the reader's language. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/domain/values.h"

namespace rukun {

inline constexpr std::size_t kMaxWholeDigits = 15;  // so that thousandths fit 64 bits

// yyyymmdd, 00 for parts that were not given.
std::optional<std::int64_t> read_date(std::string_view text, WallTime now, int utc_offset_min);
std::optional<std::int64_t> read_instant(std::string_view text, WallTime now, int utc_offset_min);
bool is_date_number(std::int64_t yyyymmdd);
bool is_printable_instant(std::int64_t ms);  // years 0 to 9999

std::optional<std::int64_t> read_thousandths(std::string_view text, bool plain_numbers);
std::optional<std::int64_t> read_rupiah(std::string_view text, bool plain_numbers);
std::optional<std::int64_t> read_count(std::string_view text, bool plain_numbers);
std::optional<std::int64_t> read_rt_rw(std::string_view text, bool rw);
std::optional<std::int64_t> read_boolean(std::string_view text);

std::optional<std::string> read_phone(std::string_view text);       // "+62812…"
std::optional<std::string> read_location(std::string_view text);    // "-6.200000,106.816666"
std::optional<std::string> read_identifier(std::string_view text);  // 16 digits; "" means unknown
std::optional<std::string> read_text(std::string_view text);        // line breaks as \n

}  // namespace rukun
