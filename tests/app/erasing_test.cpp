// Erasure between real engines: hidden at once, gone from every file once it is settled, whoever
// brings it again, and nobody else's to command.
#include <cstring>
#include <fstream>
#include <iterator>

#include "app/domain/rules/titles.h"
#include "app/engine/engine_works.h"
#include "app/engine/import_memory.h"
#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

using namespace rukun;
using namespace rukun::test;

namespace {

constexpr std::string_view kWord = "Mangunkusumo";  // in what is to be erased, and nowhere else

bool holds(ByteView where, std::string_view what) {
  return std::search(where.begin(), where.end(), what.begin(), what.end()) != where.end();
}

RecordId add_household(Laptop& laptop, const SpaceId& space, const std::string& number = {}) {
  using namespace fields::household;
  std::vector<FieldChange> fields{{kName, OpType::put, "Ibu " + std::string(kWord)},
                                  {kAddress, OpType::put, std::string("Gang Melati 4")},
                                  {kRt, OpType::put, std::int64_t{3}},
                                  {kRw, OpType::put, std::int64_t{7}}};
  if (!number.empty()) fields.push_back({kKkNumber, OpType::put, number});
  return laptop.run(space, {{AddRecord{kKind, std::move(fields)}}}).records.at(0);
}

Status set_note(Laptop& laptop, const SpaceId& space, const RecordId& id, std::string text) {
  using namespace fields::household;
  return laptop.try_run(space, {{SetFields{id, {{kNote, OpType::put, std::move(text)}}}}})
      .map([](const Outcome&) {});
}

Life life(Laptop& laptop, const SpaceId& space, const RecordId& id) {
  auto& engine = laptop.engine();
  const auto record = engine.records().record(engine.space(space)->number, id);
  REQUIRE(record);
  return *record ? (*record)->life : Life::absent;
}

bool is_dropped(Laptop& laptop, const SpaceId& space) {
  const auto all = laptop.engine().erasures(space);
  REQUIRE(all);
  return !all->empty() &&
         std::all_of(all->begin(), all->end(), [](const auto& one) { return one.dropped; });
}

// Everything that the vault keeps and shows, opened.
bool tells(Laptop& laptop, const SpaceId& space, std::string_view word) {
  auto& works = laptop.engine().works();
  bool found = false;
  REQUIRE(works.store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    TRY(const auto run, works.codec.open_own(segment.sealed, space, works.keys()));
    found = found || holds(run.run().text, word);
    return true;
  }));
  for (int one = 1; one <= 15; ++one)
    REQUIRE(works.vault.each(static_cast<ItemClass>(one), [&](ByteView, Secret value) -> Status {
      found = found || holds(value.view(), word);
      return {};
    }));
  const auto image = works.projection->image();
  REQUIRE(image);
  return found || holds(image->view(), word);
}

// The sealed segments that tell it: what free pages and the WAL might still hold.
std::vector<Bytes> sealed_with(Laptop& laptop, const SpaceId& space, std::string_view word) {
  auto& works = laptop.engine().works();
  std::vector<Bytes> out;
  REQUIRE(works.store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    TRY(const auto run, works.codec.open_own(segment.sealed, space, works.keys()));
    if (holds(run.run().text, word)) out.emplace_back(segment.sealed.begin(), segment.sealed.end());
    return true;
  }));
  REQUIRE_FALSE(out.empty());
  return out;
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& place) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place))
    if (entry.is_regular_file()) out.push_back(entry.path());
  return out;
}

Bytes bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool on_disk(Laptop& laptop, const std::vector<Bytes>& sealed) {
  for (const auto& file : files_below(laptop.home())) {
    const auto bytes = bytes_of(file);
    for (const auto& one : sealed) {
      // A page is shorter than a segment may be: a piece from its middle is what can be found.
      const auto piece = ByteView(one).subspan(one.size() / 2, 32);
      if (std::search(bytes.begin(), bytes.end(), piece.begin(), piece.end()) != bytes.end())
        return true;
    }
  }
  return false;
}

// Whether any bundle on the stick, opened with this laptop's keys, says something of the record.
bool stick_tells(Laptop& laptop, const SpaceId& space, const std::filesystem::path& stick,
                 const RecordId& id) {
  auto& works = laptop.engine().works();
  std::size_t opened_count = 0;
  bool found = false;
  for (const auto& file : files_below(stick)) {
    if (file.extension() != ".rkb") continue;
    const auto bytes = bytes_of(file);
    std::size_t at = 0;
    BundleReader bundle([&](std::span<std::uint8_t> out) -> Result<std::size_t> {
      const auto size = std::min(out.size(), bytes.size() - at);
      std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, out.begin());
      at += size;
      return size;
    });
    for (;;) {
      const auto chunk = bundle.next();
      REQUIRE(chunk);
      if (!*chunk) break;
      if ((*chunk)->type != ChunkType::segment) continue;
      const auto opened = works.codec.open((*chunk)->bytes, space, works.keys());
      REQUIRE(opened);
      ++opened_count;
      found = found || tells_of(opened->run(), [&](const RecordId& one) { return one == id; });
    }
  }
  CHECK(opened_count > 0);
  return found;
}

}  // namespace

TEST_CASE("what was erased is hidden at once, and gone from three homes and their stick once heard",
          "[erase]") {
  ThreeNeighbors rt;
  const auto gone = add_household(rt.head, rt.space);
  rt.head.add_need(rt.space, 5000, "Tetap");
  rt.round();
  REQUIRE(set_note(rt.volunteer, rt.space, gone, "anak " + std::string(kWord)));
  rt.round();
  // A form that was left half-way tells of it too.
  REQUIRE(rt.head.engine().local().save_draft(
      {"edit", rt.space, gone, WallTime{}, {{"name", "Ibu " + std::string(kWord)}}}));
  // And the print of the imported row that made it: it could be guessed from.
  RowPrint print;
  print.bytes[0] = 9;
  const auto rows_known = [&] {
    auto imports = ImportMemory::read(rt.head.engine().local(), rt.space);
    REQUIRE(imports);
    return imports->known_rows(fields::household::kKind)->contains(print);
  };
  REQUIRE(ImportMemory::read(rt.head.engine().local(), rt.space)
              ->add_piece("i1", fields::household::kKind, {TxnHash{}, {{print, gone}}}));
  REQUIRE(rows_known());
  std::map<Laptop*, std::vector<Bytes>> sealed;
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    REQUIRE(tells(*laptop, rt.space, kWord));
    laptop->close();  // the image tells it now, too
    sealed[laptop] = sealed_with(*laptop, rt.space, kWord);
    REQUIRE(on_disk(*laptop, sealed[laptop]));
  }
  REQUIRE(stick_tells(rt.head, rt.space, rt.stick, gone));

  const auto erased = rt.head.engine().erase(rt.space, gone, "diminta yang bersangkutan");
  REQUIRE(erased);
  CHECK(*erased == EraseProgress::gone);  // the only head
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CAPTURE(laptop->name());
    CHECK(life(*laptop, rt.space, gone) == Life::erased);
    CHECK(laptop->count(rt.space, fields::household::kKind) == 0);
    CHECK(laptop->count(rt.space, fields::need::kKind) == 1);
    CHECK(is_dropped(*laptop, rt.space));
    CHECK_FALSE(tells(*laptop, rt.space, kWord));
    CHECK(laptop->engine().verify()->empty());
    CHECK_FALSE(on_disk(*laptop, sealed[laptop]));
    laptop->close();
    CHECK_FALSE(on_disk(*laptop, sealed[laptop]));
    CHECK(life(*laptop, rt.space, gone) == Life::erased);
    CHECK(laptop->digest(rt.space) == rt.head.digest(rt.space));
  }
  CHECK_FALSE(stick_tells(rt.head, rt.space, rt.stick, gone));
  CHECK_FALSE(rows_known());

  // Who joins later checks everything and never sees it.
  Laptop late(rt.dir.path(), "Tuti", 77);
  late.join(rt.head.invite(rt.space, Role::volunteer));
  rt.round();
  for (int i = 0; i < 2; ++i) {
    late.sync(rt.stick);
    rt.head.sync(rt.stick);
  }
  CHECK(late.count(rt.space, fields::need::kKind) == 1);
  CHECK(life(late, rt.space, gone) == Life::erased);
  CHECK_FALSE(tells(late, rt.space, kWord));
  CHECK(late.engine().verify()->empty());
  CHECK(late.digest(rt.space) == rt.head.digest(rt.space));
}

TEST_CASE("bytes stay until every head has heard, and then go everywhere", "[erase]") {
  ThreeNeighbors rt;
  REQUIRE(rt.head.engine().set_role(rt.space, rt.office.engine().member(), Role::head));
  rt.round();
  const auto gone = add_household(rt.volunteer, rt.space);
  rt.round();
  const auto erased = rt.head.engine().erase(rt.space, gone, "salah orang");
  REQUIRE(erased);
  CHECK(*erased == EraseProgress::hidden);
  rt.head.sync(rt.stick);
  rt.volunteer.sync(rt.stick);
  for (Laptop* laptop : {&rt.head, &rt.volunteer}) {
    CHECK(life(*laptop, rt.space, gone) == Life::erased);
    CHECK_FALSE(is_dropped(*laptop, rt.space));
    CHECK(tells(*laptop, rt.space, kWord) == true);
    const auto all = laptop->engine().erasures(rt.space);
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    CHECK(all->front().open.size() == (laptop == &rt.head ? 2U : 1U));
  }
  CHECK(life(rt.office, rt.space, gone) == Life::alive);
  rt.round();
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CHECK(is_dropped(*laptop, rt.space));
    CHECK_FALSE(tells(*laptop, rt.space, kWord));
    CHECK(laptop->engine().verify()->empty());
  }
}

TEST_CASE("what comes late from somebody who had not heard is hidden, and kept by nobody",
          "[erase]") {
  ThreeNeighbors rt;
  const auto gone = add_household(rt.head, rt.space);
  rt.round();
  REQUIRE(rt.head.engine().erase(rt.space, gone, "diminta"));
  // Sari writes on, far away.
  REQUIRE(set_note(rt.volunteer, rt.space, gone, "sakit, kata " + std::string(kWord)));
  const auto kept = rt.volunteer.add_need(rt.space, 2000, "Air");
  // A file by chat: read by somebody who has dropped it, written by somebody who has not heard.
  const auto late = rt.dir / "late.rukun";
  REQUIRE(rt.volunteer.engine().export_bundle(late, std::nullopt, std::nullopt));
  REQUIRE(rt.head.engine().import_bundle(late));
  CHECK(rt.head.title(rt.space, kept) == "Air");
  CHECK_FALSE(tells(rt.head, rt.space, kWord));
  CHECK(rt.head.engine().verify()->empty());
  rt.round();
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CAPTURE(laptop->name());
    CHECK(life(*laptop, rt.space, gone) == Life::erased);
    CHECK(laptop->title(rt.space, kept) == "Air");
    CHECK_FALSE(tells(*laptop, rt.space, kWord));
    CHECK(laptop->engine().verify()->empty());
    CHECK(laptop->digest(rt.space) == rt.head.digest(rt.space));
  }
  const auto again = set_note(rt.volunteer, rt.space, gone, "lagi");
  REQUIRE_FALSE(again);
  CHECK(again.error().code == Code::not_found);
}

TEST_CASE("a household whose number was erased can be entered again, and is one on all laptops",
          "[erase]") {
  ThreeNeighbors rt;
  const std::string number = "3174012501010001";
  const auto gone = add_household(rt.head, rt.space, number);
  rt.round();
  REQUIRE(rt.head.engine().erase(rt.space, gone, "diminta"));
  rt.round();
  const auto here = add_household(rt.volunteer, rt.space, number);
  const auto there = add_household(rt.head, rt.space, number);
  CHECK(here == there);
  CHECK(here != gone);
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CHECK(laptop->count(rt.space, fields::household::kKind) == 1);
    CHECK(life(*laptop, rt.space, gone) == Life::erased);
  }
}

TEST_CASE("needs and offers are erased by who made them, all else by heads only", "[erase]") {
  ThreeNeighbors rt;
  const auto own = rt.volunteer.add_need(rt.space, 1000, "Rahasia " + std::string(kWord));
  const auto other = rt.head.add_need(rt.space, 1000, "Milik ketua");
  const auto house = add_household(rt.volunteer, rt.space);
  rt.round();
  for (const auto& id : {other, house}) {
    const auto refused = rt.volunteer.engine().erase(rt.space, id, "iseng");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::not_allowed);
    // A liar's program writes the act all the same.
    auto& works = rt.volunteer.engine().works();
    REQUIRE(works.write_act(*works.find(rt.space), EraseAct{id, "iseng"}));
    CHECK(life(rt.volunteer, rt.space, id) == Life::alive);
  }
  REQUIRE(rt.volunteer.engine().erase(rt.space, own, "salah tulis"));
  rt.round();
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CAPTURE(laptop->name());
    CHECK(life(*laptop, rt.space, own) == Life::erased);
    CHECK(life(*laptop, rt.space, other) == Life::alive);
    CHECK(life(*laptop, rt.space, house) == Life::alive);
    CHECK_FALSE(laptop->engine().erasures(rt.space)->empty());
    laptop->close();
    CHECK(life(*laptop, rt.space, own) == Life::erased);
    CHECK(laptop->engine().verify()->empty());
  }
}

TEST_CASE("who stands near an erased person is proposed, and refers to what was erased",
          "[erase]") {
  ThreeNeighbors rt;
  const auto house = add_household(rt.head, rt.space);
  using namespace fields::need;
  const auto need = rt.head
                        .run(rt.space, {{AddRecord{kKind,
                                                   {{kTitle, OpType::put, std::string("Beras")},
                                                    {kCategory, OpType::put, std::int64_t{1}},
                                                    {kQuantity, OpType::put, std::int64_t{1000}},
                                                    {kUnit, OpType::put, std::string("kg")},
                                                    {kHousehold, OpType::put, house}}}}})
                        .records.at(0);
  const auto linked = rt.head.engine().linked(rt.space, house);
  REQUIRE(linked);
  REQUIRE(linked->size() == 1);
  CHECK(linked->front().record == need);
  REQUIRE(rt.head.engine().erase(rt.space, house, "diminta"));
  auto& engine = rt.head.engine();
  const auto number = engine.space(rt.space)->number;
  const FormatContext format(Language::id);
  CHECK(*record_title(engine.records(), number, house, format) == "(data telah dihapus)");
  const auto refused =
      rt.head.try_run(rt.space, {{SetFields{need, {{kHousehold, OpType::put, house}}}}});
  CHECK_FALSE(refused);
}

TEST_CASE("stubs without an erasure are not taken", "[erase]") {
  ThreeNeighbors rt;
  const auto house = add_household(rt.head, rt.space);
  auto& works = rt.head.engine().works();
  Space& space = *works.find(rt.space);
  REQUIRE(works.store->begin_batch());
  for (const auto ix : works.store->logs(space.ix))
    if (works.store->log(ix).name.which == LogKind::data)
      REQUIRE(works.store->erase(ix, [&](const RecordId& id) { return id == house; }));
  REQUIRE(works.store->commit_batch());
  rt.head.sync(rt.stick);
  const auto report = rt.volunteer.sync(rt.stick);
  CHECK_FALSE(report.refused.empty());
  CHECK(rt.volunteer.count(rt.space, fields::household::kKind) == 0);
  CHECK_FALSE(rt.head.engine().verify()->empty());
}
