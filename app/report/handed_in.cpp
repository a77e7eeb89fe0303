#include "app/report/handed_in.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/domain/units.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {
namespace {

constexpr std::size_t kMostBytes = 3'000'000;
constexpr std::size_t kMostPlaces = 5'000;
constexpr std::size_t kMostLines = 200'000;
constexpr std::size_t kMostText = limits::kText;  // as long as an item may be written
constexpr std::uint64_t kFormat = 1;

std::string slot_name(std::size_t slot) { return "handed_in." + std::to_string(slot); }

std::string encoded(const HandedIn& version) {
  Writer out;
  out.varint(kFormat);
  out.svarint(version.at.ms);
  out.varint(version.places.size());
  for (const auto& place : version.places) {
    out.raw(place.space);
    out.blob(view(place.name));
    out.varint(static_cast<std::uint64_t>(place.state));
  }
  out.varint(version.lines.size());
  for (const auto& line : version.lines) {
    out.varint(line.place);
    out.svarint(line.category);
    out.blob(view(line.item));
    out.blob(view(line.sums.unit));
    for (const auto number : {line.sums.needed, line.sums.promised, line.sums.delivered,
                              line.sums.remaining, line.needs})
      out.svarint(number);
  }
  return {out.out.begin(), out.out.end()};
}

std::string text_in(Reader& in) {
  const auto bytes = in.blob(kMostText);
  return {bytes.begin(), bytes.end()};
}

Result<HandedIn> decoded(const std::string& bytes) {
  Reader in(view(bytes));
  HandedIn out;
  if (in.varint() != kFormat)
    return error(Code::unsupported, "a handed-in list of a newer version", "update Rukun");
  out.at.ms = in.svarint();
  const auto places = in.count(kMostPlaces, SpaceId::kSize + 2);
  for (std::size_t i = 0; i < places && in.ok(); ++i) {
    HandedIn::Place place;
    place.space = in.id<SpaceId>();
    place.name = text_in(in);
    place.state = static_cast<Reported>(in.varint(2));
    out.places.push_back(std::move(place));
  }
  const auto lines = in.count(kMostLines, 9);
  for (std::size_t i = 0; i < lines && in.ok(); ++i) {
    HandedIn::Line line;
    line.place = static_cast<std::size_t>(in.varint());
    line.category = in.svarint();
    line.item = text_in(in);
    line.sums.unit = text_in(in);
    for (auto* number : {&line.sums.needed, &line.sums.promised, &line.sums.delivered,
                         &line.sums.remaining, &line.needs})
      *number = in.svarint();
    if (line.place >= out.places.size()) in.fail("a line of no place");
    out.lines.push_back(std::move(line));
  }
  TRY_VOID(in.finish("a handed-in list"));
  return out;
}

std::string say_in(Language language, std::string_view id, std::string_view en) {
  return std::string(pick(language, id, en));
}

// One row of a comparison: whose, and what.
using LineKey = std::tuple<SpaceId, std::int64_t, std::string, std::string>;
using Lines = std::map<LineKey, const HandedIn::Line*>;

Lines by_key(const HandedIn& version) {
  Lines out;
  for (const auto& line : version.lines)
    out[{version.places[line.place].space, line.category, line.item, line.sums.unit}] = &line;
  return out;
}

class Changes {
 public:
  Changes(const HandedIn& before, const HandedIn& now) : before_(before), now_(now) {}

  ListChanges make() {
    const auto then = by_key(before_), here = by_key(now_);
    std::map<SpaceId, const HandedIn::Place*> old_places;
    for (const auto& place : before_.places) old_places[place.space] = &place;
    for (const auto& place : now_.places) {
      const auto known = old_places.find(place.space);
      if (known == old_places.end()) {
        add_state(What::new_place, place, Reported::no);
      } else if (known->second->state != place.state) {
        add_state(What::reporting, place, known->second->state);
      }
      compare_place(place, then, here);
      old_places.erase(place.space);
    }
    for (const auto& [space, place] : old_places) out_.missing.push_back(place->name);
    return std::move(out_);
  }

 private:
  using What = ListChange::What;

  void add_state(What what, const HandedIn::Place& place, Reported was) {
    ListChange change;
    change.what = what;
    change.place = place.name;
    change.was = was;
    change.is = place.state;
    out_.lines.push_back(std::move(change));
  }

  void compare_place(const HandedIn::Place& place, const Lines& then, const Lines& here) {
    const LineKey first{place.space, std::numeric_limits<std::int64_t>::min(), {}, {}};
    auto a = then.lower_bound(first), b = here.lower_bound(first);
    const auto of_place = [&](const Lines& all, Lines::const_iterator at) {
      return at != all.end() && std::get<0>(at->first) == place.space;
    };
    while (of_place(then, a) || of_place(here, b)) {
      const bool only_then = !of_place(here, b) || (of_place(then, a) && a->first < b->first);
      const bool only_here = !of_place(then, a) || (of_place(here, b) && b->first < a->first);
      add_line(place, only_here ? nullptr : a->second, only_then ? nullptr : b->second);
      if (!only_here) ++a;
      if (!only_then) ++b;
    }
  }

  void add_line(const HandedIn::Place& place, const HandedIn::Line* was, const HandedIn::Line* is) {
    const NeedSums none;
    const auto& before = was == nullptr ? none : was->sums;
    const auto& after = is == nullptr ? none : is->sums;
    if (was != nullptr && is != nullptr && before.needed == after.needed &&
        before.promised == after.promised && before.delivered == after.delivered &&
        before.remaining == after.remaining && was->needs == is->needs) {
      ++out_.unchanged;
      return;
    }
    const auto& line = is == nullptr ? *was : *is;
    // Both in one unit: four numbers that convert together or not at all.
    const auto shown = in_larger_unit(
        {line.sums.unit, before.needed, after.needed, before.remaining, after.remaining});
    ListChange change;
    change.what = was == nullptr ? What::added : is == nullptr ? What::gone : What::amounts;
    change.place = place.name;
    change.category = line.category;
    change.item = line.item;
    change.unit = shown.unit;
    if (was != nullptr) {
      change.needed_before = shown.needed;
      change.remaining_before = shown.delivered;
    }
    if (is != nullptr) {
      change.needed = shown.promised;
      change.remaining = shown.remaining;
    }
    out_.lines.push_back(std::move(change));
  }

  const HandedIn& before_;
  const HandedIn& now_;
  ListChanges out_;
};

std::vector<Column> change_columns() {
  const auto number = ColumnType::number;
  return {{"Kelompok", "Neighborhood", "#adm4+name"},
          {"Kategori", "Category", "#sector+name"},
          {"Barang", "Item", "#item+name"},
          {"Satuan", "Unit", "#item+unit"},
          {"Perubahan", "Change", "#status"},
          {"Dibutuhkan, dulu", "Needed then", "#item+num+needed+before", number},
          {"Dibutuhkan, kini", "Needed now", "#item+num+needed", number},
          {"Sisa, dulu", "Remaining then", "#item+num+remaining+before", number},
          {"Sisa, kini", "Remaining now", "#item+num+remaining", number},
          {"Selisih sisa", "Difference", "#item+num+difference", number}};
}

Cell amount_cell(const std::optional<std::int64_t>& amount) {
  return amount ? Cell(NumberCell{*amount}) : Cell();
}

}  // namespace

HandedIn handed_in_of(const Consolidated& sums, const std::vector<SpaceSource>& sources,
                      WallTime at) {
  HandedIn out;
  out.at = at;
  std::map<std::uint32_t, std::size_t> place_of;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    place_of[sources[i].space.number] = i;
    out.places.push_back({sources[i].space.id, sources[i].space.name, sums.reports[i].state});
  }
  for (const auto& line : sums.sums)
    out.lines.push_back({place_of.at(line.space), line.category, line.item, line.sums, line.needs});
  return out;
}

Result<std::vector<HandedIn>> handed_in_versions(LocalStore& local) {
  std::vector<HandedIn> out;
  for (std::size_t slot = 0; slot < kHandedInKept; ++slot) {
    TRY(const auto bytes, local.setting(slot_name(slot)));
    if (!bytes) continue;
    TRY(auto version, decoded(*bytes));
    out.push_back(std::move(version));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const HandedIn& a, const HandedIn& b) { return b.at < a.at; });
  return out;
}

Status keep_handed_in(LocalStore& local, const HandedIn& version) {
  const auto bytes = encoded(version);
  if (bytes.size() > kMostBytes || version.lines.size() > kMostLines ||
      version.places.size() > kMostPlaces)
    return error(Code::bad_value, "this list is too large to be kept for a comparison",
                 "--space NAME: hand in some neighborhoods at a time");
  std::size_t oldest = 0;
  std::optional<WallTime> least;
  for (std::size_t slot = 0; slot < kHandedInKept; ++slot) {
    TRY(const auto held, local.setting(slot_name(slot)));
    if (!held) {
      oldest = slot;
      break;
    }
    TRY(const auto one, decoded(*held));
    if (!least || one.at < *least) {
      least = one.at;
      oldest = slot;
    }
  }
  return local.set_setting(slot_name(oldest), bytes);
}

ListChanges changes_between(const HandedIn& before, const HandedIn& now) {
  return Changes(before, now).make();
}

std::string reporting_words(Reported state, Language language) {
  if (state == Reported::yes) return say_in(language, "sudah lapor", "reported");
  return reported_words(state, language);
}

std::string change_words(const ListChange& change, Language language) {
  using What = ListChange::What;
  switch (change.what) {
    case What::new_place: return say_in(language, "kelompok baru", "new neighborhood");
    case What::reporting:
      return reporting_words(change.is, language) + say_in(language, " (dulu ", " (was ") +
             reporting_words(change.was, language) + ")";
    case What::added: return say_in(language, "baru", "new");
    case What::gone: return say_in(language, "tidak ada lagi", "gone");
    case What::amounts: break;
  }
  return say_in(language, "berubah", "changed");
}

Table changes_table(const HandedIn& before, const HandedIn& now, Language language,
                    const ItemCatalogue* items) {
  const auto changes = changes_between(before, now);
  std::vector<TableRow> rows;
  for (const auto& one : changes.lines) {
    const bool goods = one.needed || one.needed_before;
    TableRow row{one.place, {}, {}, {}, change_words(one, language), {}, {}, {}, {}, {}};
    if (goods) {
      const auto* category = find_category(one.category);
      if (category != nullptr) row[1] = std::string(category->label(language));
      row[2] = item_word(one.item, items, language);
      row[3] = unit_word(one.unit, language);
      row[5] = amount_cell(one.needed_before);
      row[6] = amount_cell(one.needed);
      row[7] = amount_cell(one.remaining_before);
      row[8] = amount_cell(one.remaining);
      row[9] = NumberCell{one.difference()};
    }
    rows.push_back(std::move(row));
  }
  Table out;
  out.title = say_in(language, "Perubahan", "Changes");
  out.columns = change_columns();
  out.rows = rows_of(std::move(rows));
  out.notes.push_back(say_in(language, "Dibandingkan dengan rekap yang diserahkan ",
                             "Compared with the list handed in on ") +
                      format_instant(before.at, kWibOffset_min, language));
  for (const auto& name : changes.missing)
    out.notes.push_back(name + say_in(language, ": ada di rekap yang lalu, tidak dalam yang ini",
                                      ": was in the last list, and is not in this one"));
  out.notes.push_back(std::to_string(changes.unchanged) +
                      say_in(language, " angka tidak berubah", " numbers have not changed"));
  return out;
}

}  // namespace rukun
