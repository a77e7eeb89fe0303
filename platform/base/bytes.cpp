#include "platform/base/bytes.h"

#include "platform/base/result.h"

namespace rukun {

std::string to_hex(ByteView bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const auto b : bytes) {
    out += kDigits[b >> 4];
    out += kDigits[b & 15];
  }
  return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

const char* name_of(Code code) {
  switch (code) {
    case Code::not_found: return "not_found";
    case Code::ambiguous: return "ambiguous";
    case Code::not_allowed: return "not_allowed";
    case Code::bad_value: return "bad_value";
    case Code::locked: return "locked";
    case Code::damaged: return "damaged";
    case Code::foreign: return "foreign";
    case Code::unsupported: return "unsupported";
    case Code::busy: return "busy";
    case Code::full: return "full";
    case Code::io: return "io";
  }
  return "io";
}

}  // namespace rukun
