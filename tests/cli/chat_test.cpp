// A neighborhood's chat, in and out, and people who were entered twice, through the command line.
#include <filesystem>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

constexpr const char* kChat =
    "[22/11/26 08.30] Bu Sari: Selamat pagi\n"
    "1. beras 5 kg Bu Ani RT 3\n"
    "2. 2 dus mi, telur 1 kg utk Pak Joko RT 05\n"
    "\u2022 *gula 2 kg Bu Tini RT 3 mendesak*\n"
    "terpal Bu Ani\n";

}  // namespace

TEST_CASE("needs pasted from a chat are previewed, taken once, and taken back as one", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch("@a = add household name=\"Ibu Ani\" rt=3 rw=7\n");
  const auto dry = home.run({"import", "chat", "-", "--dry-run"}, kChat);
  CAPTURE(dry.out, dry.err);
  CHECK(dry.exit == 4);
  CHECK(home.run({"list", "need"}).out == "[]\n");
  const auto preview = dry.json();
  CHECK(keys_of(preview) ==
        std::vector<std::string>{"import", "new", "changed", "same", "refused", "understood"});
  CHECK(preview["new"].GetInt() == 4);
  REQUIRE(preview["understood"].Size() == 4);
  const auto& rice = preview["understood"][0];
  CHECK(rice["row"].GetInt() == 2);
  CHECK(rice["need"].GetString() == std::string("Beras 5 kg"));
  CHECK(rice["for"].GetString() == std::string("Ibu Ani, RT 003"));
  CHECK(rice["household"].GetString() == ids[0]);
  const auto& noodles = preview["understood"][1];
  CHECK(noodles["row"].GetInt() == 3);
  CHECK_FALSE(noodles.HasMember("household"));
  CHECK(noodles["for"].GetString() == std::string("Pak Joko, RT 005"));
  CHECK(noodles["remarks"].Size() == 1);
  REQUIRE(preview["refused"].Size() == 2);
  CHECK(preview["refused"][0]["row"].GetInt() == 1);
  CHECK(preview["refused"][0]["text"].GetString() == std::string("Selamat pagi"));
  CHECK(preview["refused"][1]["row"].GetInt() == 5);
  CHECK(preview["refused"][1]["message"].GetString() == std::string("jumlahnya tidak disebut"));
  const auto words = home.raw({"import", "chat", "-", "--dry-run"}, kChat);
  CHECK(words.out.find("baris 2: beras 5 kg Bu Ani RT 3  ->  Beras 5 kg, untuk Ibu Ani") !=
        std::string::npos);
  CHECK(words.out.find("Belum ada yang disimpan") != std::string::npos);

  const auto file = (folder / "chat.txt").string();
  write_text(file, kChat);
  CHECK(home.run({"import", "chat", file}).json()["new"].GetInt() == 4);
  const auto needs = home.run({"list", "need", "--sort", "quantity"}).json();
  REQUIRE(needs.Size() == 4);
  const auto sugar = home.run({"list", "need", "--where", "item=gula"}).json();
  REQUIRE(sugar.Size() == 1);
  CHECK(sugar[0]["urgency"].GetString() == std::string("urgent"));
  CHECK(sugar[0]["note"].GetString() ==
        std::string("Untuk Bu Tini, RT 003; dari chat Bu Sari, 22/11/26 08.30"));
  // Twice is as once, also when Bu Tini has come on record since.
  home.batch("add household name=\"Bu Tini\" rt=3 rw=7\n");
  const auto again = home.run({"import", "chat", file}).json();
  CHECK(again["new"].GetInt() == 0);
  CHECK(again["same"].GetInt() == 4);
  CHECK(home.run({"list", "need"}).json().Size() == 4);
  CHECK(home.run({"import", "undo"}).exit == 0);
  CHECK(home.run({"list", "need"}).out == "[]\n");
  CHECK(home.run({"import", "chat", file}).json()["new"].GetInt() == 4);
  CHECK(home.run({"import", "chat", (folder / "none.txt").string()}).exit == 1);
  CHECK(home.run({"import", "chat", "-"}, "\xFF\xFE").exit == 2);
}

TEST_CASE("whom a chat names is looked for by name and RT, and never guessed", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@a = add household name=\"Bu Ani\" rt=3 rw=7\n"
      "add household name=\"Bu Ani\" rt=4 rw=7\n"
      "@h = add household name=\"Pak Hasan\" rt=3 rw=7\n"
      "@r = add resident name=\"Siti Aminah\" household=@h\n"
      "add household name=\"Ratna Sari\" rt=3 rw=7\n");
  const auto said = home.run({"import", "chat", "-", "--dry-run"},
                             "beras 1 kg Bu Ani RT 3\n"
                             "beras 2 kg Bu Ani\n"
                             "beras 3 kg utk Siti Aminah RT 3\n"
                             "beras 4 kg Bu Ratna\n"
                             "beras 5 kg untuk seluruh RT 3\n")
                        .json();
  const auto& read = said["understood"];
  REQUIRE(read.Size() == 5);
  CHECK(read[0]["household"].GetString() == ids[0]);
  CHECK_FALSE(read[1].HasMember("household"));
  CHECK(read[1]["remarks"][0].GetString() ==
        std::string("2 orang bernama Bu Ani; dicatat sebagai teks"));
  CHECK(read[2]["resident"].GetString() == ids[3]);
  CHECK(read[2]["household"].GetString() == ids[2]);
  CHECK_FALSE(read[3].HasMember("household"));
  CHECK(std::string(read[3]["remarks"][0].GetString()).starts_with("mungkin Ratna Sari ("));
  CHECK(read[4]["for"].GetString() == std::string("RT 003"));
}

TEST_CASE("open needs become messages for a chat; the public one names nobody", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  home.batch(
      "@ani = add household name=\"Bu Ani\" rt=3 rw=7\n"
      "@r = add need item=beras quantity=10 unit=kg household=@ani privacy=public people=4 "
      "note=\"sakit gula\"\n"
      "pledge @r --quantity 4\n"
      "add need item=telur quantity=2 unit=kg urgency=life household=@ani\n"
      "add need item=aqua quantity=3 unit=galon privacy=public urgency=urgent\n"
      "@done = add need item=gula quantity=1 unit=kg privacy=public\n"
      "handover @done --quantity 1 --received-by \"Bu Ani\"\n"
      "add need item=kopi quantity=1 unit=bungkus closed=pindah privacy=public\n");
  const auto members = home.raw({"report", "needs", "--format", "text"});
  CAPTURE(members.out, members.err);
  CHECK(members.exit == 0);
  const auto eggs = members.out.find("1. Telur 2 kg - Bu Ani, RT 003/RW 007");
  const auto water = members.out.find("2. Air minum 3 galon - untuk seluruh RT");
  const auto rice = members.out.find("3. Beras 6 kg (dari 10) - Bu Ani, RT 003/RW 007; 4 orang");
  REQUIRE(eggs != std::string::npos);
  REQUIRE(water != std::string::npos);
  REQUIRE(rice != std::string::npos);
  CHECK((eggs < water && water < rice));
  CHECK(members.out.find("Gula") == std::string::npos);
  CHECK(members.out.find("Kopi") == std::string::npos);
  CHECK(members.out.find("sakit gula") == std::string::npos);
  const auto board = home.run({"report", "needs", "--format", "text", "--public"}).json();
  CHECK(board["rows"].GetInt() == 2);
  REQUIRE(board["messages"].Size() == 1);
  const std::string message = board["messages"][0].GetString();
  CHECK(home.raw({"report", "needs", "--format", "text", "--public"})
            .err.find("1 kebutuhan hanya untuk anggota") != std::string::npos);
  CHECK(message.find("Ani") == std::string::npos);
  CHECK(message.find("Telur") == std::string::npos);
  CHECK(message.find("Beras 6 kg (dari 10) - RT 003/RW 007; 4 orang") != std::string::npos);
  const auto file = folder / "pesan.txt";
  CHECK(home.run({"report", "needs", "--format", "text", "--out", file.string()})
            .json()["file"]
            .GetString() == file.string());
  CHECK(read_text(file).find("*Darurat nyawa*") != std::string::npos);
  CHECK(home.raw({"report", "needs", "--format", "csv"}).exit == 2);
  const auto rows_where = [&](const std::string& format, std::vector<std::string> conditions) {
    const auto list = (folder / ("sebagian." + format)).string();
    std::vector<std::string> line{"report", "needs", "--format", format, "--out", list};
    for (const auto& one : conditions) line.insert(line.end(), {"--where", one});
    return home.run(line).json()["rows"].GetInt();
  };
  CHECK(rows_where("csv", {"urgency=life"}) == 1);
  CHECK(rows_where("csv", {"remaining>0", "privacy=public"}) == 3);
  CHECK(rows_where("hxl", {"remaining>0", "privacy=public"}) == 3);
  CHECK(rows_where("text", {"item~air"}) == 1);
  CHECK(home.raw({"report", "needs", "--format", "text", "--where", "urgensi=life"}).exit == 2);
  const auto offers = folder / "tawaran.txt";
  CHECK(home.run({"report", "offers", "--format", "text", "--where", "quantity>3", "--out",
                  offers.string()})
            .json()["rows"]
            .GetInt() == 0);
  CHECK(read_text(offers).find("quantity>3") != std::string::npos);
  CHECK(home.raw({"report", "distribution", "--format", "csv", "--out", file.string(), "--where",
                  "quantity>1"})
            .exit == 2);
}

TEST_CASE("who was entered twice is found, linked, shown once, and taken apart again", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto first = home.must({"add", "household", "name=Bu Ani Lestari", "rt=3", "rw=7"}, "id");
  const auto typed = home.run({"add", "household", "name=Ani Lestari", "rt=3", "rw=7"});
  const auto second = typed.text("id");
  CHECK(typed.err.find("Mungkin sudah tercatat: Bu Ani Lestari") != std::string::npos);
  CHECK(typed.err.find("rukunctl show " + first.substr(0, 8)) != std::string::npos);
  CHECK(typed.err.find("rukunctl link " + second.substr(0, 8) + " " + first.substr(0, 8)) !=
        std::string::npos);
  const auto pairs = home.run({"duplicates"}).json();
  REQUIRE(pairs.Size() == 1);
  CHECK(pairs[0]["kind"].GetString() == std::string("household"));
  CHECK(pairs[0]["command"].GetString() == "link " + second + " " + first);
  CHECK(home.run({"duplicates", "resident"}).out == "[]\n");
  CHECK(home.run({"duplicates", "need"}).exit == 2);

  const auto duties = home.run({"attention"}).json();
  REQUIRE(duties.Size() > 0);
  CHECK(duties[0]["code"].GetString() == std::string("duplicate"));
  CHECK(duties[0]["command"].GetString() == "link " + second + " " + first);
  const std::string apart = duties[0]["distinct"].GetString();
  CHECK(apart == pairs[0]["distinct"].GetString());
  CHECK(
      (apart == "distinct " + second + " " + first || apart == "distinct " + first + " " + second));
  CHECK(home.run({"distinct", second, first}).text("id") == second);
  CHECK(home.run({"duplicates"}).out == "[]\n");
  CHECK(home.run({"link", second, first}).text("id") == second);  // a later word is the valid one
  CHECK(home.run({"duplicates"}).out == "[]\n");
  auto shown = home.run({"list", "household"}).json();
  REQUIRE(shown.Size() == 1);
  CHECK(shown[0]["id"].GetString() == first);
  CHECK(shown[0]["merged"].GetInt() == 1);
  CHECK(home.run({"list", "household", "--limit", "1"}).json().Size() == 1);
  CHECK(home.run({"list", "household", "--linked"}).json().Size() == 2);
  const auto circle = home.run({"link", first, second});
  CHECK(circle.exit == 2);
  CHECK(circle.err.find("unlink " + second.substr(0, 8)) != std::string::npos);
  CHECK(home.run({"undo"}).exit == 0);
  CHECK(home.run({"list", "household"}).json().Size() == 2);

  CHECK(home.run({"link", second, first}).exit == 0);
  const auto third = home.must({"add", "household", "name=Pak Tono", "rt=3", "rw=7"}, "id");
  const auto other = home.run({"link", second, third});
  CHECK(other.exit == 1);
  CHECK(other.code() == "ambiguous");
  CHECK(home.run({"unlink", third}).exit == 1);
  CHECK(home.run({"unlink", first}).text("id") == second);  // by whichever of the two
  CHECK(home.run({"list", "household"}).json().Size() == 3);
  const auto need = home.must({"add", "need", "item=beras", "quantity=1", "unit=kg"}, "id");
  CHECK(home.run({"link", need, first}).exit == 2);
}

TEST_CASE("quantities are taken in units that convert, and refused in others", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@n = add need item=beras quantity=10 unit=kg\n"
      "@p = pledge @n --quantity \"500 g\"\n"
      "pledge @n --quantity \"1 karung 25 kg\"\n"
      "handover @p --quantity \"250 gram\" --received-by Ani\n");
  const auto need = home.run({"show", ids[0]}).json();
  CHECK(need["promised"].GetString() == std::string("25.25"));
  CHECK(need["delivered"].GetString() == std::string("0.25"));
  CHECK(need["state"].GetString() == std::string("covered"));
  const auto liters = home.run({"pledge", ids[0], "--quantity", "2 liter"});
  CHECK(liters.exit == 2);
  CHECK(liters.err.find("liter tidak dapat diubah tepat menjadi kg") != std::string::npos);
  CHECK(home.run({"pledge", ids[0], "--quantity", "2 ember"}).exit == 2);
  const auto beyond = home.run({"pledge", ids[0], "--quantity", "3"});
  CHECK(beyond.exit == 0);
  CHECK(beyond.err.find("Lebih banyak daripada yang masih dibutuhkan") != std::string::npos);
  const auto batch = home.run({"batch", "-"}, "# so\npledge " + ids[0] + " --quantity 3\n");
  CHECK(batch.err.find("rukunctl: 2: Lebih banyak daripada") != std::string::npos);
}

}  // namespace rukun::test
