#pragma once
// The consolidated lists that an office has handed in, so that the next one can say what changed
// since. Kept sealed in this profile's vault and never exchanged: the latest three, each at most
// 3 MB; what is more is refused when it would be kept. Errors: bad_value (too large), damaged,
// those of the vault. One thread.

#include <optional>
#include <string>
#include <vector>

#include "app/report/consolidated.h"
#include "storage/local_store.h"

namespace rukun {

struct HandedIn {
  struct Place {
    SpaceId space;
    std::string name;
    Reported state = Reported::no;
  };
  struct Line {
    std::size_t place = 0;  // of `places`
    std::int64_t category = 0;
    std::string item;  // as stored
    NeedSums sums;
    std::int64_t needs = 0;
  };
  WallTime at;
  std::vector<Place> places;
  std::vector<Line> lines;
};

inline constexpr std::size_t kHandedInKept = 3;

HandedIn handed_in_of(const Consolidated& sums, const std::vector<SpaceSource>& sources,
                      WallTime at);
// Takes the place of the oldest.
Status keep_handed_in(LocalStore& local, const HandedIn& version);
// The latest first.
Result<std::vector<HandedIn>> handed_in_versions(LocalStore& local);

// One thing that is not as it was in an earlier list.
struct ListChange {
  enum class What : std::uint8_t { new_place, reporting, added, gone, amounts };
  What what = What::amounts;
  std::string place;
  Reported was = Reported::no, is = Reported::no;  // of `reporting`; of new_place what it says now
  // Of goods; amounts of one unit, none where there was, or is, nothing.
  std::int64_t category = 0;
  std::string item;  // as stored
  std::string unit;  // an id; kilograms and liters where that loses nothing
  std::optional<std::int64_t> needed_before, needed, remaining_before, remaining;
  std::int64_t difference() const { return remaining.value_or(0) - remaining_before.value_or(0); }
};
struct ListChanges {
  std::vector<ListChange> lines;     // by neighborhood, in the order of the later list
  std::vector<std::string> missing;  // neighborhoods that the later list does not have
  std::size_t unchanged = 0;         // numbers that are as they were
};
ListChanges changes_between(const HandedIn& before, const HandedIn& now);
// "sudah lapor", "belum lapor".
std::string reporting_words(Reported state, Language language);
// "baru", "sudah lapor (dulu belum lapor)".
std::string change_words(const ListChange& change, Language language);

// The same as a table that leaves; a note says how much has not changed.
Table changes_table(const HandedIn& before, const HandedIn& now, Language language,
                    const ItemCatalogue* items);

}  // namespace rukun
