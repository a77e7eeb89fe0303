#include "sync/wire.h"

#include "sync/limits.h"
#include "tests/support/catch.h"

namespace rukun {

namespace {
struct Neighbor {
  std::string name;
  std::int32_t year = 0;
  std::vector<std::string> houses;
  bool at_home = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(name, year, houses, at_home);
  }
};

Bytes of_varint(std::uint64_t number) {
  Writer out;
  out.varint(number);
  return std::move(out.out);
}
}  // namespace

TEST_CASE("a number survives in its shortest form", "[wire]") {
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{127}, std::uint64_t{128},
        std::uint64_t{16383}, std::uint64_t{16384}, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
    const auto bytes = of_varint(number);
    Reader in(bytes);
    CHECK(in.varint() == number);
    CHECK(in.finish("a number"));
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
      Reader shorter(ByteView(bytes).first(cut));
      CHECK(shorter.varint() == 0);
      CHECK_FALSE(shorter.ok());
    }
  }
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{63},
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    Writer out;
    out.svarint(number);
    Reader in(out.out);
    CHECK(in.svarint() == number);
  }
}

TEST_CASE("a number in a longer form, too long or beyond 64 bits is refused", "[wire]") {
  for (const Bytes& bytes : {Bytes{0x80, 0x00}, Bytes{0xff, 0x80, 0x00}, Bytes(11, 0x80),
                             Bytes{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02}}) {
    Reader in(bytes);
    CHECK(in.varint() == 0);
    CHECK_FALSE(in.ok());
  }
  const Bytes two_hundred{200, 1};
  Reader in(two_hundred);
  CHECK(in.varint(199) == 0);
  CHECK_FALSE(in.ok());
}

TEST_CASE("a count that the bytes left cannot bear is refused before anything is allocated",
          "[wire]") {
  auto bytes = of_varint(~std::uint64_t{0});
  bytes.resize(bytes.size() + 100);
  for (const std::size_t each : {std::size_t{0}, std::size_t{1}, std::size_t{32}}) {
    Reader in(bytes);
    CHECK(in.count(1'000'000, each) == 0);
    CHECK_FALSE(in.ok());
  }
  Bytes four = of_varint(4);
  four.resize(four.size() + 127);
  Reader in(four);
  CHECK(in.count(10, 32) == 0);
  Reader enough(four);
  CHECK(enough.count(10, 31) == 4);
}

TEST_CASE("after its first failure a reader gives zeros and keeps the first reason", "[wire]") {
  const Bytes bytes{5, 1, 2};
  Reader in(bytes);
  CHECK(in.blob(10).empty());
  const std::string reason = in.reason();
  CHECK(in.u8() == 0);
  CHECK(in.u64() == 0);
  CHECK(in.id<TxnTag>().is_zero());
  in.fail("another reason");
  CHECK(in.reason() == reason);
  const auto finished = in.finish("a thing");
  REQUIRE_FALSE(finished);
  CHECK(finished.error().code == Code::damaged);
  CHECK(finished.error().message.find("a thing: ") == 0);
  CHECK(finished.error().message.find("at byte 1") != std::string::npos);
}

TEST_CASE("bytes after the end are refused", "[wire]") {
  const Bytes two{1, 2};
  Reader in(two);
  CHECK(in.u8() == 1);
  CHECK(in.so_far("a thing"));
  CHECK_FALSE(in.finish("a thing"));
}

TEST_CASE("what the archive writes comes back, and only in one form", "[wire]") {
  const Neighbor sari{"Bu Sari", -7, {"No. 1", "", "No. 300"}, true};
  const auto bytes = encode(sari);
  const auto back = decode<Neighbor>(bytes, "a neighbor", 100);
  REQUIRE(back);
  CHECK(back->name == sari.name);
  CHECK(back->year == sari.year);
  CHECK(back->houses == sari.houses);
  CHECK(back->at_home);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    CHECK_FALSE(decode<Neighbor>(ByteView(bytes).first(cut), "a neighbor", 100));
  auto longer = bytes;
  longer.push_back(0);
  CHECK_FALSE(decode<Neighbor>(longer, "a neighbor", 100));
  CHECK_FALSE(decode<Neighbor>(bytes, "a neighbor", bytes.size() - 1));
  auto not_a_bool = bytes;
  not_a_bool.back() = 2;
  CHECK_FALSE(decode<Neighbor>(not_a_bool, "a neighbor", 100));
}

TEST_CASE("a hostile size in an archive costs an error, not memory", "[wire]") {
  for (const std::uint64_t size : {std::uint64_t{101}, std::uint64_t{1} << 31, ~std::uint64_t{0}}) {
    auto name = of_varint(size);
    name.resize(60);
    CHECK_FALSE(decode<Neighbor>(name, "a neighbor", 1 << 20));
    Bytes houses{0, 0};
    append(houses, of_varint(size));
    houses.resize(60);
    CHECK_FALSE(decode<Neighbor>(houses, "a neighbor", 1 << 20));
  }
  // Bytes enough for the count, but more elements than the caller takes.
  Bytes many{0, 0, 50};
  many.resize(3 + 50 + 1);
  CHECK(decode<Neighbor>(many, "a neighbor", 100));
  CHECK_FALSE(decode<Neighbor>(many, "a neighbor", 100, 49));
}

TEST_CASE("a number that its field cannot hold is refused", "[wire]") {
  Writer out;
  out.blob(view("Wati"));
  out.svarint(std::int64_t{1} << 40);
  out.varint(0);
  out.u8(1);
  CHECK_FALSE(decode<Neighbor>(out.out, "a neighbor", 100));
}

TEST_CASE("a value of every type survives, and an unknown type is refused", "[wire]") {
  RecordId record;
  record.bytes.fill(7);
  for (const Value& value : {Value(), Value(std::int64_t{-5}), Value("Beras"), Value(record),
                             Value(LocalRef{3}), Value(std::string(limits::kText, 'x'))}) {
    Writer out;
    write_value(out, value);
    Reader in(out.out);
    CHECK(read_value(in) == value);
    CHECK(in.finish("a value"));
  }
  const Bytes of_type_five{5, 0};
  Reader unknown(of_type_five);
  CHECK(is_none(read_value(unknown)));
  CHECK_FALSE(unknown.ok());
  Writer long_text;
  write_value(long_text, std::string(limits::kText + 1, 'x'));
  Reader in(long_text.out);
  read_value(in);
  CHECK_FALSE(in.ok());
}

}  // namespace rukun
