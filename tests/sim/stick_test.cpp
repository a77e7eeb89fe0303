// Sticks as people have them: pulled at any moment, full, write-protected, smaller than they claim,
// with the litter of other programs. Whatever a stick does, nobody's entries are lost, "safe to
// remove" is only said when the next reader of that stick gets all of it, and a healthy stick heals
// everything. A failure prints its seed; RUKUN_SEED=n RUKUN_SEEDS=1 repeats its group alone.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/support/catch.h"
#include "tests/support/disk_laptop.h"
#include "tests/support/fat_files.h"

namespace rukun::test {
namespace {

constexpr std::size_t kRunsInGroup = 50;
const Path kDir = "/stick";

struct StickTally {
  std::size_t safe = 0, failed = 0, pulled = 0, full = 0, protected_ = 0, lied = 0, fake = 0;
  std::size_t forgot = 0, refused = 0, promises = 0;
};

// Three neighbors who live through a group of runs, with a stick that does too.
class Group {
 public:
  Group(std::uint64_t number, StickTally& tally) : random_(number), tally_(tally) {
    stick_ = new_stick();
    for (std::size_t i = 0; i < 3; ++i)
      laptops_.push_back(
          std::make_unique<DiskLaptop>("stick" + std::to_string(number) + "-" + std::to_string(i),
                                       "Warga " + std::to_string(i), number * 10 + i, *stick_));
    space_ = must_be(laptops_[0]->engine().create_space("RT 003/RW 007", ""), "a space").space;
    for (std::size_t i = 1; i < 3; ++i) {
      const auto file =
          must_be(laptops_[0]->engine().create_invite(space_, Role::volunteer, true), "inviting");
      must_be(laptops_[i]->engine().join(file.file, std::nullopt), "joining");
    }
    heal();
  }

  void run() {
    if (random_.below(6) == 0) stick_ = new_stick();
    for (std::size_t step = 0; step < 2; ++step) {
      auto& laptop = *laptops_[random_.below(3)];
      laptop.clock().pass(60'000);
      if (random_.below(3) != 0)
        made_.push_back(laptop.add_need(space_, "Beras " + std::to_string(made_.size())));
      litter();
      meet(laptop);
    }
    heal();
    check_whole();
  }

  void check_verified() {
    for (auto& laptop : laptops_) REQUIRE(laptop->engine().verify()->empty());
  }

 private:
  std::unique_ptr<FatStick> new_stick() {
    auto stick = std::make_unique<FatStick>(random_.below(1'000'000));
    stick->put(kDir / "skripsi.doc", Bytes(100, 5));
    litter_.clear();
    litter_[(kDir / "skripsi.doc").string()] = Bytes(100, 5);
    return stick;
  }

  static std::string lower(std::string path) {
    for (auto& c : path)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return path;
  }

  void add_litter(const Path& path) {
    Bytes bytes(1 + random_.below(40));
    random_.fill(bytes);
    for (const auto& [known, unchanged] : litter_)
      if (lower(known) == lower(path.string())) return;  // FAT knows one file by both cases
    litter_[path.string()] = bytes;
    stick_->put(path, bytes);
  }

  // What synchronisers, offices and other systems leave, in anybody's directory.
  void litter() {
    static constexpr const char* kNames[] = {
        ".syncthing.abcdefgh.rkb.tmp",         "~$daftar.doc",     ".DS_Store",
        "abcdefgh.sync-conflict-20261122.rkb", "abcdefgh (1).rkb", "desktop.ini"};
    if (random_.below(4) != 0) return;
    const auto here = stick_->contents();
    auto at = std::next(here.begin(), static_cast<std::ptrdiff_t>(random_.below(here.size())));
    add_litter(Path(at->first).parent_path() / kNames[random_.below(6)]);
    // Files with names like ours in a stranger's directory: refused, and left alone.
    if (random_.below(4) == 0 && Path(at->first).extension() == ".rkb")
      add_litter(Path(at->first).parent_path().parent_path() / "strangrr" / "abcdefgh.rkb");
  }

  StickFaults draw_faults() {
    StickFaults faults;
    const auto used = [&] {
      std::uint64_t sum = 0;
      for (const auto& [path, bytes] : stick_->contents()) sum += bytes.size();
      return sum;
    };
    switch (random_.below(12)) {
      case 0:
      case 1:
      case 2:
      case 3: faults.pulled_at = random_.below(70); break;
      case 4: faults.capacity = used() + random_.below(3000); break;
      case 5: faults.real_capacity = used() + random_.below(3000); break;
      case 6: faults.read_only = true; break;
      case 7: faults.sync_lies = true; break;
      case 8: faults.sync_later = true; break;
      default: break;
    }
    faults.upper_case = random_.below(3) == 0;
    return faults;
  }

  void meet(DiskLaptop& laptop) {
    const auto faults = stick_->faults = draw_faults();
    const auto before = held_by(laptop);
    mount(laptop, *stick_);
    const auto report = laptop.engine().sync_folder(kDir);
    const auto after = held_by(laptop);
    REQUIRE(std::includes(after.begin(), after.end(), before.begin(), before.end()));
    if (faults.real_capacity == StickFaults::kNever)
      check_litter();
    else
      take_litter_as_it_is();  // a fake stick writes over whatever it holds
    tally_.pulled += stick_->was_pulled();
    tally_.fake += faults.real_capacity != StickFaults::kNever && !report;
    if (!report) {
      ++tally_.failed;
      REQUIRE_FALSE(report.error().message.empty());
      tally_.full += report.error().code == Code::full;
      tally_.protected_ += faults.read_only;
      tally_.lied += faults.sync_lies;
      return stick_->pull();
    }
    REQUIRE(report->safe_to_remove);
    REQUIRE_FALSE(stick_->was_pulled());
    REQUIRE_FALSE((faults.sync_lies && report->bytes_out > 0));
    REQUIRE_FALSE((faults.read_only && report->bytes_out > 0));
    tally_.refused += !report->refused.empty();
    ++tally_.safe;
    if (faults.sync_later && random_.below(2) == 0) {
      // A device that confirms what it has not written, pulled without unmounting: no program can
      // see that. Nothing is lost but the way there.
      ++tally_.forgot;
      return stick_->pull();
    }
    stick_->plug_in();
    if (random_.below(2) == 0) check_promise(laptop);
  }

  // Whoever reads this stick next has all that its last writer had.
  void check_promise(DiskLaptop& writer) {
    const auto promised = held_by(writer);
    DiskLaptop* reader = &writer;
    while (reader == &writer) reader = laptops_[random_.below(3)].get();
    stick_->faults.read_only = random_.below(2) == 0;
    mount(*reader, *stick_);
    const auto report = reader->engine().sync_folder(kDir);
    stick_->plug_in();
    const auto held = held_by(*reader);
    for (const auto need : promised) REQUIRE(held.contains(need));
    ++tally_.promises;
  }

  void take_litter_as_it_is() {
    const auto now = stick_->contents();
    for (auto& [path, bytes] : litter_) bytes = now.at(path);
  }

  void check_litter() {
    const auto now = stick_->contents();
    for (const auto& [path, bytes] : litter_) {
      CAPTURE(path);
      const auto found = now.find(path);
      REQUIRE(found != now.end());
      REQUIRE(found->second == bytes);
    }
  }

  // Which of all entries a laptop holds, by their number.
  std::set<std::size_t> held_by(DiskLaptop& laptop) {
    const auto number = must_be(laptop.engine().space(space_), "the space").number;
    std::set<std::size_t> out;
    for (std::size_t i = 0; i < made_.size(); ++i)
      if (must_be(laptop.engine().records().record(number, made_[i]), "a record")) out.insert(i);
    return out;
  }

  void mount(DiskLaptop& laptop, FatStick& stick) { laptop.files().mount(stick); }

  void heal() {
    FatStick healthy(1);
    must_be(healthy.make_dirs(kDir), "a stick");
    for (int turn = 0; turn < 2; ++turn)
      for (auto& laptop : laptops_) {
        mount(*laptop, healthy);
        const auto report = must_be(laptop->engine().sync_folder(kDir), "a healthy stick");
        REQUIRE(report.refused.empty());
        REQUIRE(report.safe_to_remove);
      }
  }

  void check_whole() {
    std::set<std::string> states;
    for (auto& laptop : laptops_) {
      REQUIRE(held_by(*laptop).size() == made_.size());
      const auto number = must_be(laptop->engine().space(space_), "the space").number;
      states.insert(must_be(laptop->engine().records().canonical_digest(number), "digest").hex());
    }
    REQUIRE(states.size() == 1);
  }

  SeededRandom random_;
  StickTally& tally_;
  std::unique_ptr<FatStick> stick_;
  std::vector<std::unique_ptr<DiskLaptop>> laptops_;
  SpaceId space_;
  std::vector<RecordId> made_;  // acknowledged
  std::map<std::string, Bytes> litter_;
};

std::uint64_t from_environment(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

}  // namespace

TEST_CASE("a thousand bad sticks lose nothing, and safe to remove means it", "[sim][stick]") {
  const std::uint64_t first = from_environment("RUKUN_SEED", 0);
  const std::uint64_t seeds = from_environment("RUKUN_SEEDS", soaking() ? 1'000'000 : 1000);
  StickTally tally;
  for (std::uint64_t seed = first; seed < first + seeds;) {
    Group group(seed / kRunsInGroup + 1, tally);
    const auto end = (seed / kRunsInGroup + 1) * kRunsInGroup;
    for (seed = seed / kRunsInGroup * kRunsInGroup; seed < end; ++seed) {
      CAPTURE(seed);
      group.run();
    }
    group.check_verified();
  }
  std::printf(
      "in %llu runs: %zu safe, %zu failed (%zu full, %zu write-protected, %zu lying, %zu fake), "
      "%zu pulled, %zu forgot, %zu with something refused; %zu promises read\n",
      static_cast<unsigned long long>(seeds), tally.safe, tally.failed, tally.full,
      tally.protected_, tally.lied, tally.fake, tally.pulled, tally.forgot, tally.refused,
      tally.promises);
  if (seeds < 1000) return;
  for (const auto met : {tally.safe, tally.full, tally.protected_, tally.lied, tally.fake,
                         tally.pulled, tally.forgot, tally.refused, tally.promises})
    CHECK(met > 10);
}

}  // namespace rukun::test
