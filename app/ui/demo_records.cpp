// Made-up lists, one record of each beside them, and a form.
#include "app/ui/demo_views.h"

namespace rukun::ui {
namespace {

// Picks the words of the language.
struct Pick {
  bool english;
  std::string operator()(const char* indonesian, const char* in_english) const {
    return english ? in_english : indonesian;
  }
};

const Deed kSomewhere{.what = Deed::What::open, .screen = Screen::home};

RecordRow row_of_words(const char* id, std::vector<std::string> words) {
  RecordRow row{id, {}};
  for (std::string& one : words) row.cells.push_back({std::move(one)});
  return row;
}

void add_journey(RecordDetail& detail, const Pick& say) {
  detail.reached = {{say("Tersimpan di sini", "Stored here")},
                    {say("Sampai ke Pak Budi", "Reached Pak Budi")}};
  detail.history = {{say("kemarin pukul 16.20", "yesterday 16:20"), "Bu Sari",
                     say("mencatat ini", "recorded this")}};
}

RecordsView made_households(const Pick& say) {
  RecordsView view;
  view.screen = Screen::households;
  view.tabs = {{"households", say("Keluarga", "Households")},
               {"residents", say("Warga", "Residents")},
               {"pairs", say("Mungkin sama", "Maybe the same")}};
  view.tab = "households";
  view.hint = say("Cari keluarga atau alamat (F3)", "Search households or addresses (F3)");
  view.add = {{Icon::plus, say("Tambah keluarga", "Add a household"), {}, false}};
  view.columns = {{say("Kepala keluarga", "Head of household"), 2, 170},
                  {say("Alamat", "Address"), 2, 170},
                  {"RT/RW", 1, 140},
                  {say("Jumlah jiwa", "People"), 0.3F, 110, true},
                  {say("Kelompok rentan", "Vulnerable"), 1.5F, 130}};
  view.rows = {row_of_words("h1", {"Bu Ani", "Gang Kenanga 3", "RT 003/RW 007", "5",
                                   say("Balita 2", "Infants 2")}),
               row_of_words("h2", {"Bu Wati", "Jalan Melati 7", "RT 003/RW 007", "3", ""}),
               row_of_words("h3", {"Mbah Karto", "Jalan Melati 15", "RT 003/RW 007", "1",
                                   say("Lansia 1", "Elderly 1")})};
  return view;
}

RecordDetail made_household(const Pick& say) {
  RecordDetail detail;
  detail.id = "h1";
  detail.title = "Bu Ani";
  detail.marks = {{say("Balita 2", "Infants 2"), Mood::info}};
  detail.facts = {{say("Alamat", "Address"), "Gang Kenanga 3"},
                  {say("Telepon", "Phone"), "+62 812-1000-200"},
                  {say("Jumlah jiwa", "People"), "5"}};
  detail.buttons = {{Icon::edit, say("Ubah", "Edit"), {}, false}};
  RecordLine similar{"Ibu Anih", "Gang Kenanga No. 3 · RT 003", {}, kSomewhere, {}};
  similar.buttons = {{Icon::check, say("Ya, orang yang sama", "Yes, the same"), {}, true},
                     {Icon::close, say("Bukan, orang lain", "No, another"), {}, false}};
  detail.sections = {
      {say("Mungkin sama", "Maybe the same"), {similar}},
      {say("Warga", "Residents"),
       {{"Ani Suryani", say("Kepala keluarga · 1988", "Head · 1988"), {}, kSomewhere, {}},
        {"Dimas", say("Anak · 12 Mei 2023", "Child · 12 May 2023"), {}, kSomewhere, {}}},
       "",
       {{Icon::plus, say("Tambah warga", "Add a resident"), {}, false}}},
      {say("Bantuan yang diterima", "Aid received"),
       {{say("Beras 10 kg", "Rice 10 kg"),
         say("diterima 2 kg dari 10 kg", "received 2 kg of 10 kg"),
         {},
         kSomewhere,
         {}}}}};
  add_journey(detail, say);
  return detail;
}

RecordsView made_pairs(const Pick& say) {
  RecordsView view = made_households(say);
  view.tab = "pairs";
  view.columns.clear();
  view.rows.clear();
  const DeedButton same{Icon::check, say("Ya, orang yang sama", "Yes, the same"), {}, true};
  const DeedButton different{Icon::close, say("Bukan, orang lain", "No, another"), {}, false};
  view.pairs = {
      {{"Bu Ani", {{say("Alamat", "Address"), "Gang Kenanga 3"}, {"RT", "003"}}, kSomewhere},
       {"Ibu Anih", {{say("Alamat", "Address"), "Gang Kenanga No. 3"}, {"RT", "003"}}, kSomewhere},
       same,
       different}};
  return view;
}

RecordsView made_offers(const Pick& say) {
  RecordsView view;
  view.screen = Screen::offers;
  view.hint = say("Cari tawaran (F3)", "Search offers (F3)");
  view.add = {{Icon::plus, say("Catat tawaran bantuan", "Record an offer"), {}, false}};
  view.columns = {{say("Tawaran", "Offer"), 2, 180},
                  {say("Pemberi", "Giver"), 2, 170},
                  {say("Sisa", "Left"), 1, 110, true},
                  {say("Tersedia sampai", "Available until"), 1, 130},
                  {say("Tempat ambil", "Pick-up place"), 1.6F, 110}};
  view.rows = {row_of_words("o1", {say("Beras 10 kg", "Rice 10 kg"), "Warung Bu Tuti", "8 kg",
                                   "30/11/2025", "Jalan Melati 2"}),
               row_of_words("o2", {say("Antar berobat 3 kali", "Rides to the clinic, 3"),
                                   "Mas Joko", say("2 kali", "2 times"), "", ""})};
  RecordDetail detail;
  detail.id = "o1";
  detail.title = say("Beras 10 kg", "Rice 10 kg");
  detail.marks = {{say("sisa 8 kg", "8 kg left"), Mood::good}};
  detail.fraction = 0.2F;
  detail.progress = say("2 kg dari 10 kg sudah disanggupi atau diserahkan",
                        "2 kg of 10 kg promised or handed over");
  RecordLine fits{say("Beras 10 kg · Bu Ani", "Rice 10 kg · Bu Ani"),
                  say("barang yang sama, RT yang sama", "the same item, the same RT"),
                  {},
                  kSomewhere,
                  {}};
  fits.buttons = {{Icon::offer, say("Sanggupi", "Pledge"), {}, false}};
  detail.facts = {
      {say("Pemberi", "Giver"), "Warung Bu Tuti"},
      {say("Tersedia sampai", "Available until"), say("30 November 2025", "30 November 2025")},
      {say("Tempat ambil", "Pick-up place"), "Jalan Melati 2"}};
  detail.buttons = {{Icon::close, say("Tarik tawaran ini", "Withdraw this offer"), {}, false},
                    {Icon::edit, say("Ubah", "Edit"), {}, false}};
  detail.sections = {{say("Kebutuhan yang cocok", "Needs that it fits"), {fits}}};
  add_journey(detail, say);
  view.detail = detail;
  return view;
}

RecordsView made_volunteers(const Pick& say) {
  RecordsView view;
  view.screen = Screen::volunteers;
  view.hint = say("Cari relawan atau keterampilan (F3)", "Search volunteers or skills (F3)");
  view.add = {{Icon::plus, say("Tambah relawan", "Add a volunteer"), {}, false}};
  view.columns = {{say("Relawan", "Volunteer"), 2, 180},
                  {say("Telepon", "Phone"), 1.2F, 160},
                  {say("Keterampilan", "Skills"), 2, 180},
                  {say("Waktu luang", "Availability"), 2, 150}};
  view.rows = {row_of_words("v1", {"Mas Joko", "+62 812-3456-789",
                                   say("sopir, listrik", "driving, electrics"),
                                   say("Sabtu pagi", "Saturday morning")}),
               row_of_words("v2", {"Bu Wati", "+62 813-1111-222", say("masak", "cooking"), ""})};
  return view;
}

RecordsView made_distribution(const Pick& say) {
  RecordsView view;
  view.screen = Screen::distribution;
  view.tabs = {{"programs", say("Program", "Programs")},
               {"entitlements", say("Jatah", "Entitlements")},
               {"handovers", say("Serah terima", "Hand-overs")}};
  view.tab = "programs";
  view.hint = say("Cari program (F3)", "Search programs (F3)");
  view.add = {{Icon::plus, say("Program baru", "New program"), {}, false}};
  view.columns = {{say("Program bantuan", "Aid program"), 3, 220},
                  {say("Asal dana", "Source"), 1.5F, 140},
                  {say("Sasaran", "Target"), 1, 110},
                  {say("Selesai", "Ends"), 1, 160}};
  view.rows = {
      row_of_words("g1", {say("Beras cadangan pangan", "Rice reserve"), say("Pusat", "Central"),
                          say("Keluarga", "Household"), "31/12/2025"})};
  RecordDetail detail;
  detail.id = "g1";
  detail.title = say("Beras cadangan pangan", "Rice reserve");
  detail.facts = {{say("Asal dana", "Source"), say("Pusat", "Central")}};
  RecordLine stock{say("Beras", "Rice"),
                   say("masuk 500 kg · keluar 20 kg", "in 500 kg · out 20 kg"),
                   {say("saldo 480 kg", "balance 480 kg"), Mood::good},
                   {},
                   {}};
  RecordLine entitled{"Bu Ani",
                      say("diterima 0 kg dari 10 kg", "received 0 kg of 10 kg"),
                      {say("belum diserahkan", "not handed over"), Mood::warn},
                      kSomewhere,
                      {}};
  entitled.buttons = {{Icon::check, say("Serahkan", "Hand over"), {}, false}};
  RecordLine handed{
      say("10 kg untuk Mbah Karto", "10 kg to Mbah Karto"),
      say("20 November 2025 pukul 09.00 WIB · 7K2M-94QX", "20 November 2025 09:00 WIB · 7K2M-94QX"),
      {say("belum dikonfirmasi", "not confirmed"), Mood::warn},
      kSomewhere,
      {}};
  detail.sections = {{say("Stok", "Stock"),
                      {stock},
                      "",
                      {{Icon::plus, say("Catat barang masuk", "Record goods in"), {}, false}}},
                     {say("Jatah", "Entitlements"),
                      {entitled},
                      "",
                      {{Icon::plus, say("Beri jatah", "Grant an entitlement"), {}, false}}},
                     {say("Serah terima", "Hand-overs"), {handed}}};
  detail.buttons = {{Icon::edit, say("Ubah", "Edit"), {}, false}};
  detail.warnings = {say("Bantuan ganda: Bu Ani juga mendapat Bantuan tunai",
                         "Double aid: Bu Ani also has Cash aid")};
  add_journey(detail, say);
  view.detail = detail;
  return view;
}

RecordsView made_community(const Pick& say) {
  RecordsView view;
  view.screen = Screen::community;
  view.tabs = {{"drives", say("Penggalangan", "Drives")},
               {"listings", say("Pasar Warga", "Neighbors' market")},
               {"orders", say("Pesanan", "Orders")},
               {"trainings", say("Pelatihan", "Trainings")},
               {"resources", say("Cari bantuan", "Where to get help")},
               {"notices", say("Pengumuman", "Notices")}};
  view.tab = "drives";
  view.hint = say("Cari penggalangan (F3)", "Search drives (F3)");
  view.add = {{Icon::plus, say("Galang bantuan", "Begin a drive"), {}, false}};
  view.columns = {{say("Penggalangan", "Drive"), 3, 220},
                  {"Target", 1, 130, true},
                  {say("Terkumpul", "Collected"), 1, 130, true},
                  {say("Saldo", "Balance"), 1, 130, true}};
  view.rows = {row_of_words("d1", {say("Perbaikan pos ronda", "Repair of the watch post"),
                                   "Rp2.000.000", "Rp1.250.000", "Rp900.000"}),
               row_of_words("d2", {say("Semen perbaikan jalan", "Cement for the road"),
                                   say("20 sak", "20 sacks"), say("4 sak", "4 sacks"),
                                   say("4 sak", "4 sacks")})};
  RecordDetail detail;
  detail.id = "d1";
  detail.title = say("Perbaikan pos ronda", "Repair of the watch post");
  detail.marks = {{say("saldo Rp900.000", "balance Rp900.000"), Mood::good}};
  detail.fraction = 0.625F;
  detail.progress =
      say("terkumpul Rp1.250.000 dari Rp2.000.000", "Rp1.250.000 of Rp2.000.000 collected");
  detail.buttons = {{Icon::plus, say("Catat masuk", "Record what came in"), {}, true},
                    {Icon::minus, say("Catat keluar", "Record what went out"), {}, false},
                    {Icon::check, say("Tutup penggalangan", "Close the drive"), {}, false}};
  detail.sections = {{say("Masuk dan keluar", "In and out"),
                      {{say("Rp350.000 · Toko Maju", "Rp350.000 · Toko Maju"),
                        say("18 November 2025 pukul 10.00 WIB", "18 November 2025 10:00 WIB"),
                        {say("Keluar", "Out"), Mood::warn},
                        {},
                        {}},
                       {say("Rp250.000 · Hamba Allah", "Rp250.000 · anonymous"),
                        say("17 November 2025 pukul 19.30 WIB", "17 November 2025 19:30 WIB"),
                        {say("Masuk", "In"), Mood::good},
                        {},
                        {}},
                       {say("Rp1.000.000 · Warga RT 003", "Rp1.000.000 · residents of RT 003"),
                        say("15 November 2025 pukul 09.00 WIB", "15 November 2025 09:00 WIB"),
                        {say("Masuk", "In"), Mood::good},
                        {},
                        {}}}}};
  add_journey(detail, say);
  view.detail = detail;
  return view;
}

FormView made_form(const Pick& say) {
  FormView form;
  form.number = 1;
  form.title = say("Beri jatah", "Grant an entitlement");
  form.about = say("Beras cadangan pangan", "Rice reserve");
  FormField household;
  household.name = "household";
  household.label = say("Keluarga", "Household");
  household.input = InputKind::record;
  household.warnings = {{say("Bantuan ganda: sudah ada Jatah: Bu Ani; catat alasan pengecualian "
                             "bila memang perlu",
                             "Double aid: there is Entitlement: Bu Ani; record a reason if this is "
                             "meant"),
                         kSomewhere}};
  FormField item;
  item.name = "item";
  item.label = say("Barang", "Item");
  item.input = InputKind::record;
  FormField quantity;
  quantity.name = "quantity";
  quantity.label = say("Jumlah", "Quantity");
  quantity.input = InputKind::quantity;
  quantity.unit = "kg";
  quantity.required = true;
  quantity.problem = say("Jumlah harus diisi", "Quantity must be given");
  FormField unit;
  unit.name = "unit";
  unit.label = say("Satuan", "Unit");
  unit.input = InputKind::choice;
  unit.choices = {{"kg", "kg"}, {"liter", "liter"}, {"pack", say("bungkus", "pack")}};
  FormField reason;
  reason.name = "exception_reason";
  reason.label = say("Alasan pengecualian", "Reason for exception");
  FormField note;
  note.name = "phone";
  note.label = say("Telepon", "Phone");
  note.hint = "0812…";
  note.why =
      say("Untuk: menghubungi keluarga tentang bantuan.", "For: reaching the family about help.");
  note.rare = true;
  form.fields = {household, item, quantity, unit, reason, note};
  form.texts = {{"household", "h1"}, {"item", say("Beras", "Rice")}, {"unit", "kg"}};
  form.names = {{"h1", "Bu Ani"}};
  return form;
}

ShiftDetail made_shift(const Pick& say, const ShiftRow& row) {
  ShiftDetail shift;
  shift.row = row;
  shift.buttons = {{Icon::check, say("Saya ikut", "I join"), {}, true},
                   {Icon::edit, say("Ubah", "Edit"), {}, false}};
  const std::vector<DeedButton> toggles = {{Icon::check, say("Hadir", "Present"), {}, false},
                                           {Icon::close, say("Tidak hadir", "Absent"), {}, false},
                                           {Icon::clock, say("Izin", "Excused"), {}, false}};
  const std::vector<DeedButton> leave = {{Icon::close, say("Mundur", "Withdraw"), {}, false}};
  for (const std::string& name : row.people)
    shift.people.push_back({name, "", toggles, leave, "u1"});
  shift.waiting = {{"Bu Tuti", say("daftar tunggu nomor 1", "number 1 waiting"), {}, leave}};
  return shift;
}

RosterView made_roster(const Pick& say) {
  RosterView view;
  view.number = 1;
  view.activities = {{"a1", say("Ronda malam", "Night watch")}, {"a2", say("Jaga posko", "Post")}};
  view.activity = "a1";
  view.from = say("17 November 2025", "17 November 2025");
  view.weeks = 2;
  view.may_publish = true;
  static const char* kNames[] = {"Pak Dedi",    "Pak Slamet", "Mas Joko", "Bu Ani",
                                 "Pak Hartono", "Pak Yusuf",  "Mbak Rini"};
  for (int i = 0; i < 14; ++i) {
    RosterNight night;
    const std::string date = std::to_string(17 + i % 14);
    night.day = say("Tanggal ", "On ") + date +
                say(" November 2025, pukul 22.00–04.00", " November 2025, 22:00–04:00");
    night.brief = i == 0 ? date + " November" : date;
    night.weekday = i % 7;
    night.week = i / 7;
    for (int place = 0; place < 2; ++place)
      night.turns.push_back({kNames[(2 * i + place) % 7],
                             i == 0 ? say("sudah terdaftar", "signed up already")
                                    : say("paling sedikit: baru 1 kali", "fewest: 1 so far"),
                             i > 0});
    if (i == 9) {
      night.turns.pop_back();
      night.mark = {say("1 tempat kosong", "1 place open"), Mood::warn};
      night.notes = {night.mark.words,
                     say("Dilewati karena sudah mencapai batas per minggu: Mas Joko",
                         "Passed over, having reached the weekly limit: Mas Joko")};
    }
    view.nights.push_back(std::move(night));
  }
  view.weekdays = {say("Senin", "Monday"),   say("Selasa", "Tuesday"), say("Rabu", "Wednesday"),
                   say("Kamis", "Thursday"), say("Jumat", "Friday"),   say("Sabtu", "Saturday"),
                   say("Minggu", "Sunday")};
  view.changes = {say("Akan ditulis: 13 jadwal baru, 25 giliran. Yang sudah diumumkan tetap.",
                      "To be written: 13 new shifts, 25 turns. What is published stays.")};
  view.left_out = {
      say("Mbah Karto: bebas ronda: lansia", "Mbah Karto: exempt from the night watch: old age")};
  return view;
}

}  // namespace

void fill_demo_records(DemoViews& out, bool english) {
  const Pick say{english};
  out.households = made_households(say);
  out.household = made_household(say);
  out.pairs = made_pairs(say);
  out.offers = made_offers(say);
  out.volunteers = made_volunteers(say);
  out.distribution = made_distribution(say);
  out.community = made_community(say);
  const DeedButton print{Icon::print, say("Cetak", "Print"), {}, false};
  for (RecordsView* view :
       {&out.households, &out.offers, &out.volunteers, &out.distribution, &out.community})
    view->add.push_back(print);
  out.household.buttons.push_back(
      {Icon::print, say("Cetak data orang ini", "Print this person's data"), {}, false});
  out.schedule.add.push_back(print);
  out.form = made_form(say);
  out.shift = made_shift(say, out.home.shifts.at(0));
  out.roster = made_roster(say);
  out.schedule.add.push_back({Icon::people, say("Susun giliran", "Share out turns"), {}, false});
  fill_demo_recap(out, english);
  fill_demo_picker(out, english);
  fill_demo_tools(out, english);
}

}  // namespace rukun::ui
