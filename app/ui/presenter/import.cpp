#include "app/ui/presenter/import.h"

#include <algorithm>
#include <iterator>

#include "app/domain/fields.h"
#include "app/domain/values.h"
#include "app/report/spreadsheet.h"

namespace rukun::ui {
namespace {

namespace k = fields;

constexpr KindId kImported[] = {k::household::kKind, k::resident::kKind, k::need::kKind,
                                k::offer::kKind, k::volunteer::kKind};
constexpr std::size_t kShownRefusals = 100;
constexpr std::int64_t kTellRowsEvery_ms = 200;

ImportResult import_result(Desk& desk, const ImportReport& report) {
  const Speaking how = desk.speaking();
  ImportResult out;
  out.fresh = std::to_string(report.fresh);
  out.changed = std::to_string(report.changed);
  out.same = std::to_string(report.same);
  out.refused = std::to_string(report.refused.size());
  out.nothing = report.fresh + report.changed == 0;
  for (const RefusedRow& row : report.refused) {
    if (out.lines.size() >= kShownRefusals) break;
    const std::string where = row.column.empty() ? "" : ", " + row.column;
    out.lines.push_back(how.words.tr("import.row", {{"n", std::to_string(row.row)}}) + where +
                        ": " + error_words(row.error, how));
  }
  out.more = report.refused.size() - out.lines.size();
  for (const std::string& heading : report.ignored)
    out.remarks.push_back(how.words.tr("import.column_ignored", {{"column", heading}}));
  for (const std::string& remark : report.remarks)
    out.remarks.push_back(said_in(desk.language(), remark));
  return out;
}

}  // namespace

std::optional<Status> ImportPart::run(const Command& command) {
  if (const auto* wanted = std::get_if<PreviewImport>(&command)) {
    preview(*wanted);
  } else if (std::get_if<ApplyImport>(&command)) {
    apply();
  } else if (std::get_if<UndoImport>(&command)) {
    return take_back();
  } else if (std::get_if<CloseImport>(&command)) {
    desk_.now.import = ImportView();
    desk_.now.picker.reset();
  } else {
    return std::nullopt;
  }
  return Status();
}

void ImportPart::open(const std::string& kind) {
  ImportView view;
  view.open = true;
  view.kind = kind;
  for (const KindId id : kImported) {
    const KindSpec& one = kind_of(id);
    if (desk_.may(id))
      view.kinds.push_back({std::string(one.name), std::string(one.label(desk_.language()))});
  }
  desk_.now.import = std::move(view);
  ++desk_.now.visit;
}

Result<ImportReport> ImportPart::read(bool dry_run) {
  ImportView& view = desk_.now.import;
  const KindSpec* kind = find_kind(std::string_view(view.kind));
  if (kind == nullptr || !desk_.has_space()) return error(Code::not_found, view.kind);
  const Speaking how = desk_.speaking();
  ImportOptions options;
  options.dry_run = dry_run;
  options.language = desk_.language();
  std::int64_t told_ms = desk_.setup().clock.steady_ms();
  options.watch = [&](std::uint64_t rows) {
    const std::int64_t now_ms = desk_.setup().clock.steady_ms();
    if (now_ms - told_ms < kTellRowsEvery_ms) return !desk_.is_stopped();
    told_ms = now_ms;
    view.progress = how.words.tr("import.rows_read", {{"n", std::to_string(rows)}});
    desk_.publish();
    return !desk_.is_stopped();
  };
  desk_.begin_work();
  view.progress = how.words.tr("import.reading");
  desk_.publish();
  TRY(auto bytes, desk_.setup().files.read_file(Path(view.file), kMostSpreadsheetBytes));
  TRY(const auto source, open_spreadsheet(std::move(bytes), view.file,
                                          {.known =
                                               [&](const std::vector<std::string>& headings) {
                                                 return known_headings(*kind, options, headings);
                                               },
                                           .language = desk_.language()}));
  TRY(auto report, import_rows(desk_.engine(), desk_.space(), *kind, source, options));
  report.remarks.insert(report.remarks.begin(), source.remarks.begin(), source.remarks.end());
  return report;
}

void ImportPart::preview(const PreviewImport& command) {
  ImportView& view = desk_.now.import;
  if (!view.open) return;
  view.kind = command.kind;
  view.file = command.file;
  view.preview.reset();
  view.done.reset();
  view.failed.clear();
  view.stopped.clear();
  if (view.file.empty()) return;  // only what its rows are was said
  const auto report = read(true);
  view.progress.clear();
  if (!report)
    view.failed = error_words(report.error(), desk_.speaking());
  else if (report->stopped)
    view.stopped = desk_.speaking().words.tr("import.stopped");
  else
    view.preview = import_result(desk_, *report);
}

void ImportPart::apply() {
  ImportView& view = desk_.now.import;
  if (!view.open || !view.preview) return;
  const auto report = read(false);
  view.progress.clear();
  if (!report) {
    view.failed = error_words(report.error(), desk_.speaking());
    desk_.wrote();  // what was stored before the failure counts
    return;
  }
  view.failed.clear();
  view.stopped.clear();
  if (report->stopped) {
    view.stopped =
        desk_.speaking().words.tr(report->id.empty() ? "import.stopped" : "import.stopped_part");
    if (report->id.empty()) return;
  }
  view.preview.reset();
  view.done = import_result(desk_, *report);
  view.done_in_part = report->stopped;
  view.undone = false;
  id_ = report->id;
  if (!report->id.empty()) desk_.wrote();
}

Status ImportPart::take_back() {
  ImportView& view = desk_.now.import;
  if (!view.done || id_.empty() || !desk_.has_space()) return {};
  const Speaking how = desk_.speaking();
  std::optional<std::int64_t> told_ms;
  desk_.begin_work();
  view.stopped.clear();
  const auto undone = undo_import(
      desk_.engine(), desk_.space().id, id_, [&](std::uint64_t steps, std::uint64_t of) -> bool {
        const std::int64_t now_ms = desk_.setup().clock.steady_ms();
        if (!told_ms || now_ms - *told_ms >= kTellRowsEvery_ms) {
          told_ms = now_ms;
          view.progress = how.words.tr("import.undoing",
                                       {{"n", std::to_string(steps)}, {"of", std::to_string(of)}});
          desk_.publish();
        }
        return !desk_.is_stopped();
      });
  view.progress.clear();
  desk_.wrote();
  if (!undone) return tl::make_unexpected(undone.error());
  if (undone->stopped) {
    view.stopped = how.words.tr("import.undo_stopped", {{"n", std::to_string(undone->steps)},
                                                        {"of", std::to_string(undone->of)}});
    return {};
  }
  id_.clear();
  view.undone = true;
  return {};
}

void add_import_button(Desk& desk, KindId kind, RecordsView& view) {
  if (!desk.may(kind) ||
      std::find(std::begin(kImported), std::end(kImported), kind) == std::end(kImported))
    return;
  DeedButton button;
  button.icon = Icon::folder;
  button.label = desk.speaking().words.tr("import.button");
  button.deed = {.what = Deed::What::import, .kind = std::string(kind_of(kind).name)};
  view.add.push_back(std::move(button));
}

}  // namespace rukun::ui
