// Reading that all screens share, the status line, and Beranda.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/titles.h"
#include "app/engine/authors.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostAttention = 6;
constexpr std::size_t kMostNeedsAtHome = 6;
constexpr std::size_t kMostShiftsAtHome = 5;

// The engine says some things in both languages: "Indonesian. (English)".
std::string in_one_language(const std::string& notice, Language language) {
  const auto other = notice.find(". (");
  if (other == std::string::npos || notice.back() != ')') return said_in(language, notice);
  return language == Language::id ? notice.substr(0, other + 1)
                                  : notice.substr(other + 3, notice.size() - other - 4);
}

}  // namespace

Result<RecordId> record_of(std::string_view hex) {
  const auto bytes = from_hex(hex);
  const auto id = bytes ? RecordId::from(*bytes) : std::nullopt;
  if (!id) return error(Code::not_found, std::string(hex));
  return *id;
}

const Value& Presenter::field_of(const Row& row, FieldId field) const {
  static const Value none;
  const TableSpec* table = const_cast<Engine&>(*engine_).records().table(row.kind);
  const auto column = table == nullptr ? std::nullopt : table->find(field);
  return column ? row.at(*column) : none;
}

std::string Presenter::text_of_field(const Row& row, FieldId field) const {
  const auto* text = std::get_if<std::string>(&field_of(row, field));
  return text == nullptr ? std::string() : *text;
}

std::int64_t Presenter::number_of(const Row& row, FieldId field, std::int64_t otherwise) const {
  const auto* number = std::get_if<std::int64_t>(&field_of(row, field));
  return number == nullptr ? otherwise : *number;
}

std::optional<RecordId> Presenter::link_of(const Row& row, FieldId field) const {
  const auto* link = std::get_if<RecordId>(&field_of(row, field));
  return link == nullptr ? std::nullopt : std::optional(*link);
}

std::string Presenter::title_of_record(const RecordId& id) {
  if (!engine_ || !space_) return {};
  const auto title = record_title(engine_->records(), space_->number, id, showing());
  return title ? *title : title.error().message;
}

Result<Row> Presenter::row_of(const RecordId& id) {
  TRY(auto row, engine_->records().row(space_->number, id));
  if (!row) return error(Code::not_found, id.hex().substr(0, 8) + ": belum tiba");
  return std::move(*row);
}

Query Presenter::query_of(KindId kind) const {
  Query query;
  query.kind = kind;
  query.spaces = {space_->number};
  return query;
}

Result<const Derived*> Presenter::aid() {
  if (!aid_) {
    const std::uint32_t spaces[] = {space_->number};
    TRY(aid_, Derived::load_taken_up(engine_->records(), spaces));
  }
  return &*aid_;
}

Result<const AidBalances*> Presenter::aid_balances() {
  TRY(const Derived* derived, aid());
  return derived->aid(space_->number);
}

std::string Presenter::for_whom(const Row& row, bool with_address) {
  namespace f = fields::need;
  const auto household = link_of(row, f::kHousehold);
  const auto resident = link_of(row, f::kResident);
  if (!household && !resident) return speaking().words.tr("need.whole_rt");
  std::string words = title_of_record(resident ? *resident : *household);
  if (with_address && household) {
    if (const auto house = row_of(*household)) {
      const std::string address = text_of_field(*house, fields::household::kAddress);
      if (!address.empty()) words += " · " + address;
    }
  }
  return words;
}

void Presenter::fill_shell() {
  ShellView& shell = now_.shell;
  shell.member = engine_->my_name();
  shell.neighborhood = space_ ? space_->name : std::string();
  for (const auto& notice : engine_->take_notices())
    shell.refused = in_one_language(notice, context_.language);
  if (!space_) {
    shell.refused = speaking().words.tr("refused.no_space");
    return;
  }
  if (shell.neighborhood.empty()) shell.neighborhood = space_->id.hex().substr(0, 8);
  if (!status_stale_) return;
  status_stale_ = false;
  const std::string failed = shell.status.failed;
  shell.status = StatusView();
  shell.status.failed = failed;
  if (const auto status = engine_->status(space_->id)) {
    shell.status.unsent = status->unsent;
    const auto latest =
        std::max_element(status->reached.begin(), status->reached.end(),
                         [](const auto& a, const auto& b) { return a.last < b.last; });
    if (latest != status->reached.end()) {
      shell.status.unsent_to = latest->name;
      shell.status.last_exchange = latest->name + ", " + when_words(latest->last, speaking());
    } else {
      // What lies on a stick has reached nobody, and yet something was done.
      const auto& history = now_.exchange.history;
      if (!history.empty())
        shell.status.last_exchange = history.front().place + ", " + history.front().when;
    }
    shell.status.unsent_acts = status->unsent_acts;
    if (status->oldest_unsent) {
      const std::string when = when_words(*status->oldest_unsent, speaking());
      shell.status.unsent_age = speaking().words.tr("age.since", {{"when", when}});
    }
  }
  if (const auto conflicts = engine_->records().in_conflict(space_->number))
    shell.to_decide = conflicts->size();
  const auto spaces = engine_->spaces();
  shell.has_recap = spaces.size() > 1 ||
                    std::any_of(spaces.begin(), spaces.end(),
                                [](const auto& one) { return one.role == rukun::Role::office; });
}

// A head without a single neighbor.
bool Presenter::alone() {
  const auto spaces = engine_->spaces();
  return std::any_of(spaces.begin(), spaces.end(), [&](const SpaceInfo& one) {
    return one.id == space_->id && one.members == 1 && one.role == rukun::Role::head;
  });
}

// Where it is settled, and the record that it is about.
AttentionRow Presenter::attention_row(const AttentionItem& item) {
  AttentionRow row{item.text.in(context_.language), "", Screen::home, ""};
  const bool duty = item.code == "waiting_list" || item.code == "moved_up" ||
                    item.code == "overlap" || item.code == "twin_shift";
  if (duty) row.to = Screen::schedule;
  if (item.code == "bumped") {
    if (const auto pledge = row_of(item.record)) {
      if (const auto need = link_of(*pledge, fields::pledge::kNeed)) row.record = need->hex();
      row.to = Screen::needs;
    }
  }
  if (item.kind == fields::contribution::kKind) {
    if (const auto given = row_of(item.record)) {
      if (const auto drive = link_of(*given, fields::contribution::kDrive))
        row.record = drive->hex();
      row.to = Screen::community;
    }
  }
  // Most of it is settled on the record's own page: two that may be the same, a program's
  // stock.
  if (const auto screen = screen_of(item.kind); screen && row.to == Screen::home) {
    row.to = *screen;
    row.record = item.record.hex();
  }
  if (row.to != Screen::home) row.action = speaking().words.tr("attention.see");
  return row;
}

// Conflicts are counted in one line, since they are decided on one screen.
void Presenter::fill_attention() {
  if (!attention_stale_) return;
  attention_stale_ = false;
  auto& rows = now_.home.attention;
  rows.clear();
  const Speaking how = speaking();
  if (now_.shell.to_decide > 0) {
    const std::string count = std::to_string(now_.shell.to_decide);
    rows.push_back({how.words.tr("attention.decide", {{"n", count}}),
                    how.words.tr("attention.decide_action"), Screen::decide, ""});
  }
  if (!space_->role)
    rows.push_back(
        {how.words.tr("attention.waiting"), how.words.tr("exchange.title"), Screen::exchange, ""});
  if (space_->role == rukun::Role::head) {
    const auto masked = engine_->masked(space_->id);
    if (masked && !masked->empty())
      rows.push_back({how.words.tr("attention.masked", {{"n", std::to_string(masked->size())}}),
                      how.words.tr("attention.see"), Screen::members, ""});
  }
  AttentionContext context{
      engine_->records(), {space_->number}, how.now, how.utc_offset_min, &setup_.items};
  add_asker(*engine_, context);
  if (const auto items = attention(context)) {
    for (const AttentionItem& item : *items) {
      if (item.code == "conflict" || item.code == "deletion_disputed" ||
          rows.size() >= kMostAttention)
        continue;
      rows.push_back(attention_row(item));
    }
  } else {
    refuse(items.error());
  }
  // Whoever is alone has nobody yet whom anything could reach.
  if (alone()) {
    rows.push_back(
        {how.words.tr("attention.alone"), how.words.tr("attention.invite"), Screen::members, ""});
  } else if (now_.shell.status.unsent > 0) {
    const std::string count = std::to_string(now_.shell.status.unsent);
    rows.push_back({how.words.tr("attention.unsent", {{"n", count}}),
                    how.words.tr("exchange.title"), Screen::exchange, ""});
  } else if (space_->role && now_.shell.status.unsent_acts > 0) {
    const bool head = space_->role == rukun::Role::head;
    rows.push_back({how.words.tr(head ? "attention.acts_unsent" : "attention.joined"),
                    how.words.tr("exchange.title"), Screen::exchange, ""});
  }
}

void Presenter::count_met(const std::vector<ListedNeed>& all) {
  ChartLine& met = now_.home.met;
  met = {};
  met.label = speaking().words.tr("home.met");
  for (const ListedNeed& need : all) count_state(need.state, met);
  met.words = counted_words(met);
}

void Presenter::fill_home() {
  if (!home_stale_) return;
  home_stale_ = false;
  fill_attention();
  now_.home.shifts = shifts_of_week(0);
  auto& shifts = now_.home.shifts;
  shifts.erase(std::remove_if(shifts.begin(), shifts.end(),
                              [&](const ShiftRow& s) { return !s.cancelled.empty(); }),
               shifts.end());
  if (shifts.size() > kMostShiftsAtHome) shifts.resize(kMostShiftsAtHome);
  now_.home.needs.clear();
  now_.home.open_needs = 0;
  const auto all = all_needs();
  if (!all) return refuse(all.error());
  count_met(**all);
  for (const ListedNeed& need : **all) {
    if (need.state != rukun::NeedState::open && need.state != rukun::NeedState::partly) continue;
    ++now_.home.open_needs;
    if (now_.home.needs.size() >= kMostNeedsAtHome) continue;
    if (const auto row = row_of(need.id)) {
      if (auto shown = need_row(*row)) now_.home.needs.push_back(std::move(*shown));
    }
  }
}

}  // namespace rukun::ui
