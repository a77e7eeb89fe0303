// What people do, from the first press to the command that leaves the screen.
#include "app/ui/demo_views.h"
#include "app/ui/formats.h"
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"
#include "tests/support/catch.h"
#include "tests/ui/harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// Suggestions narrowed to what was typed, as the presenter does it.
EntryView narrowed(const EntryView& all, const std::string& who, const std::string& what) {
  EntryView out = all;
  const auto contains = [](std::string text, std::string part) {
    for (auto* s : {&text, &part})
      std::transform(s->begin(), s->end(), s->begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text.find(part) != std::string::npos;
  };
  out.people.erase(std::remove_if(out.people.begin(), out.people.end(),
                                  [&](const Suggestion& s) { return !contains(s.title, who); }),
                   out.people.end());
  out.items.erase(std::remove_if(out.items.begin(), out.items.end(),
                                 [&](const ItemTile& i) { return !contains(i.name, what); }),
                  out.items.end());
  return out;
}

}  // namespace

TEST_CASE("a need is recorded by keyboard in at most twelve inputs", "[ui][flow]") {
  const DemoViews views = demo_views("id");
  EntryState state;
  ShellState shell;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    const EntryView view = narrowed(views.entry, state.who.text, state.item_search);
    draw_shell(
        ui, views.shell, shell, Screen::need_entry, [&] { draw_entry(ui, view, state, out); }, out);
  });
  harness.type("wat");
  harness.key(Key::enter);
  CHECK(harness.sees("Apa yang dibutuhkan Bu Wati?"));
  harness.type("min");
  harness.key(Key::enter);
  CHECK(harness.sees("Minyak goreng: berapa banyak?"));
  harness.type("2");
  harness.key(Key::enter);
  CHECK(harness.inputs() <= 12);
  const auto commands = harness.commands();
  std::size_t drafts = 0;
  std::optional<EntryDraft> added;
  for (const Command& command : commands) {
    if (std::holds_alternative<SaveDraft>(command)) ++drafts;
    if (const auto* add = std::get_if<AddEntry>(&command)) added = add->draft;
  }
  CHECK(drafts >= 4);
  REQUIRE(added);
  CHECK(added->household == "h2");
  CHECK(added->item == "minyak");
  CHECK(added->unit == "liter");
  CHECK(added->quantity == "2");
}

TEST_CASE("a need is recorded by mouse alone, step by step and back", "[ui][flow]") {
  const DemoViews views = demo_views("id");
  EntryState state;
  ShellState shell;
  Harness harness({1024, 600, 2, "id"}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, shell, Screen::need_entry,
        [&] { draw_entry(ui, views.entry, state, out); }, out);
  });
  harness.press("Mbah Karto");
  harness.press("Obat demam");
  harness.press("Kembali");
  CHECK(harness.sees("Apa yang dibutuhkan Mbah Karto?"));
  harness.press("Selimut");
  harness.press("Tambah");
  harness.press("Darurat nyawa");
  harness.press("Catat kebutuhan ini");
  const auto added = harness.commands_of<AddEntry>();
  REQUIRE(added.size() == 1);
  CHECK(added[0].draft.who == "Mbah Karto");
  CHECK(added[0].draft.item == "selimut");
  CHECK(added[0].draft.quantity == "2");
  CHECK(added[0].draft.urgency == Urgency::life);
}

TEST_CASE("a quantity that is no number cannot be recorded", "[ui][flow]") {
  const DemoViews views = demo_views("id");
  EntryState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 900, [&] { draw_entry(ui, views.entry, state, out); });
  });
  harness.press("Bu Ani");
  harness.press("Beras");
  harness.type("banyak");
  harness.key(Key::enter);
  CHECK(harness.sees("Jumlahnya belum benar"));
  CHECK(harness.commands_of<AddEntry>().empty());
}

TEST_CASE("what records a need stays in sight on a small laptop, above the undo bar as well",
          "[ui][flow]") {
  const DemoViews views = demo_views("id");
  ShellView shell = views.shell;
  shell.undo = UndoView{"Kebutuhan dicatat, tersimpan di laptop ini"};
  for (const float scale : {1.0F, 2.0F}) {
    CAPTURE(scale);
    ShellState state;
    EntryState entry;
    Harness harness({1024, 600, scale, "id"}, [&](Ui& ui, Commands& out) {
      draw_shell(
          ui, shell, state, Screen::need_entry, [&] { draw_entry(ui, views.entry, entry, out); },
          out);
    });
    harness.press("Bu Ani");
    harness.press("Beras");
    const Seen* save = harness.find_id("entry.save");
    REQUIRE(save != nullptr);
    CHECK(save->clip.contains(save->rect));
    CHECK(save->rect.y1 <= harness.find_id("bar.undo")->rect.y0);
    harness.press("Catat kebutuhan ini");
    CHECK(harness.commands_of<AddEntry>().size() == 1);
  }
}

TEST_CASE("a screen begins at its top, however far the one before it was scrolled", "[ui][flow]") {
  const DemoViews views = demo_views("id");
  ShellState state;
  NeedsState list;
  Screen current = Screen::home;
  Harness harness({1024, 600, 2, "id"}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, state, current,
        [&] {
          if (current == Screen::home)
            draw_home(ui, views.home, out);
          else
            draw_needs(ui, views.needs, list, out);
        },
        out);
  });
  harness.press("Lihat grafik");  // far below
  current = Screen::needs;
  harness.wait(0.1);
  const Seen* search = harness.find_id("needs.search");
  REQUIRE(search != nullptr);
  CHECK(search->clip.contains(search->rect));
}

TEST_CASE("a list says what it is of, beside a record of it too, but not twice", "[ui][flow]") {
  const DemoViews views = demo_views("id");
  const auto headings = [&](int width, float scale, bool open) {
    NeedsView needs = views.needs;
    if (open) needs.detail = views.need;
    ShellState state;
    NeedsState list;
    Harness harness({width, 800, scale, "id"}, [&](Ui& ui, Commands& out) {
      draw_shell(
          ui, views.shell, state, Screen::needs, [&] { draw_needs(ui, needs, list, out); }, out);
    });
    harness.settle();
    return std::count_if(harness.seen().begin(), harness.seen().end(), [](const Seen& one) {
      return one.role == ui::Role::text && one.text == "Kebutuhan" && one.rect.height() > 24;
    });
  };
  CHECK(headings(1280, 1, false) == 1);
  CHECK(headings(1280, 1, true) == 1);
  CHECK(headings(1024, 2, false) == 0);  // the head of a narrow window says it
}

TEST_CASE("what the engine says begins as a sentence on a screen", "[ui][flow]") {
  CHECK(capitalized("jumlah harus lebih dari 0") == "Jumlah harus lebih dari 0");
  CHECK(capitalized("Jumlah") == "Jumlah");
  CHECK(capitalized("3 data tidak diubah") == "3 data tidak diubah");
  CHECK(capitalized("") == "");
  CHECK(badge_words("belum lapor") == "Belum lapor");
}

TEST_CASE("the first run asks five pages and begins with what was answered", "[ui][flow]") {
  FirstRunView view = demo_views("id").first_run;
  FirstRunState state;
  Harness harness({}, [&](Ui& ui, Commands& out) { draw_first_run(ui, view, state, out); });
  harness.press("Bahasa Indonesia");
  harness.type("Bu Sari");
  harness.key(Key::enter);
  harness.press("Buat kelompok RT baru");
  harness.type("3");
  harness.key(Key::tab);
  harness.type("7");
  harness.key(Key::tab);
  harness.type("Sukamaju");
  harness.key(Key::enter);
  harness.type("melati sungai kerbau salah");
  harness.key(Key::enter);
  CHECK(harness.sees("Belum sama."));
  CHECK(harness.commands_of<Begin>().empty());
  harness.type("Melati  sungai kerbau pelangi ");
  harness.key(Key::enter);
  const auto begun = harness.commands_of<Begin>();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].name == "Bu Sari");
  CHECK(!begun[0].joining);
  CHECK(begun[0].rt == "3");
  CHECK(begun[0].village == "Sukamaju");
  CHECK(begun[0].passphrase.view() == "melati sungai kerbau pelangi");
  view.recovery = "K7QF-9M2X";
  harness.settle();
  CHECK(harness.sees("K7QF-9M2X"));
  harness.press("Cetak lembar ini");
  CHECK(harness.commands_of<PrintRecovery>().size() == 1);
  harness.press("Sudah saya simpan di kertas");
  CHECK(harness.commands_of<FinishFirstRun>().size() == 1);
}

TEST_CASE("the lock asks who, takes a passphrase and forgets it", "[ui][flow]") {
  const LockView view = demo_views("id").lock;
  LockState state;
  Harness harness({}, [&](Ui& ui, Commands& out) { draw_lock(ui, view, state, out); });
  harness.press("Ganti pengguna");
  harness.press("Pak Budi");
  harness.type("empat kata yang benar");
  harness.key(Key::enter);
  const auto unlocked = harness.commands_of<Unlock>();
  REQUIRE(unlocked.size() == 1);
  CHECK(unlocked[0].profile == "2");
  CHECK(unlocked[0].passphrase.view() == "empat kata yang benar");
  CHECK(state.passphrase.text.empty());
}

TEST_CASE("searching and filtering needs leaves as commands, Escape closes the detail",
          "[ui][flow]") {
  DemoViews views = demo_views("id");
  NeedsState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1200, [&] { draw_needs(ui, views.needs, state, out); });
  });
  harness.key(Key::f3);
  harness.type("ber");
  auto searches = harness.commands_of<SearchNeeds>();
  REQUIRE(!searches.empty());
  CHECK(searches.back().search == "ber");
  harness.press("Mendesak");
  searches = harness.commands_of<SearchNeeds>();
  REQUIRE(searches.size() == 1);
  CHECK(searches[0].filter == NeedFilter::urgent);
  harness.press_id("needs.table.1");
  auto opened = harness.commands_of<OpenNeed>();
  REQUIRE(opened.size() == 1);
  CHECK(opened[0].id == "n2");
  views.needs.detail = views.need;
  harness.settle();
  harness.press("Sanggupi 6 kg");
  const auto pledged = harness.commands_of<Pledge>();
  REQUIRE(pledged.size() == 1);
  CHECK(pledged[0].offer == "o1");
  harness.key(Key::escape);
  opened = harness.commands_of<OpenNeed>();
  REQUIRE(opened.size() == 1);
  CHECK(opened[0].id.empty());
}

TEST_CASE("a conflict is decided for one of both, or written anew", "[ui][flow]") {
  const DecideView view = demo_views("id").decide;
  DecideState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1000, [&] { draw_decide(ui, view, state, out); });
  });
  harness.press("Pakai isian Pak Budi");
  const auto resolved = harness.commands_of<Resolve>();
  REQUIRE(resolved.size() == 1);
  CHECK(resolved[0].write == "w2");
  harness.press("Tulis yang benar");
  harness.type("8 kg");
  harness.key(Key::enter);
  const auto written = harness.commands_of<ResolveWith>();
  REQUIRE(written.size() == 1);
  CHECK(written[0].value == "8 kg");
}

TEST_CASE("an exchange begins with one press and ends in a plain receipt", "[ui][flow]") {
  ExchangeView view = demo_views("id").exchange;
  ExchangeState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1000, [&] { draw_exchange(ui, view, state, out); });
  });
  harness.press("Flashdisk FLASHDISK");
  const auto started = harness.commands_of<ExchangeWith>();
  REQUIRE(started.size() == 1);
  CHECK(started[0].folder == "/media/budi/FLASHDISK");
  view.receipt = ExchangeReceipt{"FLASHDISK", 12, 3, 1, 4, {"Pak Budi"}, {}, {}, {}, true};
  harness.settle();
  CHECK(harness.sees("12 baru, 3 berubah, 1 perlu diputuskan."));
  CHECK(harness.sees("Aman dicabut."));
  view.receipt->safe_to_remove = false;
  harness.settle();
  CHECK(!harness.sees("Aman dicabut."));
}

TEST_CASE("an import under way is stopped by a press of its own, and says what came of it",
          "[ui][flow]") {
  ImportView view;
  ImportState state;
  view.open = true;
  view.progress = "3 dari 391 langkah diurungkan…";
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1000, [&] { draw_import(ui, view, state, out); });
  });
  CHECK(harness.sees("3 dari 391 langkah"));
  harness.press("Hentikan");
  CHECK(harness.commands_of<StopWork>().size() == 1);
  view.progress.clear();
  view.done = ImportResult{"512", "0", "0", "0"};
  view.done_in_part = true;
  view.stopped = "Dihentikan: yang terhitung di bawah ini tersimpan utuh";
  harness.settle();
  CHECK(harness.sees("Sebagian impor tersimpan di laptop ini"));
  CHECK(harness.sees(view.stopped));
  CHECK(harness.sees("512 baris baru"));
  harness.press("Urungkan impor ini");
  CHECK(harness.commands_of<UndoImport>().size() == 1);
}

TEST_CASE("an exchange under way shows what is left and is stopped by one press", "[ui][flow]") {
  ExchangeView view = demo_views("id").exchange;
  ExchangeState state;
  view.running = true;
  view.fraction = 0.4F;
  view.progress = "Membaca yang dititipkan tetangga: 1,2 dari 3,0 MB";
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1000, [&] { draw_exchange(ui, view, state, out); });
  });
  CHECK(harness.sees("1,2 dari 3,0 MB"));
  CHECK(harness.sees("Flashdisk jangan dicabut dulu."));
  harness.press("Hentikan");
  CHECK(harness.commands_of<StopWork>().size() == 1);
  view.stopping = true;
  harness.settle();
  CHECK(harness.sees("Sedang berhenti"));
  view.running = false;
  view.receipt = ExchangeReceipt{"FLASHDISK", 12, 3, 0, 0, {}, {}, {}, {}, true};
  view.receipt->stopped = true;
  harness.settle();
  CHECK(harness.sees("Dihentikan: FLASHDISK"));
  CHECK(harness.sees("tetap tersimpan di sini"));
  CHECK(harness.sees("Aman dicabut."));
}

TEST_CASE("neighbors near by are seen, looked for, and met by their address", "[ui][flow]") {
  ExchangeView view = demo_views("id").exchange;
  ExchangeState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1000, [&] { draw_exchange(ui, view, state, out); });
  });
  CHECK(harness.sees("Pak Budi"));
  CHECK(harness.sees("180 dari 300 catatan"));
  harness.press("Cari laptop tetangga");
  CHECK(harness.commands_of<LookForNeighbors>().size() == 1);
  CHECK(!harness.sees("Alamat laptop itu"));
  harness.press("Tulis alamat laptop lain");
  CHECK(harness.sees("menjawab di port 47300"));
  harness.press_id("lan.address");
  harness.type("192.168.1.7");
  harness.press("Temui laptop ini");
  const auto met = harness.commands_of<MeetAddress>();
  REQUIRE(met.size() == 1);
  CHECK(met[0].address == "192.168.1.7");

  harness.press("Jangan bertemu otomatis");
  const auto chosen = harness.commands_of<ChooseNearby>();
  REQUIRE(chosen.size() == 1);
  CHECK_FALSE(chosen[0].on);

  view.lan.looking = true;
  harness.settle();
  CHECK(harness.sees("Sedang mencari"));
  view.lan = {.trouble = "Laptop tetangga tidak dapat ditemui: tidak ada jaringan"};
  harness.settle();
  CHECK(harness.sees("tidak ada jaringan"));
  CHECK(!harness.sees("Cari laptop tetangga"));
  CHECK(harness.sees("Flashdisk FLASHDISK"));
}

TEST_CASE("a receipt says when much was deleted, and offers to look", "[ui][flow]") {
  ExchangeView view = demo_views("id").exchange;
  view.receipt = ExchangeReceipt{"Pak Budi", 0, 12, 0, 4, {"Pak Budi"}, {}, {}, {}, false};
  view.receipt->device = false;
  view.receipt->deleted = {"12 dari 40 catatan Kebutuhan dihapus"};
  ExchangeState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1000, [&] { draw_exchange(ui, view, state, out); });
  });
  CHECK(harness.sees("12 dari 40 catatan"));
  CHECK(harness.sees("Urungkan"));
  CHECK(!harness.sees("dicabut"));
  harness.press("Lihat daftarnya");
  const auto gone = harness.commands_of<Go>();
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].to == Screen::needs);
}

TEST_CASE("the status line says what has arrived where, and undo stands above it", "[ui][flow]") {
  DemoViews views = demo_views("id");
  views.shell.undo = UndoView{"Kebutuhan dicatat: Beras 5 kg"};
  ShellState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, state, Screen::home, [&] { draw_home(ui, views.home, out); }, out);
  });
  CHECK(
      harness.sees("Tersimpan di laptop ini · 4 catatan belum sampai ke Pak Budi (sejak kemarin) · "
                   "Terakhir tukar data: Pak Budi, kemarin pukul 16.20"));
  harness.press("Urungkan");
  CHECK(harness.commands_of<Undo>().size() == 1);
}

TEST_CASE("a shift is opened from the week, and somebody signed up for it", "[ui][flow]") {
  const DemoViews views = demo_views("id");
  ScheduleView view = views.schedule;
  ScheduleState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1100, [&] { draw_schedule(ui, view, state, out); });
  });
  CHECK(harness.sees("Kamis 20"));
  harness.press("Ronda malam");
  const auto opened = harness.commands_of<OpenRecord>();
  REQUIRE(opened.size() == 1);
  CHECK(opened[0].id == "s1");
  view.open = views.shift;
  harness.settle();
  CHECK(harness.sees("Pak Slamet"));
  CHECK(harness.sees("Bu Tuti · daftar tunggu nomor 1"));
  harness.press("Daftarkan orang");
  harness.key(Key::down);
  harness.key(Key::enter);
  const auto signed_up = harness.commands_of<SignUp>();
  REQUIRE(signed_up.size() == 1);
  CHECK(signed_up[0].shift == "s1");
  CHECK(signed_up[0].person == "v2");
}

TEST_CASE("a form hands out every key, names what is wrong, and is left with its draft",
          "[ui][flow]") {
  FormView view = demo_views("id").form;
  FormState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1000, [&] { draw_form(ui, view, state, out); });
  });
  CHECK(harness.sees("Bantuan ganda"));
  CHECK(harness.sees("Jumlah harus diisi"));
  CHECK(!harness.sees("0812"));
  harness.press("Isian lain");
  CHECK(harness.sees("Untuk: menghubungi keluarga tentang bantuan."));
  harness.press_id("form.quantity");
  harness.type("1");
  harness.type("2");
  const auto typed = harness.commands_of<FormTyped>();
  REQUIRE(typed.size() == 2);
  CHECK(typed[1].texts.at("quantity") == "12");
  CHECK(typed[1].texts.at("household") == "h1");
  harness.press("liter");
  harness.press("Catat di laptop ini");
  const auto saved = harness.commands_of<SaveForm>();
  REQUIRE(saved.size() == 1);
  CHECK(saved[0].texts.at("unit") == "liter");
  harness.press("Bu Ani: ganti");
  harness.type("wati");
  view.asked = "household";
  view.found = {{"h2", "Bu Wati", "Jalan Melati 7"}};
  harness.settle();
  harness.key(Key::escape);
  const auto left = harness.commands_of<LeaveForm>();
  REQUIRE(left.size() == 1);
  CHECK_FALSE(left[0].drop);
}

}  // namespace rukun::test
