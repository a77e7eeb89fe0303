#include "app/domain/values.h"

#include "app/domain/fields.h"
#include "tests/app/assets.h"

using namespace rukun;

namespace {

const FieldSpec& field(std::string_view kind, std::string_view name) {
  const auto* spec = find_kind(kind);
  REQUIRE(spec != nullptr);
  const auto* found = spec->find_field(name);
  REQUIRE(found != nullptr);
  return *found;
}

// 17 November 2025, 16.20 WIB
ParseContext at_noon() {
  ParseContext context;
  context.now = WallTime{1'763'371'200'000};
  return context;
}

std::int64_t number(const FieldSpec& spec, std::string_view text,
                    const ParseContext& context = at_noon()) {
  const auto value = parse_value(spec, text, context);
  INFO(text << (value ? std::string() : ": " + value.error().message));
  REQUIRE(value.has_value());
  REQUIRE(std::holds_alternative<std::int64_t>(*value));
  return std::get<std::int64_t>(*value);
}

std::string text(const FieldSpec& spec, std::string_view written,
                 const ParseContext& context = at_noon()) {
  const auto value = parse_value(spec, written, context);
  INFO(written << (value ? std::string() : ": " + value.error().message));
  REQUIRE(value.has_value());
  REQUIRE(std::holds_alternative<std::string>(*value));
  return std::get<std::string>(*value);
}

bool refused(const FieldSpec& spec, std::string_view written) {
  const auto value = parse_value(spec, written, at_noon());
  if (value) return false;
  CHECK(value.error().code == Code::bad_value);
  CHECK(value.error().message.find(spec.name) != std::string::npos);
  return true;
}

}  // namespace

TEST_CASE("quantities are read as Indonesians and programs write them", "[values]") {
  const auto& quantity = field("need", "quantity");
  CHECK(number(quantity, "5") == 5000);
  CHECK(number(quantity, "2,5") == 2500);
  CHECK(number(quantity, "2.5") == 2500);
  CHECK(number(quantity, "1.234.567,89") == 1'234'567'890);
  CHECK(number(quantity, "1,234,567.89") == 1'234'567'890);
  CHECK(number(quantity, "1.250") == 1'250'000);
  CHECK(number(quantity, "1,250") == 1250);
  CHECK(number(quantity, "0.500") == 500);
  CHECK(number(quantity, "0,001") == 1);
  CHECK(number(quantity, "12345.678") == 12'345'678);
  CHECK(number(quantity, "1.2500") == 1250);
  CHECK(number(quantity, "2.50") == 2500);
  CHECK(number(quantity, " +7 ") == 7000);
  CHECK(number(quantity, "007") == 7000);
  CHECK(number(quantity, ",5") == 500);
  auto machine = at_noon();
  machine.plain_numbers = true;
  CHECK(number(quantity, "1.250", machine) == 1250);
  for (const auto* bad : {"0", "-3", "lima", "1.23.4", "1.2345,6", "1,2,3", "5 kg", "1,2345", "5,",
                          "--5", "1e3", "99999999999999999", ".", "1..2", "0,0001"})
    CHECK(refused(quantity, bad));
}

TEST_CASE("a correction of stock may be negative", "[values]") {
  CHECK(number(field("stock", "quantity"), "-2,5") == -2500);
  CHECK(number(field("stock", "quantity"), "\u22122") == -2000);
}

TEST_CASE("money is whole rupiah", "[values]") {
  const auto& price = field("listing", "price");
  CHECK(number(price, "Rp25.000") == 25'000);
  CHECK(number(price, "Rp 25.000") == 25'000);
  CHECK(number(price, "rp. 1.500.000,-") == 1'500'000);
  CHECK(number(price, "IDR 25000") == 25'000);
  CHECK(number(price, "25000") == 25'000);
  CHECK(number(price, "25.000,00") == 25'000);
  CHECK(refused(price, "25.000,50"));
  CHECK(refused(price, "-5"));
  CHECK(format_value(price, Value{std::int64_t{25'000}}, Language::id) == "Rp25.000");
  CHECK(machine_value(price, Value{std::int64_t{25'000}}) == "25000");
}

TEST_CASE("dates are read in three forms, and partly where people know no more", "[values]") {
  const auto& date = field("resident", "birth_date");
  for (const auto* same :
       {"17 November 2025", "17/11/2025", "2025-11-17", "17-11-2025", "17.11.2025", "17 nov 2025",
        "17 Nopember 2025", "17 NOVEMBER 2025", "Senin, 17 November 2025", "November 17, 2025",
        "2025/11/17", "hari ini"})
    CHECK(number(date, same) == 20251117);
  CHECK(number(date, "7/8/1945") == 19450807);
  CHECK(number(date, "17 Agustus 1945") == 19450817);
  CHECK(number(date, "1960") == 19600000);
  CHECK(number(date, "1960-02") == 19600200);
  CHECK(number(date, "02/1960") == 19600200);
  CHECK(number(date, "Februari 1960") == 19600200);
  CHECK(number(date, "kemarin") == 20251116);
  CHECK(number(date, "besok") == 20251118);
  CHECK(number(date, "29/02/2024") == 20240229);
  for (const auto* bad :
       {"31/11/2025", "29/02/2023", "17/13/2025", "17/11/25", "17", "kapan-kapan", "0/11/2025",
        "1/1/99999", "2025-11-17-1", "-2025", "17 / 11", "99/99/9999"})
    CHECK(refused(date, bad));
}

TEST_CASE("dates are shown as people and as programs read them", "[values]") {
  const auto& date = field("resident", "birth_date");
  CHECK(format_value(date, Value{std::int64_t{20251117}}, Language::id) == "17 November 2025");
  CHECK(format_value(date, Value{std::int64_t{19450807}}, Language::en) == "7 August 1945");
  CHECK(format_value(date, Value{std::int64_t{19600200}}, Language::id) == "Februari 1960");
  CHECK(format_value(date, Value{std::int64_t{19600000}}, Language::id) == "1960");
  CHECK(machine_value(date, Value{std::int64_t{20251117}}) == "2025-11-17");
  CHECK(machine_value(date, Value{std::int64_t{19600200}}) == "1960-02");
  CHECK(machine_value(date, Value{std::int64_t{19600000}}) == "1960");
  CHECK(machine_value(date, Value{std::int64_t{20259999}}) == "#20259999");
  CHECK(format_value(date, Value{std::int64_t{-1}}, Language::id) == "#-1");
}

TEST_CASE("instants know their zone", "[values]") {
  const auto& at = field("handover", "at");
  const std::int64_t expected = 1'763'371'200'000;  // 2025-11-17T09:20:00Z
  for (const auto* same :
       {"2025-11-17T16:20", "2025-11-17 16:20", "17/11/2025 16.20", "17/11/2025 pukul 16.20",
        "17 November 2025 pukul 16.20 WIB", "17 November 2025, 16:20", "2025-11-17T09:20:00Z",
        "2025-11-17T16:20:00+07:00", "2025-11-17T16:20:00.000+0700", "17/11/2025 17.20 WITA",
        "17-11-2025 18.20 WIT", "2025-11-17T05:20-04:00", "pukul 16.20", "sekarang", "now"})
    CHECK(number(at, same) == expected);
  CHECK(number(at, "17/11/2025") == 1'763'312'400'000);
  CHECK(number(at, "2025-11-17T09:20:00.125Z") == expected + 125);
  auto wit = at_noon();
  wit.utc_offset_min = 540;
  CHECK(number(at, "17/11/2025 18.20", wit) == expected);
  for (const auto* bad :
       {"17/11/2025 25.00", "17/11/2025 16.60", "November 2025 16.20", "16.20 kemarin sore",
        "2025-11-17T16:20+25:00", "17/11/2025 16.2", "2025-11-17T", "jam"})
    CHECK(refused(at, bad));
}

TEST_CASE("instants are shown with the words of their zone", "[values]") {
  const auto& at = field("handover", "at");
  const Value value{std::int64_t{1'763'371'200'000}};
  CHECK(format_value(at, value, Language::id) == "17 November 2025 pukul 16.20 WIB");
  CHECK(format_value(at, value, Language::en) == "17 November 2025, 16:20 WIB");
  FormatContext wita(Language::id);
  wita.utc_offset_min = 480;
  CHECK(format_value(at, value, wita) == "17 November 2025 pukul 17.20 WITA");
  CHECK(machine_value(at, value) == "2025-11-17T09:20:00Z");
  CHECK(format_value(at, Value{std::int64_t{-1}}, Language::id) ==
        "1 Januari 1970 pukul 06.59 WIB");
  CHECK(format_value(at, Value{INT64_MAX}, Language::id) == "#9223372036854775807");
  CHECK(machine_value(at, Value{INT64_MIN}) == "#-9223372036854775808");
}

TEST_CASE("RT and RW read alike however many zeros", "[values]") {
  const auto& rt = field("household", "rt");
  const auto& rw = field("household", "rw");
  for (const auto* same : {"3", "03", "003", "RT 3", "rt.003", "RT003", "RT 003/RW 007", "003/007"})
    CHECK(number(rt, same) == 3);
  for (const auto* same : {"7", "RW 7", "rw 007", "RT 003/RW 007", "003/007"})
    CHECK(number(rw, same) == 7);
  CHECK(format_value(rt, Value{std::int64_t{3}}, Language::id) == "003");
  CHECK(machine_value(rt, Value{std::int64_t{3}}) == "003");
  CHECK(format_rt_rw(3, 7) == "RT 003/RW 007");
  for (const auto* bad : {"0", "1000", "RT", "tiga", "RW 3", "-3"}) CHECK(refused(rt, bad));
}

TEST_CASE("phones of every spelling are kept as one", "[values]") {
  const auto& phone = field("household", "phone");
  for (const auto* same : {"081234567890", "0812-3456-7890", "+62 812 3456 7890", "6281234567890",
                           "81234567890", "+62 (0)812 3456 7890", "(0812) 3456.7890"})
    CHECK(text(phone, same) == "+6281234567890");
  CHECK(text(phone, "021 5551234") == "+62215551234");
  CHECK(text(phone, "+60 12 345 6789") == "+60123456789");
  for (const auto* bad : {"0812", "tidak ada", "12345678", "+", "08123456789012345", "0812345678x"})
    CHECK(refused(phone, bad));
}

TEST_CASE("identifiers are sixteen digits, and hidden when shown", "[values]") {
  const auto& nik = field("resident", "nik");
  CHECK(text(nik, "3201234567891234") == "3201234567891234");
  CHECK(text(nik, "'3201 2345 6789 1234") == "3201234567891234");
  CHECK(is_none(*parse_value(nik, "0", at_noon())));
  CHECK(is_none(*parse_value(nik, "", at_noon())));
  CHECK(is_none(*parse_value(nik, "0000000000000000", at_noon())));
  CHECK(refused(nik, "320123456789123"));
  CHECK(refused(nik, "32012345678912345"));
  CHECK(refused(nik, "320123456789123X"));
  CHECK(format_value(nik, Value{std::string("3201234567891234")}, Language::id) ==
        "••••••••••••1234");
  CHECK(machine_value(nik, Value{std::string("3201234567891234")}) == "3201234567891234");
  const auto error = parse_value(nik, "320123456789123", at_noon()).error();
  CHECK(error.message.find("3201234567") == std::string::npos);
  CHECK(masked("12") == "••");
}

TEST_CASE("a sex is read as lists of residents have it", "[values]") {
  const auto& sex = field("resident", "sex");
  for (const auto* male : {"L", "lk", "Laki-laki", "pria", "male"}) CHECK(number(sex, male) == 1);
  for (const auto* female : {"P", "Pr.", "Perempuan", "wanita", "female"})
    CHECK(number(sex, female) == 2);
  CHECK(refused(sex, "x"));
  CHECK(refused(field("need", "urgency"), "p"));
}

TEST_CASE("booleans and enumerations take names and labels of both languages", "[values]") {
  const auto& pregnant = field("resident", "pregnant");
  for (const auto* yes : {"ya", "Ya", "yes", "true", "1"}) CHECK(number(pregnant, yes) == 1);
  for (const auto* no : {"tidak", "no", "FALSE", "0"}) CHECK(number(pregnant, no) == 0);
  CHECK(refused(pregnant, "mungkin"));
  CHECK(machine_value(pregnant, Value{std::int64_t{1}}) == "true");
  CHECK(format_value(pregnant, Value{std::int64_t{0}}, Language::id) == "Tidak");

  const auto& urgency = field("need", "urgency");
  for (const auto* same : {"urgent", "Mendesak (24 jam)", "mendesak", "URGENT (24 hours)"})
    CHECK(number(urgency, same) == fields::need::kUrgencyUrgent);
  CHECK(machine_value(urgency, Value{std::int64_t{3}}) == "urgent");
  CHECK(format_value(urgency, Value{std::int64_t{3}}, Language::id) == "Mendesak (24 jam)");
  CHECK(format_value(urgency, Value{std::int64_t{7}}, Language::id) == "#7");
  CHECK(machine_value(urgency, Value{std::int64_t{7}}) == "#7");
  CHECK(number(urgency, "#7") == 7);
  CHECK(refused(urgency, "#0"));
  CHECK(refused(urgency, "penting"));
  CHECK(number(field("pledge", "state"), "on the way") == fields::pledge::kStateOnTheWay);
  CHECK(number(field("need", "category"), "Pangan") == 1);
  CHECK(number(field("volunteer", "availability"), "sun_night") == 28);
  CHECK(number(field("volunteer", "availability"), "Senin pagi") == 1);
}

TEST_CASE("a bad value names the field, the value and what was expected", "[values]") {
  const auto& quantity = field("need", "quantity");
  const auto indonesian = parse_value(quantity, "lima", at_noon()).error();
  CHECK(
      indonesian.message ==
      "Jumlah (quantity): \"lima\" tidak dapat dibaca; yang diharapkan angka lebih dari 0 seperti "
      "5 atau 2,5, paling banyak tiga desimal");
  auto english = at_noon();
  english.language = Language::en;
  CHECK(parse_value(field("need", "urgency"), "asap", english).error().message ==
        "Urgency (urgency): \"asap\" cannot be read; expected one of: normal (Normal), soon "
        "(Soon), urgent "
        "(Urgent), life (Life at risk)");
  CHECK(parse_value(quantity, "5kg", english).error().hint ==
        "the unit goes into a field of its own: unit=kg");
  CHECK(parse_value(quantity, "9999999999999999", english).error().hint ==
        "at most 15 digits before the point");
  CHECK(parse_value(field("resident", "nik"), "123456789012345", english)
            .error()
            .message.ends_with("expected 16 digits, there are 15"));
}

TEST_CASE("texts keep what was written and refuse what is no text", "[values]") {
  const auto& name = field("household", "name");
  CHECK(text(name, "  Siti Nurhaliza binti Ahmad, S.Pd. ") == "Siti Nurhaliza binti Ahmad, S.Pd.");
  CHECK(text(name, "Suharto") == "Suharto");
  CHECK(text(field("household", "note"), "baris satu\r\nbaris dua\rbaris tiga") ==
        "baris satu\nbaris dua\nbaris tiga");
  CHECK(refused(name, "Budi\x01"));
  CHECK(refused(name, "Budi\xFF"));
  CHECK(refused(name, std::string(kMaxTextBytes + 1, 'a')));
  CHECK(is_none(*parse_value(name, "   ", at_noon())));
}

TEST_CASE("places are latitude and longitude", "[values]") {
  const auto& place = field("household", "location");
  for (const auto* same : {"-6.2,106.816666", "-6.200000, 106.816666", "-6,2; 106,816666",
                           "-6.2 106.816666", "-6.2 , 106.816666", "-6,2, 106,816666"})
    CHECK(text(place, same) == "-6.200000,106.816666");
  CHECK(text(place, "0,0") == "0.000000,0.000000");
  for (const auto* bad : {"91,0", "0,181", "-6.2", "di belakang masjid", "1,2,3,4", ","})
    CHECK(refused(place, bad));
}

TEST_CASE("items and units are stored by id, free text apart", "[values]") {
  const auto items = test::shipped_items();
  auto context = at_noon();
  context.items = &items;
  const auto& item = field("need", "item");
  CHECK(text(item, "bras", context) == "rice");
  CHECK(text(item, "BERAS ", context) == "rice");
  CHECK(text(item, "gas ijo", context) == "~gas ijo");
  CHECK(text(item, "~beras", context) == "rice");
  FormatContext shown(Language::id);
  shown.items = &items;
  CHECK(format_value(item, Value{std::string("rice")}, shown) == "Beras");
  CHECK(format_value(item, Value{std::string("~gas ijo")}, shown) == "gas ijo");
  CHECK(format_value(item, Value{std::string("moon_rock")}, shown) == "moon_rock");
  CHECK(machine_value(item, Value{std::string("~gas ijo")}) == "gas ijo");
  CHECK(text(field("need", "unit"), "Kilo") == "kg");
  CHECK(text(field("need", "unit"), "dus isi 40") == "box:40");
  CHECK(format_value(field("need", "unit"), Value{std::string("box:40")}, Language::id) ==
        "dus (isi 40)");
  CHECK(refused(field("need", "unit"), "genggam"));
}

TEST_CASE("references are the caller's to resolve", "[values]") {
  const auto& household = field("need", "household");
  RecordId sari;
  sari.bytes[0] = 0xAB;
  auto context = at_noon();
  context.resolve = [&](const FieldSpec& spec, std::string_view text) -> Result<RecordId> {
    CHECK(spec.target == fields::household::kKind);
    if (text == "ab0000") return sari;
    return error(Code::ambiguous, "dua keluarga cocok");
  };
  CHECK(std::get<RecordId>(*parse_value(household, "ab0000", context)) == sari);
  CHECK(parse_value(household, "a", context).error().code == Code::ambiguous);
  CHECK(std::get<RecordId>(*parse_value(household, sari.hex(), at_noon())) == sari);
  CHECK(refused(household, "ab0000"));
  CHECK(machine_value(household, Value{sari}) == sari.hex());
  CHECK(format_value(household, Value{sari}, Language::id) == "ab000000");
}

TEST_CASE("defaults come from the table", "[values]") {
  CHECK(default_value(field("handover", "at"), at_noon()) ==
        Value{std::int64_t{1'763'371'200'000}});
  CHECK(default_value(field("need", "urgency"), at_noon()) == Value{std::int64_t{1}});
  CHECK(is_none(default_value(field("need", "item"), at_noon())));
  for (const auto& kind : all_kinds())
    for (const auto& spec : kind.fields)
      if (!spec.default_text.empty()) CHECK_FALSE(is_none(default_value(spec, at_noon())));
}

TEST_CASE("what a program writes, a program reads back", "[values]") {
  const auto& quantity = field("need", "quantity");
  for (const std::int64_t value : {1, 10, 500, 999, 1000, 1001, 1125, 1250, 2500, 12'345, 999'999,
                                   1'000'000, 1'234'567, 99'999'999, 1'234'567'890})
    CHECK(number(quantity, machine_value(quantity, Value{value})) == value);
  CHECK(machine_value(quantity, Value{std::int64_t{2500}}) == "2.5");
  CHECK(machine_value(quantity, Value{std::int64_t{1250}}) == "1.25");
  CHECK(machine_value(quantity, Value{std::int64_t{1125}}) == "1.1250");
  CHECK(format_value(quantity, Value{std::int64_t{1'234'567'890}}, Language::id) == "1.234.567,89");
  CHECK(format_value(quantity, Value{std::int64_t{1'234'567'890}}, Language::en) == "1,234,567.89");
  CHECK(format_value(quantity, Value{std::int64_t{-500}}, Language::id) == "-0,5");
  CHECK(decimal_text(INT64_MIN) == "-9223372036854775.808");
}

TEST_CASE("a value of another shape is shown and never lost", "[values]") {
  const auto& quantity = field("need", "quantity");
  CHECK_FALSE(fits(quantity, Value{std::string("lima")}));
  CHECK(format_value(quantity, Value{std::string("lima")}, Language::id) == "lima");
  CHECK(machine_value(field("need", "note"), Value{std::int64_t{5}}) == "#5");
  CHECK(format_value(quantity, Value{}, Language::id).empty());
  CHECK(fits(quantity, Value{}));
}
