#include "app/report/consolidated.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "app/domain/fields.h"
#include "app/domain/rules/taken_up.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace need = fields::need;

// Where a row of sums belongs. Empty text where the need says nothing.
struct GroupKey {
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::string item;  // as stored
  std::string unit;  // the one that sums are kept in
  auto operator<=>(const GroupKey&) const = default;
};

std::int64_t saturating(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (!__builtin_add_overflow(a, b, &out)) return out;
  using Limits = std::numeric_limits<std::int64_t>;
  return b > 0 ? Limits::max() : Limits::min();
}

struct Sums {
  std::int64_t needed = 0;
  std::int64_t promised = 0;
  std::int64_t delivered = 0;
  std::int64_t remaining = 0;
  std::int64_t needs = 0;

  void add(const Sums& more) {
    needed = saturating(needed, more.needed);
    promised = saturating(promised, more.promised);
    delivered = saturating(delivered, more.delivered);
    remaining = saturating(remaining, more.remaining);
    needs = saturating(needs, more.needs);
  }
};

using Groups = std::map<GroupKey, Sums>;

std::string words(Language language, std::string_view id, std::string_view en) {
  return std::string(pick(language, id, en));
}

void add_need(Groups& groups, const TakenUpNeed& one, const NeedBalance& balance) {
  auto sums = need_sums(one.fact.unit, one.fact.quantity, one.fact.closed, balance);
  groups[{one.space, one.category, one.item, std::move(sums.unit)}].add(
      {sums.needed, sums.promised, sums.delivered, sums.remaining, 1});
}

// Needs of one sort that nobody has taken up: they lack what they say, so nothing needs deriving.
struct Untouched {
  std::int64_t asked = 0;
  std::int64_t lacking = 0;
  std::int64_t needs = 0;
};
struct UntouchedKey {
  std::uint32_t space = 0;
  std::int64_t category = 0;
  bool closed = false;
  std::string item;
  std::string unit;  // as written
};
// So that a million needs are looked up without a copy of their words.
struct UntouchedHash {
  using is_transparent = void;
  template <class Key>
  std::size_t operator()(const Key& key) const {
    const std::hash<std::string_view> of_text;
    return (of_text(key.item) * 31 + of_text(key.unit)) * 31 + key.space * 64 +
           static_cast<std::size_t>(key.category) * 2 + (key.closed ? 1 : 0);
  }
};
struct UntouchedEqual {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return a.space == b.space && a.category == b.category && a.closed == b.closed &&
           a.item == b.item && a.unit == b.unit;
  }
};

using UntouchedNeeds = std::unordered_map<UntouchedKey, Untouched, UntouchedHash, UntouchedEqual>;

void add_untouched(UntouchedNeeds& sorts, const ToldNeed& need) {
  auto found = sorts.find(need);
  if (found == sorts.end())
    found = sorts
                .try_emplace({need.space, need.category, need.closed, std::string(need.item),
                              std::string(need.unit)})
                .first;
  auto& sum = found->second;
  sum.asked = saturating(sum.asked, need.quantity);
  sum.lacking = saturating(sum.lacking, std::max<std::int64_t>(0, need.quantity));
  ++sum.needs;
}

Status gather_needs(Projection& records, const std::vector<std::uint32_t>& spaces, Groups& into) {
  UntouchedNeeds sorts;
  TRY(const auto taken_up,
      walk_needs(records, spaces, [&](const ToldNeed& need) { add_untouched(sorts, need); }));
  for (const auto& [key, sum] : sorts) {
    NeedBalance balance;
    balance.remaining = sum.lacking;
    auto sums = need_sums(key.unit, sum.asked, key.closed, balance);
    into[{key.space, key.category, key.item, std::move(sums.unit)}].add(
        {sums.needed, sums.promised, sums.delivered, sums.remaining, sum.needs});
  }
  TRY(auto all, load_aid_beside_needs(records, spaces));
  std::map<std::uint32_t, AidFacts> facts;
  for (auto& one : all) facts[one.space] = std::move(one.facts);
  for (const auto& one : taken_up) facts[one.space].needs.push_back(one.fact);
  std::map<std::uint32_t, AidBalances> balances;
  for (const auto& [space, of_space] : facts) balances.emplace(space, AidBalances(of_space));
  for (const auto& one : taken_up)
    if (const auto* balance = balances.at(one.space).need(one.fact.id))
      add_need(into, one, *balance);
  return {};
}

struct Gathered {
  Groups groups;
  std::map<std::uint32_t, WallTime> latest;  // change of a need, by space
  std::map<std::uint32_t, Reported> marks;   // fresh ones
  // The last mark of each RT: by space, RW and RT.
  std::map<std::tuple<std::uint32_t, std::int64_t, std::int64_t>, std::int64_t> last_marks;
};

Status gather_marks(Projection& records, const std::vector<std::uint32_t>& spaces,
                    std::int64_t since, std::int64_t today, Gathered& into) {
  namespace mark = fields::report_mark;
  const auto* table = records.table(mark::kKind);
  const auto period = *table->find(mark::kPeriod), state = *table->find(mark::kState);
  const auto rt = *table->find(mark::kRt), rw = *table->find(mark::kRw);
  return records.each_row({.kind = mark::kKind, .spaces = spaces}, [&](Row& row) -> Result<bool> {
    const auto* date = std::get_if<std::int64_t>(&row.values[period]);
    // What is dated ahead says nothing of today.
    if (date == nullptr || *date > today) return true;
    const auto number = [&](std::size_t column) {
      const auto* held = std::get_if<std::int64_t>(&row.values[column]);
      return held == nullptr ? std::int64_t{0} : *held;
    };
    auto& last = into.last_marks[{row.space, number(rw), number(rt)}];
    last = std::max(last, *date);
    if (*date < since) return true;
    const bool nothing = row.values[state] == Value(mark::kStateNothingNeeded);
    auto& held = into.marks[row.space];
    if (held != Reported::yes) held = nothing ? Reported::nothing_needed : Reported::yes;
    return true;
  });
}

// A clock that runs ahead would be fresh for years: what it wrote does not tell.
Status gather_latest(Projection& records, const std::set<std::uint32_t>& wanted, WallTime now,
                     Gathered& into) {
  std::vector<Stamp> latest(records.space_count());
  TRY_VOID(records.db().visit(
      "space, changed",
      "FROM record WHERE kind = " + std::to_string(need::kKind) + " AND life IN (1, 3)",
      [&](const VisitedRow& row) {
        const auto space = static_cast<std::size_t>(row.integer(0));
        if (space >= latest.size()) return;
        const Stamp changed{static_cast<std::uint64_t>(row.integer(1)), false};
        if (changed.ticks <= latest[space].ticks || changed.wall().ms > now.ms + kDay_ms) return;
        latest[space] = changed;
      }));
  for (const auto space : wanted)
    if (space < latest.size() && latest[space].ticks != 0)
      into.latest[space] = latest[space].wall();
  return {};
}

Result<Gathered> gather(Projection& records, std::vector<std::uint32_t> spaces, std::int64_t since,
                        WallTime now) {
  Gathered out;
  if (spaces.empty()) return out;
  const std::set<std::uint32_t> wanted(spaces.begin(), spaces.end());
  if (wanted.size() == records.space_count()) spaces.clear();  // all: nothing to look up by row
  TRY_VOID(gather_needs(records, spaces, out.groups));
  TRY_VOID(gather_latest(records, wanted, now, out));
  TRY_VOID(gather_marks(records, spaces, since, local_date(now, kWibOffset_min), out));
  return out;
}

Cell date_of(const std::optional<WallTime>& at) {
  if (!at) return std::monostate();
  return DateCell{local_date(*at, kWibOffset_min)};
}

std::string category_word(std::int64_t code, Language language) {
  const auto* category = find_category(code);
  return category == nullptr ? "#" + std::to_string(code) : std::string(category->label(language));
}

class Tables {
 public:
  Tables(const std::vector<SpaceSource>& sources, const ConsolidatedOptions& options)
      : sources_(sources), options_(options) {}

  Consolidated make(const Gathered& all) {
    Groups totals;
    std::vector<TableRow> rows;
    Consolidated out;
    for (const auto& source : sources_) {
      const auto number = source.space.number;
      const auto first = all.groups.lower_bound({number, 0, {}, {}});
      const auto last = all.groups.lower_bound({number + 1, 0, {}, {}});
      const auto state = reported(source, all);
      if (state != Reported::yes || first == last) rows.push_back(empty_row(source, state));
      for (auto group = first; group != last; ++group) {
        rows.push_back(sum_row(source, group->first, group->second));
        auto key = group->first;
        key.space = 0;
        totals[key].add(group->second);
        out.sums.push_back(sum_line(group->first, group->second));
      }
      out.reports.push_back(report_of(number, state, all));
      notes_.push_back(note_on(source, state));
      note_marks(number, all);
    }
    out.rows = rows.size();
    out.by_space = {words(options_.language, "Rekap kebutuhan per RT", "Needs by neighborhood"),
                    space_columns(),
                    rows_of(std::move(rows)),
                    {},
                    notes_};
    std::vector<TableRow> total_rows;
    for (const auto& [key, sums] : totals) {
      auto row = sum_row({}, key, sums);
      row.erase(row.begin(), row.begin() + 2);
      row.pop_back();
      total_rows.push_back(std::move(row));
    }
    auto columns = space_columns();
    columns.erase(columns.begin(), columns.begin() + 2);
    columns.pop_back();
    out.totals = {words(options_.language, "Rekap seluruhnya", "All together"),
                  std::move(columns),
                  rows_of(std::move(total_rows)),
                  {},
                  notes_};
    return out;
  }

 private:
  Reported reported(const SpaceSource& source, const Gathered& all) const {
    const auto number = source.space.number;
    const auto mark = all.marks.find(number);
    if (mark != all.marks.end()) return mark->second;
    const auto latest = all.latest.find(number);
    const auto since = options_.now.ms - options_.fresh_days * kDay_ms;
    return latest != all.latest.end() && latest->second.ms >= since ? Reported::yes : Reported::no;
  }

  static SumLine sum_line(const GroupKey& key, const Sums& sums) {
    return {key.space,
            key.category,
            {key.unit, sums.needed, sums.promised, sums.delivered, sums.remaining},
            key.item,
            sums.needs};
  }

  static SpaceReport report_of(std::uint32_t space, Reported state, const Gathered& all) {
    SpaceReport out{state, {}, {}};
    const auto latest = all.latest.find(space);
    if (latest != all.latest.end()) out.latest_need = latest->second;
    for (auto mark = all.last_marks.lower_bound({space, 0, 0});
         mark != all.last_marks.end() && std::get<0>(mark->first) == space; ++mark)
      out.last_mark = std::max(out.last_mark.value_or(0), mark->second);
    return out;
  }

  TableRow sum_row(const SpaceSource& source, const GroupKey& key, const Sums& all) const {
    const auto sums =
        in_larger_unit({key.unit, all.needed, all.promised, all.delivered, all.remaining});
    const auto language = options_.language;
    return {source.space.name,
            source.space.area,
            category_word(key.category, language),
            item_word(key.item, options_.items, language),
            unit_word(sums.unit, language),
            NumberCell{sums.needed},
            NumberCell{sums.promised},
            NumberCell{sums.delivered},
            NumberCell{sums.remaining},
            NumberCell{all.needs * 1000},
            date_of(source.last_exchange)};
  }

  TableRow empty_row(const SpaceSource& source, Reported state) const {
    TableRow row(space_columns().size());
    row[0] = source.space.name;
    row[1] = source.space.area;
    row[3] = reported_words(state, options_.language);
    row.back() = date_of(source.last_exchange);
    return row;
  }

  std::string note_on(const SpaceSource& source, Reported state) const {
    const auto when =
        source.last_exchange
            ? words(options_.language, "tukar data terakhir ", "last exchange ") +
                  format_instant(*source.last_exchange, kWibOffset_min, options_.language)
            : words(options_.language, "belum pernah tukar data", "never exchanged data");
    return source.space.name + ": " + when +
           (state == Reported::no ? "; " + reported_words(state, options_.language) : "");
  }

  // How old each RT's own report is.
  void note_marks(std::uint32_t space, const Gathered& all) {
    const auto today = days_from_civil(civil_of(local_date(options_.now, kWibOffset_min)));
    for (const auto& [where, date] : all.last_marks) {
      if (std::get<0>(where) != space) continue;
      const auto age = today - days_from_civil(civil_of(date));
      notes_.push_back(
          format_rt_rw(std::get<2>(where), std::get<1>(where)) + ": " +
          words(options_.language, "laporan terakhir ", "last report ") +
          format_date(date, options_.language) + ", " + days_ago(age, options_.language) +
          (age > options_.fresh_days ? "; " + reported_words(Reported::no, options_.language)
                                     : ""));
    }
  }

  static std::vector<Column> space_columns() {
    const auto number = ColumnType::number;
    return {{"Kelompok", "Neighborhood", "#adm4+name"},
            {"Kode wilayah", "Area code", "#adm4+code+v_kemendagri"},
            {"Kategori", "Category", "#sector+name"},
            {"Barang", "Item", "#item+name"},
            {"Satuan", "Unit", "#item+unit"},
            {"Dibutuhkan", "Needed", "#item+num+needed", number},
            {"Disanggupi", "Promised", "#item+num+promised", number},
            {"Sudah diterima", "Delivered", "#item+num+delivered", number},
            {"Sisa", "Remaining", "#item+num+remaining", number},
            {"Banyak kebutuhan", "Number of needs", "#indicator+num", number},
            {"Tukar data terakhir", "Last exchange", "#date+updated", ColumnType::date}};
  }

  const std::vector<SpaceSource>& sources_;
  const ConsolidatedOptions& options_;
  std::vector<std::string> notes_;
};

}  // namespace

std::string reported_words(Reported state, Language language) {
  return state == Reported::nothing_needed
             ? words(language, "tidak ada kebutuhan", "nothing needed")
         : state == Reported::yes
             ? words(language, "tidak ada kebutuhan tercatat", "no need recorded")
             : words(language, "belum lapor", "not reported yet");
}

std::string days_ago(std::int64_t days, Language language) {
  if (days <= 0) return words(language, "hari ini", "today");
  if (days == 1) return words(language, "kemarin", "yesterday");
  return std::to_string(days) + words(language, " hari yang lalu", " days ago");
}

Result<std::vector<SpaceSource>> sources_of(Engine& engine, const std::vector<SpaceInfo>& spaces) {
  std::vector<SpaceSource> out;
  for (const auto& space : spaces) {
    TRY(const auto status, engine.status(space.id));
    SpaceSource source{space, std::nullopt};
    if (space.name.empty()) source.space.name = "(" + space.id.hex().substr(0, 8) + ")";
    for (const auto& reached : status.reached) {
      if (!source.last_exchange || *source.last_exchange < reached.last)
        source.last_exchange = reached.last;
    }
    out.push_back(std::move(source));
  }
  std::stable_sort(out.begin(), out.end(), [](const SpaceSource& a, const SpaceSource& b) {
    return std::tie(a.space.name, a.space.id) < std::tie(b.space.name, b.space.id);
  });
  return out;
}

Result<Consolidated> consolidated(Projection& records, const std::vector<SpaceSource>& sources,
                                  const ConsolidatedOptions& options) {
  std::vector<std::uint32_t> spaces;
  for (const auto& source : sources) spaces.push_back(source.space.number);
  const WallTime since{options.now.ms - options.fresh_days * kDay_ms};
  TRY(const auto all, gather(records, spaces, local_date(since, kWibOffset_min), options.now));
  return Tables(sources, options).make(all);
}

}  // namespace rukun
