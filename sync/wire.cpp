#include "sync/wire.h"

#include "sync/limits.h"

namespace rukun {

void Writer::u64(std::uint64_t number) {
  for (int i = 0; i < 8; ++i) out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

void Writer::varint(std::uint64_t number) {
  while (number >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(number | 0x80));
    number >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(number));
}

void Reader::fail(const char* reason) {
  if (reason_ != nullptr) return;
  reason_ = reason;
  failed_at_ = at_;
  at_ = bytes_.size();
}

std::uint8_t Reader::u8() {
  if (left() < 1) {
    fail("cut short");
    return 0;
  }
  return bytes_[at_++];
}

std::uint64_t Reader::u64() {
  const auto from = raw(8);
  std::uint64_t number = 0;
  for (std::size_t i = from.size(); i-- > 0;) number = number << 8 | from[i];
  return number;
}

std::uint64_t Reader::varint(std::uint64_t most) {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = u8();
    if (!ok()) return 0;
    if (shift == 63 && byte > 1) break;
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) {
      if (byte == 0 && shift != 0) {
        fail("a number not in its shortest form");
        return 0;
      }
      if (number > most) {
        fail("a number out of range");
        return 0;
      }
      return number;
    }
  }
  fail("a number too long");
  return 0;
}

std::int64_t Reader::svarint() {
  const std::uint64_t folded = varint();
  return static_cast<std::int64_t>(folded >> 1) ^ -static_cast<std::int64_t>(folded & 1);
}

ByteView Reader::raw(std::size_t size) {
  if (left() < size) {
    fail("cut short");
    return {};
  }
  const auto out = bytes_.subspan(at_, size);
  at_ += size;
  return out;
}

std::size_t Reader::count(std::size_t most, std::size_t bytes_each) {
  const std::uint64_t number = varint();
  if (number > most || number * bytes_each > left()) {
    fail("a count that the bytes left cannot bear");
    return 0;
  }
  return static_cast<std::size_t>(number);
}

Status Reader::finish(const char* what) {
  if (ok() && left() != 0) fail("bytes after the end");
  return so_far(what);
}

Status Reader::so_far(const char* what) const {
  if (ok()) return {};
  return error(Code::damaged,
               std::string(what) + ": " + reason_ + " at byte " + std::to_string(failed_at_));
}

void write_value(Writer& out, const Value& value) {
  out.u8(static_cast<std::uint8_t>(type_of(value)));
  if (const auto* number = std::get_if<std::int64_t>(&value)) out.svarint(*number);
  if (const auto* text = std::get_if<std::string>(&value)) out.blob(view(*text));
  if (const auto* record = std::get_if<RecordId>(&value)) out.raw(*record);
  if (const auto* local = std::get_if<LocalRef>(&value)) out.varint(local->part);
}

Value read_value(Reader& in) {
  switch (static_cast<ValueType>(in.u8())) {
    case ValueType::none: return {};
    case ValueType::integer: return in.svarint();
    case ValueType::text: return std::string(text_of(in.blob(limits::kText)));
    case ValueType::reference: return in.id<RecordId>();
    case ValueType::local:
      return LocalRef{static_cast<std::uint32_t>(in.varint(limits::kPartsInTxn))};
  }
  in.fail("an unknown type of value");
  return {};
}

}  // namespace rukun
