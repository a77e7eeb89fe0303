// Rekap: all neighborhoods of this profile together, the records behind each line, and the workbook
// that an office hands on.
#include <algorithm>

#include "app/domain/units.h"
#include "app/report/recap_list.h"
#include "app/report/xlsx.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostShownBehind = 200;
constexpr std::size_t kMostFits = 100;
constexpr std::size_t kMostChanges = 500;
constexpr std::size_t kMostSilent = 8;  // named one by one
constexpr std::size_t kMostWorkbookBytes = std::size_t{512} * 1024 * 1024;
constexpr int kMostCopies = 99;  // of one day, in one folder
constexpr std::string_view kFits = "fits";
constexpr std::string_view kChanges = "changes";

std::optional<RecapBy> recap_by(std::string_view tab) {
  for (const auto by : kRecapBy)
    if (name_of(by) == tab) return by;
  return std::nullopt;
}

std::size_t shown_count(std::int64_t count) {
  return static_cast<std::size_t>(std::max<std::int64_t>(0, count));
}

}  // namespace

// Worked out once after each change: at the size of a kelurahan it costs more than a key may.
struct Presenter::RecapPicture {
  std::vector<SpaceSource> sources;
  Consolidated sums;
  Recap recap;
};

Result<const Presenter::RecapPicture*> Presenter::recap_picture() {
  if (recap_) return recap_.get();
  const Speaking how = speaking();
  auto made = std::make_shared<RecapPicture>();
  TRY(made->sources, sources_of(*engine_, engine_->spaces()));
  const ConsolidatedOptions options{how.language, how.now, 7, &setup_.items};
  TRY(made->sums, consolidated(engine_->records(), made->sources, options));
  TRY(made->recap, Recap::load(engine_->records(), made->sources, options));
  recap_ = std::move(made);
  return recap_.get();
}

std::optional<Status> Presenter::run_recap(const Command& command) {
  if (const auto* shown = std::get_if<ShowRecap>(&command)) {
    now_.recap.tab = shown->tab;
    recap_opened_ = shown->key;
    now_.recap.written.clear();
    return Status();
  }
  if (const auto* wanted = std::get_if<ExportRecap>(&command)) return export_recap(*wanted);
  return std::nullopt;
}

RecapLineView Presenter::recap_line(const RecapPicture& picture, RecapBy by,
                                    const RecapLine& line) const {
  const Speaking how = speaking();
  RecapLineView out;
  out.key = line.key;
  out.label = line.label;
  out.needs = shown_count(line.count.needs);
  out.open = shown_count(line.count.open);
  out.urgent = shown_count(line.count.urgent);
  out.covered = shown_count(line.count.covered);
  out.done = shown_count(line.count.done);
  if (by == RecapBy::item) {
    const auto sums = in_larger_unit(line.sums);
    out.amount =
        how.words.tr("recap.left_of", {{"left", quantity_words(sums.remaining, "", how)},
                                       {"all", quantity_words(sums.needed, sums.unit, how)}});
  }
  if (by == RecapBy::rt) add_recap_state(picture, line.source, true, out);
  return out;
}

void Presenter::add_recap_state(const RecapPicture& picture, std::size_t source, bool has_needs,
                                RecapLineView& out) const {
  const Speaking how = speaking();
  const auto& report = picture.sums.reports[source];
  out.counted = has_needs;
  out.state = {state_of_line(report, has_needs, how.language),
               report.state == Reported::no ? Mood::warn : Mood::good};
  const auto& last = picture.sources[source].last_exchange;
  out.age = last ? when_words(*last, how) : how.words.tr("recap.never_heard");
}

void Presenter::fill_recap_lines(const RecapPicture& picture, RecapBy by) {
  auto& view = now_.recap;
  for (const auto& line : picture.recap.lines(by))
    view.lines.push_back(recap_line(picture, by, line));
  if (by != RecapBy::rt) return;
  for (std::size_t i = 0; i < picture.sources.size(); ++i) {
    const auto& all = picture.recap.lines(by);
    if (std::any_of(all.begin(), all.end(), [&](const auto& line) { return line.source == i; }))
      continue;
    RecapLineView line;
    line.label = picture.sources[i].space.name;
    add_recap_state(picture, i, false, line);
    view.lines.push_back(std::move(line));
  }
}

void Presenter::fill_recap_reporting(const RecapPicture& picture) {
  const Speaking how = speaking();
  std::size_t silent = 0;
  std::string names;
  for (std::size_t i = 0; i < picture.sources.size(); ++i) {
    if (picture.sums.reports[i].state != Reported::no) continue;
    if (++silent > kMostSilent) continue;
    const auto& source = picture.sources[i];
    names += (names.empty() ? "" : "; ") + source.space.name + " (" +
             (source.last_exchange ? when_words(*source.last_exchange, how)
                                   : how.words.tr("recap.never_heard")) +
             ")";
  }
  auto& view = now_.recap;
  view.reported =
      how.words.tr("recap.reported", {{"n", std::to_string(picture.sources.size() - silent)},
                                      {"all", std::to_string(picture.sources.size())}});
  if (silent == 0) return;
  view.silent = how.words.tr("recap.silent", {{"names", names}});
  if (silent > kMostSilent)
    view.silent +=
        " " + how.words.tr("recap.silent_more", {{"n", std::to_string(silent - kMostSilent)}});
}

Status Presenter::fill_recap_behind(const RecapPicture& picture, RecapBy by) {
  const Speaking how = speaking();
  auto& view = now_.recap;
  for (const auto& line : picture.recap.lines(by))
    if (line.key == recap_opened_) view.opened = line.label;
  if (view.opened.empty()) return {};
  // Titles may name somebody: on record before they are seen.
  TRY_VOID(note(Access::list, "recap", 0));
  FormatContext format(how.language);
  format.items = &setup_.items;
  TRY(const auto found,
      recap_records(*engine_, picture.recap, {{by, recap_opened_}}, kMostShownBehind, format));
  TRY_VOID(note(Access::list, "recap", found.rows.size()));
  for (const auto& row : found.rows) {
    const auto sums = in_larger_unit(row.need.sums);
    RecapRecordView shown{row.need.id.hex().substr(0, 8), row.title, row.place, {}, {}, {}};
    shown.amount =
        how.words.tr("recap.left_of", {{"left", quantity_words(sums.remaining, "", how)},
                                       {"all", quantity_words(sums.needed, sums.unit, how)}});
    shown.author = how.words.tr(
        "recap.author",
        {{"name", row.author}, {"device", row.device}, {"when", when_words(row.changed, how)}});
    shown.heard = row.heard ? how.words.tr("recap.heard", {{"when", when_words(*row.heard, how)}})
                            : how.words.tr("recap.own");
    view.records.push_back(std::move(shown));
  }
  view.more_records = found.more;
  return {};
}

void Presenter::fill_recap_fits(const RecapPicture& picture) {
  const Speaking how = speaking();
  for (const auto& fit : picture.recap.fits()) {
    if (now_.recap.fits.size() == kMostFits) break;
    const auto lacking =
        fit.item + ": " +
        how.words.tr("recap.lacks", {{"place", fit.lacking_label},
                                     {"amount", quantity_words(fit.lacking, fit.unit, how)}});
    now_.recap.fits.push_back(
        lacking + "; " +
        (fit.having_label.empty()
             ? how.words.tr("recap.nobody_has")
             : how.words.tr(fit.same_place ? "recap.has_itself" : "recap.has",
                            {{"place", fit.having_label},
                             {"amount", quantity_words(fit.left, fit.unit, how)}})));
  }
}

RecapChangeView Presenter::recap_change(const ListChange& change) const {
  const Speaking how = speaking();
  RecapChangeView out{change.place, {}, rukun::change_words(change, how.language), {}, {}, {}};
  if (change.what == ListChange::What::reporting) {
    out.goods = how.words.tr("recap.state");
    out.change = reporting_words(change.is, how.language);
  }
  if (!change.needed && !change.needed_before) return out;
  const auto* category = find_category(change.category);
  out.goods = !change.item.empty()  ? item_word(change.item, &setup_.items, how.language)
              : category != nullptr ? std::string(category->label(how.language))
                                    : std::string();
  out.goods += " (" + std::string(unit_word(change.unit, how.language)) + ")";
  const auto both = [&](const auto& before, const auto& now) {
    const auto words = now ? quantity_words(*now, "", how) : std::string("–");
    return before ? how.words.tr("recap.was",
                                 {{"now", words}, {"before", quantity_words(*before, "", how)}})
                  : words;
  };
  out.needed = both(change.needed_before, change.needed);
  out.remaining = both(change.remaining_before, change.remaining);
  const auto more = change.difference();
  out.difference = (more > 0 ? "+" : "") + quantity_words(more, "", how);
  return out;
}

// Compared with the list that was chosen, else with the last one that was handed in.
Status Presenter::fill_recap_changes(const RecapPicture& picture) {
  const Speaking how = speaking();
  auto& view = now_.recap;
  TRY(const auto versions, handed_in_versions(engine_->local()));
  if (versions.empty()) return {};
  const HandedIn* before = &versions.front();
  for (const auto& version : versions) {
    const auto id = std::to_string(version.at.ms);
    view.versions.push_back({id, when_words(version.at, how)});
    if (id == recap_opened_) before = &version;
  }
  view.version = std::to_string(before->at.ms);
  const auto changes =
      changes_between(*before, handed_in_of(picture.sums, picture.sources, how.now));
  view.compared = how.words.tr("recap.compared", {{"when", when_words(before->at, how)},
                                                  {"n", std::to_string(changes.lines.size())},
                                                  {"same", std::to_string(changes.unchanged)}});
  const auto shown = std::min(changes.lines.size(), kMostChanges);
  for (std::size_t i = 0; i < shown; ++i) view.changes.push_back(recap_change(changes.lines[i]));
  view.more_changes = changes.lines.size() - shown;
  for (const auto& name : changes.missing)
    view.missing.push_back(how.words.tr("recap.missing", {{"name", name}}));
  return {};
}

void Presenter::fill_recap() {
  RecapView made;
  made.tab = now_.recap.tab.empty() ? std::string(name_of(RecapBy::rt)) : now_.recap.tab;
  made.written = now_.recap.written;
  const Speaking how = speaking();
  for (const auto by : kRecapBy)
    made.tabs.push_back({std::string(name_of(by)), std::string(words_of(by, how.language))});
  made.tabs.push_back({std::string(kFits), how.words.tr("recap.fits")});
  made.tabs.push_back({std::string(kChanges), how.words.tr("recap.changes")});
  made.folder = now_.exchange.places.empty() ? now_.folder : now_.exchange.places.front().path;
  now_.recap = std::move(made);
  const auto picture = recap_picture();
  if (!picture) return refuse(picture.error());
  fill_recap_reporting(**picture);
  if (now_.recap.tab == kChanges) {
    if (const auto filled = fill_recap_changes(**picture); !filled) refuse(filled.error());
    return;
  }
  const auto by = recap_by(now_.recap.tab);
  if (!by) return fill_recap_fits(**picture);
  fill_recap_lines(**picture, *by);
  if (recap_opened_.empty()) return;
  if (const auto shown = fill_recap_behind(**picture, *by); !shown) {
    now_.recap.records.clear();
    refuse(shown.error());
  }
}

// A new name each time; told only once the file is on the device and was read back.
Status Presenter::export_recap(const ExportRecap& wanted) {
  const Speaking how = speaking();
  now_.recap.written.clear();
  TRY(const auto sources, sources_of(*engine_, engine_->spaces()));
  const RecapListOptions options{{how.language, how.now, 7, &setup_.items}};
  TRY(const auto list, recap_list(*engine_, sources, options));
  TRY_VOID(note(Access::report, "consolidated", 0));
  const Path folder(wanted.folder);
  const auto stem = "rekap-" + iso_date(local_date(how.now, setup_.utc_offset_min));
  Path file;
  for (int copy = 1; copy <= kMostCopies; ++copy) {
    file = folder / (stem + (copy == 1 ? "" : "-" + std::to_string(copy)) + ".xlsx");
    TRY(const bool there, setup_.files.exists(file));
    if (!there) break;
    if (copy == kMostCopies)
      return error(Code::busy, file.string(), how.words.tr("recap.other_folder"));
  }
  const Path draft(file.string() + ".part");
  const auto written = write_xlsx(draft, list.tables, {how.language});
  const auto bytes = written ? setup_.files.read_file(draft, kMostWorkbookBytes)
                             : Result<Bytes>(tl::make_unexpected(written.error()));
  const auto removed = setup_.files.remove(draft);
  if (!bytes) return tl::make_unexpected(bytes.error());
  TRY_VOID(removed);
  TRY_VOID(setup_.files.write_new_verified(file, *bytes));
  TRY_VOID(note(Access::report, "consolidated", list.version.lines.size()));
  now_.recap.written = file.string();
  return wanted.handed_in ? keep_handed_in(engine_->local(), list.version) : Status();
}

}  // namespace rukun::ui
