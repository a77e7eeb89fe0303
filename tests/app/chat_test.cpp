// Needs out of a neighborhood's chat, as people write them; and what is told when they cannot be
// read.
#include "app/domain/chat.h"

#include "app/domain/fields.h"
#include "app/domain/values.h"
#include "app/report/chat_list.h"
#include "tests/app/assets.h"

namespace rukun::test {
namespace {

std::vector<ChatLine> read(const std::string& text) {
  static const ItemCatalogue kItems = shipped_items();
  auto lines = read_chat(text, kItems);
  INFO((lines ? std::string() : lines.error().message));
  REQUIRE(lines);
  return std::move(*lines);
}

// "rice 5 kg | Bu Ani | 3/0"; wishes parted by " + ", refused ones as "!text".
std::string said(const std::string& text) {
  std::string out;
  const auto lines = read(text);
  for (const auto& line : lines) {
    for (const auto& one : line.wishes) {
      out += (out.empty() ? "" : " + ") + one.item + " " + decimal_text(one.thousandths) + " " +
             one.unit;
      if (!one.who.empty()) out += " | " + one.who;
      if (one.rt != 0) out += " | " + std::to_string(one.rt) + "/" + std::to_string(one.rw);
      if (one.urgency != 0) out += " !" + std::to_string(one.urgency);
    }
    for (const auto& one : line.refused) out += (out.empty() ? "!" : " + !") + one.text;
  }
  return out;
}

}  // namespace

TEST_CASE("one need a line is read as people write it", "[chat]") {
  struct Case {
    const char* text;
    const char* expected;
  };
  const Case kCases[] = {
      {"beras 5 kg Bu Ani RT 3", "rice 5 kg | Bu Ani | 3/0"},
      {"2 dus mi, telur 1 kg utk Pak Joko RT 05",
       "noodles 2 box | Pak Joko | 5/0 + eggs 1 kg | Pak Joko | 5/0"},
      {"bras 2,5kg bu Ani RT3/RW7 mendesak", "rice 2.5 kg | bu Ani | 3/7 !3"},
      {"Bu Ani RT 003: beras 5 kg, gula 1/2 kilo dan kopi 2 bungkus",
       "rice 5 kg | Bu Ani | 3/0 + sugar 0.5 kg | Bu Ani | 3/0 + coffee 2 pack | Bu Ani | 3/0"},
      {"bu Ani butuh beras 5 kg", "rice 5 kg | bu Ani"},
      {"setengah kilo gula pasir pak Slamet", "sugar 0.5 kg | pak Slamet"},
      {"2 pak popok", "diapers 2 pack"},
      {"2 karung 25 kg beras untuk seluruh RT 5", "rice 2 sack:25 | 5/0"},
      {"2 dus isi 40 mi instan", "noodles 2 box:40"},
      {"sekarung beras Pak Joko dan keluarga", "rice 1 sack | Pak Joko dan keluarga"},
      {"beras 5 kg Bu Ani RT 3, telur 1 kg Pak Joko RT 5",
       "rice 5 kg | Bu Ani | 3/0 + eggs 1 kg | Pak Joko | 5/0"},
      {"Rp 50.000 bu Tini", " 50000 rupiah | bu Tini"},
      {"100 ribu untuk Pak Darmo", " 100000 rupiah | Pak Darmo"},
      {"obat demam 1 bungkus, Bu Ani RT 3", "fever_medicine 1 pack | Bu Ani | 3/0"},
      {"selimut 3 Slamet RT 004", "blanket 3 piece | Slamet | 4/0"},
      {"gerobak 1 buah pak Udin darurat nyawa", "~gerobak 1 piece | pak Udin !4"},
      {"beras", "!beras"},
      {"5 kg", "!5 kg"},
      {"beras 5-10 kg", "!beras 5 - 10 kg"},
      {"beras 0 kg", "!beras 0 kg"},
      {"beras 5 kg 0812345678", "!beras 5 kg 0812345678"},
      {"minyak -2 liter", "!minyak -2 liter"},
      {"minyak \u22122 liter", "!minyak -2 liter"},
      {"minyak minus 2 liter", "!minyak minus 2 liter"},
      {"minyak goreng - 2 liter", "cooking_oil 2 liter"},
      {"migor-2 liter", "cooking_oil 2 liter"},
      {"-2 liter minyak goreng", "cooking_oil 2 liter"},  // a list's dash
      {"+5 kg beras", "rice 5 kg"},
      {"beras 5.000 kg", "rice 5000 kg"},
      {"beras 5,5 kg", "rice 5.5 kg"},
      {"gula \u00BD kg", "sugar 0.5 kg"},
      {"gula 1\u00BE kg", "sugar 1.75 kg"},
      {"gula 1 1/2 kilo Bu Ani", "sugar 1.5 kg | Bu Ani"},
      {"gula 1/3 kg", "!gula 1/3 kg"},
      {"beras lima kg", "rice 5 kg"},
      {"Bu Ani beras lima belas kg", "rice 15 kg | Bu Ani"},
      {"Bu Ani lima kg beras", "rice 5 kg | Bu Ani"},
      {"dua puluh lima dus mi", "noodles 25 box"},
      {"seratus lima puluh kg beras", "rice 150 kg"},
      {"sebelas butir telur", "eggs 11 piece"},
      {"dua setengah kilo gula", "sugar 2.5 kg"},
      {"dua pak popok", "diapers 2 pack"},
      {"lima ratus ribu untuk Bu Tini", " 500000 rupiah | Bu Tini"},
      {"beras 1 kg setengah", "!beras 1 kg setengah"},
      {"beras 2 puluh kg", "!beras 2 puluh kg"},
      {"beras dua tiga kg", "!beras dua tiga kg"},
      {"beras 10x5 kg", "!beras 10 x 5 kg"},
      {"beras 5,5,5 kg", "!beras 5,5,5 kg"},
      {"beras 99999999999999999999 kg", "!beras 99999999999999999999 kg"},
      {"selamat pagi semua", "!selamat pagi semua"}};
  for (const auto& one : kCases) {
    CAPTURE(one.text);
    CHECK(said(one.text) == one.expected);
  }
}

TEST_CASE("numbers, bullets and what messengers put before a message are taken off", "[chat]") {
  for (const auto* text :
       {"1. beras 5 kg", "2) beras 5 kg", "(3) beras 5 kg", "- beras 5 kg", "\u2022 *beras 5 kg*",
        "\u2705 beras 5 kg", "[12/11/25 08.30] Bu Sari: beras 5 kg",
        "\u200E[12/11/25, 08.30.15] ~\u202FBu Sari: 1. beras 5 kg",
        "12/11/25 08.30 - Bu Sari: beras 5 kg",
        "12/11/2025, 8:30\u202FPM - +62 812-3456: beras 5 kg", "_beras_ 5\u00A0kg\r"}) {
    CAPTURE(text);
    CHECK(said(text) == "rice 5 kg");
  }
  CHECK(said("1.5 kg beras") == "rice 1.5 kg");
  const auto lines =
      read("[12/11/25 08.30] Bu Sari: beras 5 kg\ntelur 1 kg\n\n[12/11/25 08.31] Pak Joko: oke\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].sender == "Bu Sari");
  CHECK(lines[1].sender == "Bu Sari");  // of the same message
  CHECK(lines[1].when == "12/11/25 08.30");
  CHECK(lines[1].number == 2);
  CHECK(lines[2].number == 4);
  CHECK(lines[2].sender == "Pak Joko");
  CHECK(lines[2].refused.size() == 1);
}

TEST_CASE("what is assumed is said", "[chat]") {
  CHECK(read("beras 5")[0].wishes[0].remarks[0].en == "no unit is given, taken as kg");
  CHECK(read("minyk goreng 2 liter")[0].wishes[0].remarks[0].en ==
        "\"minyk goreng\" is read as Cooking oil");
  CHECK(read("beras 5 kg Slamet")[0].wishes[0].remarks[0].en == "\"Slamet\" is taken for a name");
  CHECK(read("beras 5 kg Bu Ani")[0].wishes[0].remarks.empty());
}

TEST_CASE("what is refused is told why", "[chat]") {
  const auto why = [](const char* text) { return read(text)[0].refused.at(0).reason.en; };
  CHECK(why("minyak -2 liter") == "how much must be more than zero");
  CHECK(why("beras 0 kg") == "how much must be more than zero");
  CHECK(why("gula 1/3 kg") == "how much is not understood");
  CHECK(why("beras 5-10 kg") == "it holds two numbers; write one need a line");
  CHECK(why("beras lima kg enam") == "it holds two numbers; write one need a line");
}

TEST_CASE("a chat beyond the limits is refused, a long line alone", "[chat]") {
  const auto items = shipped_items();
  CHECK_FALSE(read_chat(std::string(kMostChatBytes + 1, 'x'), items));
  CHECK_FALSE(read_chat("beras \xFF", items));
  std::string many;
  for (std::size_t i = 0; i <= kMostChatLines; ++i) many += "\n";
  CHECK_FALSE(read_chat(many, items));
  const auto lines = read(std::string(kMostChatLineBytes + 1, 'a') + "\nberas 5 kg\n");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].refused.size() == 1);
  CHECK(lines[1].wishes.size() == 1);
  std::string wide;
  for (int i = 0; i < 25; ++i) wide += "beras 1 kg, ";
  const auto full = read(wide);
  CHECK(full[0].wishes.size() == kMostWishesInLine);
  CHECK(full[0].refused.size() == 5);
}

TEST_CASE("whatever stands in a chat, reading it ends and stays within bounds", "[chat]") {
  const auto items = shipped_items();
  const char* const kPieces[] = {
      "beras", "5",      "kg",  ",",  ":", "(",  ")",   "RT", "3/7",
      "/",     "untuk",  "pak", "Bu", "[", "]",  "1.",  "-",  "Rp",
      "dan",   "\u2022", "\n",  "rw", "@", "se", "1/0", "&",  "12/11/25 08.30 - x: "};
  std::uint32_t state = 7;
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < 14; ++i) {
      state = state * 1664525 + 1013904223;
      text += kPieces[(state >> 16) % std::size(kPieces)];
      if ((state >> 8) % 3 != 0) text += ' ';
    }
    CAPTURE(text);
    const auto lines = read_chat(text, items);
    REQUIRE(lines);
    for (const auto& line : *lines)
      for (const auto& wish : line.wishes) {
        CHECK(wish.thousandths > 0);
        CHECK_FALSE(wish.unit.empty());
        CHECK(wish.category > 0);
      }
  }
}

TEST_CASE("a long list is cut between lines, each part with its heading", "[chat]") {
  std::vector<ChatSection> sections{{"*Mendesak*", {}}, {"*Biasa*", {}}};
  for (int i = 0; i < 30; ++i)
    sections[static_cast<std::size_t>(i / 20)].lines.push_back(
        std::to_string(i + 1) + ". Beras 5 kg \u2013 Bu Ani \u00e9\u00e9\u00e9");
  const auto parts = cut_into_messages("*Kebutuhan*", sections, "Selesai.", Language::id, 300);
  REQUIRE(parts.size() > 2);
  std::size_t lines = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& part = parts[i];
    CAPTURE(part);
    CHECK(std::count_if(part.begin(), part.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
          }) <= 300);
    CHECK(part.starts_with("*Kebutuhan* (bagian " + std::to_string(i + 1) + " dari " +
                           std::to_string(parts.size()) + ")\n\n*"));
    for (std::size_t at = 0; (at = part.find(". Beras", at)) != part.npos; ++at) ++lines;
  }
  CHECK(lines == 30);
  CHECK(parts.back().ends_with("\nSelesai.\n"));
  CHECK(cut_into_messages("*K*", {}, "Kosong.", Language::id, 300) ==
        std::vector<std::string>{"*K*\n\nKosong.\n"});
}

}  // namespace rukun::test
