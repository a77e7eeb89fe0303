// A spreadsheet read in through the window.
#include <algorithm>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

TEST_CASE("a spreadsheet is seen before it is stored, with each refused row, and taken back",
          "[ui][import]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto stick = laptop.plug_in();
  std::ofstream(stick / "warga.csv") << "name,rt,rw,Warna\n"
                                        "Bu Ani,3,7,biru\n"
                                        "Pak Dedi,3,7,merah\n"
                                        "Mbah Karto,tiga puluh,7,hijau\n";
  Presenter& presenter = laptop.presenter();
  const auto listed = [&] { return presenter.views()->records.rows.size(); };
  WindowHarness window(presenter);
  window.press("Warga");
  window.press("Impor");
  window.press("Pilih dari daftar");
  window.press("warga.csv");
  window.press("Periksa berkas");
  CHECK(window.sees("2 baris baru, 0 berubah, 0 sudah ada, 1 ditolak."));
  CHECK(window.sees("baris 4"));
  CHECK(window.sees("Kolom “Warna” tidak dikenal"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("import");
  REQUIRE(presenter.views()->import.preview);
  window.key(Key::escape);  // nothing was stored by looking
  CHECK(listed() == 0);

  window.press("Impor");
  window.press_id("import.file");
  window.type((stick / "warga.csv").string());
  window.key(Key::enter);
  window.press("Simpan ke laptop ini");
  CHECK(window.sees("Impor tersimpan di laptop ini"));
  window.press("Urungkan impor ini");
  CHECK(window.sees("Impor diurungkan"));
  window.press("Selesai");
  CHECK(listed() == 0);

  presenter.execute(Deed{.what = Deed::What::import, .kind = "household"});
  presenter.execute(PreviewImport{"household", (stick / "warga.csv").string()});
  presenter.execute(ApplyImport{});
  presenter.execute(CloseImport{});
  CHECK(listed() == 2);
  // The same file once more changes nothing.
  presenter.execute(Deed{.what = Deed::What::import, .kind = "household"});
  presenter.execute(PreviewImport{"household", (stick / "warga.csv").string()});
  REQUIRE(presenter.views()->import.preview);
  CHECK(presenter.views()->import.preview->same == "2");
  CHECK(presenter.views()->import.preview->nothing);
}

TEST_CASE("what was found in a file comes into sight in a small window", "[ui][import]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto file = (laptop.folder() / "warga.csv").string();
  {
    std::ofstream out(file);
    out << "name,rt\n";
    for (int i = 0; i < 30; ++i) out << "Keluarga " << i << ",3\n";
  }
  laptop.presenter().execute(Go{Screen::households});
  laptop.presenter().execute(Deed{.what = Deed::What::import, .kind = "household"});
  WindowHarness window(laptop.presenter(), {.width = 1024, .height = 600, .scale = 1.5F});
  window.press_id("import.file");
  window.type(file);
  window.key(Key::enter);
  const auto& seen = window.seen();
  const auto counts = std::find_if(seen.begin(), seen.end(), [](const auto& one) {
    return one.text.find("30 baris baru, 0 berubah, 0 sudah ada, 0 ditolak") != std::string::npos;
  });
  REQUIRE(counts != seen.end());
  CHECK(counts->rect.y0 > 0);
  CHECK(counts->rect.y1 < 600);
}

TEST_CASE("an import stops where it stands and says what is stored, and so does taking it back",
          "[ui][import]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto file = (laptop.folder() / "warga.csv").string();
  {
    std::ofstream out(file);
    out << "name,rt,rw\n";
    for (int i = 0; i < 600; ++i) out << "Keluarga " << i << ",3,7\n";
  }
  Presenter& presenter = laptop.presenter();
  std::string stop_at;
  presenter.on_change([&] {
    laptop.clock().move(1000);
    if (!stop_at.empty() && presenter.views()->import.progress.starts_with(stop_at))
      presenter.stop_work();
  });
  const auto listed = [&] {
    presenter.execute(Go{Screen::households});
    return presenter.views()->records.rows.size();
  };
  presenter.execute(Go{Screen::households});
  presenter.execute(Deed{.what = Deed::What::import, .kind = "household"});
  stop_at = "128 baris";
  presenter.execute(PreviewImport{"household", file});
  CHECK_FALSE(presenter.views()->import.preview);
  CHECK(presenter.views()->import.stopped == "Dihentikan: tidak ada yang disimpan.");

  stop_at.clear();
  presenter.execute(PreviewImport{"household", file});
  REQUIRE(presenter.views()->import.preview);
  CHECK(presenter.views()->import.stopped.empty());
  stop_at = "320 baris";
  presenter.execute(ApplyImport{});
  REQUIRE(presenter.views()->import.done);
  CHECK(presenter.views()->import.done_in_part);
  CHECK(presenter.views()->import.done->fresh == "319");
  CHECK(presenter.views()->import.stopped.find("tersimpan utuh") != std::string::npos);

  stop_at = "1 dari 2 langkah";
  presenter.execute(UndoImport{});
  CHECK_FALSE(presenter.views()->import.undone);
  CHECK(presenter.views()->import.stopped ==
        "Dihentikan: 1 dari 2 langkah sudah diurungkan. Tekan lagi untuk mengurungkan sisanya.");
  stop_at.clear();
  presenter.execute(UndoImport{});
  CHECK(presenter.views()->import.undone);
  CHECK(presenter.views()->import.stopped.empty());
  presenter.execute(CloseImport{});
  CHECK(listed() == 0);
  presenter.on_change({});
}

TEST_CASE("a file that is no spreadsheet is refused with a sentence, another kind is chosen there",
          "[ui][import]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  std::ofstream(laptop.folder() / "kebutuhan.csv") << "item,category,quantity,unit\n"
                                                      "rice,food,5,kg\n";
  std::ofstream(laptop.folder() / "foto.xlsx") << std::string("\x89PNG\r\n\x1a\n\0\0", 10);
  WindowHarness window(laptop.presenter());
  Presenter& presenter = laptop.presenter();
  window.press("Kebutuhan");
  window.press_id("needs.import");
  CHECK(presenter.views()->import.kind == "need");
  presenter.execute(PreviewImport{"need", (laptop.folder() / "foto.xlsx").string()});
  window.settle();
  CHECK(window.sees(presenter.views()->import.failed));
  CHECK(!presenter.views()->import.failed.empty());
  CHECK_FALSE(presenter.views()->import.preview);
  presenter.execute(ApplyImport{});  // of nothing that was seen
  CHECK_FALSE(presenter.views()->import.done);
  presenter.execute(PreviewImport{"offer", ""});
  CHECK(presenter.views()->import.kind == "offer");
  presenter.execute(PreviewImport{"need", (laptop.folder() / "kebutuhan.csv").string()});
  presenter.execute(ApplyImport{});
  REQUIRE(presenter.views()->import.done);
  presenter.execute(ApplyImport{});  // once more what was seen once
  CHECK(presenter.views()->import.done->fresh == "1");
  presenter.execute(CloseImport{});
  CHECK(presenter.views()->needs.count == 1);
}

}  // namespace rukun::test
