// Warga and Relawan: households, residents, who may be the same, what reached them.
#include "app/ui/presenter/details_people.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/duplicates.h"
#include "app/domain/schema.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace hh = fields::household;
namespace rs = fields::resident;
constexpr std::size_t kMostPairs = 50;

RecordPair pair_of(Desk& desk, const Row& a, const Row& b) {
  const KindSpec& kind = kind_of(a.kind);
  const auto side = [&](const Row& row) {
    PairSide out{desk.title_of(row.id), {}, open_deed(row)};
    for (const FieldSpec& field : kind.fields) {
      if (field.id == kind.title || field.name == "same_as" || field.name == "not_same_as")
        continue;
      std::string words = field_words(desk, row, field, value_in(row, field.id));
      if (!words.empty())
        out.facts.push_back({std::string(field.label(desk.language())), std::move(words)});
    }
    return out;
  };
  RecordPair pair{side(a), side(b), {}, {}};
  pair.same = write_button(desk, b.id, "pairs.same", Icon::check, {{"same_as", a.id.hex()}});
  pair.same.first = true;
  pair.different.icon = Icon::close;
  pair.different.label = desk.speaking().words.tr("pairs.different");
  pair.different.deed = {.what = Deed::What::differ, .record = a.id.hex(), .other = b.id.hex()};
  return pair;
}

// Who may be this one, with the two answers; and who was said to be.
Status fill_similar(Desk& desk, const Row& row, RecordDetail& out) {
  const bool household = row.kind == hh::kKind;
  const FieldId same_as = household ? hh::kSameAs : rs::kSameAs;
  if (const auto* other = std::get_if<RecordId>(&value_in(row, same_as))) {
    RecordLine line{desk.speaking().words.tr("pairs.linked", {{"title", desk.title_of(*other)}})};
    line.deed = {.what = Deed::What::open, .screen = Screen::households, .record = other->hex()};
    if (desk.may(row.kind))
      line.buttons = {write_button(desk, row.id, "pairs.unlink", Icon::undo, {{"same_as", ""}})};
    out.sections.push_back({desk.speaking().words.tr("pairs.title"), {std::move(line)}});
    return {};
  }
  PersonFacts typed{.id = row.id, .space = desk.space().number};
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
  TRY(const auto found, similar_to(desk.engine().records(), row.kind, typed));
  RecordSection section{desk.speaking().words.tr("pairs.title"), {}};
  for (const PersonFacts& one : found) {
    if (one.same_as == row.id) continue;
    TRY(const auto other, desk.row_of(one.id));
    const RecordPair pair = pair_of(desk, row, other);
    RecordLine line{pair.b.title};
    for (std::size_t i = 0; i < std::min<std::size_t>(pair.b.facts.size(), 4); ++i)
      line.detail += (i == 0 ? "" : " · ") + pair.b.facts[i].value;
    line.deed = pair.b.open;
    if (desk.may(row.kind)) line.buttons = {pair.same, pair.different};
    section.lines.push_back(std::move(line));
  }
  if (!section.lines.empty()) out.sections.push_back(std::move(section));
  return {};
}

// What was asked for, granted and handed over.
Status fill_received(Desk& desk, const Row& row, RecordDetail& out) {
  namespace n = fields::need;
  namespace e = fields::entitlement;
  const bool household = row.kind == hh::kKind;
  RecordSection section{desk.speaking().words.tr("people.received"),
                        {},
                        desk.speaking().words.tr("people.received_none")};
  TRY(const Derived* aided, desk.aid());
  const AidBalances* balances = aided->aid(desk.space().number);
  const auto received = [&](const std::string& delivered, const std::string& quantity) {
    return desk.speaking().words.tr("people.received_of",
                                    {{"delivered", delivered}, {"quantity", quantity}});
  };
  TRY(const auto needs,
      desk.rows_where(n::kKind, household ? n::kHousehold : n::kResident, row.id));
  for (const Row& need : needs) {
    const NeedBalance balance = need_balance(need, balances);
    const std::string unit = text_in(need, n::kUnit);
    RecordLine line{desk.title_of(need.id)};
    line.detail = received(amount_words(desk, balance.delivered, unit),
                           amount_words(desk, number_in(need, n::kQuantity), unit));
    line.deed = open_deed(need);
    section.lines.push_back(std::move(line));
  }
  const std::uint32_t spaces[] = {desk.space().number};
  TRY(const auto derived, Derived::load(desk.engine().records(), spaces, e::kKind));
  TRY(const auto granted,
      desk.rows_where(e::kKind, household ? e::kHousehold : e::kResident, row.id));
  for (const Row& one : granted) {
    const auto* program = std::get_if<RecordId>(&value_in(one, e::kProgram));
    RecordLine line{program == nullptr ? desk.title_of(one.id) : desk.title_of(*program)};
    const auto* handed = find_derived(e::kKind, "handed_over");
    line.detail =
        received(field_words(desk, one, *handed, derived.value_of(one, *handed)),
                 amount_words(desk, number_in(one, e::kQuantity), text_in(one, e::kUnit)));
    line.deed = open_deed(one);
    section.lines.push_back(std::move(line));
  }
  out.sections.push_back(std::move(section));
  return {};
}

}  // namespace

Status fill_pairs(Desk& desk, RecordsView& view) {
  const std::uint32_t spaces[] = {desk.space().number};
  for (const KindId kind : {hh::kKind, rs::kKind}) {
    TRY(const auto found, find_duplicates(desk.engine().records(), spaces, kind));
    for (const LikelyDuplicate& one : found) {
      if (view.pairs.size() >= kMostPairs) break;
      TRY(const auto a, desk.row_of(one.a.id));
      TRY(const auto b, desk.row_of(one.b.id));
      view.pairs.push_back(pair_of(desk, a, b));
    }
  }
  return {};
}

Status keep_apart(Desk& desk, const std::string& a, const std::string& b) {
  TRY(const auto id, record_of(a));
  TRY(const auto other, record_of(b));
  TRY(const auto row, desk.row_of(id));
  const FieldId field = row.kind == hh::kKind ? hh::kNotSameAs : rs::kNotSameAs;
  return desk.act(Action{{SetFields{id, {{field, OpType::add, other}}}}}, "done.different",
                  desk.title_of(id));
}

Status fill_household(Desk& desk, const Row& row, RecordDetail& out) {
  for (const FieldId field : {hh::kInfants, hh::kElderly, hh::kDisabled, hh::kPregnant}) {
    const std::int64_t many = number_in(row, field);
    if (many <= 0) continue;
    const std::string label(kind_of(hh::kKind).field(field).label(desk.language()));
    out.marks.push_back({label + " " + std::to_string(many), Mood::info});
  }
  RecordSection people{
      desk.speaking().words.tr("tab.residents"), {}, desk.speaking().words.tr("people.nobody")};
  TRY(const auto residents, desk.rows_where(rs::kKind, rs::kHousehold, row.id));
  for (const Row& one : residents) {
    RecordLine line{desk.title_of(one.id)};
    for (const FieldId field : {rs::kFamilyRole, rs::kBirthDate, rs::kDisability}) {
      const std::string words =
          field_words(desk, one, kind_of(rs::kKind).field(field), value_in(one, field));
      if (!words.empty()) line.detail += (line.detail.empty() ? "" : " · ") + words;
    }
    line.deed = open_deed(one);
    people.lines.push_back(std::move(line));
  }
  if (desk.may(rs::kKind))
    people.buttons = {add_button(desk, rs::kKind, "add.resident", {{"household", row.id.hex()}})};
  TRY_VOID(fill_similar(desk, row, out));
  out.sections.push_back(std::move(people));
  return fill_received(desk, row, out);
}

Status fill_resident(Desk& desk, const Row& row, RecordDetail& out) {
  TRY_VOID(fill_similar(desk, row, out));
  if (const auto* home = std::get_if<RecordId>(&value_in(row, rs::kHousehold))) {
    RecordLine line{desk.title_of(*home)};
    line.deed = {.what = Deed::What::open, .screen = Screen::households, .record = home->hex()};
    out.sections.push_back(
        {std::string(kind_of(hh::kKind).label(desk.language())), {std::move(line)}});
  }
  return fill_received(desk, row, out);
}

// The duties of a volunteer, the latest first.
Status fill_volunteer(Desk& desk, const Row& row, RecordDetail& out) {
  namespace g = fields::signup;
  constexpr std::size_t kMostDuties = 10;
  TRY(const auto signups, desk.rows_where(g::kKind, g::kVolunteer, row.id));
  RecordSection duties{
      desk.speaking().words.tr("schedule.title"), {}, desk.speaking().words.tr("people.no_duty")};
  for (auto one = signups.rbegin(); one != signups.rend(); ++one) {
    const auto* shift = std::get_if<RecordId>(&value_in(*one, g::kShift));
    if (shift == nullptr || duties.lines.size() >= kMostDuties) continue;
    RecordLine line{desk.title_of(*shift)};
    const FieldId which = is_none(value_in(*one, g::kAttendance)) ? g::kState : g::kAttendance;
    line.mark = {field_words(desk, *one, kind_of(g::kKind).field(which), value_in(*one, which)),
                 Mood::plain};
    line.deed = {.what = Deed::What::open, .screen = Screen::schedule, .record = shift->hex()};
    duties.lines.push_back(std::move(line));
  }
  out.sections.push_back(std::move(duties));
  return {};
}

}  // namespace rukun::ui
