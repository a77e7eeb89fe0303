// Made-up orders and columns of the lists, and what can be done with several of their rows.
#include "app/ui/demo_views.h"

namespace rukun::ui {
namespace {

void add_deeds(ListTools& tools, bool english) {
  const auto say = [english](const char* id, const char* en) {
    return std::string(english ? en : id);
  };
  tools.deeds.push_back({"print", Icon::print, say("Cetak", "Print")});
  tools.deeds.push_back({"copy", Icon::copy, say("Salin teks", "Copy as text")});
}

ChartView lacking_goods(bool english) {
  const auto say = [english](const char* id, const char* en) {
    return std::string(english ? en : id);
  };
  ChartView lacking{
      say("Barang yang masih kurang", "Goods still needed"),
      say("Untuk diminta ke kantor desa atau RT lain. Batang yang terisi: sudah ada atau "
          "disanggupi.",
          "What to ask the village office or other neighborhoods for. The filled part of a bar: "
          "received or promised."),
      false,
      {{say("Beras", "Rice"),
        say("kurang 6 dari 10 kg · 1 kebutuhan", "6 of 10 kg missing · 1 need")},
       {say("Obat demam", "Fever medicine"),
        say("kurang 2 dari 2 bungkus · 1 kebutuhan", "2 of 2 packs missing · 1 need")},
       {say("Popok", "Diapers"),
        say("kurang 3 dari 3 bungkus · 1 kebutuhan", "3 of 3 packs missing · 1 need")},
       {say("Selimut", "Blankets"),
        say("kurang 1 dari 4 lembar · 1 kebutuhan", "1 of 4 pieces missing · 1 need")},
       {say("Terpal", "Tarpaulins"),
        say("kurang 2 dari 2 lembar · 1 kebutuhan", "2 of 2 pieces missing · 1 need")},
       {say("Antar berobat", "Ride to the clinic"),
        say("kurang 1 dari 1 kali · 1 kebutuhan", "1 of 1 time missing · 1 need")}},
      ""};
  const float met[] = {0.4F, 0, 0, 0.75F, 0, 0};
  for (std::size_t i = 0; i < std::size(met); ++i) lacking.lines[i].fraction = met[i];
  return lacking;
}

ChartView how_far_drives(bool english) {
  const auto say = [english](const char* id, const char* en) {
    return std::string(english ? en : id);
  };
  ChartLine watch{say("Perbaikan pos ronda", "Repair of the watch post"),
                  say("Rp1.250.000 dari Rp2.000.000 (62%)", "Rp1.250.000 of Rp2.000.000 (62%)")};
  watch.fraction = 0.625F;
  ChartLine cement{say("Semen perbaikan jalan", "Cement for the road"),
                   say("4 sak dari 20 sak (20%)", "4 sacks of 20 sacks (20%)")};
  cement.fraction = 0.2F;
  return {
      say("Sejauh mana penggalangan", "How far the drives are"), "", false, {watch, cement}, ""};
}

void fill_demo_charts(DemoViews& out, bool english) {
  const auto say = [english](const char* id, const char* en) {
    return std::string(english ? en : id);
  };
  const auto line = [&](const std::string& label, std::size_t open, std::size_t covered,
                        std::size_t done) {
    const auto count = [](std::size_t n) { return std::to_string(n); };
    return ChartLine{label,
                     say("Belum ", "Open ") + count(open) + say(" · Disanggupi ", " · Promised ") +
                         count(covered) + say(" · Selesai ", " · Done ") + count(done),
                     open, covered, done};
  };
  out.need_charts = {
      {say("Kebutuhan menurut kategori", "Needs by category"),
       say("Semua kebutuhan yang pernah dicatat", "All needs that were ever recorded"),
       false,
       {line(say("Pangan", "Food"), 1, 2, 5), line(say("Tempat tinggal", "Shelter"), 2, 1, 1),
        line(say("Obat", "Medicine"), 1, 0, 2), line(say("Angkutan", "Transport"), 1, 0, 2),
        line(say("Bayi", "Baby"), 1, 0, 1)},
       ""},
      {say("Terpenuhi minggu demi minggu", "Met, week by week"),
       say("Menurut minggu kebutuhan itu dicatat", "By the week in which the need was recorded"),
       true,
       {},
       ""}};
  const std::size_t weeks[][3] = {{0, 0, 1}, {0, 0, 2}, {0, 0, 0}, {0, 0, 2},
                                  {0, 1, 1}, {0, 0, 2}, {1, 1, 2}, {5, 1, 1}};
  const std::string october = say(" Okt", " Oct");
  const std::string labels[] = {"29 Sep",       "6" + october, "13" + october, "20" + october,
                                "27" + october, "3 Nov",       "10 Nov",       "17 Nov"};
  for (std::size_t i = 0; i < std::size(weeks); ++i) {
    ChartLine one = line(labels[i], weeks[i][0], weeks[i][1], weeks[i][2]);
    const std::size_t all = weeks[i][0] + weeks[i][1] + weeks[i][2];
    const std::size_t met = weeks[i][1] + weeks[i][2];
    one.words = all == 0 ? say("tidak ada", "none")
                         : std::to_string(met) + say(" dari ", " of ") + std::to_string(all) +
                               " (" + std::to_string(met * 100 / all) + "%)";
    out.need_charts.back().lines.push_back(std::move(one));
  }
  out.need_charts.insert(out.need_charts.begin(), lacking_goods(english));
  out.drive_charts = {how_far_drives(english)};
}

}  // namespace

void fill_demo_tools(DemoViews& out, bool english) {
  const auto say = [english](const char* id, const char* en) {
    return std::string(english ? en : id);
  };
  ListTools& needs = out.needs.tools;
  needs.columns = {
      {"title", say("Kebutuhan", "Need")},       {"for", say("Untuk siapa", "For whom")},
      {"remaining", say("Kurang", "Missing")},   {"urgency", say("Kemendesakan", "Urgency")},
      {"state", say("Keadaan", "State")},        {"quantity", say("Jumlah", "Quantity"), false},
      {"age", say("Dicatat", "Recorded"), false}};
  needs.usual = say("Paling mendesak", "Most urgent");
  needs.deeds = {{"closed", Icon::close, say("Tutup kebutuhan…", "Close needs…"), true},
                 {"urgency",
                  Icon::edit,
                  say("Kemendesakan", "Urgency"),
                  false,
                  {{"normal", say("Biasa", "Normal")},
                   {"urgent", say("Mendesak (24 jam)", "Urgent (24 hours)")}}},
                 {"privacy",
                  Icon::edit,
                  say("Tampil di papan", "On the board"),
                  false,
                  {{"public", say("Ya", "Yes")}, {"members", say("Tidak", "No")}}}};
  add_deeds(needs, english);
  for (RecordsView* list :
       {&out.offers, &out.volunteers, &out.households, &out.distribution, &out.community}) {
    ListTools& tools = list->tools;
    for (const RecordColumn& one : list->columns) tools.columns.push_back({one.title, one.title});
    tools.columns.push_back({"note", say("Catatan", "Note"), false});
    tools.usual = say("Terbaru", "Newest");
    add_deeds(tools, english);
  }
  needs.can_chart = out.community.tools.can_chart = true;
  needs.listed = out.needs.count;
  for (RecordsView* list :
       {&out.offers, &out.volunteers, &out.households, &out.distribution, &out.community}) {
    list->count = list->rows.size();
    list->tools.listed = list->count;
  }
  fill_demo_charts(out, english);
}

}  // namespace rukun::ui
