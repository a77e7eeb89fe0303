#pragma once
// A list as the presenter holds it: the ids of all its records in order and of those that fit what
// is looked for, a few bytes each, so that 100,000 cost little; rows are read whole only around
// those in sight. Plain values; the presenter's thread.

#include <cstdint>
#include <string>
#include <vector>

#include "app/ui/view.h"
#include "sync/ids.h"

namespace rukun::ui {

// Of a list on paper, or of what belongs to a record.
inline constexpr std::size_t kMostRows = 2000;

// How lists are cut into pieces; tests take smaller ones.
struct ListSizes {
  std::size_t at_hand = 300;  // rows that are read whole, around those in sight
  std::size_t many = 5000;    // from so many on it is told that they are being put in order
  std::size_t step = 2000;    // of many that are changed, those which are one transaction
};

struct Listed {
  RecordId id;
  std::int64_t row = 0;       // see ListedRecord
  std::uint8_t shows = 0xFF;  // under which filters, a bit each
};
struct ListIndex {
  KindId kind = 0;
  std::vector<Listed> all;      // in order
  std::vector<Listed> fitting;  // those that fit search and filter
  std::string search;
  NeedFilter filter = NeedFilter::all;
  std::uint64_t ordered_at = 0;  // the version of the records that it was put in order for
  bool fitted = false;
  std::size_t first = 0;     // of the rows at hand
  std::uint64_t number = 0;  // another one each time `fitting` is made
};
struct Arrangement {
  std::vector<std::string> columns;  // empty: the usual ones
  std::string sort;                  // empty: the usual order
  bool descending = false;
};

}  // namespace rukun::ui
