// What each role may write, kind by kind, where it matters most: a program that asks no rule writes
// it all the same, and on every other laptop it does not count.
#include "app/engine/engine_works.h"
#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

namespace rukun::test {
namespace {

namespace k = fields;

// The table of the roles: v volunteers, o the office, r whoever made it. Heads may write all.
struct MayWrite {
  KindId kind;
  const char* who;
};
constexpr MayWrite kTable[] = {
    {k::household::kKind, "v"}, {k::resident::kKind, "v"}, {k::need::kKind, "vr"},
    {k::offer::kKind, "vr"},    {k::pledge::kKind, "v"},   {k::handover::kKind, "v"},
    {k::volunteer::kKind, "v"}, {k::activity::kKind, "v"}, {k::shift::kKind, "v"},
    {k::signup::kKind, "vr"},   {k::drive::kKind, "v"},    {k::contribution::kKind, "v"},
    {k::program::kKind, "o"},   {k::stock::kKind, "o"},    {k::entitlement::kKind, "o"},
    {k::listing::kKind, "vr"},  {k::order::kKind, "vr"},   {k::training::kKind, "vo"},
    {k::resource::kKind, "vo"}, {k::notice::kKind, "vo"},  {k::report_mark::kKind, ""}};

// A record of the kind as a program would write it that asks nothing.
void write_unasked_record(Laptop& laptop, const SpaceId& space, KindId kind) {
  auto& works = laptop.engine().works();
  const auto& field = kind_of(kind).fields.front();
  Part part;
  part.ref = RefType::fresh;
  part.kind = kind;
  part.salt = SeededRandom(kind).draw<Salt>();
  Value value = std::int64_t{1};
  if (carried_as(field.type) == ValueType::text) value = std::string("palsu");
  RecordId somebody;
  somebody.bytes[0] = 9;
  if (carried_as(field.type) == ValueType::reference) value = somebody;
  part.ops.push_back({field.id, field.set ? OpType::add : OpType::put, {}, value});
  const auto wrote = works.write(*works.find(space), LogKind::data, {part});
  INFO((wrote ? std::string() : wrote.error().message));
  REQUIRE(wrote);
}

}  // namespace

TEST_CASE("a neighbor's entry of any kind counts when the author's role may write it, and else not",
          "[members][roles]") {
  ThreeNeighbors rt;
  Laptop reader(rt.dir.path(), "Bu Ani", 77);
  reader.join(rt.head.invite(rt.space, Role::reader));
  reader.sync(rt.stick);
  rt.round();
  reader.sync(rt.stick);
  REQUIRE(std::size(kTable) == all_kinds().size());
  std::uint64_t refused = 0;
  for (const auto& line : kTable) {
    for (auto* laptop : {&rt.volunteer, &rt.office, &reader})
      write_unasked_record(*laptop, rt.space, line.kind);
    refused += 3 - std::string_view(line.who).size();
  }
  reader.sync(rt.stick);
  rt.round();
  for (const auto& line : kTable) {
    CAPTURE(line.kind, line.who);
    CHECK(rt.head.count(rt.space, line.kind) == std::string_view(line.who).size());
    CHECK(rt.office.count(rt.space, line.kind) == std::string_view(line.who).size());
  }
  CHECK(rt.head.engine().status(rt.space)->masked == refused);
}

}  // namespace rukun::test
