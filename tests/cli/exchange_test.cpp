// Exchange through the command line: bundles, sticks, conflicts, what is refused.
#include <filesystem>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

const std::vector<std::string> kKinds{
    "household",   "resident", "need",   "offer",    "pledge",       "handover", "volunteer",
    "activity",    "shift",    "signup", "drive",    "contribution", "program",  "stock",
    "entitlement", "listing",  "order",  "training", "resource",     "notice",   "report_mark"};

struct Three {
  TempDir folder;
  Home budi{folder / "budi"}, sari{folder / "sari"}, desa{folder / "desa"};
  std::string stick = (folder / "stick").string();

  Three() {
    std::filesystem::create_directories(stick);
    budi.found("Pak Budi", "RT 003/RW 007");
    sari.join(budi, "Bu Sari", "volunteer");
    desa.join(budi, "Kantor Desa", "office");
  }
  void around() {
    for (int round = 0; round < 2; ++round) {
      for (const auto* home : {&budi, &sari, &desa}) {
        const auto said = home->run({"sync", "folder", stick});
        CAPTURE(said.out, said.err);
        REQUIRE(said.exit == 0);
        CHECK(said.json()["safe_to_remove"].GetBool());
      }
    }
  }
};

std::string everything(const Home& home) {
  std::string lines;
  for (const auto& kind : kKinds) lines += "list " + kind + "\n";
  const auto said = home.run({"batch", "-"}, lines);
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  return said.out;
}

}  // namespace

TEST_CASE("three homes over one stick end with the same bytes, and one conflict on each", "[cli]") {
  Three three;
  const auto ids = three.budi.batch(
      "@ani = add household name=\"Bu Ani\" rt=3 rw=7\n"
      "@n = add need category=food item=beras quantity=5 unit=kg household=@ani\n"
      "add notice title=\"Kerja bakti\"\n");
  three.around();
  three.sari.batch("set " + ids[1] +
                   " quantity=8\nadd offer category=food item=beras quantity=3 unit=kg\n");
  three.budi.batch("set " + ids[1] + " quantity=9\nset " + ids[0] + " people=5\n");
  three.desa.batch("add program title=BLT source=village_fund target=household\n");
  three.around();
  const auto history = three.budi.run({"show", ids[0], "--history"}).json();
  REQUIRE(history["history"].Size() == 2);
  REQUIRE(history["reached"].Size() == 2);
  CHECK(keys_of(history["reached"][0]) == std::vector<std::string>{"member", "name"});
  const auto budi = everything(three.budi);
  CHECK(budi == everything(three.sari));
  CHECK(budi == everything(three.desa));
  for (const auto* home : {&three.budi, &three.sari, &three.desa}) {
    const auto conflicts = home->run({"conflicts"}).json();
    REQUIRE((conflicts.IsArray() && conflicts.Size() == 1));
    CHECK(keys_of(conflicts[0]) == std::vector<std::string>{"id", "kind", "field", "values"});
    CHECK(conflicts[0]["field"].GetString() == std::string("quantity"));
    REQUIRE(conflicts[0]["values"].Size() == 2);
    CHECK(home->run({"verify"}).exit == 0);
  }
  const auto shown = three.sari.run({"conflicts"}).json();
  const std::string write = shown[0]["values"][1]["write"].GetString();
  CHECK(three.sari.run({"resolve", ids[1], "quantity", "--take", "7"}).exit == 2);
  CHECK(three.sari.run({"resolve", ids[1], "quantity", "--take", write}).exit == 0);
  three.around();
  CHECK(three.budi.run({"conflicts"}).out == "[]\n");
  CHECK(everything(three.budi) == everything(three.desa));
  const auto status = three.sari.run({"status"}).json();
  CHECK(status["spaces"][0]["unsent"].GetInt() == 0);
  CHECK(status["spaces"][0]["reached"].Size() >= 1);
}

TEST_CASE("a third laptop brings the office's word to a head who never met the office", "[cli]") {
  Three three;
  three.around();
  const auto first = (three.folder / "a").string(), second = (three.folder / "b").string();
  std::filesystem::create_directories(first);
  std::filesystem::create_directories(second);
  const auto sync = [](const Home& home, const std::string& folder) {
    const auto said = home.run({"sync", "folder", folder});
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
  };
  const auto unsent = [&] {
    return three.budi.run({"status"}).json()["spaces"][0]["unsent"].GetInt();
  };
  const auto seen = [&] {
    const auto status = three.budi.run({"status"}).json();
    for (const auto& one : status["spaces"][0]["reached"].GetArray())
      if (one["name"].GetString() == std::string("Kantor Desa")) return one["seen"].GetInt();
    return 0;
  };
  three.budi.batch("add notice title=Satu\n");
  const auto before = seen();
  CHECK(unsent() == 1);
  sync(three.budi, first), sync(three.sari, first), sync(three.sari, second);
  CHECK(unsent() == 1);
  CHECK(seen() == before);
  sync(three.desa, second), sync(three.sari, second);
  CHECK(seen() == before);
  sync(three.sari, first), sync(three.budi, first);
  CHECK(seen() == before + 1);
  CHECK(unsent() == 0);
}

TEST_CASE("a bundle carries what the other lacks, and twice is as once", "[cli]") {
  const TempDir folder;
  const Home budi(folder / "budi"), sari(folder / "sari");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  budi.batch("add notice title=Satu\n");
  const auto file = (folder / "kirim.rukun").string();
  const auto sent = budi.run({"bundle", "export", file});
  REQUIRE(sent.exit == 0);
  CHECK(keys_of(sent.json()) == std::vector<std::string>{"file", "bytes"});
  for (int time = 0; time < 2; ++time) {
    const auto got = sari.run({"bundle", "import", file});
    CAPTURE(got.out, got.err);
    CHECK(got.exit == 0);
    CHECK(keys_of(got.json()) ==
          std::vector<std::string>{"spaces", "bytes_out", "bytes_in", "reached", "refused"});
  }
  CHECK(sari.run({"list", "notice"}).json().Size() == 1);
}

TEST_CASE("a damaged bundle is exit 4 and changes nothing", "[cli]") {
  const TempDir folder;
  const Home budi(folder / "budi"), sari(folder / "sari");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  budi.batch("add notice title=Satu\n");
  const auto file = folder / "kirim.rukun";
  REQUIRE(budi.run({"bundle", "export", file.string()}).exit == 0);
  const auto before = sari.run({"status"}).out;
  write_text(folder / "teks.rukun", "this is no bundle");
  CHECK(sari.run({"bundle", "import", (folder / "teks.rukun").string()}).exit == 4);
  auto bytes = read_text(file);
  bytes[20] = static_cast<char>(bytes[20] ^ 0x40);
  write_text(file, bytes);
  const auto said = sari.run({"bundle", "import", file.string()});
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 4);
  CHECK(sari.run({"list", "notice"}).out == "[]\n");
  CHECK(sari.run({"status"}).out == before);
  CHECK(sari.run({"verify"}).exit == 0);
  CHECK(sari.run({"bundle", "import", (folder / "tidak-ada.rukun").string()}).exit == 1);
}

TEST_CASE("a folder that is not there is exit 1 and is not made", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto nowhere = folder / "tidak-ada";
  const auto said = home.run({"sync", "folder", nowhere.string()});
  CHECK(said.exit == 1);
  CHECK(said.code() == "not_found");
  CHECK_FALSE(std::filesystem::exists(nowhere));
}

TEST_CASE("a backup becomes a profile again and goes on without a fork", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a"), again(folder / "b");
  home.found("Pak Budi", "RT 003/RW 007");
  home.batch("add notice title=Satu\n");
  const auto file = (folder / "cadangan.rukun").string();
  const auto said = home.run({"backup", file});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  CHECK(keys_of(said.json()) == std::vector<std::string>{"file", "bytes"});
  const auto restored = again.run({"restore", file});
  CAPTURE(restored.out, restored.err);
  REQUIRE(restored.exit == 0);
  CHECK(again.run({"list", "notice"}).json().Size() == 1);
  again.batch("add notice title=Dua\n");
  CHECK(again.run({"verify"}).exit == 0);
}

}  // namespace rukun::test
