#pragma once
// What one RT lacks against what has been offered in it and in others: goods of one item in units
// that convert, their own RT's offers first, then the largest. What is proposed to one RT is not
// proposed to another. Fed with needs, then with offers, then asked once. Errors: io. One thread.

#include <functional>
#include <map>

#include "app/report/recap.h"

namespace rukun {

class FitsFinder {
 public:
  using PlaceOf = std::function<RecapPlace(std::uint32_t, const std::optional<RecordId>&)>;

  explicit FitsFinder(std::span<const std::uint32_t> spaces) : spaces_(spaces) {}
  void add(const RecapNeed& need);
  // Those that have something left and have not run out by `today`; `aid`: of what is taken up.
  Status read_offers(Projection& records, const Derived& aid, const PlaceOf& place_of,
                     std::int64_t today);
  std::vector<RecapFit> take(const std::function<std::string(const RecapPlace&)>& label,
                             const ConsolidatedOptions& options);

 private:
  // One kind of goods: an item, or a category where no item is said.
  struct Goods {
    std::int64_t category = 0;  // 0 with an item
    std::string item;
    std::string unit;  // that sums are kept in
    auto operator<=>(const Goods&) const = default;
  };
  using Amounts = std::map<RecapPlace, std::int64_t>;

  std::span<const std::uint32_t> spaces_;
  std::map<Goods, Amounts> lacking_, left_;
};

}  // namespace rukun
