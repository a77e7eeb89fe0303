// The last page of the first run on paper: what is shown once, as a PDF to print and lock away.
#include "app/report/pdf_sheet.h"
#include "app/report/printing.h"
#include "app/report/sheets_people.h"
#include "app/ui/presenter.h"

namespace rukun::ui {

// The codes stand in the page that is open; nothing keeps them afterwards.
Result<Path> Presenter::print_recovery() {
  const auto& shown = now_.first_run;
  const auto spaces = engine_->spaces();
  const std::string name = engine_->my_name();
  std::vector<Sheet> sheets{recovery_sheet(name, shown.recovery, context_.language)};
  const std::string place = spaces.empty() ? name : spaces.front().name;
  if (!shown.root_code.empty())
    sheets.push_back(root_sheet(place, shown.root_code, context_.language));
  const PrintedBy printed{context_.language, place, name, setup_.clock.now(),
                          setup_.utc_offset_min};
  TRY(const auto folder, paper_folder());
  TRY(const auto fonts, report_fonts());
  TRY(const auto made, pdf_of_sheets(sheets, printed, fonts));
  return write_paper(setup_.files, folder, speaking().words.tr("first.recovery"), printed,
                     made.bytes);
}

void Presenter::print_first_run() {
  FirstRunView& view = now_.first_run;
  if (now_.stage != Views::Stage::first_run || view.recovery.empty() || !engine_) return;
  const auto file = print_recovery();
  view.sheet = file ? speaking().words.tr("first.printed", {{"file", file->string()}}) : "";
  view.sheet_failed = file ? "" : error_words(file.error(), speaking());
}

}  // namespace rukun::ui
