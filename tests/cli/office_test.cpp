// Programs, ledgers, receipts, drives, calls and notices through the command line.
#include <algorithm>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

std::vector<std::string> split_lines(const std::string& text) {
  Said said;
  said.out = text;
  return said.lines();
}

std::string reported(const Home& home, std::vector<std::string> words) {
  const auto file = (home.folder() / "laporan").string();
  words.insert(words.begin(), "report");
  words.insert(words.end(), {"--out", file});
  const auto said = home.run(words);
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  return read_text(file);
}

// A program whose rice is handed to two families.
struct Distribution {
  TempDir folder;
  Home budi{folder / "budi"}, sari{folder / "sari"};
  std::string stick = (folder / "stick").string();
  std::string program, ani, handover, code;

  Distribution() {
    std::filesystem::create_directories(stick);
    budi.found("Pak Budi", "RT 003/RW 007");
    sari.join(budi, "Bu Sari", "volunteer");
    const auto ids = budi.batch(
        "@ani = add household name=\"Bu Ani\" rt=3 rw=7 address=\"Gang Melati 4\"\n"
        "@joko = add household name=\"Pak Joko\" rt=3 rw=7\n"
        "@p = add program title=Sembako source=village_fund target=household\n"
        "add stock program=@p item=beras quantity=2 unit=\"karung 50 kg\"\n"
        "@a = add entitlement program=@p household=@ani item=beras quantity=10 unit=kg\n"
        "@j = add entitlement program=@p household=@joko item=beras quantity=10 unit=kg\n"
        "handover @a --quantity 10 --received-by \"Bu Ani\"\n"
        "handover @j --quantity 10 --received-by \"Pak Joko\"\n");
    program = ids[2];
    ani = ids[4];
    handover = ids[6];
    code = budi.run({"show", handover}).text("receipt_code");
  }
  void around() {
    for (int round = 0; round < 2; ++round)
      for (const auto* home : {&budi, &sari})
        REQUIRE(home->run({"sync", "folder", stick}).exit == 0);
  }
};

}  // namespace

TEST_CASE("a ledger lists arrivals and hand-overs, and corrections as entries of their own",
          "[cli][office]") {
  const Distribution day;
  auto lines = split_lines(
      reported(day.budi, {"ledger", "--format", "csv", "--program", day.program, "--lang", "en"}));
  REQUIRE(lines.size() == 4);
  CHECK(has(lines[0], "No.,Time,Step,Item,Unit,In,Out,Balance,For,Received by,Receipt code"));
  CHECK(has(lines[1], ",arrived,Rice,kg,100,,100,"));
  CHECK(has(lines[2], ",handed out,Rice,kg,,10,90,Bu Ani,Bu Ani," + day.code));
  CHECK(has(lines[3], ",handed out,Rice,kg,,10,80,Pak Joko,"));
  const auto before = lines[2];
  day.budi.batch("set " + day.handover + " quantity=8\n");
  lines = split_lines(
      reported(day.budi, {"ledger", "--format", "csv", "--program", day.program, "--lang", "en"}));
  REQUIRE(lines.size() == 5);
  CHECK(lines[2] == before);
  CHECK(has(lines[4], ",corrected,Rice,kg,,-2,82,Bu Ani,"));
  CHECK(has(lines[4], ",Quantity,"));
  const auto text = reported(day.budi, {"ledger", "--format", "text", "--program", day.program});
  CHECK(has(text, "Buku bantuan: Sembako"));
  CHECK(has(text, "Masuk: 100; Keluar: 18; Saldo: 82"));
  CHECK(has(text, "bukan bahwa barang sampai"));
  const auto open =
      reported(day.budi, {"ledger", "--format", "text", "--public", "--program", day.program});
  CHECK_FALSE(has(open, "Bu Ani"));
  const auto shown = day.budi.run({"show", day.program}).json();
  CHECK(shown["balance"].GetString() == std::string("82"));
  CHECK(shown["served"].GetInt() == 2);
  CHECK(day.budi.run({"report", "ledger", "--format", "csv", "--out", "x"}).exit == 2);
  CHECK(day.budi.run({"report", "ledger", "--format", "csv", "--out", "x", "--program", day.ani})
            .exit == 2);
}

TEST_CASE("a receipt's code says what it rests on, who confirmed it and what changed since",
          "[cli][office]") {
  Distribution day;
  auto receipt = day.budi.run({"receipt", "verify", day.code}).json();
  REQUIRE(receipt.IsObject());
  CHECK(receipt["handover"].GetString() == day.handover);
  CHECK(receipt["name"].GetString() == std::string("Pak Budi"));
  CHECK(receipt["quantity"].GetString() == std::string("10"));
  CHECK(receipt["unit"].GetString() == std::string("kg"));
  CHECK(std::string(receipt["txn"].GetString()).size() == 64);
  CHECK(receipt["unchanged"].GetBool());
  CHECK_FALSE(receipt["confirmed"].GetBool());
  const auto txn = std::string(receipt["txn"].GetString());
  CHECK(day.budi.run({"show", day.handover, "--history"}).json()["history"][0]["txn"].GetString() ==
        txn);

  CHECK(day.budi.run({"confirm", day.handover}).exit == 1);        // one's own
  CHECK(day.sari.run({"receipt", "verify", day.code}).exit == 1);  // has not arrived
  day.around();
  CHECK(has(day.sari.run({"attention"}).out, "\"unconfirmed\""));
  CHECK_FALSE(has(day.budi.run({"attention"}).out, "\"unconfirmed\""));
  REQUIRE(day.sari.run({"confirm", day.handover}).exit == 0);
  day.sari.batch("set " + day.handover + " quantity=9\n");
  day.around();
  receipt = day.budi.run({"receipt", "verify", day.code}).json();
  CHECK(receipt["confirmed"].GetBool());
  CHECK_FALSE(receipt["unchanged"].GetBool());
  REQUIRE(receipt["changes"].Size() == 1);
  CHECK(receipt["changes"][0]["name"].GetString() == std::string("Bu Sari"));
  CHECK(receipt["txn"].GetString() == txn);
  const auto told = day.budi.raw({"receipt", "verify", day.code});
  CHECK(has(told.out, "Dikonfirmasi oleh: Bu Sari"));
  CHECK(has(told.out, "Diubah sejak dicatat:"));
  CHECK(has(told.out, "Jumlah: 9"));
  CHECK(has(told.out, "bukan bahwa barang sampai"));

  auto typo = day.code;
  typo[0] = typo[0] == '7' ? '8' : '7';
  const auto mistyped = day.budi.raw({"receipt", "verify", typo});
  CHECK(mistyped.exit == 2);
  CHECK(has(mistyped.err, "salah ketik"));
  CHECK(has(mistyped.err, day.code));
  CHECK(day.budi.run({"receipt", "verify", "123"}).exit == 2);
  const auto unknown = day.budi.raw({"receipt", "verify", "0000-0000-0000"});
  CHECK(unknown.exit == 1);
  CHECK(has(unknown.err, "mungkin belum tiba"));
}

TEST_CASE("both homes draw the same receivers to visit", "[cli][office]") {
  Distribution day;
  day.around();
  const std::vector<std::string> words{"visits", "--format", "csv", "--program", day.program};
  const auto here = reported(day.budi, words);
  CHECK(here == reported(day.sari, words));
  CHECK(split_lines(here).size() == 3);
  CHECK(has(here, "Gang Melati 4"));
  CHECK(has(here, day.code));
}

TEST_CASE("a drive's closing report shows in, out and what for; a call asks for more",
          "[cli][office]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@d = add drive title=Jimpitan goal_type=money target=500000 recurrence=\"setiap malam\" "
      "account_note=\"kaleng di pos ronda\"\n"
      "add contribution drive=@d direction=in amount=2000 at=\"20 November 2026 21.00\"\n"
      "add contribution drive=@d direction=in amount=3000 at=\"21 November 2026 21.00\" "
      "contributor=\"Bu Ani\"\n"
      "add contribution drive=@d direction=out amount=1500 evidence_note=\"lampu pos\" "
      "at=\"21 November 2026 22.00\"\n"
      "@act = add activity name=\"Dapur umum\" type=public_kitchen place=Balai default_slots=3\n"
      "@s = add shift activity=@act starts=\"1 Desember 2099 08.00\" "
      "ends=\"1 Desember 2099 10.00\"\n"
      "@v = add volunteer name=Joko\n"
      "signup @s --volunteer @v\n"
      "@t = add training title=\"Jualan daring\" topic=digital shift=@s\n"
      "@w = add volunteer name=Rina\n"
      "signup @t --volunteer @w\n"
      "add notice title=Lama valid_until=2020-01-01\n"
      "add notice title=Baru valid_until=2099-01-01\n");
  const auto report = reported(home, {"drive", "--format", "text", "--id", ids[0]});
  CHECK(has(report, "Terkumpul Rp5.000, terpakai Rp1.500, saldo Rp3.500"));
  CHECK(has(report, "Dari/kepada: (tanpa nama)"));
  CHECK(has(report, "Bukti: lampu pos"));
  CHECK(has(report, "Tanggal: 21 November 2026; Masuk: 3.000; Keluar: 1.500; Saldo: 3.500"));
  CHECK_FALSE(
      has(reported(home, {"drive", "--format", "text", "--public", "--id", ids[0]}), "Bu Ani"));

  const auto call = reported(home, {"call", "--format", "text", "--activity", ids[4]});
  CHECK(has(call, "Dapur umum"));
  CHECK(has(call, "Balai"));
  CHECK(has(call, "1 orang lagi"));
  CHECK_FALSE(has(call, "Jimpitan"));
  const auto gifts = reported(home, {"call", "--format", "text", "--id", ids[0]});
  CHECK(has(gifts, "terkumpul Rp5.000, masih kurang Rp495.000"));
  CHECK(has(gifts, "kaleng di pos ronda"));
  CHECK_FALSE(
      has(reported(home, {"call", "--format", "text", "--public", "--id", ids[0]}), "kaleng"));
  CHECK(split_lines(reported(home, {"call", "--format", "csv", "--id", ids[5]})).size() == 2);
  CHECK(home.run({"report", "call", "--format", "text", "--out", "x", "--id", ids[6]}).exit == 2);

  const auto now = home.run({"list", "notice"}).json();
  REQUIRE(now.Size() == 1);
  CHECK(now[0]["title"].GetString() == std::string("Baru"));
  CHECK(home.run({"list", "notice", "--all"}).json().Size() == 2);
  const auto past = home.run({"list", "notice", "--where", "valid=no"}).json();
  REQUIRE(past.Size() == 1);
  CHECK(past[0]["title"].GetString() == std::string("Lama"));
}

}  // namespace rukun::test
