#include "app/report/recap.h"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rt_rw.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/same_as.h"
#include "app/domain/rules/taken_up.h"
#include "app/domain/units.h"
#include "app/report/recap_fits.h"
#include "app/report/recap_lines.h"

namespace rukun {
namespace {

namespace need = fields::need;
namespace household = fields::household;

constexpr int kGroupFields = 2;  // where the vulnerable groups begin among a household's fields

std::string told(Language language, std::string_view id, std::string_view en) {
  return std::string(pick(language, id, en));
}

// Codes of enumerations begin with 1.
const EnumValue* urgency_of(std::int64_t code) {
  const auto values = kind_of(need::kKind).field(need::kUrgency).values;
  const bool known = code >= 1 && code <= static_cast<std::int64_t>(values.size());
  return known ? &values[static_cast<std::size_t>(code - 1)] : nullptr;
}

std::string urgency_word(std::int64_t code, Language language) {
  const auto* value = urgency_of(code);
  return value == nullptr ? "#" + std::to_string(code) : std::string(value->label(language));
}

std::string urgency_name(std::int64_t code) {
  const auto* value = urgency_of(code);
  return value == nullptr ? "#" + std::to_string(code) : std::string(value->name);
}

std::string category_name(std::int64_t code) {
  const auto* category = find_category(code);
  return category == nullptr ? "#" + std::to_string(code) : std::string(category->name);
}

std::string category_label(std::int64_t code, Language language) {
  const auto* category = find_category(code);
  return category == nullptr ? "#" + std::to_string(code) : std::string(category->label(language));
}

}  // namespace

std::string_view name_of(RecapBy by) {
  constexpr std::array<std::string_view, kRecapBy.size()> kNames{"rt",   "rw",      "category",
                                                                 "item", "urgency", "group"};
  return kNames[static_cast<std::size_t>(by)];
}

std::string_view words_of(RecapBy by, Language language) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, kRecapBy.size()> kWords{
      {{"Per RT", "By RT"},
       {"Per RW", "By RW"},
       {"Per kategori", "By category"},
       {"Per barang", "By item"},
       {"Per kemendesakan", "By urgency"},
       {"Kelompok rentan", "Vulnerable groups"}}};
  const auto& words = kWords[static_cast<std::size_t>(by)];
  return pick(language, words.first, words.second);
}

void RecapCount::add(const RecapNeed& one) {
  ++needs;
  const bool is_open = one.state == NeedState::open || one.state == NeedState::partly;
  open += is_open ? 1 : 0;
  urgent += is_open && one.urgency >= need::kUrgencyUrgent ? 1 : 0;
  covered += one.state == NeedState::covered ? 1 : 0;
  done += one.state == NeedState::delivered || one.state == NeedState::closed ? 1 : 0;
}

struct Recap::Home {
  RecapPlace place;
  unsigned groups = 0;
};

struct Recap::Works {
  std::vector<std::uint32_t> numbers;                 // of the spaces
  std::map<std::uint32_t, std::size_t> source_of;     // by space
  std::map<std::uint32_t, RecapPlace> own;            // where a need without a household belongs
  std::map<std::uint32_t, std::string> areas, names;  // by space
  std::map<RecapPlace, std::string> labels;
  std::unordered_map<RecordId, Home, IdHash> homes;
  Derived aid;  // of what is taken up; what is not stands as it says
  Language language = Language::id;
  const ItemCatalogue* items = nullptr;

  RecapPlace settled(std::uint32_t space, std::int64_t rw, std::int64_t rt) const {
    const auto& own_place = own.at(space);
    if (rt == 0) rt = own_place.rt;
    if (rw == 0) rw = own_place.rw;
    return {space, rw, rt};
  }

  void label_place(const RecapPlace& place) {
    if (labels.contains(place)) return;
    const auto& name = names.at(place.space);
    labels.emplace(place, place == own.at(place.space) || place.rt == 0
                              ? name
                              : format_rt_rw(place.rt, place.rw) + " (" + name + ")");
  }

  std::string key_of(RecapBy by, const RecapNeed& one, const Projection& records) const {
    switch (by) {
      case RecapBy::rt:
        return records.space_of(one.place.space).hex().substr(0, 12) + "/" +
               std::to_string(one.place.rw) + "/" + std::to_string(one.place.rt);
      case RecapBy::rw: return areas.at(one.place.space) + "/" + std::to_string(one.place.rw);
      case RecapBy::category: return category_name(one.category);
      case RecapBy::item:
        return (one.item.empty() ? "#" + category_name(one.category) : one.item) + "|" +
               one.sums.unit;
      case RecapBy::urgency: return urgency_name(one.urgency);
      case RecapBy::group: break;
    }
    return {};
  }

  std::string label_of(RecapBy by, const RecapNeed& one) const {
    switch (by) {
      case RecapBy::rt: return labels.at(one.place);
      case RecapBy::rw: {
        const auto& area = areas.at(one.place.space);
        const auto number = std::to_string(one.place.rw);
        const auto words =
            one.place.rw == 0
                ? told(language, "RW tidak diketahui", "RW not known")
                : "RW " + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number;
        return area.empty() ? words : words + " · " + area;
      }
      case RecapBy::category: return category_label(one.category, language);
      case RecapBy::item:
        return one.item.empty() ? category_label(one.category, language)
                                : item_word(one.item, items, language);
      case RecapBy::urgency: return urgency_word(one.urgency, language);
      case RecapBy::group: break;
    }
    return {};
  }

  // Of what lines are called, for as long as these works and the records live.
  RecapWords words(const Projection& records) const {
    return {language,
            [this, &records](RecapBy by, const RecapNeed& one) { return key_of(by, one, records); },
            [this](RecapBy by, const RecapNeed& one) { return label_of(by, one); },
            [this](std::uint32_t space) { return source_of.at(space); }};
  }

  Status read_homes(Projection& records, std::vector<RecapPeople>& people);
  Status settle_places(Projection& records, const std::vector<SpaceSource>& sources);
  // The household of a need, or of its resident.
  const Home* home_of(Projection& records, std::uint32_t space,
                      const std::optional<RecordId>& household,
                      const std::optional<RecordId>& resident) const;
  // Without what the need asks for.
  RecapNeed placed(std::uint32_t space, std::int64_t urgency, const Home* home) const;
  // In any order and without ids, for lines.
  Status count_all(Projection& records, const std::function<void(const RecapNeed&)>& use) const;
  Status each(Projection& records, const std::function<Status(const RecapNeed&)>& use) const;
};

// A neighborhood is the RT that its name says, else the only one that its households live in.
Status Recap::Works::settle_places(Projection& records, const std::vector<SpaceSource>& sources) {
  std::map<std::uint32_t, std::set<std::pair<std::int64_t, std::int64_t>>> lived;
  TRY_VOID(each_fact(records, household::kKind, {household::kRt, household::kRw},
                     {.spaces = numbers}, [&](const FactRow& row) {
                       auto& found = lived[row.space()];
                       if (found.size() < 2 && row.is_set(0))
                         found.emplace(row.number(1), row.number(0));
                     }));
  for (const auto& source : sources) {
    const auto number = source.space.number;
    const RtRw named = rt_rw_in(source.space.name);
    RecapPlace place{number, named.rw.value_or(0), named.rt.value_or(0)};
    const auto& found = lived[number];
    if (place.rt == 0 && found.size() == 1)
      place = {number, found.begin()->first, found.begin()->second};
    own[number] = place;
    areas[number] = source.space.area;
    names[number] = source.space.name;
    source_of[number] = source_of.size();
    label_place(place);
  }
  return {};
}

Status Recap::Works::read_homes(Projection& records, std::vector<RecapPeople>& people) {
  TRY(const auto merged, load_stand_ins(records, numbers, household::kKind));
  std::map<RecapPlace, RecapPeople> by_place;
  TRY_VOID(each_fact(
      records, household::kKind,
      {household::kRw, household::kRt, household::kInfants, household::kElderly,
       household::kDisabled, household::kPregnant, household::kPeople, household::kStatus},
      {.spaces = numbers}, [&](const FactRow& row) {
        Home home{settled(row.space(), row.number(0), row.number(1)), 0};
        label_place(home.place);
        std::array<std::int64_t, kVulnerable.size()> counts{};
        for (std::size_t i = 0; i < counts.size(); ++i) {
          counts[i] = std::max<std::int64_t>(0, row.number(kGroupFields + static_cast<int>(i)));
          if (counts[i] > 0) home.groups |= 1U << i;
        }
        homes.emplace(row.id(), home);
        const auto status = row.number(7);
        if (status == household::kStatusMoved || status == household::kStatusGone) return;
        if (merged.contains({row.space(), row.id()})) return;  // counted with the one it is
        auto& sum = by_place[home.place];
        ++sum.households;
        sum.people += std::max<std::int64_t>(0, row.number(6));
        sum.people_known = sum.people_known || row.is_set(6);
        for (std::size_t i = 0; i < counts.size(); ++i) {
          sum.in_groups[i] += counts[i];
          sum.group_known[i] = sum.group_known[i] || row.is_set(kGroupFields + static_cast<int>(i));
        }
      }));
  for (auto& [place, sum] : by_place) {
    sum.place = place;
    sum.label = labels.at(place);
    people.push_back(std::move(sum));
  }
  std::stable_sort(people.begin(), people.end(), [&](const auto& a, const auto& b) {
    return source_of.at(a.place.space) < source_of.at(b.place.space);
  });
  return {};
}

const Recap::Home* Recap::Works::home_of(Projection& records, std::uint32_t space,
                                         const std::optional<RecordId>& household_id,
                                         const std::optional<RecordId>& resident) const {
  auto id = household_id;
  if (!id && resident) {
    const auto held = records.row(space, *resident);
    if (!held || !*held) return nullptr;
    const auto column = records.table(fields::resident::kKind)->find(fields::resident::kHousehold);
    if (const auto* lives_in = std::get_if<RecordId>(&(*held)->values[*column])) id = *lives_in;
  }
  if (!id) return nullptr;
  const auto found = homes.find(*id);
  return found == homes.end() ? nullptr : &found->second;
}

RecapNeed Recap::Works::placed(std::uint32_t space, std::int64_t urgency, const Home* home) const {
  RecapNeed one;
  const bool here = home != nullptr && home->place.space == space;
  one.place = here ? home->place : own.at(space);
  one.groups = home == nullptr ? 0 : home->groups;
  one.urgency = urgency;
  return one;
}

Status Recap::Works::count_all(Projection& records,
                               const std::function<void(const RecapNeed&)>& use) const {
  const auto count = [&](std::uint32_t space, const NeedOf& of, std::int64_t category,
                         std::string_view item, std::string_view unit, std::int64_t quantity,
                         bool closed, const NeedBalance& balance) {
    auto one = placed(space, of.urgency == 0 ? need::kUrgencyNormal : of.urgency,
                      home_of(records, space, of.household, of.resident));
    one.category = category;
    one.item = item;
    one.state = balance.state;
    one.sums = need_sums(unit, quantity, closed, balance);
    use(one);
  };
  const auto untouched = [&](const ToldNeed& told) {
    count(told.space, told.of, told.category, told.item, told.unit, told.quantity, told.closed,
          untouched_balance(told.quantity, told.closed));
  };
  TRY(const auto taken_up, walk_needs(records, numbers, untouched, NeedWalk::also_whose));
  for (const auto& one : taken_up) {
    const auto* balances = aid.aid(one.space);
    const auto* balance = balances == nullptr ? nullptr : balances->need(one.fact.id);
    count(one.space, one.of, one.category, one.item, one.fact.unit, one.fact.quantity,
          one.fact.closed,
          balance == nullptr ? untouched_balance(one.fact.quantity, one.fact.closed) : *balance);
  }
  return {};
}

Status Recap::Works::each(Projection& records,
                          const std::function<Status(const RecapNeed&)>& use) const {
  Status failed;
  TRY_VOID(each_fact(records, need::kKind,
                     {need::kCategory, need::kItem, need::kQuantity, need::kUnit, need::kUrgency,
                      need::kHousehold, need::kResident, need::kClosed},
                     {.spaces = numbers}, [&](const FactRow& row) {
                       if (!failed) return;
                       const auto* balances = aid.aid(row.space());
                       const auto id = row.id();
                       const auto* balance = balances == nullptr ? nullptr : balances->need(id);
                       auto one =
                           placed(row.space(), row.number(4, need::kUrgencyNormal),
                                  home_of(records, row.space(), row.record(5), row.record(6)));
                       one.id = id;
                       one.category = row.number(0);
                       one.item = row.text(1);
                       const auto stands = balance != nullptr
                                               ? *balance
                                               : untouched_balance(row.number(2), row.is_set(7));
                       one.state = stands.state;
                       one.sums = need_sums(row.text(3), row.number(2), row.is_set(7), stands);
                       failed = use(one);
                     }));
  return failed;
}

Result<Recap> Recap::load(Projection& records, const std::vector<SpaceSource>& sources,
                          const ConsolidatedOptions& options) {
  Recap out;
  auto works = std::make_shared<Works>();
  works->language = options.language;
  works->items = options.items;
  for (const auto& source : sources) works->numbers.push_back(source.space.number);
  for (const auto by : kRecapBy) out.lines_[by];
  if (sources.empty()) {
    out.works_ = std::move(works);
    return out;
  }
  TRY_VOID(works->settle_places(records, sources));
  TRY_VOID(works->read_homes(records, out.people_));
  TRY(works->aid, Derived::load_taken_up(records, works->numbers));
  FitsFinder fits(works->numbers);
  RecapLines lines(works->words(records), {kRecapBy.begin(), kRecapBy.end()});
  TRY_VOID(works->count_all(records, [&](const RecapNeed& one) {
    lines.count(one);
    fits.add(one);
  }));
  for (const auto by : kRecapBy) out.lines_[by] = lines.take(by);
  const auto place_of = [&](std::uint32_t space, const std::optional<RecordId>& home) {
    const auto found = home ? works->homes.find(*home) : works->homes.end();
    return found == works->homes.end() ? works->own.at(space) : found->second.place;
  };
  TRY_VOID(
      fits.read_offers(records, works->aid, place_of, local_date(options.now, kWibOffset_min)));
  out.works_ = works;
  out.fits_ = fits.take([&](const RecapPlace& place) { return out.place_label(place); }, options);
  return out;
}

const std::string& Recap::place_label(const RecapPlace& place) const {
  return works_->labels.at(place);
}

Result<const RecapLine*> Recap::find(RecapBy by, std::string_view text, Language language) const {
  const auto wanted = folded_key(text);
  std::vector<const RecapLine*> whole, begun;
  for (const auto& line : lines(by)) {
    if (line.key == text) return &line;
    const auto label = folded_key(line.label);
    if (label == wanted) whole.push_back(&line);
    if (!wanted.empty() && label.starts_with(wanted)) begun.push_back(&line);
  }
  const auto& found = whole.empty() ? begun : whole;
  if (found.size() == 1) return found.front();
  std::string choices;
  for (const auto& line : lines(by)) {
    if (found.empty() || std::find(found.begin(), found.end(), &line) != found.end())
      choices += (choices.empty() ? "" : "; ") + line.label +
                 (by == RecapBy::item ? " (" + line.key + ")" : "");
    if (choices.size() > 300) break;
  }
  const auto what = "--" + std::string(name_of(by)) + ": " + std::string(text);
  if (found.empty())
    return error(Code::not_found,
                 what + told(language, " tidak ada dalam rekap", " is not in the recap"),
                 choices.empty() ? told(language, "belum ada kebutuhan", "there are no needs yet")
                                 : choices);
  return error(Code::ambiguous, what + told(language, " ada beberapa", " may be several"), choices);
}

Result<std::vector<RecapLine>> Recap::lines_where(Projection& records, RecapBy by,
                                                  const RecapWhere& where) const {
  RecapLines lines(works_->words(records), {by});
  TRY_VOID(each(records, where, [&](const RecapNeed& one) -> Status {
    lines.count(one);
    return {};
  }));
  return lines.take(by);
}

Status Recap::each(Projection& records, const RecapWhere& where,
                   const std::function<Status(const RecapNeed&)>& use) const {
  if (works_->numbers.empty()) return {};
  return works_->each(records, [&](const RecapNeed& one) -> Status {
    for (const auto& [by, key] : where) {
      if (by == RecapBy::group) {
        bool belongs = false;
        for (std::size_t i = 0; i < kVulnerable.size(); ++i)
          belongs = belongs || (key == kVulnerable[i] && (one.groups & 1U << i) != 0);
        if (!belongs) return {};
      } else if (works_->key_of(by, one, records) != key) {
        return {};
      }
    }
    return use(one);
  });
}

}  // namespace rukun
