// Tukar data with a stick or a folder, and Perlu diputuskan.
#include <algorithm>
#include <cstdio>
#include <set>
#include <sstream>

#include "app/domain/fields.h"
#include "app/engine/folder_watch.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

constexpr std::string_view kHistorySetting = "exchanges";
constexpr std::size_t kHistoryLines = 50;
constexpr std::int64_t kShareEvery_ms = 60'000;

// Names come from others: nothing in them may begin another line.
std::string one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return text;
}

std::string megabytes(std::uint64_t bytes, Language language) {
  char size[32];
  std::snprintf(size, sizeof size, "%.1f", static_cast<double>(bytes) / 1e6);
  std::string number = size;
  if (language == Language::id) std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

// Tells the picture how far an exchange is, and the exchange whether somebody wants it to end.
class ProgressTeller final : public FolderWatch {
 public:
  ProgressTeller(ExchangeView& view, const Clock& clock, const Speaking& how,
                 std::atomic<bool>& stop, std::function<void()> publish)
      : view_(view), clock_(clock), how_(how), stop_(stop), publish_(std::move(publish)) {}

  bool goes_on(const FolderProgress& progress) override {
    const auto now_ms = clock_.steady_ms();
    if (!since_ms_ || writing_ != progress.writing) {
      since_ms_ = now_ms;
      told_ms_.reset();
    }
    writing_ = progress.writing;
    view_.stopping = stop_;
    if (told_ms_ && now_ms - *told_ms_ < kTellEvery_ms && !view_.stopping) return true;
    told_ms_ = now_ms;
    view_.fraction = progress.total == 0
                         ? 1.0F
                         : static_cast<float>(progress.done) / static_cast<float>(progress.total);
    view_.progress = words(progress, now_ms - *since_ms_);
    publish_();
    return !stop_;
  }

 private:
  static constexpr std::int64_t kTellEvery_ms = 200;
  static constexpr std::int64_t kGuessAfter_ms = 2000;

  std::string words(const FolderProgress& progress, std::int64_t elapsed_ms) const {
    std::string out = how_.words.tr(progress.writing ? "exchange.writing" : "exchange.reading",
                                    {{"done", megabytes(progress.done, how_.language)},
                                     {"total", megabytes(progress.total, how_.language)}});
    if (elapsed_ms < kGuessAfter_ms || progress.done == 0) return out;
    const double rest =
        static_cast<double>(progress.total - progress.done) / static_cast<double>(progress.done);
    const auto left_s =
        static_cast<std::int64_t>(static_cast<double>(elapsed_ms) * rest / 1000) + 1;
    const bool minutes = left_s > 90;
    return out + " · " +
           how_.words.tr(minutes ? "exchange.minutes_left" : "exchange.seconds_left",
                         {{"n", std::to_string(minutes ? (left_s + 59) / 60 : left_s)}});
  }

  ExchangeView& view_;
  const Clock& clock_;
  Speaking how_;
  std::atomic<bool>& stop_;
  std::function<void()> publish_;
  std::optional<std::int64_t> since_ms_;
  std::optional<std::int64_t> told_ms_;
  bool writing_ = false;
};

}  // namespace

void Presenter::fill_places() {
  const Speaking how = speaking();
  auto& places = now_.exchange.places;
  places.clear();
  std::set<std::string> known;
  for (const StickPlace& stick : setup_.sticks ? setup_.sticks() : std::vector<StickPlace>()) {
    std::string detail = stick.path.string();
    if (const auto free = setup_.files.free_bytes(stick.path)) {
      const std::string gigabytes = megabytes(*free / 1000, context_.language);
      detail = how.words.tr("exchange.free", {{"size", gigabytes}}) + " · " + detail;
    }
    places.push_back({stick.path.string(), stick.label, detail, true});
    known.insert(stick.path.string());
  }
  if (now_.folder.empty() || known.count(now_.folder) != 0) return;
  if (const auto there = setup_.files.exists(Path(now_.folder)); there && *there) {
    places.push_back({now_.folder, Path(now_.folder).filename().string(),
                      how.words.tr("exchange.last_used") + " · " + now_.folder, false});
  }
}

// True when a stick was plugged in or pulled since the list was made.
bool Presenter::notice_places() {
  const auto sticks = [this] {
    std::set<std::string> out;
    for (const PlaceButton& place : now_.exchange.places)
      if (place.stick) out.insert(place.path);
    return out;
  };
  const auto before = sticks();
  fill_places();
  const auto now = sticks();
  if (now == before) return false;
  if (now_.screen == Screen::members) now_.members.folder = paper_place();
  // Another stick: what the last one was told to be does not hold for it.
  auto& receipt = now_.exchange.receipt;
  const bool came = !std::includes(before.begin(), before.end(), now.begin(), now.end());
  if (came && receipt && receipt->device) receipt.reset();
  if (came) now_.exchange.failed.clear();
  return true;
}

bool Presenter::is_stick(const std::string& path) const {
  const auto sticks = setup_.sticks ? setup_.sticks() : std::vector<StickPlace>();
  return std::any_of(sticks.begin(), sticks.end(),
                     [&](const StickPlace& one) { return one.path == Path(path); });
}

// The stick that is plugged in, else where was exchanged last, else where people's papers are.
std::string Presenter::paper_place() const {
  const auto& places = now_.exchange.places;
  if (!places.empty()) return places.front().path;
  return now_.folder.empty() ? setup_.papers.string() : now_.folder;
}

// Invitation files at the top of a stick, so that nobody has to type a path.
bool Presenter::notice_invitations() {
  std::vector<PlaceButton> found;
  for (const StickPlace& stick : setup_.sticks ? setup_.sticks() : std::vector<StickPlace>()) {
    const auto entries = setup_.files.list_dir(stick.path);
    if (!entries) continue;
    for (const DirEntry& entry : *entries) {
      const Path path = stick.path / entry.name;
      if (!entry.is_dir && path.extension() == ".rukun")
        found.push_back({path.string(), entry.name, stick.label, true});
    }
  }
  const auto same = [](const PlaceButton& a, const PlaceButton& b) { return a.path == b.path; };
  auto& known = now_.first_run.invitations;
  if (std::equal(found.begin(), found.end(), known.begin(), known.end(), same)) return false;
  known = std::move(found);
  return true;
}

// A merge that took much away has happened: what people can do is look, and undo.
void Presenter::tell_deleted(const ManyDeleted& many, ExchangeReceipt& receipt) const {
  const KindSpec* kind = find_kind(many.kind);
  if (kind == nullptr) return;
  if (receipt.deleted.empty()) receipt.deleted_from = screen_of(many.kind).value_or(Screen::needs);
  receipt.deleted.push_back(
      speaking().words.tr("exchange.deleted", {{"n", std::to_string(many.deleted)},
                                               {"total", std::to_string(many.before)},
                                               {"kind", kind->label(context_.language)}}));
}

ExchangeReceipt Presenter::receipt_of(const ExchangeReport& report) {
  ExchangeReceipt receipt;
  for (const SpaceExchange& space : report.spaces) {
    receipt.fresh += space.merged.made;
    receipt.changed += space.merged.changed + space.merged.deleted;
    receipt.to_decide += space.merged.conflicts;
    receipt.sent += space.sent;
  }
  // What several files brought one after the other may have settled itself since.
  std::size_t undecided = 0;
  for (const SpaceInfo& space : engine_->spaces())
    if (const auto now = engine_->records().in_conflict(space.number)) undecided += now->size();
  receipt.to_decide = std::min(receipt.to_decide, undecided);
  for (const ReachedMember& member : report.reached) {
    if (member.lacks > 0)
      receipt.on_the_way.push_back(speaking().words.tr(
          "exchange.not_reached", {{"member", member.name}, {"n", std::to_string(member.lacks)}}));
    else if (member.seen > 0)
      receipt.reached.push_back(member.name);
  }
  for (const Refused& refused : report.refused)
    receipt.refused.push_back(refused.input + ": " +
                              said_in(context_.language, refused.error.message));
  for (const ManyDeleted& many : report.many_deleted) tell_deleted(many, receipt);
  receipt.safe_to_remove = report.safe_to_remove;
  return receipt;
}

Status Presenter::run_exchange(const Command& command) {
  if (const auto* place = std::get_if<ExchangeWith>(&command)) {
    exchange_with(place->folder);
  } else if (std::get_if<LookForNeighbors>(&command)) {
    return look_for_neighbors();
  } else if (const auto* there = std::get_if<MeetAddress>(&command)) {
    return meet_address(*there);
  } else if (const auto* nearby = std::get_if<ChooseNearby>(&command)) {
    return choose_nearby(nearby->on);
  } else if (std::get_if<StopWork>(&command)) {
    stop_work();
  } else if (std::get_if<CloseReceipt>(&command)) {
    now_.exchange.receipt.reset();
    now_.exchange.failed.clear();
  }
  return {};
}

// Everybody who is a member now.
std::set<MemberId> Presenter::members_now() {
  std::set<MemberId> out;
  const auto authority = space_ ? engine_->authority(space_->id)
                                : Result<const Authority*>(error(Code::not_found, ""));
  if (!authority) return out;
  for (const Member& member : (*authority)->members)
    if (!member.removed) out.insert(member.id);
  return out;
}

void Presenter::exchange_with(const std::string& folder) {
  ExchangeView& view = now_.exchange;
  const Speaking how = speaking();
  const bool stick = is_stick(folder);
  const auto members = members_now();
  std::string place = Path(folder).filename().string();
  if (place.empty()) place = folder;
  view.running = true;
  view.fraction = -1;
  view.stopping = false;
  stop_work_ = false;
  view.failed.clear();
  view.receipt.reset();
  view.progress = how.words.tr("exchange.copying");
  now_.screen = Screen::exchange;
  publish();
  ProgressTeller watch(view, setup_.clock, how, stop_work_, [this] { publish(); });
  const auto done = sync_folder(*engine_, Path(folder), watch);
  view.running = false;
  if (!done) {
    const bool pulled = stick && !is_stick(folder);
    view.failed = pulled ? how.words.tr("exchange.pulled", {{"place", place}})
                         : error_words(done.error(), how);
    return;
  }
  ExchangeReceipt receipt = receipt_of(done->report);
  receipt.stopped = done->stopped;
  receipt.place = place;
  receipt.stick = stick;
  tell_joined(members, receipt);
  note_exchange(place, done->report);
  if (space_ && space_->role && space_->role != rukun::Role::head)
    if (const auto status = engine_->status(space_->id))
      receipt.newcomer = status->unsent == 0 && status->unsent_acts > 0;
  view.receipt = std::move(receipt);
  // A stick shows itself while it is there; the folder that it leaves behind when it is pulled is
  // on this laptop's own disk.
  if (!stick) {
    now_.folder = folder;
    if (const auto kept = engine_->local().set_setting("last_folder", folder); !kept)
      refuse(kept.error());
  }
  wrote();
}

// What the others of this laptop have written, now and then.
void Presenter::share_with_profiles() {
  const std::int64_t now_ms = setup_.clock.steady_ms();
  if (!several_profiles_ || now_ms < next_share_ms_) return;
  next_share_ms_ = now_ms + kShareEvery_ms;
  const auto shared = engine_->sync_shared();
  if (!shared) return refuse(shared.error());
  if (std::none_of(shared->spaces.begin(), shared->spaces.end(),
                   [](const auto& s) { return s.received > 0; }))
    return;
  wrote();
  next_share_ms_ = now_ms + kShareEvery_ms;
  refresh();
  publish();
}

void Presenter::tell_joined(const std::set<MemberId>& before, ExchangeReceipt& receipt) {
  const auto authority = space_ ? engine_->authority(space_->id)
                                : Result<const Authority*>(error(Code::not_found, ""));
  if (!authority || before.empty()) return;
  for (const MemberId& id : members_now()) {
    const Member* member = before.count(id) != 0 ? nullptr : (*authority)->find(id);
    if (member != nullptr) receipt.joined.push_back(member->name);
  }
}

// A line each: when in milliseconds, made, changed, sent, and then the place.
void Presenter::note_exchange(const std::string& place, const ExchangeReport& report) {
  const auto stored = engine_->local().setting(kHistorySetting);
  if (!stored) return refuse(stored.error());
  const ExchangeReceipt receipt = receipt_of(report);
  std::ostringstream out;
  out << setup_.clock.now().ms << ' ' << receipt.fresh << ' ' << receipt.changed << ' '
      << receipt.sent << ' ' << one_line(place) << '\n';
  std::istringstream before(stored->value_or(""));
  std::string line;
  for (std::size_t i = 1; i < kHistoryLines && std::getline(before, line); ++i) out << line << '\n';
  if (const auto kept = engine_->local().set_setting(kHistorySetting, out.str()); !kept)
    refuse(kept.error());
  fill_history_of_exchanges();
}

void Presenter::fill_history_of_exchanges() {
  now_.exchange.history.clear();
  const auto stored = engine_->local().setting(kHistorySetting);
  if (!stored) return refuse(stored.error());
  const Speaking how = speaking();
  std::istringstream lines(stored->value_or(""));
  WallTime at;
  std::string fresh, changed, sent, place;
  while (lines >> at.ms >> fresh >> changed >> sent && std::getline(lines >> std::ws, place))
    now_.exchange.history.push_back(
        {place, when_words(at, how),
         how.words.tr("exchange.history_line",
                      {{"fresh", fresh}, {"changed", changed}, {"sent", sent}})});
}

std::string Presenter::value_words(const Conflict& conflict, const Value& value) {
  const Translator& words = speaking().words;
  if (conflict.field == kLife)
    return words.tr(value == Value(std::int64_t{1}) ? "value.deleted" : "value.kept");
  if (is_none(value)) return words.tr("value.empty");
  const KindSpec* kind = find_kind(conflict.kind);
  const FieldSpec* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  if (field == nullptr) return "#" + std::to_string(conflict.field);
  const auto row = field->type == FieldType::quantity ? row_of(conflict.record)
                                                      : Result<Row>(error(Code::not_found, ""));
  return row ? field_words(*row, *field, value) : format_value(*field, value, showing());
}

void Presenter::fill_decide() {
  DecideView& view = now_.decide;
  view.conflicts.clear();
  const auto conflicts = engine_->conflicts(space_->id);
  if (!conflicts) return refuse(conflicts.error());
  const Speaking how = speaking();
  for (const Conflict& conflict : *conflicts) {
    const KindSpec* kind = find_kind(conflict.kind);
    const FieldSpec* field =
        kind == nullptr || conflict.field == kLife ? nullptr : kind->find_field(conflict.field);
    ConflictView out;
    out.record = conflict.record.hex();
    out.field = std::to_string(conflict.field);
    out.title = title_of_record(conflict.record);
    if (conflict.kind == fields::need::kKind)
      if (const auto need = row_of(conflict.record)) out.title += " · " + for_whom(*need, false);
    out.field_label = field == nullptr ? how.words.tr("decide.record")
                                       : std::string(field->label(context_.language));
    for (const ConflictValue& value : conflict.values) {
      out.choices.push_back({value.write.txn.hex(), value_words(conflict, value.value),
                             value.by_name, when_words(value.at.wall(), how)});
      if (field != nullptr && !is_none(value.value))
        out.choices.back().typed = format_value(*field, value.value, showing());
    }
    view.conflicts.push_back(std::move(out));
  }
}

Result<Conflict> Presenter::conflict_of(const std::string& record, const std::string& field) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  TRY(auto conflicts, engine_->conflicts(space_->id));
  for (Conflict& one : conflicts) {
    if (one.record.hex() == record && std::to_string(one.field) == field) return std::move(one);
  }
  return error(Code::not_found, speaking().words.tr("decide.nothing"));
}

Status Presenter::settle(const Conflict& conflict, const Value& value) {
  const std::string title = title_of_record(conflict.record);
  if (conflict.field != kLife)
    return act(Action{{ResolveField{conflict.record, conflict.field, value}}}, "done.decide",
               title);
  if (value == Value(std::int64_t{1}))
    return act(Action{{DeleteRecord{conflict.record}}}, "done.decide", title);
  return act(Action{{RestoreRecord{conflict.record}}}, "done.decide", title);
}

Status Presenter::resolve(const Resolve& command) {
  TRY(const auto conflict, conflict_of(command.record, command.field));
  for (const ConflictValue& value : conflict.values) {
    if (value.write.txn.hex() == command.write) return settle(conflict, value.value);
  }
  return error(Code::not_found, speaking().words.tr("decide.nothing"));
}

Status Presenter::resolve_with(const ResolveWith& command) {
  TRY(const auto conflict, conflict_of(command.record, command.field));
  const KindSpec* kind = find_kind(conflict.kind);
  const FieldSpec* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  if (field == nullptr) return error(Code::unsupported, speaking().words.tr("decide.record"));
  TRY(auto value, parse_value(*field, command.value, reading()));
  return settle(conflict, value);
}

}  // namespace rukun::ui
