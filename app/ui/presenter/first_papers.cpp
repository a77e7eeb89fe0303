// The last page of the first run, and its way onto paper.
#include "app/ui/presenter/first_papers.h"

#include "app/report/pdf_sheet.h"
#include "app/report/printing.h"
#include "app/report/sheets_people.h"
#include "app/ui/presenter/places.h"

namespace rukun::ui {
namespace {

constexpr std::string_view kRecoveryOwed = "recovery_owed";

// The codes stand in the page that is open; nothing keeps them afterwards.
Result<Path> print_recovery(Desk& desk) {
  const auto& shown = desk.now.first_run;
  const auto spaces = desk.engine().spaces();
  const std::string name = desk.engine().my_name();
  std::vector<Sheet> sheets{recovery_sheet(name, shown.recovery, desk.language())};
  const std::string place = spaces.empty() ? name : spaces.front().name;
  if (!shown.root_code.empty())
    sheets.push_back(root_sheet(place, shown.root_code, desk.language()));
  const PrintedBy printed{desk.language(), place, name, desk.setup().clock.now(),
                          desk.setup().utc_offset_min};
  TRY(const auto folder, paper_folder(desk));
  TRY(const auto fonts, report_fonts());
  TRY(const auto made, pdf_of_sheets(sheets, printed, fonts));
  return write_paper(desk.setup().files, folder, desk.speaking().words.tr("first.recovery"),
                     printed, made.bytes);
}

}  // namespace

void print_first_run(Desk& desk) {
  FirstRunView& view = desk.now.first_run;
  if (desk.now.stage != Views::Stage::first_run || view.recovery.empty() || !desk.is_open()) return;
  const auto file = print_recovery(desk);
  view.sheet = file ? desk.speaking().words.tr("first.printed", {{"file", file->string()}}) : "";
  view.sheet_failed = file ? "" : error_words(file.error(), desk.speaking());
}

bool owes_recovery(Desk& desk) {
  const auto owed = desk.engine().local().setting(kRecoveryOwed);
  return owed && *owed && **owed == "1";
}

Status keep_recovery_owed(Desk& desk, bool owed) {
  return desk.engine().local().set_setting(kRecoveryOwed, owed ? "1" : "0");
}

// The code that was drawn with the profile is kept nowhere: when the program ended before it was on
// paper, another one takes its place.
bool show_fresh_recovery(Desk& desk) {
  auto code = desk.engine().renew_recovery();
  if (!code) {
    desk.refuse(code.error());
    return false;
  }
  Views& now = desk.now;
  now.stage = Views::Stage::first_run;
  now.first_run.recovery = std::move(*code);
  now.first_run.renewed = true;
  ++now.visit;
  return true;
}

}  // namespace rukun::ui
