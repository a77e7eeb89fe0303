#pragma once
// What a desk gives in one answer, planned at once. Tests only; one thread.

#include <vector>

#include "sync/session.h"

namespace rukun::test {

class DeskAnswer final : public LinkAnswer {
 public:
  explicit DeskAnswer(std::size_t& pulled) : pulled_(pulled) {}

  void plan(LinkItemKind kind, const Bytes& bytes, std::uint64_t transactions) {
    items_.push_back({kind, bytes, transactions});
    ++totals_.items;
    totals_.transactions += transactions;
    totals_.bytes += bytes.size();
  }
  bool empty() const { return items_.empty(); }
  LinkTotals totals() const override { return totals_; }
  Result<std::optional<LinkItem>> next() override {
    if (next_ == items_.size()) return std::optional<LinkItem>();
    ++pulled_;
    return std::optional(items_[next_++]);
  }

 private:
  std::vector<LinkItem> items_;
  LinkTotals totals_;
  std::size_t next_ = 0;
  std::size_t& pulled_;
};

}  // namespace rukun::test
