#include "app/ui/presenter/order_keys.h"

#include <algorithm>
#include <tuple>

namespace rukun::ui {

void OrderKeys::add_words(const std::string& words) {
  if (words.empty()) return add_nothing();
  const auto next = static_cast<std::int64_t>(words_.size());
  keys_.push_back({By::words, words_.emplace(words, next).first->second});
}

// The place of each of the words among all of them.
std::vector<std::int64_t> OrderKeys::ranks() const {
  std::vector<const std::pair<const std::string, std::int64_t>*> sorted;
  sorted.reserve(words_.size());
  for (const auto& one : words_) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  std::vector<std::int64_t> out(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i)
    out[static_cast<std::size_t>(sorted[i]->second)] = static_cast<std::int64_t>(i);
  return out;
}

std::vector<std::uint32_t> OrderKeys::order(bool descending) const {
  const std::vector<std::int64_t> ranked = ranks();
  std::vector<std::tuple<By, std::int64_t, std::uint32_t>> sorted;
  sorted.reserve(keys_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const Key& key = keys_[i];
    const std::int64_t number =
        key.by == By::words ? ranked[static_cast<std::size_t>(key.number)] : key.number;
    // All bits turned around: the greatest first, those that are equal still as they came.
    sorted.emplace_back(key.by, descending ? ~number : number, static_cast<std::uint32_t>(i));
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> out;
  out.reserve(sorted.size());
  for (const auto& one : sorted) out.push_back(std::get<2>(one));
  return out;
}

}  // namespace rukun::ui
