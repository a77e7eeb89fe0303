// What a profile keeps for itself.
#include "storage/local_store.h"

#include "tests/storage/disk.h"

namespace rukun::test {
namespace {

struct Local {
  Epochs epochs;
  Laptop laptop{epochs};
  std::optional<LocalStore> local;

  Local() {
    REQUIRE(laptop.create());
    local.emplace(*laptop.vault, laptop.random);
  }
  void restart() {
    REQUIRE(laptop.boot());
    local.emplace(*laptop.vault, laptop.random);
  }
};

TEST_CASE("settings are kept by name", "[local_store]") {
  Local f;
  CHECK_FALSE(f.local->setting("folder.import")->has_value());
  REQUIRE(f.local->set_setting("folder.import", "/media/stick"));
  REQUIRE(f.local->set_setting("folder.import", "/media/stick/RT 003"));
  REQUIRE(f.local->set_setting("language", ""));
  f.restart();
  CHECK(f.local->setting("folder.import")->value() == "/media/stick/RT 003");
  CHECK(f.local->setting("language")->value().empty());
  REQUIRE(f.local->clear_setting("language"));
  CHECK_FALSE(f.local->setting("language")->has_value());
}

TEST_CASE("an unfinished form comes back as it was typed", "[local_store]") {
  Local f;
  FormDraft household;
  household.form = "household";
  household.space = test_space();
  household.at = WallTime{2000};
  household.fields = {{"number", "3174"}, {"note", "rumah \xE2\x80\x9Cpojok\xE2\x80\x9D"}};
  FormDraft need = household;
  need.form = "need";
  need.at = WallTime{1000};
  REQUIRE(f.local->save_draft(household));
  REQUIRE(f.local->save_draft(need));
  household.fields[0].second = "3174052";
  REQUIRE(f.local->save_draft(household));
  f.restart();
  const auto drafts = f.local->drafts();
  REQUIRE(drafts);
  REQUIRE(drafts->size() == 2);
  CHECK((*drafts)[0].form == "need");
  CHECK((*drafts)[1].fields == household.fields);
  REQUIRE(f.local->drop_draft(need));
  CHECK(f.local->drafts()->size() == 1);
}

TEST_CASE("accesses are noted in order and go on after a restart", "[local_store]") {
  Local f;
  REQUIRE(f.local->note_access({WallTime{1}, "reveal", "warga", 1}));
  REQUIRE(f.local->note_access({WallTime{2}, "export", "kebutuhan", 120}));
  f.restart();
  REQUIRE(f.local->note_access({WallTime{3}, "print", "jadwal", 14}));
  const auto entries = f.local->accesses();
  REQUIRE(entries);
  REQUIRE(entries->size() == 3);
  CHECK((*entries)[0].action == "reveal");
  CHECK((*entries)[1].rows == 120);
  CHECK((*entries)[2].at == WallTime{3});
}

TEST_CASE("the same access within an hour is one entry whose rows add up", "[local_store]") {
  Local f;
  const std::int64_t hour = LocalStore::kAccessJoined_ms;
  for (const auto at : {std::int64_t{5}, hour, hour + 4})
    REQUIRE(f.local->note_access({WallTime{at}, "unlock", "", 1}));
  REQUIRE(f.local->note_access({WallTime{hour + 5}, "list", "household", 40}));
  REQUIRE(f.local->note_access({WallTime{hour + 5}, "unlock", "", 1}));
  f.restart();
  REQUIRE(f.local->note_access({WallTime{hour + 9}, "unlock", "", 1}));
  const auto entries = f.local->accesses();
  REQUIRE(entries);
  REQUIRE(entries->size() == 3);
  CHECK((*entries)[0].rows == 3);
  CHECK((*entries)[1].action == "list");
  CHECK((*entries)[2].rows == 2);
}

TEST_CASE("accesses older than two years go, and a clock gone wrong empties nothing",
          "[local_store]") {
  Local f;
  const std::int64_t day = 24LL * 60 * 60 * 1000;
  for (int i = 0; i < 20; ++i)
    REQUIRE(f.local->note_access({WallTime{i * day}, "export", std::to_string(i), 1}));
  REQUIRE(f.local->note_access({WallTime{5000 * day}, "export", "wrong clock", 1}));
  CHECK(f.local->accesses()->size() == 19);
  f.restart();
  for (int i = 0; i < 30; ++i)
    REQUIRE(
        f.local->note_access({WallTime{(735 + i) * day}, "export", "b" + std::to_string(i), 1}));
  const auto entries = f.local->accesses();
  REQUIRE(entries);
  for (const auto& entry : *entries) CHECK(entry.at.ms >= 764 * day - LocalStore::kAccessKept_ms);
}

}  // namespace
}  // namespace rukun::test
