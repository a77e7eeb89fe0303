#include "app/ui/demo_views.h"

namespace rukun::ui {
namespace {

// Picks the words of the language.
struct Say {
  bool english;
  std::string operator()(const char* indonesian, const char* in_english) const {
    return english ? in_english : indonesian;
  }
};

std::vector<NeedRow> made_needs(const Say& say) {
  return {
      {"n1", say("Obat demam 2 bungkus", "Fever medicine 2 packs"),
       say("Bu Wati · Jalan Melati 7", "Bu Wati · Jalan Melati 7"), say("2 bungkus", "2 packs"),
       say("2 bungkus", "2 packs"), Urgency::life, NeedState::open,
       say("20 menit lalu", "20 minutes ago")},
      {"n2", say("Beras 10 kg", "Rice 10 kg"), "Bu Ani · Gang Kenanga 3", "10 kg", "6 kg",
       Urgency::urgent, NeedState::partly, say("2 jam lalu", "2 hours ago")},
      {"n3", say("Popok ukuran M 3 bungkus", "Diapers size M 3 packs"),
       "Keluarga Prasetyo · Blok C 12", say("3 bungkus", "3 packs"), say("3 bungkus", "3 packs"),
       Urgency::soon, NeedState::open, say("kemarin", "yesterday")},
      {"n4", say("Antar berobat 1 kali", "Ride to the clinic, once"),
       "Mbah Karto · Jalan Melati 15", say("1 kali", "1 time"), say("1 kali", "1 time"),
       Urgency::soon, NeedState::open, say("kemarin", "yesterday")},
      {"n5", say("Selimut 4 lembar", "Blankets, 4"), say("Seluruh RT", "The whole RT"),
       say("4 lembar", "4 pieces"), say("1 lembar", "1 piece"), Urgency::normal, NeedState::partly,
       say("2 hari lalu", "2 days ago")},
      {"n7", say("Terpal 2 lembar", "Tarpaulins, 2"), "Pak Slamet · Jalan Anggrek 1",
       say("2 lembar", "2 pieces"), say("2 lembar", "2 pieces"), Urgency::normal, NeedState::open,
       say("4 hari lalu", "4 days ago")},
  };
}

std::vector<ShiftRow> made_shifts(const Say& say) {
  const std::string saturday = say("Sabtu, 22 November 2025", "Saturday, 22 November 2025");
  const std::string sunday = say("Minggu, 23 November 2025", "Sunday, 23 November 2025");
  return {
      {"s1",
       saturday,
       say("pukul 22.00–04.00", "22:00–04:00"),
       say("Ronda malam", "Night watch"),
       say("Pos RT 003", "RT 003 post"),
       4,
       {"Pak Dedi", "Pak Slamet", "Pak Hartono"},
       {},
       false,
       "",
       5},
      {"s2",
       sunday,
       say("pukul 07.00–10.00", "07:00–10:00"),
       say("Kerja bakti", "Clean-up"),
       say("Selokan Jalan Melati", "Drain of Jalan Melati"),
       10,
       {"Bu Sari", "Pak Budi", "Bu Ani", "Mas Joko"},
       {},
       true,
       "",
       6},
      {"s3",
       sunday,
       say("pukul 10.00–13.00", "10:00–13:00"),
       say("Dapur umum", "Public kitchen"),
       say("Balai RW", "RW hall"),
       3,
       {"Bu Wati", "Bu Ani", "Mbak Rini"},
       {"Bu Tuti"},
       false,
       "",
       6},
      {"s4",
       sunday,
       say("pukul 16.00–17.00", "16:00–17:00"),
       "Posyandu",
       say("Rumah Bu Sari", "Bu Sari's house"),
       2,
       {"Bu Tuti"},
       {},
       false,
       say("bidan berhalangan", "the midwife cannot come"),
       6},
  };
}

NeedDetail made_need(const Say& say) {
  NeedDetail need;
  need.row = made_needs(say)[1];
  need.row.for_whom = "Bu Ani";
  need.address = "Gang Kenanga 3, RT 003/RW 007";
  need.note = say("Ada dua balita. Sebaiknya diantar sore hari.",
                  "Two toddlers. Better delivered in the afternoon.");
  need.delivered = need.promised = "2 kg";
  need.parts = {"", "", 6, 2, 2};
  need.open_quantity = "6";
  need.unit = "kg";
  need.reached = {{say("Tersimpan di sini", "Stored here")},
                  {say("Sampai ke Pak Budi", "Reached Pak Budi")},
                  {say("Diterima Kantor Desa", "Received by Kantor Desa")}};
  need.buttons = {{Icon::offer, say("Sanggupi", "Pledge"), {}, false},
                  {Icon::edit, say("Ubah", "Edit"), {}, false}};
  const std::vector<DeedButton> doable = {
      {Icon::check, say("Serah terima 2 kg", "Hand over 2 kg"), {}, false},
      {Icon::close, say("Batalkan kesanggupan", "Withdraw the pledge"), {}, false}};
  need.pledges = {{"Pak Dedi · 2 kg",
                   say("Diantar oleh Mas Joko", "Carried by Mas Joko"),
                   {say("sedang diantar", "on the way"), Mood::plain},
                   {},
                   doable},
                  {"Warung Bu Tuti · 3 kg",
                   "",
                   {say("tidak kebagian", "got nothing"), Mood::warn},
                   {},
                   {doable[1]}}};
  need.matches = {{"o1", say("Beras", "Rice"), "Bu Tuti", say("sisa 8 kg", "8 kg left"),
                   say("RT yang sama, kedaluwarsa paling dekat", "same RT, expires first"), "6"}};
  need.history = {{say("hari ini pukul 09.12", "today 09:12"), "Bu Sari",
                   say("mengubah Kemendesakan: Mendesak", "changed Urgency: Urgent")},
                  {say("hari ini pukul 08.40", "today 08:40"), "Pak Dedi",
                   say("menyanggupi 2 kg", "pledged 2 kg")},
                  {say("kemarin pukul 16.20", "yesterday 16:20"), "Pak Budi",
                   say("mencatat kebutuhan ini", "recorded this need")}};
  return need;
}

EntryView made_entry(const Say& say) {
  EntryView entry;
  entry.people = {{"h1", "Bu Ani", "Gang Kenanga 3, RT 003/RW 007"},
                  {"h2", "Bu Wati", "Jalan Melati 7, RT 003/RW 007"},
                  {"h3", "Mbah Karto", "Jalan Melati 15, RT 003/RW 007"},
                  {"h4", "Pak Dedi", "Gang Kenanga 9, RT 003/RW 007"},
                  {"h5", "Keluarga Prasetyo", "Blok C 12, RT 003/RW 007"}};
  entry.items = {{"beras", say("Beras", "Rice"), "food", "kg"},
                 {"minyak", say("Minyak goreng", "Cooking oil"), "food", "liter"},
                 {"mi", say("Mi instan", "Instant noodles"), "food", "bungkus"},
                 {"telur", say("Telur", "Eggs"), "food", "kg"},
                 {"air", say("Air minum", "Drinking water"), "water", "galon"},
                 {"popok", say("Popok", "Diapers"), "baby", "bungkus"},
                 {"susu", say("Susu formula", "Infant formula"), "baby", "dus"},
                 {"obat", say("Obat demam", "Fever medicine"), "medicine", "bungkus"},
                 {"selimut", say("Selimut", "Blankets"), "shelter", "lembar"},
                 {"antar", say("Antar berobat", "Ride to the clinic"), "transport", "kali"},
                 {"tenaga", say("Tenaga kerja", "Helping hands"), "labor", "orang"},
                 {"", say("Lainnya …", "Other …"), "other", "buah"}};
  entry.units = {{"kg", "kg"},
                 {"karung", say("karung", "sacks")},
                 {"bungkus", say("bungkus", "packs")},
                 {"liter", "liter"},
                 {"buah", say("buah", "pieces")}};
  entry.categories = {{"", say("Makanan", "Food"), "food", ""},
                      {"", say("Kesehatan", "Health"), "health_care", ""},
                      {"", say("Lainnya", "Other"), "other", ""}};
  entry.duplicate = say("Sudah ada kebutuhan serupa: Beras 10 kg untuk Bu Ani, 2 jam lalu.",
                        "There is a similar need: Rice 10 kg for Bu Ani, 2 hours ago.");
  entry.duplicate_id = "n2";
  return entry;
}

void fill_lists(DemoViews& out, const Say& say) {
  out.erase.target = EraseTarget{"h2", say("Rumah tangga", "Household"), "Bu Wati"};
  out.erase.done = {{say("Warga", "Resident"),
                     say("diminta sendiri (Bu Sari)", "asked for (Bu Sari)"),
                     say("Isinya sudah tidak ada di laptop ini.",
                         "Nothing of it is stored on this laptop any more."),
                     say("sudah sampai ke Bu Sari", "has reached Bu Sari"),
                     say("menunggu Pak Budi", "waiting for Pak Budi")}};
  out.erase.linked = {{"r1", say("Warga", "Resident"), "Bu Wati"},
                      {"n2", say("Kebutuhan", "Need"), say("Kursi roda", "Wheelchair")}};
  const auto ketua = say("Ketua RT", "Head of the RT");
  const auto relawan = say("Relawan", "Volunteer");
  out.members.rows = {
      {"m1", "Bu Sari", "head", ketua, "", "", true, false},
      {"m2", "Pak Budi", "volunteer", relawan,
       say("kabar terakhir kemarin pukul 16.20", "last heard yesterday 16:20"), "", false, false},
      {"m3", "Mas Joko", "volunteer", relawan,
       say("kabar terakhir 3 November pukul 08.05", "last heard 3 November 08:05"),
       say("laptop hilang", "laptop lost"), false, true}};
  out.members.may_invite = out.members.may_decide = out.members.lone_head = true;
  out.members.masked = {{"t1", "Mas Joko", say("5 November pukul 07.10", "5 November 07:10"),
                         say("Kebutuhan", "Need"),
                         say("belum sampai saat penulisnya dikeluarkan",
                             "had not arrived when its author was removed")}};
  out.members.roles = {{"volunteer", say("Relawan", "Volunteer")},
                       {"head", say("Ketua RT", "Head of the RT")},
                       {"office", say("Kantor desa", "Village office")},
                       {"reader", say("Warga (membaca)", "Resident (reads)")}};
  out.members.invitations = {{"a31f0c55", relawan, "Bu Sari"}};
  out.members.folder = "/media/budi/FLASHDISK";
}

ScheduleView made_schedule(const Say& say) {
  ScheduleView view;
  view.week = say("17–23 November 2025", "17–23 November 2025");
  view.shifts = made_shifts(say);
  view.movable = true;
  view.days = {say("Senin 17", "Monday 17"),   say("Selasa 18", "Tuesday 18"),
               say("Rabu 19", "Wednesday 19"), say("Kamis 20", "Thursday 20"),
               say("Jumat 21", "Friday 21"),   say("Sabtu 22", "Saturday 22"),
               say("Minggu 23", "Sunday 23")};
  view.today = 3;
  view.add = {{Icon::plus, say("Jadwal baru", "New shift"), {}, false},
              {Icon::plus, say("Kegiatan baru", "New activity"), {}, false}};
  view.volunteers = {{"v1", "Mas Joko", say("sopir, listrik", "driving, electrics")},
                     {"v2", "Bu Wati", say("masak", "cooking")}};
  return view;
}

SettingsView made_settings(const Say& say) {
  SettingsView view;
  view.language = say("id", "en");
  view.version = "0.1.0";
  view.home = "/home/budi/.local/share/rukun";
  return view;
}

SafetyView made_safety(const Say& say) {
  SafetyView view;
  view.passphrase = {"embun", "rakit", "jagung", "lentera"};
  view.folder = view.exchange_folder = "/media/sari/FLASHDISK";
  view.last = say("Cadangan terakhir: kemarin pukul 16.20", "Last backup: yesterday 16:20");
  view.papers = say("/home/sari/Dokumen", "/home/sari/Documents");
  return view;
}

DecideView made_decide(const Say& say, const AttentionRow& pledge) {
  DecideView view;
  ConflictView conflict;
  conflict.record = "n2";
  conflict.field = "quantity";
  conflict.title = say("Beras untuk Bu Ani, Gang Kenanga 3", "Rice for Bu Ani, Gang Kenanga 3");
  conflict.field_label = say("Jumlah", "Quantity");
  conflict.choices = {{"w1", "10 kg", "Bu Sari", say("hari ini pukul 09.12", "today 09:12"),
                       say("di laptop ini", "on this laptop")},
                      {"w2", "5 kg", "Pak Budi", say("kemarin pukul 16.20", "yesterday 16:20"),
                       say("di laptop lain (7c01e2)", "on another laptop (7c01e2)")}};
  view.conflicts = {conflict};
  view.waiting = {pledge,
                  {say("Mungkin sama: Bu Ani dan Ibu Ani (alamat)",
                       "Possibly the same: Bu Ani and Ibu Ani (address)"),
                   say("Lihat", "See"), Screen::households, "h1"}};
  return view;
}

}  // namespace

DemoViews demo_views(std::string_view language) {
  const Say say{language == "en"};
  DemoViews out;
  out.shell.member = "Bu Sari";
  out.shell.neighborhood = "RT 003/RW 007 Sukamaju";
  out.shell.status = {"", 4, "Pak Budi", say("sejak kemarin", "since yesterday"),
                      say("Pak Budi, kemarin pukul 16.20", "Pak Budi, yesterday 16:20")};
  out.shell.to_decide = 1;
  out.home.attention = {{say("1 isian diubah oleh dua orang", "1 field was changed by two people"),
                         say("Putuskan", "Decide"), Screen::decide, ""},
                        {say("Kesanggupan Warung Bu Tuti tidak kebagian beras",
                             "Warung Bu Tuti's pledge got no rice"),
                         say("Lihat", "Open"), Screen::needs, "n2"},
                        {say("4 catatan belum sampai ke Pak Budi sejak kemarin",
                             "4 records have not reached Pak Budi since yesterday"),
                         say("Tukar data", "Exchange data"), Screen::exchange, ""}};
  out.home.needs = made_needs(say);
  out.home.needs.resize(5);
  out.home.open_needs = 6;
  out.home.met = {say("Sejauh mana kebutuhan terpenuhi", "How far needs have been met"),
                  say("6 belum terpenuhi · 3 sudah disanggupi · 11 selesai",
                      "6 still open · 3 promised · 11 done"),
                  6, 3, 11};
  out.home.shifts = made_shifts(say);
  out.home.shifts.resize(3);
  out.needs.rows = made_needs(say);
  out.needs.count = out.needs.rows.size();
  out.need = made_need(say);
  out.entry = made_entry(say);
  fill_lists(out, say);
  out.schedule = made_schedule(say);
  fill_demo_records(out, say.english);
  out.exchange.places = {
      {"/media/budi/FLASHDISK", say("Flashdisk FLASHDISK", "Stick FLASHDISK"),
       say("3,2 GB kosong · terakhir dipakai kemarin", "3.2 GB free · last used yesterday"), true},
      {"/home/budi/Dropbox/rukun", "Dropbox/rukun", "/home/budi/Dropbox/rukun", false}};
  out.exchange.history = {
      {"FLASHDISK", say("kemarin pukul 16.20", "yesterday at 16:20"),
       say("4 catatan baru, 1 berubah, 6 dikirim", "4 new entries, 1 changed, 6 sent")}};
  out.exchange.lan.on = true;
  out.exchange.lan.port = "47300";
  out.exchange.lan.neighbors = {
      {"Pak Budi", say("Sedang bertukar data", "Exchanging"),
       say("180 dari 300 catatan", "180 of 300 records"), 0.6F},
      {"Mbak Rini", say("Selesai hari ini pukul 09.12: 12 baru, 3 berubah, 1 perlu diputuskan, 4 "
                        "catatan kita sampai.",
                        "Done today 09:12: 12 new, 3 changed, 1 to decide, 4 of ours arrived.")}};
  out.decide = made_decide(say, out.home.attention[1]);
  out.first_run.passphrase = {"melati", "sungai", "kerbau", "pelangi"};
  out.lock.profiles = {{"1", "Bu Sari"}, {"2", "Pak Budi"}};
  out.settings = made_settings(say);
  out.safety = made_safety(say);
  out.access.rows = {
      {say("hari ini pukul 09.12", "today 09:12"),
       say("Melihat data pribadi", "Looked at personal data"), "Bu Ani", "2"},
      {say("kemarin pukul 16.20", "yesterday 16:20"), say("Membuka kunci", "Unlocked"), "", "1"}};
  return out;
}

}  // namespace rukun::ui
