// Rekap: all neighborhoods of this profile together, the records behind each line, and the workbook
// that an office hands on.
#include "app/ui/presenter/recap.h"

#include <algorithm>

#include "app/domain/units.h"
#include "app/domain/values.h"
#include "app/publish/publish.h"
#include "app/report/handed_in.h"
#include "app/report/recap.h"
#include "app/report/recap_list.h"
#include "app/report/xlsx.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostShownBehind = 200;
constexpr std::size_t kMostFits = 100;
constexpr std::size_t kMostChanges = 500;
constexpr std::size_t kMostSilent = 8;  // named one by one
constexpr std::size_t kMostWorkbookBytes = std::size_t{512} * 1024 * 1024;
constexpr int kMostCopies = 99;  // of one day, in one folder
constexpr std::string_view kFits = "fits";
constexpr const char* kDatabase = "publish_into";  // as for psql
constexpr std::int64_t kTellEvery_ms = 250;
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

struct RecapPart::Picture {
  std::vector<SpaceSource> sources;
  Consolidated sums;
  Recap recap;
};

void RecapPart::enter() {
  opened_.clear();
  desk_.now.recap = RecapView();
}

Result<const RecapPart::Picture*> RecapPart::picture() {
  if (picture_ && picture_at_ == desk_.version()) return picture_.get();
  const Speaking how = desk_.speaking();
  auto made = std::make_shared<Picture>();
  TRY(made->sources, sources_of(desk_.engine(), desk_.engine().spaces()));
  const ConsolidatedOptions options{how.language, how.now, 7, &desk_.setup().items};
  TRY(made->sums, consolidated(desk_.engine().records(), made->sources, options));
  TRY(made->recap, Recap::load(desk_.engine().records(), made->sources, options));
  picture_ = std::move(made);
  picture_at_ = desk_.version();
  return picture_.get();
}

std::optional<Status> RecapPart::run(const Command& command) {
  if (const auto* shown = std::get_if<ShowRecap>(&command)) {
    desk_.now.recap.tab = shown->tab;
    opened_ = shown->key;
    desk_.now.recap.written.clear();
    desk_.now.recap.published.clear();
    desk_.now.recap.publish_failed.clear();
    return Status();
  }
  if (const auto* wanted = std::get_if<ExportRecap>(&command)) return write_list(*wanted);
  if (const auto* wanted = std::get_if<PublishRecap>(&command)) return publish(*wanted);
  return std::nullopt;
}

void RecapPart::add_state(const Picture& picture, std::size_t source, bool has_needs,
                          RecapLineView& out) const {
  const Speaking how = desk_.speaking();
  const auto& report = picture.sums.reports[source];
  out.counted = has_needs;
  out.state = {state_of_line(report, has_needs, how.language),
               report.state == Reported::no ? Mood::warn : Mood::good};
  const auto& last = picture.sources[source].last_exchange;
  out.age = last ? when_words(*last, how) : how.words.tr("recap.never_heard");
}

RecapLineView RecapPart::line_of(const Picture& picture, RecapBy by, const RecapLine& line) const {
  const Speaking how = desk_.speaking();
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
  if (by == RecapBy::rt) add_state(picture, line.source, true, out);
  return out;
}

void RecapPart::fill_lines(const Picture& picture, RecapBy by) {
  auto& view = desk_.now.recap;
  for (const auto& line : picture.recap.lines(by)) view.lines.push_back(line_of(picture, by, line));
  if (by != RecapBy::rt) return;
  for (std::size_t i = 0; i < picture.sources.size(); ++i) {
    const auto& all = picture.recap.lines(by);
    if (std::any_of(all.begin(), all.end(), [&](const auto& line) { return line.source == i; }))
      continue;
    RecapLineView line;
    line.label = picture.sources[i].space.name;
    add_state(picture, i, false, line);
    view.lines.push_back(std::move(line));
  }
}

void RecapPart::fill_reporting(const Picture& picture) {
  const Speaking how = desk_.speaking();
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
  auto& view = desk_.now.recap;
  view.reported =
      how.words.tr("recap.reported", {{"n", std::to_string(picture.sources.size() - silent)},
                                      {"all", std::to_string(picture.sources.size())}});
  if (silent == 0) return;
  view.silent = how.words.tr("recap.silent", {{"names", names}});
  if (silent > kMostSilent)
    view.silent +=
        " " + how.words.tr("recap.silent_more", {{"n", std::to_string(silent - kMostSilent)}});
}

Status RecapPart::fill_behind(const Picture& picture, RecapBy by) {
  const Speaking how = desk_.speaking();
  auto& view = desk_.now.recap;
  for (const auto& line : picture.recap.lines(by))
    if (line.key == opened_) view.opened = line.label;
  if (view.opened.empty()) return {};
  // Titles may name somebody: on record before they are seen.
  TRY_VOID(desk_.note(Access::list, "recap", 0));
  FormatContext format(how.language);
  format.items = &desk_.setup().items;
  TRY(const auto found,
      recap_records(desk_.engine(), picture.recap, {{by, opened_}}, kMostShownBehind, format));
  TRY_VOID(desk_.note(Access::list, "recap", found.rows.size()));
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

void RecapPart::fill_fits(const Picture& picture) {
  const Speaking how = desk_.speaking();
  for (const auto& fit : picture.recap.fits()) {
    if (desk_.now.recap.fits.size() == kMostFits) break;
    const auto lacking =
        fit.item + ": " +
        how.words.tr("recap.lacks", {{"place", fit.lacking_label},
                                     {"amount", quantity_words(fit.lacking, fit.unit, how)}});
    desk_.now.recap.fits.push_back(
        lacking + "; " +
        (fit.having_label.empty()
             ? how.words.tr("recap.nobody_has")
             : how.words.tr(fit.same_place ? "recap.has_itself" : "recap.has",
                            {{"place", fit.having_label},
                             {"amount", quantity_words(fit.left, fit.unit, how)}})));
  }
}

RecapChangeView RecapPart::change_of(const ListChange& change) const {
  const Speaking how = desk_.speaking();
  RecapChangeView out{change.place, {}, rukun::change_words(change, how.language), {}, {}, {}};
  if (change.what == ListChange::What::reporting) {
    out.goods = how.words.tr("recap.state");
    out.change = reporting_words(change.is, how.language);
  }
  if (!change.needed && !change.needed_before) return out;
  const auto* category = find_category(change.category);
  out.goods = !change.item.empty()  ? item_word(change.item, &desk_.setup().items, how.language)
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
Status RecapPart::fill_changes(const Picture& picture) {
  const Speaking how = desk_.speaking();
  auto& view = desk_.now.recap;
  TRY(const auto versions, handed_in_versions(desk_.engine().local()));
  if (versions.empty()) return {};
  const HandedIn* before = &versions.front();
  for (const auto& version : versions) {
    const auto id = std::to_string(version.at.ms);
    view.versions.push_back({id, when_words(version.at, how)});
    if (id == opened_) before = &version;
  }
  view.version = std::to_string(before->at.ms);
  const auto changes =
      changes_between(*before, handed_in_of(picture.sums, picture.sources, how.now));
  view.compared = how.words.tr("recap.compared", {{"when", when_words(before->at, how)},
                                                  {"n", std::to_string(changes.lines.size())},
                                                  {"same", std::to_string(changes.unchanged)}});
  const auto shown = std::min(changes.lines.size(), kMostChanges);
  for (std::size_t i = 0; i < shown; ++i) view.changes.push_back(change_of(changes.lines[i]));
  view.more_changes = changes.lines.size() - shown;
  for (const auto& name : changes.missing)
    view.missing.push_back(how.words.tr("recap.missing", {{"name", name}}));
  return {};
}

void RecapPart::fill() {
  RecapView made;
  made.tab = desk_.now.recap.tab.empty() ? std::string(name_of(RecapBy::rt)) : desk_.now.recap.tab;
  made.written = desk_.now.recap.written;
  made.published = desk_.now.recap.published;
  made.publish_failed = desk_.now.recap.publish_failed;
  if (const auto kept = desk_.engine().local().setting(kDatabase))
    made.database = kept->value_or("");
  else
    desk_.refuse(kept.error());
  const Speaking how = desk_.speaking();
  for (const auto by : kRecapBy)
    made.tabs.push_back({std::string(name_of(by)), std::string(words_of(by, how.language))});
  made.tabs.push_back({std::string(kFits), how.words.tr("recap.fits")});
  made.tabs.push_back({std::string(kChanges), how.words.tr("recap.changes")});
  made.folder =
      desk_.now.exchange.places.empty() ? desk_.now.folder : desk_.now.exchange.places.front().path;
  desk_.now.recap = std::move(made);
  const auto worked_out = picture();
  if (!worked_out) return desk_.refuse(worked_out.error());
  const Picture& picture = **worked_out;
  fill_reporting(picture);
  if (desk_.now.recap.tab == kChanges) {
    if (const auto filled = fill_changes(picture); !filled) desk_.refuse(filled.error());
    return;
  }
  const auto by = recap_by(desk_.now.recap.tab);
  if (!by) return fill_fits(picture);
  fill_lines(picture, *by);
  if (opened_.empty()) return;
  if (const auto shown = fill_behind(picture, *by); !shown) {
    desk_.now.recap.records.clear();
    desk_.refuse(shown.error());
  }
}

Status RecapPart::write_list(const ExportRecap& wanted) {
  const Speaking how = desk_.speaking();
  desk_.now.recap.written.clear();
  TRY(const auto sources, sources_of(desk_.engine(), desk_.engine().spaces()));
  const RecapListOptions options{{how.language, how.now, 7, &desk_.setup().items}};
  TRY(const auto list, recap_list(desk_.engine(), sources, options));
  TRY_VOID(desk_.note(Access::report, "consolidated", 0));
  const Path folder(wanted.folder);
  const auto stem = "rekap-" + iso_date(local_date(how.now, desk_.setup().utc_offset_min));
  Path file;
  for (int copy = 1; copy <= kMostCopies; ++copy) {
    file = folder / (stem + (copy == 1 ? "" : "-" + std::to_string(copy)) + ".xlsx");
    TRY(const bool there, desk_.setup().files.exists(file));
    if (!there) break;
    if (copy == kMostCopies)
      return error(Code::busy, file.string(), how.words.tr("recap.other_folder"));
  }
  const Path draft(file.string() + ".part");
  const auto written = write_xlsx(draft, list.tables, {how.language});
  const auto bytes = written ? desk_.setup().files.read_file(draft, kMostWorkbookBytes)
                             : Result<Bytes>(tl::make_unexpected(written.error()));
  const auto removed = desk_.setup().files.remove(draft);
  if (!bytes) return tl::make_unexpected(bytes.error());
  TRY_VOID(removed);
  TRY_VOID(desk_.setup().files.write_new_verified(file, *bytes));
  TRY_VOID(desk_.note(Access::report, "consolidated", list.version.lines.size()));
  desk_.now.recap.written = file.string();
  return wanted.handed_in ? keep_handed_in(desk_.engine().local(), list.version) : Status();
}

// Only what changed travels; what was complete before it ended stays, and the next time goes on.
Status RecapPart::publish(const PublishRecap& wanted) {
  RecapView& view = desk_.now.recap;
  view.published.clear();
  view.publish_failed.clear();
  view.database = wanted.conninfo;
  const Speaking how = desk_.speaking();
  view.publishing = how.words.tr("recap.publish_begins");
  desk_.begin_work();
  desk_.publish();
  std::int64_t told_ms = desk_.setup().clock.steady_ms();
  PublishOptions options{
      .conninfo = wanted.conninfo, .personal = wanted.personal, .language = how.language};
  options.go_on = [&](const PublishProgress& progress) {
    const std::int64_t now_ms = desk_.setup().clock.steady_ms();
    if (now_ms - told_ms >= kTellEvery_ms) {
      told_ms = now_ms;
      view.publishing =
          how.words.tr("recap.publish_progress", {{"done", std::to_string(progress.done)},
                                                  {"of", std::to_string(progress.of)},
                                                  {"rows", std::to_string(progress.rows)}});
      desk_.publish();
    }
    return !desk_.is_stopped();
  };
  const auto report = publish_postgres(desk_.engine(), desk_.engine().spaces(), options);
  view.publishing.clear();
  if (!report) {
    view.publish_failed = error_words(report.error(), how);
    return {};
  }
  std::uint64_t rows = 0, sent = 0, removed = 0;
  for (const PublishedSpace& one : report->spaces) {
    rows += one.rows;
    sent += one.changed;
    removed += one.removed;
    if (one.outcome == PublishOutcome::left)
      view.published.push_back(
          how.words.tr("recap.publish_left", {{"name", one.space.name}, {"why", one.reason}}));
  }
  view.published.insert(view.published.begin(),
                        how.words.tr(report->stopped ? "recap.publish_stopped" : "recap.published",
                                     {{"place", report->place},
                                      {"rows", std::to_string(rows)},
                                      {"sent", std::to_string(sent)},
                                      {"removed", std::to_string(removed)}}));
  return desk_.engine().local().set_setting(kDatabase, wanted.conninfo);
}

}  // namespace rukun::ui
