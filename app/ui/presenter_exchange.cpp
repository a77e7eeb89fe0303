// Tukar data with a stick or a folder, and Perlu diputuskan.
#include <algorithm>
#include <cstdio>
#include <set>

#include "app/domain/fields.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

// Where records of a kind can be looked at.
Screen screen_of(KindId kind) {
  switch (kind) {
    case fields::household::kKind: return Screen::households;
    case fields::offer::kKind: return Screen::offers;
    case fields::volunteer::kKind: return Screen::volunteers;
    case fields::shift::kKind:
    case fields::signup::kKind: return Screen::schedule;
    default: return Screen::needs;
  }
}

}  // namespace

void Presenter::fill_places() {
  const Speaking how = speaking();
  auto& places = now_.exchange.places;
  places.clear();
  std::set<std::string> known;
  for (const StickPlace& stick : setup_.sticks ? setup_.sticks() : std::vector<StickPlace>()) {
    std::string detail = stick.path.string();
    if (const auto free = setup_.files.free_bytes(stick.path)) {
      char size[32];
      std::snprintf(size, sizeof size, "%.1f", static_cast<double>(*free) / 1e9);
      std::string number = size;
      if (context_.language == Language::id) std::replace(number.begin(), number.end(), '.', ',');
      detail = how.words.tr("exchange.free", {{"size", number}}) + " · " + detail;
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
  const auto paths = [this] {
    std::vector<std::string> out;
    for (const PlaceButton& place : now_.exchange.places) out.push_back(place.path);
    return out;
  };
  const auto before = paths();
  fill_places();
  return paths() != before;
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
  if (receipt.deleted.empty()) receipt.deleted_from = screen_of(many.kind);
  receipt.deleted.push_back(
      speaking().words.tr("exchange.deleted", {{"n", std::to_string(many.deleted)},
                                               {"total", std::to_string(many.before)},
                                               {"kind", kind->label(context_.language)}}));
}

ExchangeReceipt Presenter::receipt_of(const ExchangeReport& report) const {
  ExchangeReceipt receipt;
  for (const SpaceExchange& space : report.spaces) {
    receipt.fresh += space.merged.made;
    receipt.changed += space.merged.changed + space.merged.deleted;
    receipt.to_decide += space.merged.conflicts;
    receipt.sent += space.sent;
  }
  for (const ReachedMember& member : report.reached) receipt.reached.push_back(member.name);
  for (const Refused& refused : report.refused)
    receipt.refused.push_back(refused.input + ": " + refused.error.message);
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
  } else if (std::get_if<CloseReceipt>(&command)) {
    now_.exchange.receipt.reset();
    now_.exchange.failed.clear();
  }
  return {};
}

void Presenter::exchange_with(const std::string& folder) {
  ExchangeView& view = now_.exchange;
  const Speaking how = speaking();
  view.running = true;
  view.fraction = -1;
  view.failed.clear();
  view.receipt.reset();
  view.progress = how.words.tr("exchange.copying");
  now_.screen = Screen::exchange;
  publish();
  const auto report = engine_->sync_folder(Path(folder));
  view.running = false;
  if (!report) {
    view.failed = report.error().hint.empty()
                      ? report.error().message
                      : how.words.tr("refused.next", {{"what", report.error().message},
                                                      {"hint", report.error().hint}});
    return;
  }
  ExchangeReceipt receipt = receipt_of(*report);
  receipt.place = Path(folder).filename().string();
  if (receipt.place.empty()) receipt.place = folder;
  view.receipt = std::move(receipt);
  now_.folder = folder;
  (void)engine_->local().set_setting("last_folder", folder);
  wrote();
}

std::string Presenter::value_words(const Conflict& conflict, const Value& value) {
  const Translator& words = speaking().words;
  if (conflict.field == kLife)
    return words.tr(value == Value(std::int64_t{1}) ? "value.deleted" : "value.kept");
  if (is_none(value)) return words.tr("value.empty");
  const KindSpec* kind = find_kind(conflict.kind);
  const FieldSpec* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  return field == nullptr ? "#" + std::to_string(conflict.field)
                          : format_value(*field, value, showing());
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
    out.field_label = field == nullptr ? how.words.tr("decide.record")
                                       : std::string(field->label(context_.language));
    for (const ConflictValue& value : conflict.values) {
      out.choices.push_back({value.write.txn.hex(), value_words(conflict, value.value),
                             value.by_name, when_words(value.at.wall(), how)});
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
