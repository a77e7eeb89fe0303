#include "app/domain/rules/match.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

// Up to so many candidates each one's surroundings are read; above, everything at once is quicker.
constexpr std::size_t kFewCandidates = 48;

// What a need and an offer have in common, as matching sees them.
struct Goods {
  RecordId id;
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::string item;
  std::int64_t left = 0;
  std::string unit;
  std::optional<std::pair<std::int64_t, std::int64_t>> rt;  // none: of the whole RT, or of nobody's
  std::int64_t until = 0;     // an offer's expiry or the day a need is needed by; 0: none
  std::int64_t urgency = 0;   // of a need
  bool business = false;      // an offer of a neighbor's business
  bool from_outside = false;  // an offer of nobody's here
  Stamp created;
};

bool is_need(const Row& row) { return row.kind == k::need::kKind; }

class Matcher {
 public:
  explicit Matcher(const MatchContext& context) : context_(context) {
    today_ = local_date(context.now, context.utc_offset_min);
  }

  Result<Goods> goods(const Row& row) {
    const bool need = is_need(row);
    Goods out{.id = row.id,
              .space = row.space,
              .category = number_in(row, need ? k::need::kCategory : k::offer::kCategory),
              .item = text_in(row, need ? k::need::kItem : k::offer::kItem),
              .unit = text_in(row, need ? k::need::kUnit : k::offer::kUnit),
              .until = number_in(row, need ? k::need::kNeededBy : k::offer::kAvailableUntil),
              .created = row.created};
    const auto* home =
        std::get_if<RecordId>(&value_in(row, need ? k::need::kHousehold : k::offer::kHousehold));
    RecordId household = home == nullptr ? RecordId{} : *home;
    if (need) {
      out.urgency = number_in(row, k::need::kUrgency);
      if (const auto* person = std::get_if<RecordId>(&value_in(row, k::need::kResident));
          person != nullptr && home == nullptr) {
        TRY(const auto resident, context_.records.row(row.space, *person));
        if (resident)
          if (const auto* id = std::get_if<RecordId>(&value_in(*resident, k::resident::kHousehold)))
            household = *id;
      }
    } else {
      const auto type = number_in(row, k::offer::kGiverType);
      out.business =
          type == k::offer::kGiverTypeBusiness || !is_none(value_in(row, k::offer::kListing));
      out.from_outside =
          type == k::offer::kGiverTypeOutside || type == k::offer::kGiverTypeGovernment;
    }
    TRY(out.rt, rt_of(row.space, household));
    return out;
  }

  // Of the other kind: the same item, alive, with something left; and of the same category, unless
  // the item alone gives enough, since it ranks before.
  Result<std::vector<Goods>> candidates(const Goods& wanted, KindId kind, std::size_t most) {
    const bool needs = kind == k::need::kKind;
    const auto category = needs ? k::need::kCategory : k::offer::kCategory;
    const auto item = needs ? k::need::kItem : k::offer::kItem;
    std::vector<Goods> out;
    if (!wanted.item.empty()) TRY_VOID(find({item, Compare::equal, Value{wanted.item}}, kind, out));
    if (out.size() < most)
      TRY_VOID(find({category, Compare::equal, Value{wanted.category}}, kind, out));
    return out;
  }

  // Adds those that were not found before.
  Status find(Condition condition, KindId kind, std::vector<Goods>& out) {
    const bool needs = kind == k::need::kKind;
    const Query query{
        .kind = kind,
        .spaces = context_.spaces,
        .where = {{needs ? k::need::kClosed : k::offer::kWithdrawn, Compare::equal, {}},
                  std::move(condition)}};
    TRY(auto rows, context_.records.rows(query));
    std::erase_if(rows, [&](const Row& row) {
      if (!needs && is_over(row)) return true;
      return !seen_.emplace(row.space, row.id).second;
    });
    TRY_VOID(load_left(rows, kind));
    for (const auto& row : rows) {
      const auto left = left_.find({row.space, row.id});
      if (left == left_.end() || left->second <= 0) continue;
      TRY(auto one, goods(row));
      one.left = left->second;
      out.push_back(std::move(one));
    }
    return {};
  }

  Result<std::vector<Match>> rank(const Goods& need_or_offer, bool of_need,
                                  const std::vector<Goods>& found, std::size_t most) {
    std::vector<std::pair<Match, const Goods*>> ranked;
    for (const auto& one : found) {
      const auto& need = of_need ? need_or_offer : one;
      const auto& offer = of_need ? one : need_or_offer;
      Match match{.record = one.id, .space = one.space, .remaining = one.left, .unit = one.unit};
      match.same_item = !need.item.empty() && need.item == offer.item;
      match.same_rt = same_rt(need, offer);
      const auto offered = whole_part(offer.left, offer.unit, need.unit);
      match.fits = offered ? std::min(*offered, need.left) : 0;
      ranked.emplace_back(std::move(match), &one);
    }
    std::sort(ranked.begin(), ranked.end(), [&](const auto& a, const auto& b) {
      return key(a.first, *a.second, of_need) < key(b.first, *b.second, of_need);
    });
    if (ranked.size() > most) ranked.resize(most);
    std::vector<Match> out;
    for (auto& [match, goods_of] : ranked) {
      match.why = why(match, *goods_of, of_need);
      FormatContext format(Language::id);
      format.items = context_.items;
      TRY(match.title, record_title(context_.records, match.space, match.record, format));
      out.push_back(std::move(match));
    }
    return out;
  }

  // What is left of a need or offer now; 0 when there is nothing, or no such record.
  Result<std::int64_t> left_of(std::uint32_t space, const RecordId& id, KindId kind) {
    if (context_.aid != nullptr) return left_in(context_.aid->aid(space), id, kind);
    TRY(const auto facts, load_aid_around(context_.records, space, id));
    const AidBalances balances(facts);
    return left_in(&balances, id, kind);
  }

 private:
  using Key =
      std::tuple<bool, bool, bool, std::int64_t, std::int64_t, bool, std::uint64_t, RecordId>;

  static Key key(const Match& match, const Goods& one, bool of_need) {
    constexpr std::int64_t kNever = 99'999'999;
    const auto until = one.until == 0 ? kNever : one.until;
    // Among needs the urgent ones come before those that can wait longer.
    return {!match.same_item, match.fits == 0,   !match.same_rt, of_need ? 0 : -one.urgency, until,
            !one.business,    one.created.ticks, one.id};
  }

  bool is_over(const Row& row) const {
    const auto until = number_in(row, k::offer::kAvailableUntil);
    if (until == 0) return false;
    // Of a month or year that is all people know, the last day counts.
    const auto last = until % 10000 == 0 ? until + 1231 : until % 100 == 0 ? until + 31 : until;
    return last < today_;
  }

  static bool same_rt(const Goods& need, const Goods& offer) {
    if (need.space != offer.space || offer.from_outside) return false;
    return !need.rt || !offer.rt || *need.rt == *offer.rt;
  }

  Result<std::optional<std::pair<std::int64_t, std::int64_t>>> rt_of(std::uint32_t space,
                                                                     const RecordId& household) {
    using Rt = std::optional<std::pair<std::int64_t, std::int64_t>>;
    if (household.is_zero()) return Rt();
    const auto known = homes_.find({space, household});
    if (known != homes_.end()) return known->second;
    Rt rt;
    TRY(const auto row, context_.records.row(space, household));
    if (row && row->kind == k::household::kKind)
      rt.emplace(number_in(*row, k::household::kRt), number_in(*row, k::household::kRw));
    homes_.emplace(std::pair(space, household), rt);
    return rt;
  }

  static std::int64_t left_in(const AidBalances* balances, const RecordId& id, KindId kind) {
    if (balances == nullptr) return 0;
    if (kind == k::need::kKind) {
      const auto* need = balances->need(id);
      return need == nullptr || need->state == NeedState::closed ? 0 : need->remaining;
    }
    const auto* offer = balances->offer(id);
    return offer == nullptr ? 0 : offer->remaining;
  }

  Status load_left(const std::vector<Row>& rows, KindId kind) {
    const Derived* derived = context_.aid;
    if (derived == nullptr && (all_ || rows.size() > kFewCandidates)) {
      if (!all_) {
        TRY(all_, Derived::load(context_.records, context_.spaces, kind));
      }
      derived = &*all_;
    }
    for (const auto& row : rows) {
      auto& left = left_[{row.space, row.id}];
      if (derived != nullptr) {
        left = left_in(derived->aid(row.space), row.id, kind);
      } else {
        TRY(left, left_of(row.space, row.id, kind));
      }
    }
    return {};
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
    return format_thousandths(match.remaining, language) + " " + unit_word(match.unit, language);
  }

  const MatchContext& context_;
  std::int64_t today_ = 0;
  std::map<std::pair<std::uint32_t, RecordId>, std::optional<std::pair<std::int64_t, std::int64_t>>>
      homes_;
  std::map<std::pair<std::uint32_t, RecordId>, std::int64_t> left_;
  std::set<std::pair<std::uint32_t, RecordId>> seen_;
  std::optional<Derived> all_;
};

Result<Row> row_of(const MatchContext& context, std::uint32_t space, const RecordId& id,
                   KindId kind) {
  TRY(auto row, context.records.row(space, id));
  if (!row || row->kind != kind || row->life == Life::absent || row->life == Life::deleted)
    return error(Code::not_found, std::string(kind == k::need::kKind ? "Kebutuhan " : "Tawaran ") +
                                      id.hex().substr(0, 8) + " tidak ada");
  return std::move(*row);
}

}  // namespace

Result<std::vector<Match>> offers_for_need(const MatchContext& context, std::uint32_t space,
                                           const RecordId& need, std::size_t most) {
  TRY(const auto row, row_of(context, space, need, k::need::kKind));
  Matcher matcher(context);
  TRY(auto wanted, matcher.goods(row));
  TRY(wanted.left, matcher.left_of(space, need, k::need::kKind));
  TRY(const auto found, matcher.candidates(wanted, k::offer::kKind, most));
  return matcher.rank(wanted, true, found, most);
}

Result<std::vector<Match>> needs_for_offer(const MatchContext& context, std::uint32_t space,
                                           const RecordId& offer, std::size_t most) {
  TRY(const auto row, row_of(context, space, offer, k::offer::kKind));
  Matcher matcher(context);
  TRY(auto given, matcher.goods(row));
  TRY(given.left, matcher.left_of(space, offer, k::offer::kKind));
  TRY(const auto found, matcher.candidates(given, k::need::kKind, most));
  return matcher.rank(given, false, found, most);
}

Result<std::vector<Match>> needs_for_typed(const MatchContext& context, const TypedOffer& offer,
                                           std::size_t most) {
  Matcher matcher(context);
  const Goods given{.space = offer.space,
                    .category = offer.category,
                    .item = offer.item,
                    .left = offer.quantity,
                    .unit = offer.unit};
  TRY(const auto found, matcher.candidates(given, k::need::kKind, most));
  return matcher.rank(given, false, found, most);
}

}  // namespace rukun
