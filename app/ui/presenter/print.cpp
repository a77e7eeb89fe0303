#include "app/ui/presenter/print.h"

#include "app/domain/fields.h"
#include "app/domain/values.h"
#include "app/report/pdf_sheet.h"
#include "app/report/plain.h"
#include "app/report/printing.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/kind_plans.h"
#include "app/ui/presenter/paper_tables.h"
#include "app/ui/presenter/places.h"
#include "app/ui/presenter/sheets.h"

namespace rukun::ui {
namespace {

namespace k = fields;

constexpr std::string_view kForAll = "names";
constexpr std::string_view kForBoard = "board";

// Where a print may be one of several, it is asked which; the others are made at once.
struct PrintChoice {
  std::string_view asked;
  std::string_view report;
  std::string_view for_whom;
  std::string_view words;
};
constexpr PrintChoice kPrintChoices[] = {
    {"needs", "needs", kForAll, "print.with_names"},
    {"needs", "needs", kForBoard, "print.for_board"},
    {"needs", "shown_needs", kForAll, "print.shown"},
    {"offers", "offers", kForAll, "print.with_names"},
    {"offers", "offers", kForBoard, "print.for_board"},
    {"offers", "list", kForAll, "print.shown"},
    {"households", "households", kForAll, "print.with_names"},
    {"households", "households", kForBoard, "print.for_board"},
    {"households", "list", kForAll, "print.shown"},
    {"roster", "roster", kForAll, "print.with_names"},
    {"roster", "roster", kForBoard, "print.for_board"},
    {"programs", "distribution", kForAll, "report.distribution"},
    {"programs", "list", kForAll, "print.shown"},
    {"program", "ledger", kForAll, "print.ledger"},
    {"program", "ledger", kForBoard, "print.ledger_board"},
    {"program", "form", kForAll, "report.form"},
    {"program", "visits", kForAll, "report.visits"},
    {"drive", "drive", kForAll, "print.with_names"},
    {"drive", "drive", kForBoard, "print.for_board"},
    {"handover", "receipt", kForAll, "report.receipt"},
    {"handover", "bast", kForAll, "report.bast"},
};

}  // namespace

std::optional<Status> PrintPart::run(const Command& command) {
  if (std::get_if<ClosePrint>(&command) == nullptr) return std::nullopt;
  desk_.now.shell.print.reset();
  return Status();
}

Status PrintPart::print(const Deed& deed) {
  const Translator& words = desk_.speaking().words;
  if (ask_which_paper(deed, "print.title")) return {};
  PrintView view;
  view.title = words.tr("print.title");
  view.busy = true;
  desk_.now.shell.print = view;
  desk_.publish();
  view.busy = false;
  const auto made = print_file(deed);
  if (made) {
    const std::string pages = std::to_string(made->pages);
    view.saved = words.tr("print.saved", {{"file", made->file.string()}, {"n", pages}});
    view.next = words.tr(deed.kind == "invite" ? "print.next_secret" : "print.next");
    if (is_stick(desk_, made->file.parent_path().string()))
      view.next += " " + words.tr("exchange.safe");
    TRY(view.left_out, left_off_the_board(deed, made->rows));
  } else {
    view.failed = error_words(made.error(), desk_.speaking());
    view.again = deed;
  }
  desk_.now.shell.print = std::move(view);
  return {};
}

// The same as on paper, as text: on record before it can be pasted anywhere.
Status PrintPart::copy(const Deed& deed) {
  if (!desk_.has_space())
    return error(Code::not_allowed, desk_.speaking().words.tr("refused.no_space"));
  if (ask_which_paper(deed, "list.copy")) return {};
  desk_.now.shell.print.reset();
  TRY(const auto name, paper_name(deed));
  std::string text;
  std::uint64_t rows = 1;
  if (auto sheet = sheet_for(desk_, deed)) {
    TRY(const auto made, std::move(*sheet));
    text = text_of_sheet(made);
  } else {
    TRY(const auto tables, tables_for(desk_, lists_, schedule_.first_day(), deed));
    rows = 0;
    for (const Table& one : tables) {
      if (!text.empty()) text += "\n";
      TRY_VOID(for_each_row(one, [&rows](const TableRow&) -> Status {
        ++rows;
        return {};
      }));
      TRY_VOID(write_plain(one, desk_.language(), [&text](std::string_view piece) -> Status {
        text += piece;
        return {};
      }));
    }
  }
  TRY_VOID(desk_.note(Access::report, name.subject, rows));
  desk_.now.shell.copied = {std::move(text), desk_.now.shell.copied.number + 1};
  desk_.say_done(desk_.speaking().words.tr("list.copied", {{"n", std::to_string(rows)}}));
  return {};
}

bool PrintPart::ask_which_paper(const Deed& deed, std::string_view title_key) {
  PrintView view;
  view.title = desk_.speaking().words.tr(title_key);
  for (const PrintChoice& one : kPrintChoices) {
    if (one.asked != deed.kind || !deed.other.empty()) continue;
    DeedButton button = print_button(desk_, one.report, deed.record, one.words);
    button.deed.other = one.for_whom;
    button.deed.what = deed.what;
    if (deed.what == Deed::What::copy) button.icon = Icon::copy;
    view.choices.push_back(std::move(button));
  }
  if (view.choices.empty()) return false;
  desk_.now.shell.print = std::move(view);
  return true;
}

// Needs stand on the board when whoever wrote them down says so; how many do not.
Result<std::string> PrintPart::left_off_the_board(const Deed& deed, std::uint64_t printed) {
  if (deed.kind != "needs" || deed.other != kForBoard) return std::string();
  TRY(const auto all, desk_.engine().records().count(desk_.query_of(k::need::kKind)));
  if (all <= printed) return std::string();
  return desk_.speaking().words.tr("print.off_board", {{"n", std::to_string(all - printed)}});
}

// It is on record before it leaves.
Result<PrintPart::Printed> PrintPart::print_file(const Deed& deed) {
  if (!desk_.has_space())
    return error(Code::not_allowed, desk_.speaking().words.tr("refused.no_space"));
  TRY(const auto name, paper_name(deed));
  TRY(const auto folder, paper_folder(desk_));
  TRY(const auto fonts, report_fonts());
  const auto printed =
      printed_by(desk_.engine(), {desk_.space()}, desk_.language(), desk_.setup().clock.now());
  PrintedPages pages;
  std::uint64_t rows = 1;
  if (auto sheet = sheet_for(desk_, deed)) {
    TRY(const auto made, std::move(*sheet));
    TRY(pages, pdf_of_sheets({&made, 1}, printed, fonts));
  } else {
    TRY(const auto tables, tables_for(desk_, lists_, schedule_.first_day(), deed));
    rows = 0;
    TRY_VOID(for_each_row(tables.front(), [&rows](const TableRow&) -> Status {
      ++rows;
      return {};
    }));
    TRY(pages, pdf_of_tables(tables, printed, fonts));
  }
  TRY_VOID(desk_.note(Access::report, name.subject, rows));
  TRY(auto file, write_paper(desk_.setup().files, folder, name.title, printed, pages.bytes));
  return Printed{std::move(file), pages.pages, rows};
}

Result<PrintPart::PaperName> PrintPart::paper_name(const Deed& deed) {
  if (deed.kind == "list" || deed.kind == "shown_needs" || deed.kind == "marked") {
    const KindSpec& kind =
        kind_of(deed.kind == "shown_needs" ? k::need::kKind : lists_.shown_kind());
    return PaperName{std::string(kind.name), std::string(kind.label(desk_.language()))};
  }
  PaperName out{deed.kind, desk_.speaking().words.tr("report." + deed.kind)};
  if (deed.record.empty() || deed.kind == "lost") return out;
  TRY(const auto id, record_of(deed.record));
  TRY(const auto row, desk_.row_of(id));
  out.subject = std::string(kind_of(row.kind).name) + " " + deed.record;
  return out;
}

}  // namespace rukun::ui
