#pragma once
// Needs into the Rekap's lines, sorted as people read them. What a line is called is made when it
// is begun; after that its needs find it by numbers, since there may be a million. Pure but for the
// words that it is given, which must outlive it. One thread.

#include <unordered_map>

#include "app/report/recap.h"

namespace rukun {

// Asked once for each line.
struct RecapWords {
  Language language = Language::id;
  std::function<std::string(RecapBy, const RecapNeed&)> key, label;
  std::function<std::size_t(std::uint32_t space)> source_of;
};

class RecapLines {
 public:
  RecapLines(RecapWords words, std::vector<RecapBy> wanted)
      : words_(std::move(words)), wanted_(std::move(wanted)) {}
  void count(const RecapNeed& one);
  std::vector<RecapLine> take(RecapBy by);  // once of each

 private:
  // What decides a line but for items: a place, or one number in its stead.
  struct Mark {
    RecapBy by = RecapBy::rt;
    RecapPlace at;
    bool operator==(const Mark&) const = default;
  };
  struct MarkHash {
    std::size_t operator()(const Mark& mark) const;
  };
  // An item, or a category where no item is said, in a unit.
  template <class Text>
  struct GoodsOf {
    std::int64_t category = 0;
    Text item, unit;
  };
  using Goods = GoodsOf<std::string>;
  using GoodsSaid = GoodsOf<std::string_view>;
  struct GoodsHash {
    using is_transparent = void;
    template <class Text>
    std::size_t operator()(const GoodsOf<Text>& goods) const {
      const std::hash<std::string_view> of_text;
      return (of_text(goods.item) * 31 + of_text(goods.unit)) * 31 +
             static_cast<std::size_t>(goods.category);
    }
  };
  struct GoodsEqual {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const GoodsOf<A>& a, const GoodsOf<B>& b) const {
      return a.category == b.category && a.item == b.item && a.unit == b.unit;
    }
  };

  std::int64_t rank_of(RecapBy by, const RecapNeed& one) const;
  RecapLine& line_at(RecapBy by, const RecapNeed& one);
  RecapLine& line_of_item(const RecapNeed& one);
  RecapLine& line_called(RecapBy by, std::int64_t rank, std::string key, const RecapNeed& one);

  RecapWords words_;
  std::vector<RecapBy> wanted_;
  // By what they are sorted by, then by key.
  std::map<RecapBy, std::map<std::pair<std::int64_t, std::string>, RecapLine>> lines_;
  // Several marks may be of one line: an RW is that of all its neighborhoods.
  std::unordered_map<Mark, RecapLine*, MarkHash> marked_;
  std::unordered_map<Goods, RecapLine*, GoodsHash, GoodsEqual> goods_;
};

}  // namespace rukun
