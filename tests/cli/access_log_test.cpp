// Who looked at what is on record before it is seen, and stays sealed.
#include <algorithm>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

struct Noted {
  std::string action, subject;
  std::uint64_t rows = 0;
  bool operator==(const Noted&) const = default;
};

std::vector<Noted> log_of(const Home& home) {
  const auto said = home.run({"access-log"});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  const auto document = said.json();
  std::vector<Noted> out;
  for (const auto& one : document.GetArray()) {
    CHECK(keys_of(one) == std::vector<std::string>{"at", "action", "subject", "rows"});
    out.push_back({one["action"].GetString(), one["subject"].GetString(), one["rows"].GetUint64()});
  }
  return out;
}

std::uint64_t rows_of(const Home& home, const std::string& action, const std::string& subject) {
  std::uint64_t rows = 0;
  for (const auto& one : log_of(home))
    if (one.action == action && one.subject == subject) rows += one.rows;
  return rows;
}

}  // namespace

TEST_CASE("opening, listing and exporting personal data is on record", "[cli][access]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "add household name=\"Bu Wati\" rt=3 rw=7 phone=081234567890\n"
      "add household name=\"Bu Ani\" rt=3 rw=7\n"
      "add notice title=\"Kerja bakti\"\n");
  CHECK(home.run({"show", ids[2]}).exit == 0);
  CHECK(home.run({"list", "notice"}).exit == 0);
  CHECK(rows_of(home, "list", "notice") == 0);
  for (const auto& one : log_of(home)) CHECK(one.action == "unlock");

  CHECK(home.run({"show", ids[0]}).exit == 0);
  CHECK(home.run({"list", "household"}).exit == 0);
  CHECK(home.raw({"list", "household", "--search", "wati"}).exit == 0);
  CHECK(
      home.run({"report", "needs", "--format", "csv", "--out", (folder / "n.csv").string()}).exit ==
      0);
  CHECK(rows_of(home, "show", "household " + ids[0]) == 1);
  CHECK(rows_of(home, "list", "household") == 3);
  const auto log = log_of(home);
  CHECK(std::count(log.begin(), log.end(), Noted{"export", "needs", 0}) == 1);
  const auto text = home.raw({"access-log"}).out;
  CHECK(text.find("Melihat data pribadi: Bu Wati") != std::string::npos);
}

TEST_CASE("a person's page holds all about that person, what for, and how to correct it",
          "[cli][access]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@wati = add household name=\"Bu Wati\" kk_number=3276011000200037 rt=3 rw=7 "
      "phone=081234567890\n"
      "add resident name=\"Siti Aminah\" household=@wati\n"
      "add need title=\"Kursi roda\" category=other quantity=1 unit=piece household=@wati\n"
      "add household name=\"Bu Ani\" rt=3 rw=7\n");
  const auto file = folder / "wati.csv";
  const auto said =
      home.run({"report", "person", "--id", ids[0], "--format", "csv", "--out", file.string()});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  const auto page = read_text(file);
  CAPTURE(page);
  for (const auto* part : {"Bu Wati", "3276011000200037", "Siti Aminah", "Kursi roda",
                           "Untuk: menghubungi keluarga", "Pak Budi"})
    CHECK(page.find(part) != std::string::npos);
  CHECK(page.find("rukunctl set " + ids[0] + " phone=") != std::string::npos);
  CHECK(page.find("Bu Ani") == std::string::npos);
  CHECK(rows_of(home, "export", "person") > 5);
  CHECK(home.run({"report", "person", "--format", "csv", "--out", file.string()}).exit == 2);
}

TEST_CASE("failures to unlock are told at the next unlock, and new passphrases", "[cli][access]") {
  const TempDir folder;
  Home home(folder / "a", "salah satu");
  home.init("Pak Budi");
  home.set_passphrase("salah dua");
  for (int i = 0; i < 3; ++i) CHECK(home.run({"status"}).exit == 3);
  home.set_passphrase("salah satu");
  CHECK(rows_of(home, "unlock_failed", "") == 3);
  CHECK(rows_of(home, "unlock_failed", "") == 3);
  CHECK(rows_of(home, "unlock", "") >= 3);
  write_text(folder / "baru.txt", "kata sandi untuk uji");
  CHECK(home.run({"passphrase", "change", "--new-file", (folder / "baru.txt").string()}).exit == 0);
  home.set_passphrase("kata sandi untuk uji");
  CHECK(rows_of(home, "passphrase", "") == 1);
}

TEST_CASE("a damaged file of failures keeps nobody out", "[cli][access]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto profile = home.must({"init", "--name", "Pak Budi", "--unlock-ms", "0"}, "profile");
  const auto file = folder / "a/home/profiles" / profile / "unlock-failed";
  write_text(file, std::string(100'000, '\xff'));
  CHECK(home.run({"status"}).exit == 0);
  write_text(file, "x");
  CHECK(home.run({"status"}).exit == 0);
  CHECK(rows_of(home, "unlock_failed", "") == 0);
}

TEST_CASE("schema says what each personal field is for, and of no other", "[cli][access]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto document = home.run({"schema"}).json();
  std::size_t personal = 0;
  for (const auto& kind : document.GetArray()) {
    for (const auto& field : kind["fields"].GetArray()) {
      CAPTURE(kind["kind"].GetString(), field["field"].GetString());
      const std::string privacy = field["class"].GetString();
      const bool is_personal = privacy == "personal" || privacy == "identifier";
      personal += is_personal;
      for (const auto* name : {"purpose_id", "purpose_en"}) {
        REQUIRE(field.HasMember(name) == is_personal);
        if (is_personal) CHECK(field[name].GetStringLength() > 0);
      }
    }
  }
  CHECK(personal > 10);
  CHECK(home.raw({"schema"}).out.find("Untuk: mencegah keluarga yang sama") != std::string::npos);
}

}  // namespace rukun::test
