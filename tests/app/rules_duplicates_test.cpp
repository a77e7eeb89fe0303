// Who may be the same, however the name was written down.
#include "app/domain/rules/duplicates.h"
#include "platform/random.h"
#include "tests/support/catch.h"

namespace rukun {
namespace {

RecordId id(std::uint32_t number) {
  RecordId out;
  for (std::size_t i = 0; i < 4; ++i)
    out.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  return out;
}
PersonFacts person(std::uint32_t number, const std::string& name) {
  return {.id = id(number), .name = name};
}

TEST_CASE("spellings, titles and old orthography are made alike", "[rules]") {
  CHECK(normal_name("H. Moch. Soebandi") == normal_name("Pak Mohamad Subandi"));
  CHECK(normal_name("Djoko Tjipto") == normal_name("joko  cipto"));
  CHECK(normal_name("Bu Annisa") == normal_name("ANISA"));
  CHECK(normal_name("Pak Haji") == "pak haji");
  CHECK(normal_name("").empty());
  CHECK(name_similarity("Siti Aminah", "Sitti Aminnah") > 0.95);
  CHECK(name_similarity("Siti Aminah", "Aminah") > 0.9);
  CHECK(name_similarity("M. Yusuf", "Mulyadi Yusup") > 0.85);
  CHECK(name_similarity("Siti Aminah", "Joko Widodo") < 0.6);
  CHECK(name_similarity("", "") == 0.0);
  CHECK(name_similarity("a", "a") > 0.8);
}

TEST_CASE("each thing that agrees or differs has its weight", "[rules]") {
  auto a = person(1, "Siti Aminah"), b = person(2, "Siti Aminah");
  CHECK(similarity(a, b) >= kLikely);
  b.birth = a.birth = 19'800'512;
  CHECK(similarity(a, b) >= kLikely);
  b.birth = 19'650'101;
  CHECK(similarity(a, b) < kLikely);
  b.birth = 19'801'205;  // day and month turned round
  CHECK(similarity(a, b) >= kLikely);
  b.birth = 19'800'000;  // only the year is known
  CHECK(similarity(a, b) >= kLikely);
  a.number = "3201015205800001";
  b.number = "3201015205800010";
  CHECK(similarity(a, b) >= kLikely);
  b.number = "3271014101650002";
  CHECK(similarity(a, b) < kLikely);

  a = person(1, "Ani");
  b = person(2, "Anny");
  CHECK(similarity(a, b) < kLikely);
  a.rt = b.rt = 3;
  CHECK(similarity(a, b) >= kLikely);
  b.rt = 4;
  CHECK(similarity(a, b) < kLikely);
  a.phone = b.phone = "+6281234567890";
  CHECK(similarity(a, b) >= kLikely);
  a.sex = 1;
  b.sex = 2;
  CHECK(similarity(a, b) < kLikely);
}

TEST_CASE("pairs are found once, best first, and linked ones are not asked about", "[rules]") {
  std::vector<PersonFacts> people{person(3, "Siti Aminah"), person(1, "Sitti Aminah"),
                                  person(2, "Joko Susilo"), person(4, "Djoko Soesilo"),
                                  person(5, "Rahmat Hidayat")};
  people[2].birth = people[3].birth = 19'700'101;
  auto found = likely_duplicates(people);
  REQUIRE(found.size() == 2);
  CHECK(found[0].a.id == id(2));
  CHECK(found[0].b.id == id(4));
  CHECK(found[1].a.id == id(1));
  people[3].same_as = id(2);
  found = likely_duplicates(people);
  REQUIRE(found.size() == 1);

  // Two who are each the same as a third are the same.
  people.push_back(person(9, "Siti Aminah"));
  people[0].same_as = id(9);
  people[1].same_as = id(9);
  CHECK(likely_duplicates(people).empty());
  people[5].same_as = id(3);  // a circle
  CHECK(likely_duplicates(people).empty());
}

TEST_CASE("who was told apart is not asked about, nor those who are the same as either",
          "[rules]") {
  std::vector<PersonFacts> people{person(1, "Siti Aminah"), person(2, "Siti Aminah"),
                                  person(3, "Siti Aminah")};
  REQUIRE(likely_duplicates(people).size() == 3);
  people[1].not_same_as = {id(1), id(77)};  // 77 has not arrived
  CHECK(told_apart(people[0], people[1]));
  CHECK(told_apart(people[1], people[0]));
  CHECK_FALSE(told_apart(people[0], people[2]));
  const auto left = likely_duplicates(people);
  REQUIRE(left.size() == 2);
  CHECK(left[0].b.id == id(3));
  CHECK(left[1].b.id == id(3));
  people[2].same_as = id(1);
  CHECK(likely_duplicates(people).empty());
  people[1].not_same_as.clear();
  CHECK(likely_duplicates(people).size() == 2);
}

TEST_CASE("a whole village is compared in a moment, in any order alike", "[rules]") {
  static const char* kFirst[] = {"Siti", "Muhammad", "Ahmad", "Sri", "Dewi", "Joko", "Agus", "Nur"};
  static const char* kMiddle[] = {"Rahayu",  "Hidayat", "Lestari", "Santoso",   "Wulandari",
                                  "Nugroho", "Aminah",  "Saputra", "Kurniawan", "Puspita"};
  static const char* kLast[] = {"Ningsih",    "Wibowo",   "Handayani", "Setiawan", "Utami",
                                "Firmansyah", "Maharani", "Gunawan",   "Yulianti", "Prasetyo"};
  SeededRandom random(5);
  const auto any = [&](const auto& of) {
    return std::string(of[static_cast<std::size_t>(random.below(std::size(of)))]);
  };
  std::vector<PersonFacts> people;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    auto one = person(i + 1, any(kFirst) + " " + any(kMiddle) + " " + any(kLast));
    one.birth = 19'500'101 + static_cast<std::int64_t>(random.below(60)) * 10000 +
                static_cast<std::int64_t>(random.below(12)) * 100 +
                static_cast<std::int64_t>(random.below(28));
    people.push_back(one);
  }
  auto twin = people[7];
  twin.id = id(9999);
  people.push_back(twin);
  const auto found = likely_duplicates(people);
  std::vector<PersonFacts> turned(people.rbegin(), people.rend());
  const auto again = likely_duplicates(turned);
  REQUIRE(found.size() == again.size());
  bool twin_found = false;
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].a.id == again[i].a.id);
    CHECK(found[i].score == again[i].score);
    twin_found = twin_found || (found[i].a.id == id(8) && found[i].b.id == id(9999));
  }
  CHECK(twin_found);
}

}  // namespace
}  // namespace rukun
