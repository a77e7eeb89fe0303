#include "app/domain/rules/match.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

// Up to so many candidates each one's surroundings are read; above, everything at once is quicker.
constexpr std::size_t kFewCandidates = 48;

using Rt = std::pair<std::int64_t, std::int64_t>;  // with its RW

// What a need and an offer have in common, as matching sees them.
struct Goods {
  RecordId id;
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::string item;
  std::int64_t left = 0;
  std::string unit;
  std::optional<Rt> rt;       // none: of the whole RT, or of nobody's
  std::int64_t until = 0;     // an offer's expiry or the day a need is needed by; 0: none
  std::int64_t urgency = 0;   // of a need
  bool business = false;      // an offer of a neighbor's business
  bool from_outside = false;  // an offer of nobody's here
  Stamp created;
};

class Matcher {
 public:
  explicit Matcher(const MatchContext& context) : context_(context) {
    today_ = local_date(context.now, context.utc_offset_min);
  }

  // The need or offer itself, with all that it says as what is left; none when there is no such.
  Result<std::optional<Goods>> one(std::uint32_t space, const RecordId& id, KindId kind) {
    TRY(auto found, read({.spaces = {&space, 1}, .id = id}, kind));
    if (found.empty()) return std::optional<Goods>();
    return std::optional(std::move(found.front()));
  }

  // Of the other kind, alive and with something left, the best first. The category is looked
  // through only when the item alone does not give enough, since the item ranks before.
  Result<std::vector<Match>> best(const Goods& wanted, KindId kind, std::size_t most) {
    const bool needs = kind == k::need::kKind;
    const auto category = needs ? k::need::kCategory : k::offer::kCategory;
    const auto item = needs ? k::need::kItem : k::offer::kItem;
    std::vector<Match> out;
    if (!wanted.item.empty()) {
      TRY(const auto same, find(item, Value{wanted.item}, kind));
      TRY_VOID(rank(wanted, kind, same, most, out));
    }
    if (out.size() < most && (wanted.item.empty() || !context_.same_item_only)) {
      TRY(const auto alike, find(category, Value{wanted.category}, kind));
      TRY_VOID(rank(wanted, kind, alike, most, out));
    }
    return out;
  }

  // What is left of a need or offer now; 0 when there is nothing, or no such record.
  Result<std::int64_t> left_of(std::uint32_t space, const RecordId& id, KindId kind) {
    if (context_.aid != nullptr)
      if (const auto left = left_in(context_.aid->aid(space), id, kind)) return *left;
    TRY(const auto facts, load_aid_around(context_.records, space, id));
    const AidBalances balances(facts);
    return left_in(&balances, id, kind).value_or(0);
  }

 private:
  using Key =
      std::tuple<bool, bool, bool, std::int64_t, std::int64_t, bool, std::uint64_t, RecordId>;

  // A candidate in the queue: where it would stand if nobody had taken of it, until that is looked
  // up.
  struct Candidate {
    Key key;
    Match match;
    const Goods* goods = nullptr;
    bool settled = false;
    bool operator<(const Candidate& other) const { return other.key < key; }  // the best on top
  };

  // Those that were not found before, each with all that it ever had as what is left.
  Result<std::vector<Goods>> find(FieldId field, Value value, KindId kind) {
    const bool needs = kind == k::need::kKind;
    TRY(auto out, read({.spaces = context_.spaces,
                        .equal = std::pair(field, std::move(value)),
                        .unset = needs ? k::need::kClosed : k::offer::kWithdrawn},
                       kind));
    std::erase_if(out, [&](const Goods& one) {
      if (one.left <= 0 || (!needs && is_over(one.until))) return true;
      return !seen_.emplace(one.space, one.id).second;
    });
    return out;
  }

  Result<std::vector<Goods>> read(const FactFilter& filter, KindId kind) {
    std::vector<Goods> out;
    std::vector<Homes> homes;
    if (kind == k::need::kKind) {
      TRY_VOID(each_fact(
          context_.records, kind,
          {k::need::kCategory, k::need::kItem, k::need::kQuantity, k::need::kUnit,
           k::need::kNeededBy, k::need::kHousehold, k::need::kResident, k::need::kUrgency},
          filter, [&](const FactRow& row) {
            auto& one = out.emplace_back(goods(row));
            one.urgency = row.number(7);
            homes.push_back({row.record(5), row.record(6)});
          }));
    } else {
      TRY_VOID(each_fact(context_.records, kind,
                         {k::offer::kCategory, k::offer::kItem, k::offer::kQuantity,
                          k::offer::kUnit, k::offer::kAvailableUntil, k::offer::kHousehold,
                          k::offer::kGiverType, k::offer::kListing},
                         filter, [&](const FactRow& row) {
                           auto& one = out.emplace_back(goods(row));
                           const auto type = row.number(6);
                           one.business = type == k::offer::kGiverTypeBusiness || row.is_set(7);
                           one.from_outside = type == k::offer::kGiverTypeOutside ||
                                              type == k::offer::kGiverTypeGovernment;
                           homes.push_back({row.record(5), std::nullopt});
                         }));
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
      TRY(out[i].rt, rt_of(out[i].space, homes[i]));
    }
    return out;
  }

  static Goods goods(const FactRow& row) {
    return {.id = row.id(),
            .space = row.space(),
            .category = row.number(0),
            .item = row.text(1),
            .left = row.number(2),
            .unit = row.text(3),
            .until = row.number(4),
            .created = row.created()};
  }

  // Adds the best until there are `most`. What is left is looked up only of those whose turn comes:
  // it can only put them further behind.
  Status rank(const Goods& wanted, KindId kind, const std::vector<Goods>& found, std::size_t most,
              std::vector<Match>& out) {
    std::vector<Candidate> heap;
    for (const auto& one : found) heap.push_back(candidate(wanted, kind, one, one.left));
    std::make_heap(heap.begin(), heap.end());
    while (!heap.empty() && out.size() < most) {
      std::pop_heap(heap.begin(), heap.end());
      auto next = std::move(heap.back());
      heap.pop_back();
      if (next.settled) {
        TRY_VOID(tell(next, kind));
        out.push_back(std::move(next.match));
        continue;
      }
      TRY(const auto left, settled_left(*next.goods, kind));
      if (left <= 0) continue;
      heap.push_back(candidate(wanted, kind, *next.goods, left));
      heap.back().settled = true;
      std::push_heap(heap.begin(), heap.end());
    }
    return {};
  }

  Candidate candidate(const Goods& wanted, KindId kind, const Goods& one, std::int64_t left) const {
    const bool of_need = kind == k::offer::kKind;
    const auto& need = of_need ? wanted : one;
    const auto& offer = of_need ? one : wanted;
    Match match{.record = one.id, .space = one.space, .remaining = left, .unit = one.unit};
    match.same_item = !need.item.empty() && need.item == offer.item;
    match.same_rt = same_rt(need, offer);
    const auto offered = whole_part(of_need ? left : offer.left, offer.unit, need.unit);
    match.fits = offered ? std::min(*offered, of_need ? need.left : left) : 0;
    const auto place = key(match, one, of_need);
    return {place, std::move(match), &one, false};
  }

  Status tell(Candidate& one, KindId kind) {
    one.match.why = why(one.match, *one.goods, kind == k::offer::kKind);
    FormatContext format(Language::id);
    format.items = context_.items;
    TRY(one.match.title, record_title(context_.records, one.match.space, one.match.record, format));
    return {};
  }

  static Key key(const Match& match, const Goods& one, bool of_need) {
    constexpr std::int64_t kNever = 99'999'999;
    const auto until = one.until == 0 ? kNever : one.until;
    // Among needs the urgent ones come before those that can wait longer.
    return {!match.same_item, match.fits == 0,   !match.same_rt, of_need ? 0 : -one.urgency, until,
            !one.business,    one.created.ticks, one.id};
  }

  bool is_over(std::int64_t until) const {
    if (until == 0) return false;
    // Of a month or year that is all people know, the last day counts.
    const auto last = until % 10000 == 0 ? until + 1231 : until % 100 == 0 ? until + 31 : until;
    return last < today_;
  }

  static bool same_rt(const Goods& need, const Goods& offer) {
    if (need.space != offer.space || offer.from_outside) return false;
    return !need.rt || !offer.rt || *need.rt == *offer.rt;
  }

  // Whom it is for, or from: a household, or a resident of one.
  struct Homes {
    std::optional<RecordId> household, resident;
  };

  Result<std::optional<Rt>> rt_of(std::uint32_t space, const Homes& of) {
    auto household = of.household;
    if (!household && of.resident) {
      TRY(const auto resident, context_.records.row(space, *of.resident));
      if (resident)
        if (const auto* id = std::get_if<RecordId>(&value_in(*resident, k::resident::kHousehold)))
          household = *id;
    }
    if (!household) return std::optional<Rt>();
    const auto known = homes_.find({space, *household});
    if (known != homes_.end()) return known->second;
    std::optional<Rt> rt;
    TRY(const auto row, context_.records.row(space, *household));
    if (row && row->kind == k::household::kKind)
      rt.emplace(number_in(*row, k::household::kRt), number_in(*row, k::household::kRw));
    homes_.emplace(std::pair(space, *household), rt);
    return rt;
  }

  // Nothing for what was not among the facts.
  static std::optional<std::int64_t> left_in(const AidBalances* balances, const RecordId& id,
                                             KindId kind) {
    if (balances == nullptr) return std::nullopt;
    if (kind == k::need::kKind) {
      const auto* need = balances->need(id);
      if (need == nullptr) return std::nullopt;
      return need->state == NeedState::closed ? 0 : need->remaining;
    }
    const auto* offer = balances->offer(id);
    return offer == nullptr ? std::nullopt : std::optional(offer->remaining);
  }

  // As left_of(), for many: after a few, everything at once is quicker.
  Result<std::int64_t> settled_left(const Goods& one, KindId kind) {
    // A snapshot knows each offer that a pledge names; of others all is left.
    if (context_.aid != nullptr && kind == k::offer::kKind)
      return left_in(context_.aid->aid(one.space), one.id, kind).value_or(one.left);
    if (context_.aid == nullptr && !all_ && ++looked_up_ > kFewCandidates) {
      TRY(all_, Derived::load(context_.records, context_.spaces, kind));
    }
    if (all_) return left_in(all_->aid(one.space), one.id, kind).value_or(0);
    return left_of(one.space, one.id, kind);
  }

  Phrase why(const Match& match, const Goods& one, bool of_need) const {
    Phrase out;
    const auto add = [&](const std::string& id, const std::string& en) {
      out.id += (out.id.empty() ? "" : "; ") + id;
      out.en += (out.en.empty() ? "" : "; ") + en;
    };
    if (match.same_item) {
      add("barang yang sama", "the same item");
    } else {
      add("jenis yang sama", "the same category");
    }
    add(std::string(of_need ? "sisa " : "kurang ") + amount(match, Language::id),
        amount(match, Language::en) + (of_need ? " left" : " lacking"));
    if (match.fits == 0) add("satuan berbeda", "in another unit");
    if (match.same_rt) add("satu RT", "same RT");
    if (one.until != 0)
      add((of_need ? "berlaku sampai " : "dibutuhkan sebelum ") +
              format_date(one.until, Language::id),
          (of_need ? "until " : "needed by ") + format_date(one.until, Language::en));
    if (one.business) add("beli dari tetangga dulu", "a neighbor's business");
    return out;
  }

  static std::string amount(const Match& match, Language language) {
    return format_thousandths(match.remaining, language) + " " +
           unit_word(match.unit, language, match.remaining);
  }

  const MatchContext& context_;
  std::int64_t today_ = 0;
  std::map<std::pair<std::uint32_t, RecordId>, std::optional<Rt>> homes_;
  std::set<std::pair<std::uint32_t, RecordId>> seen_;
  std::size_t looked_up_ = 0;
  std::optional<Derived> all_;
};

Error not_there(const RecordId& id, KindId kind) {
  return {Code::not_found,
          std::string(kind == k::need::kKind ? "Kebutuhan " : "Tawaran ") + id.hex().substr(0, 8) +
              " tidak ada",
          {}};
}

Result<std::vector<Match>> matches_of(const MatchContext& context, std::uint32_t space,
                                      const RecordId& id, KindId kind, std::size_t most) {
  Matcher matcher(context);
  TRY(auto goods, matcher.one(space, id, kind));
  if (!goods) return tl::make_unexpected(not_there(id, kind));
  TRY(goods->left, matcher.left_of(space, id, kind));
  return matcher.best(*goods, kind == k::need::kKind ? k::offer::kKind : k::need::kKind, most);
}

}  // namespace

Result<std::vector<Match>> offers_for_need(const MatchContext& context, std::uint32_t space,
                                           const RecordId& need, std::size_t most) {
  return matches_of(context, space, need, k::need::kKind, most);
}

Result<std::vector<Match>> needs_for_offer(const MatchContext& context, std::uint32_t space,
                                           const RecordId& offer, std::size_t most) {
  return matches_of(context, space, offer, k::offer::kKind, most);
}

Result<std::vector<Match>> needs_for_typed(const MatchContext& context, const TypedOffer& offer,
                                           std::size_t most) {
  const Goods given{.space = offer.space,
                    .category = offer.category,
                    .item = offer.item,
                    .left = offer.quantity,
                    .unit = offer.unit};
  return Matcher(context).best(given, k::need::kKind, most);
}

}  // namespace rukun
