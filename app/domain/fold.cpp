#include "app/domain/fold.h"

#include <cstdint>

namespace rukun {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// One code point from the front of `text`, and its length; length 0 when the bytes are not
// well-formed UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};

CodePoint take_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length};
}

// Letters of Latin-1 and Latin Extended-A without their marks; 0 when `c` is none of them. Names in
// Indonesia that carry marks (Andrée, Nuraeni Ünal) come from these two blocks.
char base_letter(char32_t c) {
  constexpr std::string_view kFromC0 = "aaaaaaaceeeeiiiidnooooo/ouuuuyts";
  constexpr std::string_view kFrom100 =
      "aaaaaacccccccc"
      "ddddeeeeeeeeee"
      "gggggggghhhh"
      "iiiiiiiiiiiijjkkk"
      "llllllllllnnnnnnnnn"
      "oooooooorrrrrrssssssss"
      "ttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  static_assert(kFromC0.size() == 0x20);
  static_assert(kFrom100.size() == 0x80);
  if (c == 0xFF) return 'y';
  if (c >= 0xE0 && c < 0x100) return kFromC0[c - 0xE0];
  if (c >= 0xC0 && c < 0xE0) return kFromC0[c - 0xC0];
  if (c >= 0x100 && c < 0x180) return kFrom100[c - 0x100];
  return 0;
}

bool is_wide_space(char32_t c) {
  return c == 0xA0 || c == 0x202F || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0xFEFF;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  const auto put = [&](std::string_view piece) {
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += piece;
  };
  while (!text.empty()) {
    const auto point = take_code_point(text);
    const auto length = point.length == 0 ? 1 : point.length;
    const auto c = point.value;
    const auto piece = text.substr(0, length);
    text.remove_prefix(length);
    if (point.length == 0) {
      put(piece);
    } else if ((c < 0x80 && is_space(static_cast<char>(c))) || is_wide_space(c)) {
      gap = true;
    } else if (c < 0x80) {
      const char lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
      put({&lower, 1});
    } else if (c >= 0x300 && c < 0x370) {
      continue;  // a combining mark: the letter before it is already out
    } else if (const char letter = base_letter(c); letter != 0) {
      put({&letter, 1});
    } else {
      put(piece);
    }
  }
  return out;
}

std::string folded_key(std::string_view text) {
  std::string out;
  for (const char c : folded(text)) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || static_cast<std::uint8_t>(c) >= 0x80;
    if (digit || letter) out += c;
  }
  return out;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto point = take_code_point(text);
    if (point.length == 0) return false;
    text.remove_prefix(point.length);
  }
  return true;
}

}  // namespace rukun
