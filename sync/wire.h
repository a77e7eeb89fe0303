#pragma once
// The one reader of bytes from outside, and its writer. Reader never reads past its end, never
// allocates by a count that the bytes left cannot bear, accepts only the shortest form of a number,
// and remembers its first failure: after it every read gives zero, so callers check once, with
// finish(). On top stand a cereal input and output archive, so that structs keep cereal's ordinary
// serialize(): decode<T>() also refuses trailing bytes and any form that encode() would not have
// written. Pure; any thread.

#include <cereal/cereal.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/vector.hpp>
#include <limits>
#include <type_traits>

#include "platform/base/bytes.h"
#include "platform/base/result.h"
#include "sync/ids.h"
#include "sync/value.h"

namespace rukun {

class Writer {
 public:
  Bytes out;

  void u8(std::uint8_t byte) { out.push_back(byte); }
  void u64(std::uint64_t number);     // 8 bytes, little endian
  void varint(std::uint64_t number);  // LEB128, shortest form
  void svarint(std::int64_t number) {
    varint(static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63));
  }
  void raw(ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }
  void blob(ByteView bytes) {
    varint(bytes.size());
    raw(bytes);
  }
};

class Reader {
 public:
  explicit Reader(ByteView bytes) : bytes_(bytes) {}

  std::uint8_t u8();
  std::uint64_t u64();
  std::uint64_t varint(std::uint64_t most = ~std::uint64_t{0});
  std::int64_t svarint();
  ByteView raw(std::size_t size);
  ByteView blob(std::size_t most) { return raw(count(most, 1)); }
  // A count of things that take at least bytes_each of what is left; 0 after a failure.
  std::size_t count(std::size_t most, std::size_t bytes_each);
  template <class IdType>
  IdType id() {
    IdType id;
    const auto from = raw(IdType::kSize);
    if (ok()) std::copy(from.begin(), from.end(), id.bytes.begin());
    return id;
  }

  void fail(const char* reason);
  bool ok() const { return reason_ == nullptr; }
  const char* reason() const { return reason_; }
  std::size_t offset() const { return at_; }
  std::size_t left() const { return bytes_.size() - at_; }
  // Damaged, with what, reason and offset, unless everything was read and nothing failed.
  Status finish(const char* what);
  // Damaged, likewise, when something failed; bytes may be left.
  Status so_far(const char* what) const;

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
  std::size_t failed_at_ = 0;
  const char* reason_ = nullptr;
};

class BoundedInput : public cereal::InputArchive<BoundedInput, cereal::AllowEmptyClassElision> {
 public:
  BoundedInput(Reader& from, std::size_t most)
      : InputArchive(this), reader(from), most_elements(most) {}
  Reader& reader;
  std::size_t most_elements;
};

class PlainOutput : public cereal::OutputArchive<PlainOutput, cereal::AllowEmptyClassElision> {
 public:
  explicit PlainOutput(Writer& to) : OutputArchive(this), writer(to) {}
  Writer& writer;
};

template <class T>
concept WireNumber = std::is_arithmetic_v<T>;

template <WireNumber T>
void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& in, T& number) {
  static_assert(!std::is_floating_point_v<T>, "no floating point on the wire");
  if constexpr (std::is_same_v<T, bool>) {
    number = in.reader.varint(1) != 0;
  } else if constexpr (std::is_signed_v<T>) {
    const auto wide = in.reader.svarint();
    number = static_cast<T>(wide);
    if (number != wide) in.reader.fail("a number out of range");
  } else {
    number = static_cast<T>(in.reader.varint(std::numeric_limits<T>::max()));
  }
}
template <WireNumber T>
void CEREAL_SAVE_FUNCTION_NAME(PlainOutput& out, const T& number) {
  if constexpr (std::is_signed_v<T>) {
    out.writer.svarint(number);
  } else {
    out.writer.varint(number);
  }
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& in, cereal::SizeTag<T>& tag) {
  tag.size = in.reader.count(in.most_elements, 1);
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(PlainOutput& out, const cereal::SizeTag<T>& tag) {
  out.writer.varint(tag.size);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& in, cereal::NameValuePair<T>& pair) {
  in(pair.value);
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(PlainOutput& out, const cereal::NameValuePair<T>& pair) {
  out(pair.value);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& in, cereal::BinaryData<T>& data) {
  static_assert(sizeof(std::remove_pointer_t<std::remove_reference_t<T>>) == 1,
                "lists of wider numbers would be written in the machine's own order");
  const auto from = in.reader.raw(static_cast<std::size_t>(data.size));
  std::copy(from.begin(), from.end(), static_cast<std::uint8_t*>(static_cast<void*>(data.data)));
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(PlainOutput& out, const cereal::BinaryData<T>& data) {
  out.writer.raw({static_cast<const std::uint8_t*>(static_cast<const void*>(data.data)),
                  static_cast<std::size_t>(data.size)});
}
template <class Tag, std::size_t N>
void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& in, Id<Tag, N>& id) {
  id = in.reader.id<Id<Tag, N>>();
}
template <class Tag, std::size_t N>
void CEREAL_SAVE_FUNCTION_NAME(PlainOutput& out, const Id<Tag, N>& id) {
  out.writer.raw(id);
}

void write_value(Writer& out, const Value& value);
Value read_value(Reader& in);

template <class T>
Bytes encode(const T& thing) {
  Writer writer;
  PlainOutput out(writer);
  out(thing);
  return std::move(writer.out);
}

// `most` bounds the bytes and, through them, every count inside; where elements are large in memory
// and small on the wire, `most_elements` bounds the counts closer.
template <class T>
Result<T> decode(ByteView bytes, const char* what, std::size_t most, std::size_t most_elements) {
  if (bytes.size() > most) return error(Code::damaged, std::string(what) + ": too large");
  Reader reader(bytes);
  BoundedInput in(reader, most_elements);
  T thing{};
  in(thing);
  TRY_VOID(reader.finish(what));
  if (encode(thing) != Bytes(bytes.begin(), bytes.end()))
    return error(Code::damaged, std::string(what) + ": not in canonical form");
  return thing;
}
template <class T>
Result<T> decode(ByteView bytes, const char* what, std::size_t most) {
  return decode<T>(bytes, what, most, most);
}

}  // namespace rukun

CEREAL_REGISTER_ARCHIVE(rukun::BoundedInput)
CEREAL_REGISTER_ARCHIVE(rukun::PlainOutput)
CEREAL_SETUP_ARCHIVE_TRAITS(rukun::BoundedInput, rukun::PlainOutput)
