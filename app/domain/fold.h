#pragma once
// Two spellings of one word become one: how names, headings and items are compared. Folding is for
// comparing only and is never shown or stored as a value. Total: bytes that are not UTF-8 pass
// through unchanged. Pure; any thread.

#include <string>
#include <string_view>

namespace rukun {

// Without spaces at the ends, tabs and line breaks included.
std::string_view trimmed(std::string_view text);

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Lower case, Latin letters without their marks, every run of white space as one space, trimmed: "
// Béras  Merah" is "beras merah".
std::string folded(std::string_view text);

// folded() with nothing left but letters and digits: "No. KK", "no_kk" and "NO KK" are all "nokk".
std::string folded_key(std::string_view text);

// True when every sequence is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

}  // namespace rukun
