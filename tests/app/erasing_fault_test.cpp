// A disk that fails under an erasure of one's own: an error means that nothing was said, success
// that it is durable, and what the disk refused to overwrite is owed and made good.
#include "app/engine/engine_works.h"
#include "tests/support/catch.h"
#include "tests/support/disk_laptop.h"

namespace rukun::test {
namespace {

// Rewriting and a new image are hundreds of calls: every one of them is tried when there is time.
std::uint64_t stride(DiskFault what) { return soaking() || what == DiskFault::bad_sync ? 1 : 17; }

struct Alone {
  MemoryFiles outside;
  DiskLaptop budi{"erase-budi", "Pak Budi", 1, outside};
  SpaceId space;
  RecordId gone;
  std::vector<Bytes> told;  // pieces of sealed segments that tell of it
  DiskLaptop::Disk disk;

  Alone() {
    space = must_be(budi.engine().create_space("RT 003/RW 007", ""), "a space").space;
    gone = budi.add_need(space, "Gula untuk Ibu Mangunkusumo");
    budi.add_need(space, "Telur");
    auto& works = budi.engine().works();
    must_be(works.store->for_each_after(
                0,
                [&](const StoredSegment& segment) -> Result<bool> {
                  TRY(const auto run, works.codec.open_own(segment.sealed, space, works.keys()));
                  if (tells_of(run.run(), [&](const RecordId& id) { return id == gone; }))
                    keep_piece(segment.sealed);
                  return true;
                }),
            "the log");
    REQUIRE_FALSE(told.empty());
    works.image_wanted = true;
    disk = budi.save();
    REQUIRE(on_disk());
    REQUIRE(vault_tells());
  }

  void keep_piece(ByteView sealed) {
    const auto piece = sealed.subspan(sealed.size() / 2, 24);
    told.emplace_back(piece.begin(), piece.end());
  }

  // In the vault's file or in its write-ahead log.
  bool on_disk() {
    for (const auto& [name, file] : budi.vfs().save())
      for (const auto& piece : told)
        if (std::search(file.now.begin(), file.now.end(), piece.begin(), piece.end()) !=
            file.now.end())
          return true;
    return false;
  }

  // An item of the vault, opened: an image that was made before.
  bool vault_tells() {
    constexpr std::string_view kWord = "Mangunkusumo";
    bool found = false;
    for (int one = 1; one <= 15; ++one)
      must_be(budi.engine().works().vault.each(
                  static_cast<ItemClass>(one),
                  [&](ByteView, Secret value) -> Status {
                    const auto bytes = value.view();
                    found = found || std::search(bytes.begin(), bytes.end(), kWord.begin(),
                                                 kWord.end()) != bytes.end();
                    return {};
                  }),
              "the vault");
    return found;
  }

  bool is_erased() {
    const auto number = must_be(budi.engine().space(space), "the space").number;
    const auto record = must_be(budi.engine().records().record(number, gone), "a record");
    return record && record->life == Life::erased;
  }

  ErasureState state() {
    const auto all = must_be(budi.engine().erasures(space), "erasures");
    REQUIRE(all.size() == 1);
    return all.front();
  }
};

}  // namespace

TEST_CASE("an erasure says that it failed only when nothing of it is durable",
          "[engine][fault][erase]") {
  Alone rt;
  const auto what = GENERATE(DiskFault::io_error, DiskFault::full, DiskFault::bad_sync);
  std::size_t failed = 0, owed = 0;
  for (std::uint64_t at = 0;; at += stride(what)) {
    CAPTURE(at);
    rt.budi.restore(rt.disk);
    rt.budi.engine();
    rt.budi.vfs().arm({what, at});
    const auto erased = rt.budi.engine().erase(rt.space, rt.gone, "diminta");
    const bool fired = rt.budi.vfs().fired();
    rt.budi.vfs().arm({});
    if (!erased) {
      ++failed;
      rt.budi.close();
      CHECK_FALSE(rt.is_erased());
      continue;
    }
    CHECK(*erased != EraseProgress::hidden);
    CHECK(rt.state().owed == (*erased == EraseProgress::owed));
    if (*erased == EraseProgress::owed) {
      ++owed;
      // What is owed is made good: with the next entry or exchange, or when it is opened again.
      if (at % 2 == 0) {
        rt.budi.add_need(rt.space, "Garam");
        must_be(rt.budi.engine().step(), "a step");
        while (must_be(rt.budi.engine().step(), "a step")) {
        }
      } else {
        rt.budi.close();
        must_be(rt.budi.engine().step(), "a step");
        while (must_be(rt.budi.engine().step(), "a step")) {
        }
      }
    }
    CHECK(rt.is_erased());
    CHECK(rt.state().dropped);
    CHECK_FALSE(rt.state().owed);
    // Before it is closed: closing would empty the write-ahead log too.
    CHECK_FALSE(rt.on_disk());
    CHECK(rt.budi.engine().verify()->empty());
    rt.budi.close();
    CHECK(rt.is_erased());
    if (!fired) break;
  }
  CHECK(failed > 0);
  CHECK(owed > 0);
}

TEST_CASE("a power cut before the old bytes are overwritten leaves that to the next unlock",
          "[engine][fault][erase]") {
  Alone rt;
  std::size_t at_unlock = 0;
  for (std::uint64_t at = 0;; at += stride(DiskFault::power_cut)) {
    CAPTURE(at);
    rt.budi.restore(rt.disk);
    rt.budi.engine();
    rt.budi.vfs().arm({DiskFault::power_cut, at, at % 2 == 0 ? Unsynced::drop : Unsynced::keep});
    const auto erased = rt.budi.engine().erase(rt.space, rt.gone, "diminta");
    const bool fired = rt.budi.vfs().fired();
    rt.budi.close();
    rt.budi.vfs().reboot();
    if (rt.is_erased()) {
      if (rt.state().dropped) {
        // Opening alone made good what was owed, and no older image tells of it.
        CHECK_FALSE(rt.on_disk());
        CHECK_FALSE(rt.vault_tells());
        at_unlock += fired;
      }
      while (must_be(rt.budi.engine().step(), "a step")) {
      }
      CHECK(rt.state().dropped);
      CHECK_FALSE(rt.on_disk());
      CHECK_FALSE(rt.vault_tells());
    } else {
      CHECK_FALSE(erased);
    }
    CHECK(rt.budi.engine().verify()->empty());
    if (!fired) break;
  }
  CHECK(at_unlock > 0);
}

}  // namespace rukun::test
