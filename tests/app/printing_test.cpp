// Files of printed pages: names that any stick takes, never one over another, nothing half-written.
#include "app/report/printing.h"

#include "tests/support/catch.h"
#include "tests/support/memory_files.h"

using namespace rukun;

namespace {

constexpr WallTime kMorning{1'795'300'000'000};  // 21 November 2026 in Jakarta

PrintedBy by_sari() { return {Language::id, "RT 003", "Bu Sari", kMorning, kWibOffset_min}; }

}  // namespace

TEST_CASE("a print is named by what it is and its day, in letters that any stick takes",
          "[printing]") {
  CHECK(paper_name("Daftar kebutuhan", kMorning, kWibOffset_min) ==
        "Daftar kebutuhan 2026-11-22.pdf");
  CHECK(paper_name("RT 003/RW 007: \"a\\b\"", kMorning, kWibOffset_min, 2) ==
        "RT 003-RW 007- -a-b- 2026-11-22 (2).pdf");
  CHECK(paper_name("..", kMorning, kWibOffset_min) == "Rukun 2026-11-22.pdf");
  std::string longest;
  for (int i = 0; i < 60; ++i) longest += "é";
  CHECK(paper_name(longest, kMorning, kWibOffset_min) == longest.substr(0, 80) + " 2026-11-22.pdf");
}

TEST_CASE("a print takes the place of no other one", "[printing]") {
  test::MemoryFiles files;
  REQUIRE(files.make_dirs("/stick"));
  files.put("/stick/Undangan 2026-11-22.pdf", view(std::string_view("older")));
  const auto file =
      write_paper(files, "/stick", "Undangan", by_sari(), view(std::string_view("new")));
  REQUIRE(file.has_value());
  CHECK(*file == "/stick/Undangan 2026-11-22 (2).pdf");
  CHECK(text_of(*files.look("/stick/Undangan 2026-11-22.pdf")) == "older");
  CHECK(text_of(*files.look(*file)) == "new");
}

TEST_CASE("on a full or broken stick nothing of a print remains", "[printing]") {
  const std::string page(1000, 'x');
  for (const bool full : {true, false}) {
    CAPTURE(full);
    test::MemoryFiles files;
    REQUIRE(files.make_dirs("/stick"));
    if (full)
      files.faults.capacity = 500;
    else
      files.faults.corrupts = true;
    const auto file = write_paper(files, "/stick", "Undangan", by_sari(), view(page));
    REQUIRE_FALSE(file);
    CHECK(file.error().code == (full ? Code::full : Code::io));
    CHECK(files.names().empty());
  }
}
