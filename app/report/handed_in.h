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

// What is new, gone or different since `before`, by RT and item, and who has reported since or has
// fallen silent; a note says how much has not changed.
Table changes_table(const HandedIn& before, const HandedIn& now, Language language,
                    const ItemCatalogue* items);

}  // namespace rukun
