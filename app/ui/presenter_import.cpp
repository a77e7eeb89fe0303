// A spreadsheet in: what would come of it is seen first, then it is stored, then it can be taken
// back as a whole.
#include <algorithm>
#include <iterator>

#include "app/domain/fields.h"
#include "app/report/spreadsheet.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

namespace k = fields;

constexpr KindId kImported[] = {k::household::kKind, k::resident::kKind, k::need::kKind,
                                k::offer::kKind, k::volunteer::kKind};
constexpr std::size_t kShownRefusals = 100;
constexpr std::int64_t kTellRowsEvery_ms = 200;

}  // namespace

std::optional<Status> Presenter::run_import(const Command& command) {
  if (const auto* wanted = std::get_if<PreviewImport>(&command)) {
    preview_import(*wanted);
  } else if (std::get_if<ApplyImport>(&command)) {
    apply_import();
  } else if (std::get_if<UndoImport>(&command)) {
    return take_back_import();
  } else if (std::get_if<CloseImport>(&command)) {
    now_.import = ImportView();
    now_.picker.reset();
  } else {
    return std::nullopt;
  }
  return Status();
}

void Presenter::add_import_button(KindId kind, RecordsView& view) const {
  if (!may(kind) ||
      std::find(std::begin(kImported), std::end(kImported), kind) == std::end(kImported))
    return;
  DeedButton button;
  button.icon = Icon::folder;
  button.label = speaking().words.tr("import.button");
  button.deed = {.what = Deed::What::import, .kind = std::string(kind_of(kind).name)};
  view.add.push_back(std::move(button));
}

void Presenter::open_import(const std::string& kind) {
  ImportView view;
  view.open = true;
  view.kind = kind;
  for (const KindId id : kImported) {
    const KindSpec& one = kind_of(id);
    if (may(id))
      view.kinds.push_back({std::string(one.name), std::string(one.label(context_.language))});
  }
  now_.import = std::move(view);
  ++now_.visit;
}

Result<ImportReport> Presenter::read_spreadsheet(bool dry_run) {
  ImportView& view = now_.import;
  const KindSpec* kind = find_kind(std::string_view(view.kind));
  if (kind == nullptr || !space_) return error(Code::not_found, view.kind);
  const Speaking how = speaking();
  ImportOptions options;
  options.dry_run = dry_run;
  options.language = context_.language;
  std::int64_t told_ms = setup_.clock.steady_ms();
  options.watch = [&](std::uint64_t rows) {
    const std::int64_t now_ms = setup_.clock.steady_ms();
    if (now_ms - told_ms < kTellRowsEvery_ms) return !stop_work_;
    told_ms = now_ms;
    view.progress = how.words.tr("import.rows_read", {{"n", std::to_string(rows)}});
    publish();
    return !stop_work_;
  };
  stop_work_ = false;
  view.progress = how.words.tr("import.reading");
  publish();
  TRY(auto bytes, setup_.files.read_file(Path(view.file), kMostSpreadsheetBytes));
  TRY(const auto source, open_spreadsheet(std::move(bytes), view.file,
                                          {.known =
                                               [&](const std::vector<std::string>& headings) {
                                                 return known_headings(*kind, options, headings);
                                               },
                                           .language = context_.language}));
  TRY(auto report, import_rows(*engine_, *space_, *kind, source, options));
  report.remarks.insert(report.remarks.begin(), source.remarks.begin(), source.remarks.end());
  return report;
}

ImportResult Presenter::import_result(const ImportReport& report) const {
  const Speaking how = speaking();
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
    out.remarks.push_back(said_in(context_.language, remark));
  return out;
}

void Presenter::preview_import(const PreviewImport& command) {
  ImportView& view = now_.import;
  if (!view.open) return;
  view.kind = command.kind;
  view.file = command.file;
  view.preview.reset();
  view.done.reset();
  view.failed.clear();
  view.stopped.clear();
  if (view.file.empty()) return;  // only what its rows are was said
  const auto report = read_spreadsheet(true);
  view.progress.clear();
  if (!report)
    view.failed = error_words(report.error(), speaking());
  else if (report->stopped)
    view.stopped = speaking().words.tr("import.stopped");
  else
    view.preview = import_result(*report);
}

void Presenter::apply_import() {
  ImportView& view = now_.import;
  if (!view.open || !view.preview) return;
  const auto report = read_spreadsheet(false);
  view.progress.clear();
  if (!report) {
    view.failed = error_words(report.error(), speaking());
    wrote();  // what was stored before the failure counts
    return;
  }
  view.failed.clear();
  view.stopped.clear();
  if (report->stopped) {
    view.stopped =
        speaking().words.tr(report->id.empty() ? "import.stopped" : "import.stopped_part");
    if (report->id.empty()) return;
  }
  view.preview.reset();
  view.done = import_result(*report);
  view.done_in_part = report->stopped;
  view.undone = false;
  import_id_ = report->id;
  if (!report->id.empty()) wrote();
}

Status Presenter::take_back_import() {
  ImportView& view = now_.import;
  if (!view.done || import_id_.empty() || !space_) return {};
  const Speaking how = speaking();
  std::optional<std::int64_t> told_ms;
  stop_work_ = false;
  view.stopped.clear();
  const auto undone = undo_import(
      *engine_, space_->id, import_id_, [&](std::uint64_t steps, std::uint64_t of) -> bool {
        const std::int64_t now_ms = setup_.clock.steady_ms();
        if (!told_ms || now_ms - *told_ms >= kTellRowsEvery_ms) {
          told_ms = now_ms;
          view.progress = how.words.tr("import.undoing",
                                       {{"n", std::to_string(steps)}, {"of", std::to_string(of)}});
          publish();
        }
        return !stop_work_;
      });
  view.progress.clear();
  wrote();
  if (!undone) return tl::make_unexpected(undone.error());
  if (undone->stopped) {
    view.stopped = how.words.tr("import.undo_stopped", {{"n", std::to_string(undone->steps)},
                                                        {"of", std::to_string(undone->of)}});
    return {};
  }
  import_id_.clear();
  view.undone = true;
  return {};
}

}  // namespace rukun::ui
