#include "app/report/encoding.h"

#include <algorithm>
#include <array>

#include "app/domain/fold.h"

namespace rukun {
namespace {

constexpr std::size_t kLookAt = 256;

// 0x80 to 0x9F; what came later is Latin-1. 0: nothing stands there.
constexpr std::array<std::uint16_t, 32> kWindowsLetters = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void put_letter(std::string& out, std::uint32_t code) {
  const auto more = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    more(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    more(6);
    more(0);
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    more(12);
    more(6);
    more(0);
  }
}

tl::unexpected<Error> no_text(Language language, std::string_view indonesian,
                              std::string_view english) {
  return error(Code::damaged, std::string(pick(language, indonesian, english)),
               std::string(pick(language, "Simpan lembar itu lagi sebagai CSV UTF-8 atau XLSX",
                                "Save the sheet again as CSV UTF-8 or XLSX")));
}

enum class ByteOrder : std::uint8_t { none, little, big };

ByteOrder order_of(ByteView bytes) {
  if (bytes.size() < 2) return ByteOrder::none;
  if (bytes[0] == 0xFF && bytes[1] == 0xFE) return ByteOrder::little;
  if (bytes[0] == 0xFE && bytes[1] == 0xFF) return ByteOrder::big;
  // Without a mark: Latin letters have a zero beside them, always on the same side.
  std::array<std::size_t, 2> zeros{};
  const auto count = std::min(bytes.size(), kLookAt) / 2 * 2;
  for (std::size_t i = 0; i < count; ++i)
    if (bytes[i] == 0) ++zeros[i % 2];
  if (zeros[1] * 4 > count && zeros[0] == 0) return ByteOrder::little;
  if (zeros[0] * 4 > count && zeros[1] == 0) return ByteOrder::big;
  return ByteOrder::none;
}

// Whether a letter of two bytes or more is well-formed UTF-8 somewhere in it.
bool has_utf8_letter(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t size = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
    if (size > 0 && i + size <= text.size() && is_utf8(text.substr(i, size))) return true;
  }
  return false;
}

// The first line that is not UTF-8, of a text that is not.
std::size_t first_strange_line(std::string_view text) {
  for (std::size_t number = 1;; ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end == text.size() || !is_utf8(text.substr(0, end))) return number;
    text.remove_prefix(end + 1);
  }
}

Result<std::string> from_utf16(ByteView bytes, Language language) {
  const bool big = order_of(bytes) == ByteOrder::big;
  const auto wrong = [&] {
    return no_text(language, "teks UTF-16 ini rusak", "this UTF-16 text is damaged");
  };
  if (bytes.size() % 2 != 0) return wrong();
  const auto unit = [&](std::size_t i) {
    return static_cast<std::uint32_t>(big ? bytes[i] << 8 | bytes[i + 1]
                                          : bytes[i + 1] << 8 | bytes[i]);
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    auto code = unit(i);
    if (i == 0 && code == 0xFEFF) continue;
    if (code >= 0xD800 && code < 0xE000) {
      const bool pair = code < 0xDC00 && i + 2 < bytes.size();
      const auto second = pair ? unit(i + 2) : 0;
      if (second < 0xDC00 || second >= 0xE000) return wrong();
      code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
      i += 2;
    }
    put_letter(out, code);
  }
  return out;
}

}  // namespace

Result<Encoding> encoding_of(ByteView bytes, Language language) {
  if (order_of(bytes) != ByteOrder::none) return Encoding::utf16;
  const auto text = text_of(bytes);
  if (is_utf8(text)) return Encoding::utf8;
  const bool fits = std::none_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) {
    return byte == 0 || (byte >= 0x80 && byte < 0xA0 && kWindowsLetters[byte - 0x80] == 0);
  });
  if (fits && !has_utf8_letter(text)) return Encoding::windows_1252;
  const auto line = std::to_string(first_strange_line(text));
  return no_text(language, "huruf di baris " + line + " bukan UTF-8, UTF-16, atau Windows-1252",
                 "the letters in line " + line + " are not UTF-8, UTF-16 or Windows-1252");
}

Result<std::string> to_utf8(ByteView bytes, Encoding encoding, Language language) {
  if (encoding == Encoding::utf16) return from_utf16(bytes, language);
  std::string out;
  if (encoding == Encoding::utf8) {
    out = text_of(bytes);
    if (out.starts_with("\xEF\xBB\xBF")) out.erase(0, 3);
    return out;
  }
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const auto byte : bytes)
    put_letter(out, byte >= 0x80 && byte < 0xA0 ? kWindowsLetters[byte - 0x80] : byte);
  return out;
}

}  // namespace rukun
