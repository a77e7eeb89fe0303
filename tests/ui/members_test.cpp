// Anggota as a person uses it: another role, a lost laptop, and what was written on it later.
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// Bu Sari, who founded, and Pak Budi, who joined as a volunteer; both have exchanged.
struct TwoLaptops {
  TwoLaptops() : sari(1), budi(2), stick(sari.folder() / "FLASHDISK") {
    std::filesystem::create_directory(stick);
    sari.presenter().on_change([this] {
      const auto& shown = sari.presenter().views()->first_run.root_code;
      if (!shown.empty()) sheet = shown;
    });
    sari.begin("Bu Sari");
    sari.presenter().on_change({});
    sari.presenter().execute(MakeInvite{"volunteer", stick.string()});
    const auto made = sari.presenter().views()->members.made.value();
    sari.presenter().execute(CloseInvite{});
    budi.join("Pak Budi", made.file, made.code);
    exchange();
  }
  void exchange() {
    for (int turn = 0; turn < 2; ++turn)
      for (Laptop* laptop : {&sari, &budi})
        laptop->presenter().execute(ExchangeWith{stick.string()});
    for (Laptop* laptop : {&sari, &budi}) laptop->presenter().execute(CloseReceipt{});
  }
  static void open_members(Laptop& laptop) { laptop.presenter().execute(Go{Screen::members}); }

  Laptop sari, budi;
  std::filesystem::path stick;
  std::string sheet;
};

}  // namespace

TEST_CASE("a head gives a member another role in the window", "[ui][members]") {
  TwoLaptops rt;
  TwoLaptops::open_members(rt.sari);
  WindowHarness window(rt.sari.presenter());
  CHECK(window.sees("hanya punya satu ketua"));
  window.press("Pak Budi");
  window.press_id("member.role.head");
  window.press_id("member.set_role");
  CHECK(window.sees("Selanjutnya: tukar data"));
  CHECK_FALSE(window.sees("hanya punya satu ketua"));
  rt.exchange();
  TwoLaptops::open_members(rt.budi);
  CHECK(rt.budi.presenter().views()->members.may_decide);
}

TEST_CASE("a volunteer sees the members and decides nothing", "[ui][members]") {
  TwoLaptops rt;
  TwoLaptops::open_members(rt.budi);
  WindowHarness window(rt.budi.presenter());
  CHECK(window.sees("kabar terakhir"));
  window.press("Bu Sari");
  CHECK(window.find_id("member.lost") == nullptr);
  // A command that no screen offered is refused all the same.
  const auto& rows = rt.budi.presenter().views()->members.rows;
  rt.budi.presenter().execute(RemoveMember{rows.at(0).id, true, ""});
  CHECK_FALSE(rt.budi.presenter().views()->shell.refused.empty());
  // Of what only heads and the office write nothing is changed for several at once.
  rt.budi.presenter().execute(Go{Screen::distribution});
  for (const BulkDeed& deed : rt.budi.presenter().views()->records.tools.deeds) {
    CAPTURE(deed.id);
    CHECK((deed.id == "print" || deed.id == "copy"));
  }
}

TEST_CASE("a lost laptop is removed step by step, and what it says later waits for the head",
          "[ui][members]") {
  TwoLaptops rt;
  TwoLaptops::open_members(rt.sari);
  {
    WindowHarness window(rt.sari.presenter());
    window.press("Pak Budi");
    window.press("Laptopnya hilang");
    CHECK(window.sees("tetap berlaku"));
    CHECK(window.sees("tidak dapat ditarik kembali"));
    window.press_id("member.no");
    CHECK_FALSE(rt.sari.presenter().views()->members.rows.at(1).removed);
    window.press("Laptopnya hilang");
    window.press("Ya, laptopnya hilang");
    // The last step: a notice for the board.
    window.press("Cetak pemberitahuan");
    CHECK(window.sees("Pemberitahuan laptop hilang"));
    CHECK(window.sees("1 halaman"));
    window.press_id("print.close");
    window.press_id("members.lost_done");
    CHECK(window.sees("laptop hilang"));
    CHECK(rt.sari.presenter().views()->members.rows.at(1).removed);
  }
  // Found again, it goes on writing until it hears of that.
  rt.budi.add_need("Bu Ani", "rice", "5", "kg");
  rt.exchange();
  rt.sari.presenter().execute(Go{Screen::home});
  CHECK(rt.sari.presenter().views()->home.open_needs == 0);
  WindowHarness window(rt.sari.presenter());
  CHECK(window.sees("tidak berlaku"));
  TwoLaptops::open_members(rt.sari);
  window.settle();
  CHECK(window.sees("Belum sampai saat penulisnya dikeluarkan."));
  const auto before = rt.sari.presenter().views()->members.masked;
  REQUIRE_FALSE(before.empty());
  for (const auto& one : before) window.press_id("adopt." + one.txn);
  CHECK(rt.sari.presenter().views()->members.masked.empty());
  rt.sari.presenter().execute(Go{Screen::home});
  CHECK(rt.sari.presenter().views()->home.open_needs == 1);
}

TEST_CASE("a volunteer who holds the printed sheet removes the founder's stolen laptop",
          "[ui][members]") {
  TwoLaptops rt;
  REQUIRE(std::count(rt.sheet.begin(), rt.sheet.end(), ' ') == 23);
  TwoLaptops::open_members(rt.budi);
  WindowHarness window(rt.budi.presenter());
  window.press("Laptop ketua hilang");
  window.press_id("sheet.member." + rt.budi.presenter().views()->members.rows.at(0).id);
  window.press_id("sheet.words");
  window.type("bukan kata kata dari lembar itu");
  window.key(Key::enter);
  CHECK_FALSE(rt.budi.presenter().views()->shell.refused.empty());
  rt.budi.presenter().execute(DismissRefusal{});
  window.settle();
  window.press("Laptop ketua hilang");
  window.press_id("sheet.member." + rt.budi.presenter().views()->members.rows.at(0).id);
  window.press_id("sheet.words");
  window.type(rt.sheet);
  window.press("Ya, laptopnya hilang");
  CHECK(window.find_id("members.print_lost") != nullptr);
  window.press_id("members.lost_done");
  CHECK(window.sees("laptop hilang"));
  CHECK(rt.budi.presenter().views()->members.may_decide);
  // The thief's window shows nobody anything new, and its entries count nowhere.
  rt.sari.add_need("Bu Ani", "rice", "5", "kg");
  rt.exchange();
  rt.budi.presenter().execute(Go{Screen::home});
  CHECK(rt.budi.presenter().views()->home.open_needs == 0);
}

TEST_CASE("an invitation that is not needed is taken back in the window", "[ui][members]") {
  TwoLaptops rt;
  rt.sari.presenter().execute(MakeInvite{"reader", rt.stick.string()});
  const auto made = rt.sari.presenter().views()->members.made.value();
  rt.sari.presenter().execute(CloseInvite{});
  TwoLaptops::open_members(rt.sari);
  WindowHarness window(rt.sari.presenter());
  CHECK(window.sees("Undangan yang belum dipakai"));
  REQUIRE(rt.sari.presenter().views()->members.invitations.size() == 1);
  window.press_id("revoke." + rt.sari.presenter().views()->members.invitations.at(0).id);
  CHECK(rt.sari.presenter().views()->members.invitations.empty());
  CHECK_FALSE(window.sees("Undangan yang belum dipakai"));
  Laptop late(3);
  late.join("Bu Tuti", made.file, made.code);
  late.presenter().execute(ExchangeWith{rt.stick.string()});
  rt.exchange();
  TwoLaptops::open_members(rt.sari);
  CHECK(rt.sari.presenter().views()->members.rows.size() == 2);
}

TEST_CASE("a head erases a household and what is linked to it, and sees who has heard",
          "[ui][erase]") {
  TwoLaptops rt;
  rt.sari.add_need("Bu Ani", "rice", "5", "kg");
  rt.exchange();
  rt.budi.presenter().execute(Go{Screen::households});
  const std::string asked = rt.budi.presenter().views()->records.rows.at(0).id;
  rt.budi.presenter().execute(Deed{.what = Deed::What::erase, .record = asked});
  CHECK_FALSE(rt.budi.presenter().views()->erase.target);

  WindowHarness window(rt.sari.presenter());
  window.press("Warga");
  CHECK_FALSE(window.sees("Hapus data pribadi: Bu Ani"));
  rt.sari.presenter().execute(OpenRecord{asked});
  window.settle();
  window.press("Hapus data pribadi: Bu Ani");
  CHECK(window.sees("tidak dapat diurungkan"));
  window.press("Tidak jadi");
  CHECK(rt.sari.presenter().views()->records.rows.size() == 1);
  window.press("Hapus data pribadi: Bu Ani");
  REQUIRE(rt.sari.presenter().views()->erase.linked.size() == 1);
  window.press_id("erase.also." + rt.sari.presenter().views()->erase.linked.at(0).id);
  CHECK(window.sees("Ikut dihapus"));
  CHECK_FALSE(window.find_id("erase.yes")->enabled);  // without a reason
  window.press_id("erase.reason");
  window.type("diminta keluarga");
  window.press("Ya, hapus untuk selamanya");
  CHECK(rt.sari.presenter().views()->records.rows.empty());
  CHECK(window.sees("diminta keluarga"));
  CHECK(window.sees("menunggu Pak Budi"));
  CHECK(rt.sari.presenter().views()->erase.done.size() == 2);
  rt.exchange();
  rt.sari.presenter().execute(Go{Screen::households});
  window.settle();
  window.press("Data yang sudah dihapus (2)");
  CHECK(window.sees("sudah sampai ke Bu Sari, Pak Budi"));
  CHECK(window.sees("Isinya sudah tidak ada di laptop ini."));
  CHECK_FALSE(window.sees("menunggu"));
  rt.budi.presenter().execute(Go{Screen::households});
  CHECK(rt.budi.presenter().views()->records.rows.empty());
}

}  // namespace rukun::test
