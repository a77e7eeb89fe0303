// The folder exchange among people: receipts that others carry, folders that programs keep alike,
// bounds on what one's own directory grows to and on what strangers can cost.
#include <algorithm>
#include <functional>

#include "app/engine/folder_watch.h"
#include "sync/bundle.h"
#include "tests/support/catch.h"
#include "tests/support/disk_laptop.h"

namespace rukun::test {
namespace {

// Neighbors who each see folders of their own choice; the world of outside files is one.
struct Neighbors {
  MemoryFiles outside;
  DiskLaptop budi{"folder-budi", "Pak Budi", 1, outside};
  DiskLaptop sari{"folder-sari", "Sari", 2, outside};
  DiskLaptop office{"folder-office", "Kantor Desa", 3, outside};
  SpaceId space;

  Neighbors() {
    for (const char* dir : {"/stick/start", "/stick/a", "/stick/b", "/stick/c"})
      REQUIRE(outside.make_dirs(dir));
    space = must_be(budi.engine().create_space("RT 003/RW 007", ""), "a space").space;
    for (auto* laptop : {&sari, &office}) {
      const auto role = laptop == &office ? Role::office : Role::volunteer;
      const auto file = must_be(budi.engine().create_invite(space, role, true), "inviting").file;
      must_be(laptop->engine().join(file, std::nullopt), "joining");
    }
    for (int turn = 0; turn < 3; ++turn)
      for (auto* laptop : {&budi, &sari, &office}) sync(*laptop, "/stick/start");
  }

  ExchangeReport sync(DiskLaptop& laptop, const Path& folder) {
    laptop.clock().pass(1000);
    auto report = must_be(laptop.engine().sync_folder(folder), "a folder");
    CHECK(report.safe_to_remove);
    return report;
  }
  std::uint64_t unsent(DiskLaptop& laptop) {
    return must_be(laptop.engine().status(space), "the status").unsent;
  }
  std::uint64_t seen(DiskLaptop& laptop, const std::string& by) {
    for (const auto& one : must_be(laptop.engine().status(space), "the status").reached)
      if (one.name == by) return one.seen;
    return 0;
  }
  // Where `laptop` knows its last word on a record to be.
  std::string holders(DiskLaptop& laptop, const RecordId& record) {
    const auto history = must_be(laptop.engine().history(space, record), "a history");
    const Head* word = last_word(history, laptop.engine().member());
    REQUIRE(word != nullptr);
    std::string names;
    for (const auto& one : must_be(laptop.engine().holders(space, *word), "holders"))
      names += one.name + (one.role == Role::office ? " (office);" : ";");
    return names;
  }
  std::size_t needs(DiskLaptop& laptop) {
    Query query;
    query.kind = fields::need::kKind;
    return must_be(laptop.engine().records().count(query), "a count");
  }
  WatchedExchange watched(DiskLaptop& laptop, const Path& folder, FolderWatch& watch) {
    laptop.clock().pass(1000);
    return must_be(sync_folder(laptop.engine(), folder, watch), "a watched folder");
  }
  void write(DiskLaptop& laptop, int count) {
    for (int i = 0; i < count; ++i) laptop.add_need(space, "Beras " + std::to_string(i));
  }
  std::uint64_t bytes_in(const std::string& folder) {
    std::uint64_t sum = 0;
    for (const auto& name : outside.names())
      if (name.starts_with(folder)) sum += outside.look(name)->size();
    return sum;
  }
};

// Remembers what it was told, and stops when it is time.
struct Watch final : FolderWatch {
  std::function<bool(const FolderProgress&)> enough = [](const FolderProgress&) { return false; };
  std::vector<FolderProgress> told;
  bool goes_on(const FolderProgress& progress) override {
    told.push_back(progress);
    return !enough(progress);
  }
};

}  // namespace

TEST_CASE("who waits for an exchange is told how far it is", "[folder]") {
  Neighbors n;
  n.write(n.budi, 30);
  n.sync(n.budi, "/stick/a");
  n.write(n.sari, 30);
  Watch watch;
  const auto done = n.watched(n.sari, "/stick/a", watch);
  CHECK_FALSE(done.stopped);
  CHECK(done.report.safe_to_remove);
  CHECK(n.needs(n.sari) == 60);
  REQUIRE(watch.told.size() >= 3);
  CHECK_FALSE(watch.told.front().writing);
  CHECK(watch.told.back().writing);
  for (std::size_t i = 0; i < watch.told.size(); ++i) {
    const auto& now = watch.told[i];
    CHECK(now.done <= now.total);
    if (i == 0 || watch.told[i - 1].writing != now.writing) continue;
    CHECK(watch.told[i - 1].done <= now.done);
    CHECK(watch.told[i - 1].total <= now.total);
  }
  for (const auto& one : watch.told)
    if (!one.writing) CHECK(one.total == watch.told.front().total);
}

TEST_CASE("an exchange that is stopped keeps what was read, and the next one does the rest",
          "[folder]") {
  Neighbors n;
  n.write(n.budi, 10);
  n.sync(n.budi, "/stick/a");
  n.write(n.budi, 10);
  n.sync(n.budi, "/stick/a");
  n.write(n.sari, 10);
  const auto before = n.outside.names();
  const bool while_writing = GENERATE(false, true);
  CAPTURE(while_writing);
  Watch watch;
  watch.enough = [&](const FolderProgress& now) {
    return now.writing == while_writing && (while_writing || n.needs(n.sari) > 10);
  };
  const auto stopped = n.watched(n.sari, "/stick/a", watch);
  CHECK(stopped.stopped);
  CHECK(stopped.report.safe_to_remove);
  CHECK(stopped.report.refused.empty());
  CHECK(n.needs(n.sari) >= 20);
  if (!while_writing) CHECK(n.outside.names() == before);
  // Nobody is disturbed by what is there so far.
  CHECK(n.sync(n.budi, "/stick/a").refused.empty());
  CHECK(n.unsent(n.sari) == 10);
  const auto finished = n.sync(n.sari, "/stick/a");
  CHECK(finished.refused.empty());
  CHECK(n.needs(n.sari) == 30);
  for (auto* laptop : {&n.office, &n.budi}) {
    CHECK(n.sync(*laptop, "/stick/a").refused.empty());
    CHECK(n.needs(*laptop) == 30);
  }
}

TEST_CASE("a third laptop brings the office's word to somebody who never met the office",
          "[engine][folder]") {
  Neighbors rt;
  rt.budi.add_need(rt.space, "Beras");
  const auto before = rt.seen(rt.budi, "Kantor Desa");
  // Sari takes it from Pak Budi's stick to the office's folder.
  rt.sync(rt.budi, "/stick/a");
  rt.sync(rt.sari, "/stick/a");
  rt.sync(rt.sari, "/stick/b");
  CHECK(rt.unsent(rt.budi) == 1);
  CHECK(rt.seen(rt.budi, "Kantor Desa") == before);
  rt.sync(rt.office, "/stick/b");
  CHECK(rt.needs(rt.office) == 1);
  rt.sync(rt.budi, "/stick/a");  // Sari has not been back: nothing is known, nothing is shown
  CHECK(rt.seen(rt.budi, "Kantor Desa") == before);
  rt.sync(rt.sari, "/stick/b");
  rt.sync(rt.sari, "/stick/a");
  CHECK(rt.seen(rt.budi, "Kantor Desa") == before);
  rt.sync(rt.budi, "/stick/a");
  CHECK(rt.seen(rt.budi, "Kantor Desa") == before + 1);
  CHECK(rt.unsent(rt.budi) == 0);
  // Without anything new nothing more is written, whoever comes.
  for (auto* laptop : {&rt.budi, &rt.sari, &rt.budi, &rt.sari}) rt.sync(*laptop, "/stick/a");
  CHECK(rt.sync(rt.budi, "/stick/a").bytes_out == 0);
  CHECK(rt.sync(rt.sari, "/stick/a").bytes_out == 0);
}

TEST_CASE("a record tells whom its last word has reached, and nobody more", "[engine][folder]") {
  Neighbors rt;
  const auto rice = rt.budi.add_need(rt.space, "Beras");
  CHECK(rt.holders(rt.budi, rice).empty());
  rt.sync(rt.budi, "/stick/a");
  rt.sync(rt.sari, "/stick/a");
  CHECK(rt.holders(rt.budi, rice).empty());
  rt.sync(rt.budi, "/stick/a");
  CHECK(rt.holders(rt.budi, rice) == "Sari;");
  // Sari wrote nothing about it: she sees how far Pak Budi's word is, as far as she has heard.
  CHECK(rt.holders(rt.sari, rice) == "Pak Budi;");
  const auto gift = rt.budi.add_need(rt.space, "Gula");
  CHECK(rt.holders(rt.budi, gift).empty());
  CHECK(rt.holders(rt.budi, rice) == "Sari;");
  for (auto* laptop : {&rt.budi, &rt.office, &rt.budi}) rt.sync(*laptop, "/stick/b");
  CHECK(rt.holders(rt.budi, gift) == "Kantor Desa (office);");
}

TEST_CASE("what was written after a laptop came back from a copy is not taken for what was sent",
          "[engine][folder]") {
  Neighbors rt;
  const auto yesterday = rt.sari.save();
  const auto sent = rt.sari.add_need(rt.space, "Beras");
  rt.write(rt.sari, 3);
  rt.sync(rt.sari, "/stick/a");
  rt.sync(rt.budi, "/stick/a");
  rt.sari.restore(yesterday);
  const auto kept = rt.sari.add_need(rt.space, "Gula");
  rt.write(rt.sari, 1);
  rt.sync(rt.sari, "/stick/a");
  CHECK(rt.holders(rt.sari, sent) == "Pak Budi;");
  CHECK(rt.holders(rt.sari, kept).empty());
  rt.sync(rt.budi, "/stick/a");
  rt.sync(rt.sari, "/stick/a");
  CHECK(rt.holders(rt.sari, kept) == "Pak Budi;");
}

TEST_CASE("whoever lacks more than the reader for whom a segment was cut gets the rest as well",
          "[engine][folder]") {
  Neighbors rt;
  for (int i = 0; i < 6; ++i) rt.budi.add_need(rt.space, "Beras " + std::to_string(i));
  const auto yesterday = rt.sari.save();
  rt.sync(rt.budi, "/stick/a");
  rt.sync(rt.sari, "/stick/a");
  for (int i = 0; i < 3; ++i) rt.budi.add_need(rt.space, "Gula " + std::to_string(i));
  rt.sync(rt.budi, "/stick/b");  // Sari's receipt is known by then: only what is new
  rt.sync(rt.budi, "/stick/a");
  // Sari's laptop comes back from the shop as it was before all this.
  rt.sari.restore(yesterday);
  for (int turn = 0; turn < 2; ++turn) {
    rt.sync(rt.sari, "/stick/b");
    rt.sync(rt.budi, "/stick/b");
  }
  rt.sync(rt.sari, "/stick/b");
  CHECK(rt.needs(rt.sari) == 9);
}

TEST_CASE("a reader that never returns does not make a folder grow without end",
          "[engine][folder]") {
  Neighbors rt;
  std::uint64_t most = 0;
  for (int day = 0; day < 70; ++day) {
    rt.budi.add_need(rt.space, "Beras " + std::to_string(day));
    rt.sync(rt.budi, "/stick/c");
    rt.sync(rt.sari, "/stick/c");
    most = std::max(most, rt.bytes_in("/stick/c"));
  }
  must_be(rt.budi.engine().export_bundle("/stick/all.rukun", {}, {}), "a bundle");
  const auto compacted = rt.outside.look("/stick/all.rukun")->size();
  // Two writers, each twice one compacted bundle and what is too little to be worth it.
  CHECK(most <= 2 * (2 * compacted + 80 * 1024));
  // Once everybody has everything, little more than receipts remains.
  rt.sync(rt.office, "/stick/c");
  for (int turn = 0; turn < 3; ++turn)
    for (auto* laptop : {&rt.budi, &rt.sari, &rt.office}) rt.sync(*laptop, "/stick/c");
  CHECK(rt.needs(rt.office) == 70);
}

TEST_CASE("litter and floods of strangers cost little and stop nobody", "[engine][folder]") {
  Neighbors rt;
  rt.budi.add_need(rt.space, "Beras");
  rt.sync(rt.budi, "/stick/a");
  const auto tag = [&] {
    for (const auto& name : rt.outside.names())
      if (name.starts_with("/stick/a/rukun/")) return name.substr(0, 23);
    return std::string();
  }();
  const std::string symbols = "abcdefghijkmnpqrstuvwxyz23456789";
  std::size_t planted = 0;
  for (std::size_t writer = 0; writer < 1200; ++writer) {
    std::string name = "aaaaaaaa";
    name[7] = symbols[writer % 32], name[6] = symbols[writer / 32 % 32];
    name[5] = symbols[writer / 1024];
    for (const char* file : {"aaaaaaaa.rkb", "bbbbbbbb.rkf", "cccccccc.rkc"}) {
      rt.outside.put(tag + "/" + name + "/" + file, Bytes(64, 7));
      ++planted;
    }
  }
  const auto report = rt.sync(rt.sari, "/stick/a");
  CHECK(rt.needs(rt.sari) == 1);
  CHECK(report.refused.size() < 400);
  CHECK(report.refused.size() > 100);
  CHECK(rt.outside.names().size() >= planted);  // nothing of others was taken away
}

TEST_CASE("many deletions in one exchange are said", "[engine][folder]") {
  Neighbors rt;
  std::vector<RecordId> made;
  for (int i = 0; i < 40; ++i)
    made.push_back(rt.budi.add_need(rt.space, "Beras " + std::to_string(i)));
  rt.sync(rt.budi, "/stick/a");
  rt.sync(rt.sari, "/stick/a");
  const auto remove = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      rt.budi.clock().pass(1000);
      must_be(rt.budi.engine().execute(rt.space, {{DeleteRecord{made.back()}}}), "deleting");
      made.pop_back();
    }
    rt.sync(rt.budi, "/stick/a");
    return rt.sync(rt.sari, "/stick/a");
  };
  CHECK(remove(7).many_deleted.empty());
  const auto report = remove(12);
  REQUIRE(report.many_deleted.size() == 1);
  CHECK(report.many_deleted[0].kind == fields::need::kKind);
  CHECK(report.many_deleted[0].deleted == 12);
  CHECK(report.many_deleted[0].before == 33);
}

namespace {

// Two computers' copies of one folder, and a program between them that copies what one has and the
// other lacks, sometime, in any order, in parts, twice, or from an older state.
class Alike {
 public:
  Alike(MemoryFiles& files, std::uint64_t seed) : files_(files), random_(seed) {}

  void some() {
    for (int i = 0; i < 6; ++i) copy(random_.below(2) == 0, random_.below(3) == 0);
    if (random_.below(3) == 0) bring_back();
  }
  void all() {
    for (const bool forth : {true, false})
      for (const auto& name : in(forth)) {
        copy_whole(forth, name);
      }
  }
  std::size_t conflicts() const { return conflicts_; }

 private:
  static std::string root(bool left) { return left ? "/stick/a" : "/stick/b"; }

  std::vector<std::string> in(bool left) const {
    std::vector<std::string> out;
    for (const auto& name : files_.names())
      if (name.starts_with(root(left) + "/rukun")) out.push_back(name.substr(root(left).size()));
    return out;
  }

  // In the way of synchronisers: under a name of their own, which then takes the right one.
  void copy(bool forth, bool by_half) {
    const auto names = in(forth);
    if (names.empty()) return;
    const auto& name = names[random_.below(names.size())];
    if (!by_half) return copy_whole(forth, name);
    const auto* bytes = files_.look(root(forth) + name);
    const auto part = Path(root(!forth) + name);
    files_.put(part.parent_path() / (".syncthing." + part.filename().string() + ".tmp"),
               ByteView(*bytes).first(bytes->size() / 2));
  }

  void copy_whole(bool forth, const std::string& name) {
    if (name.find(".syncthing.") != std::string::npos) return;
    const Bytes bytes = *files_.look(root(forth) + name);
    const auto* there = files_.look(root(!forth) + name);
    if (there != nullptr && *there != bytes) ++conflicts_;
    old_.emplace_back(root(!forth) + name, bytes);
    files_.put(root(!forth) + name, bytes);
  }

  // A deleted file comes back from a computer that had been off.
  void bring_back() {
    if (old_.empty()) return;
    const auto& [path, bytes] = old_[random_.below(old_.size())];
    const auto* there = files_.look(path);
    if (there != nullptr && *there != bytes) ++conflicts_;
    files_.put(path, bytes);
  }

  MemoryFiles& files_;
  SeededRandom random_;
  std::vector<std::pair<std::string, Bytes>> old_;
  std::size_t conflicts_ = 0;
};

}  // namespace

TEST_CASE("two folders that a program keeps alike converge and never conflict",
          "[engine][folder]") {
  Neighbors rt;
  std::size_t made = 0;
  for (std::uint64_t seed = 1; seed <= (soaking() ? 2000U : 6U); ++seed) {
    CAPTURE(seed);
    Alike program(rt.outside, seed);
    for (int step = 0; step < 8; ++step) {
      auto& left = seed % 2 == 0 ? rt.budi : rt.sari;
      auto& right = seed % 2 == 0 ? rt.sari : rt.budi;
      left.add_need(rt.space, "Beras " + std::to_string(made++));
      rt.sync(left, "/stick/a");
      program.some();
      if (step % 3 == 0) right.add_need(rt.space, "Gula " + std::to_string(made++));
      rt.sync(right, "/stick/b");
      program.some();
    }
    for (int turn = 0; turn < 2; ++turn) {
      program.all();
      rt.sync(rt.budi, "/stick/a");
      rt.sync(rt.sari, "/stick/b");
    }
    REQUIRE(program.conflicts() == 0);
    REQUIRE(rt.needs(rt.budi) == made);
    REQUIRE(rt.needs(rt.sari) == made);
  }
  CHECK(rt.budi.engine().verify()->empty());
  CHECK(rt.sari.engine().verify()->empty());
}

}  // namespace rukun::test
