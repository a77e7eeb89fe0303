// Warga and Relawan: households, residents, who may be the same, what reached them. And inviting
// somebody.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/duplicates.h"
#include "app/domain/rules/roles.h"
#include "app/domain/schema.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

namespace hh = fields::household;
namespace rs = fields::resident;
constexpr std::size_t kMostPairs = 50;

}  // namespace

// "2 balita, 1 lansia"
std::string Presenter::groups_of(const Row& household) {
  std::string out;
  for (const FieldId field : {hh::kInfants, hh::kElderly, hh::kDisabled, hh::kPregnant}) {
    const std::int64_t many = number_in(household, field);
    if (many <= 0) continue;
    std::string label(kind_of(hh::kKind).field(field).label(context_.language));
    out += (out.empty() ? "" : ", ") + label + " " + std::to_string(many);
  }
  return out;
}

std::string Presenter::receiver_of(const Row& entitlement) {
  namespace e = fields::entitlement;
  for (const FieldId field : {e::kResident, e::kHousehold}) {
    if (const auto* id = std::get_if<RecordId>(&value_in(entitlement, field)))
      return title_of_record(*id);
  }
  return {};
}

Status Presenter::keep_apart(const std::string& a, const std::string& b) {
  TRY(const auto id, record_of(a));
  TRY(const auto other, record_of(b));
  TRY(const auto row, row_of(id));
  const FieldId field = row.kind == hh::kKind ? hh::kNotSameAs : rs::kNotSameAs;
  return act(Action{{SetFields{id, {{field, OpType::add, other}}}}}, "done.different",
             title_of_record(id));
}

RecordPair Presenter::pair_of(const Row& a, const Row& b) {
  const KindSpec& kind = kind_of(a.kind);
  const auto side = [&](const Row& row) {
    PairSide out{title_of_record(row.id), {}, open_deed(row)};
    for (const FieldSpec& field : kind.fields) {
      if (field.id == kind.title || field.name == "same_as" || field.name == "not_same_as")
        continue;
      std::string words = field_words(row, field, value_in(row, field.id));
      if (!words.empty())
        out.facts.push_back({std::string(field.label(context_.language)), std::move(words)});
    }
    return out;
  };
  RecordPair pair{side(a), side(b), {}, {}};
  pair.same = write_button(b.id, "pairs.same", Icon::check, {{"same_as", a.id.hex()}});
  pair.same.first = true;
  pair.different.icon = Icon::close;
  pair.different.label = speaking().words.tr("pairs.different");
  pair.different.deed = {.what = Deed::What::differ, .record = a.id.hex(), .other = b.id.hex()};
  return pair;
}

Status Presenter::fill_pairs(RecordsView& view) {
  const std::uint32_t spaces[] = {space_->number};
  for (const KindId kind : {hh::kKind, rs::kKind}) {
    TRY(const auto found, find_duplicates(engine_->records(), spaces, kind));
    for (const LikelyDuplicate& one : found) {
      if (view.pairs.size() >= kMostPairs) break;
      TRY(const auto a, row_of(one.a.id));
      TRY(const auto b, row_of(one.b.id));
      view.pairs.push_back(pair_of(a, b));
    }
  }
  return {};
}

// Who may be this one, with the two answers; and who was said to be.
Status Presenter::fill_similar(const Row& row, RecordDetail& out) {
  const bool household = row.kind == hh::kKind;
  const FieldId same_as = household ? hh::kSameAs : rs::kSameAs;
  if (const auto* other = std::get_if<RecordId>(&value_in(row, same_as))) {
    RecordLine line{speaking().words.tr("pairs.linked", {{"title", title_of_record(*other)}})};
    line.deed = {.what = Deed::What::open, .screen = Screen::households, .record = other->hex()};
    if (may(row.kind))
      line.buttons = {write_button(row.id, "pairs.unlink", Icon::undo, {{"same_as", ""}})};
    out.sections.push_back({speaking().words.tr("pairs.title"), {std::move(line)}});
    return {};
  }
  PersonFacts typed{.id = row.id, .space = space_->number};
  for (const auto& other : set_in(row, household ? hh::kNotSameAs : rs::kNotSameAs))
    if (const auto* id = std::get_if<RecordId>(&other)) typed.not_same_as.push_back(*id);
  typed.name = text_in(row, household ? hh::kName : rs::kName);
  typed.phone = text_in(row, household ? hh::kPhone : rs::kPhone);
  typed.number = text_in(row, household ? hh::kKkNumber : rs::kNik);
  if (household) {
    typed.address = text_in(row, hh::kAddress);
    typed.rt = number_in(row, hh::kRt);
  } else {
    typed.birth = number_in(row, rs::kBirthDate);
    typed.sex = number_in(row, rs::kSex);
  }
  TRY(const auto found, similar_to(engine_->records(), row.kind, typed));
  RecordSection section{speaking().words.tr("pairs.title"), {}};
  for (const PersonFacts& one : found) {
    if (one.same_as == row.id) continue;
    TRY(const auto other, row_of(one.id));
    const RecordPair pair = pair_of(row, other);
    RecordLine line{pair.b.title};
    for (std::size_t i = 0; i < std::min<std::size_t>(pair.b.facts.size(), 4); ++i)
      line.detail += (i == 0 ? "" : " · ") + pair.b.facts[i].value;
    line.deed = pair.b.open;
    if (may(row.kind)) line.buttons = {pair.same, pair.different};
    section.lines.push_back(std::move(line));
  }
  if (!section.lines.empty()) out.sections.push_back(std::move(section));
  return {};
}

// What was asked for, granted and handed over.
Status Presenter::fill_received(const Row& row, RecordDetail& out) {
  namespace n = fields::need;
  namespace e = fields::entitlement;
  const bool household = row.kind == hh::kKind;
  RecordSection section{
      speaking().words.tr("people.received"), {}, speaking().words.tr("people.received_none")};
  TRY(const Derived* aided, aid());
  const AidBalances* balances = aided->aid(space_->number);
  const auto received = [&](const std::string& delivered, const std::string& quantity) {
    return speaking().words.tr("people.received_of",
                               {{"delivered", delivered}, {"quantity", quantity}});
  };
  TRY(const auto needs, rows_where(n::kKind, household ? n::kHousehold : n::kResident, row.id));
  for (const Row& need : needs) {
    const NeedBalance balance = need_balance(need, balances);
    const std::string unit = text_in(need, n::kUnit);
    RecordLine line{title_of_record(need.id)};
    line.detail = received(amount_words(balance.delivered, unit),
                           amount_words(number_in(need, n::kQuantity), unit));
    line.deed = open_deed(need);
    section.lines.push_back(std::move(line));
  }
  const std::uint32_t spaces[] = {space_->number};
  TRY(const auto derived, Derived::load(engine_->records(), spaces, e::kKind));
  TRY(const auto granted, rows_where(e::kKind, household ? e::kHousehold : e::kResident, row.id));
  for (const Row& one : granted) {
    const auto* program = std::get_if<RecordId>(&value_in(one, e::kProgram));
    RecordLine line{program == nullptr ? title_of_record(one.id) : title_of_record(*program)};
    const auto* handed = find_derived(e::kKind, "handed_over");
    line.detail = received(field_words(one, *handed, derived.value_of(one, *handed)),
                           amount_words(number_in(one, e::kQuantity), text_in(one, e::kUnit)));
    line.deed = open_deed(one);
    section.lines.push_back(std::move(line));
  }
  out.sections.push_back(std::move(section));
  return {};
}

Status Presenter::fill_household(const Row& row, RecordDetail& out) {
  for (const FieldId field : {hh::kInfants, hh::kElderly, hh::kDisabled, hh::kPregnant}) {
    const std::int64_t many = number_in(row, field);
    if (many <= 0) continue;
    const std::string label(kind_of(hh::kKind).field(field).label(context_.language));
    out.marks.push_back({label + " " + std::to_string(many), Mood::info});
  }
  RecordSection people{
      speaking().words.tr("tab.residents"), {}, speaking().words.tr("people.nobody")};
  TRY(const auto residents, rows_where(rs::kKind, rs::kHousehold, row.id));
  for (const Row& one : residents) {
    RecordLine line{title_of_record(one.id)};
    for (const FieldId field : {rs::kFamilyRole, rs::kBirthDate, rs::kDisability}) {
      const std::string words =
          field_words(one, kind_of(rs::kKind).field(field), value_in(one, field));
      if (!words.empty()) line.detail += (line.detail.empty() ? "" : " · ") + words;
    }
    line.deed = open_deed(one);
    people.lines.push_back(std::move(line));
  }
  if (may(rs::kKind))
    people.buttons = {add_button(rs::kKind, "add.resident", {{"household", row.id.hex()}})};
  TRY_VOID(fill_similar(row, out));
  out.sections.push_back(std::move(people));
  return fill_received(row, out);
}

Status Presenter::fill_resident(const Row& row, RecordDetail& out) {
  TRY_VOID(fill_similar(row, out));
  if (const auto* home = std::get_if<RecordId>(&value_in(row, rs::kHousehold))) {
    RecordLine line{title_of_record(*home)};
    line.deed = {.what = Deed::What::open, .screen = Screen::households, .record = home->hex()};
    out.sections.push_back(
        {std::string(kind_of(hh::kKind).label(context_.language)), {std::move(line)}});
  }
  return fill_received(row, out);
}

// The duties of a volunteer, the latest first.
Status Presenter::fill_volunteer(const Row& row, RecordDetail& out) {
  namespace g = fields::signup;
  constexpr std::size_t kMostDuties = 10;
  TRY(const auto signups, rows_where(g::kKind, g::kVolunteer, row.id));
  RecordSection duties{
      speaking().words.tr("schedule.title"), {}, speaking().words.tr("people.no_duty")};
  for (auto one = signups.rbegin(); one != signups.rend(); ++one) {
    const auto* shift = std::get_if<RecordId>(&value_in(*one, g::kShift));
    if (shift == nullptr || duties.lines.size() >= kMostDuties) continue;
    RecordLine line{title_of_record(*shift)};
    const FieldId which = is_none(value_in(*one, g::kAttendance)) ? g::kState : g::kAttendance;
    line.mark = {field_words(*one, kind_of(g::kKind).field(which), value_in(*one, which)),
                 Mood::plain};
    line.deed = {.what = Deed::What::open, .screen = Screen::schedule, .record = shift->hex()};
    duties.lines.push_back(std::move(line));
  }
  out.sections.push_back(std::move(duties));
  return {};
}

Status Presenter::make_invite(const MakeInvite& command) {
  const auto role = role_named(command.role);
  if (!role || !space_) return error(Code::bad_value, command.role);
  if (Path(command.folder) == setup_.papers) TRY_VOID(setup_.files.make_dirs(setup_.papers));
  TRY(const auto made, engine_->create_invite(space_->id, *role, false));
  // A name of its own: an invitation that somebody else still needs must not be written over.
  const Path file = Path(command.folder) / ("undangan-" + made.id.hex().substr(0, 6) + ".rukun");
  TRY_VOID(setup_.files.write_new_verified(file, made.file));
  now_.members.made = MadeInvite{file.string(), made.code.value_or(""), made.words, command.role};
  wrote();
  return {};
}

}  // namespace rukun::ui
