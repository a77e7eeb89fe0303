// A made-up office's Rekap, for pictures and tests.
#include "app/ui/demo_views.h"

namespace rukun::ui {
namespace {

RecapLineView rt_line(std::string name, std::size_t open, std::size_t urgent, std::size_t covered,
                      std::size_t done, Mark state, std::string age) {
  RecapLineView line;
  line.key = name;
  line.label = std::move(name);
  line.needs = open + covered + done;
  line.open = open;
  line.urgent = urgent;
  line.covered = covered;
  line.done = done;
  line.state = std::move(state);
  line.age = std::move(age);
  return line;
}

}  // namespace

void fill_demo_recap(DemoViews& out, bool english) {
  const auto say = [english](const char* id, const char* en) {
    return std::string(english ? en : id);
  };
  const Mark reported{say("sudah lapor", "reported"), Mood::good};
  const Mark silent{say("belum lapor", "not reported yet"), Mood::warn};
  const auto yesterday = say("kemarin pukul 17.05", "yesterday 17:05");
  RecapView& view = out.recap;
  view.tabs = {{"rt", say("Per RT", "By RT")},
               {"rw", say("Per RW", "By RW")},
               {"category", say("Per kategori", "By category")},
               {"item", say("Per barang", "By item")},
               {"urgency", say("Per kemendesakan", "By urgency")},
               {"group", say("Kelompok rentan", "Vulnerable groups")},
               {"fits", say("Kekurangan dan tawaran", "Shortages and offers")},
               {"changes", say("Perubahan", "Changes")}};
  view.tab = "rt";
  view.reported = say("4 dari 5 kelompok RT sudah lapor", "4 of 5 neighborhoods have reported");
  view.silent = say("Belum lapor: RT 004/RW 007 Sukamaju (9 hari lalu)",
                    "Not reported yet: RT 004/RW 007 Sukamaju (9 days ago)");
  view.lines = {
      rt_line("RT 001/RW 007 Sukamaju", 4, 1, 6, 12, reported, yesterday),
      rt_line("RT 002/RW 007 Sukamaju", 11, 3, 2, 4, reported, yesterday),
      rt_line("RT 003/RW 007 Sukamaju", 6, 2, 3, 11, reported, yesterday),
      rt_line("RT 005/RW 007 Sukamaju", 0, 0, 2, 3, reported, yesterday),
      rt_line("RT 004/RW 007 Sukamaju", 0, 0, 0, 0, silent, say("9 hari lalu", "9 days ago"))};
  view.lines.back().counted = false;
  view.fits = {say("Beras: RT 005 kurang 10 kg; RT 003 punya tawaran 15 kg",
                   "Rice: RT 005 is short of 10 kg; RT 003 has been offered 15 kg")};
  view.folder = "/media/kantor/FLASHDISK";
  out.recap_changes = view;
  out.recap_changes.tab = "changes";
  out.recap_changes.versions = {{"2", yesterday}, {"1", "15/11/2025"}};
  out.recap_changes.version = "2";
  out.recap_changes.compared =
      say("Dibandingkan dengan yang diserahkan kemarin pukul 17.05: 4 perubahan, 38 angka tetap",
          "Compared with what was handed in yesterday 17:05: 4 changes, 38 numbers as they were");
  const auto was = [&](const char* now, const char* before) {
    return now + std::string(english ? " (was " : " (dulu ") + before + ")";
  };
  out.recap_changes.changes = {
      {"RT 002/RW 007 Sukamaju", say("Beras (kg)", "Rice (kg)"), say("berubah", "changed"),
       was("55", "40"), was("20", english ? "12.5" : "12,5"), english ? "+7.5" : "+7,5"},
      {"RT 003/RW 007 Sukamaju", say("Terpal (lembar)", "Tarpaulin (sheet)"), say("baru", "new"),
       "2", "2", "+2"},
      {"RT 003/RW 007 Sukamaju", say("Air minum (galon)", "Drinking water (gallon)"),
       say("tidak ada lagi", "gone"), was("–", "10"), was("–", "6"), "-6"},
      {"RT 005/RW 007 Sukamaju",
       say("Laporan", "Report"),
       say("sudah lapor", "reported"),
       {},
       {},
       {}}};
  out.recap_records = view;
  out.recap_records.opened = "RT 003/RW 007 Sukamaju";
  out.recap_records.records = {
      {"4f0c22aa", say("Beras 10 kg", "Rice 10 kg"), "RT 003/RW 007 Sukamaju",
       say("kurang 6 dari 10 kg", "6 of 10 kg missing"),
       say("Dicatat oleh Pak Budi di laptop 7c41aa, diubah kemarin pukul 16.20",
           "Recorded by Pak Budi on laptop 7c41aa, changed yesterday 16:20"),
       say("Tukar data terakhir kemarin pukul 17.05", "Last exchange yesterday 17:05")},
      {"91bd03e7", say("Obat demam 2 bungkus", "Fever medicine 2 packs"), "RT 003/RW 007 Sukamaju",
       say("kurang 2 dari 2 bungkus", "2 of 2 packs missing"),
       say("Dicatat oleh Bu Sari di laptop 02e9d4, diubah hari ini pukul 09.12",
           "Recorded by Bu Sari on laptop 02e9d4, changed today 09:12"),
       say("Dicatat di laptop ini", "Recorded on this laptop")}};
}

}  // namespace rukun::ui
