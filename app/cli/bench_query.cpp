// How long people wait for what is derived: what fits a need, and what needs somebody, in a
// kelurahan of 2,000 households and 20,000 needs.
#include <algorithm>

#include "app/cli/bench_tools.h"
#include "app/domain/fields.h"
#include "app/domain/rules/attention.h"
#include "app/domain/rules/match.h"
#include "platform/random.h"

namespace rukun::cli {
namespace {

constexpr std::uint64_t kPeopleSeed = 20261122;
constexpr std::size_t kHouseholds = 2'000;
constexpr std::size_t kNeeds = 20'000;
constexpr std::size_t kOffers = 4'000;
constexpr std::size_t kPledges = 8'000;
constexpr std::size_t kStep = 1'000;  // records in one action
constexpr std::size_t kQuestions = 60;

using Fields = std::vector<FieldChange>;

// Made people and goods, written as any would be.
class Made {
 public:
  Made(Engine& engine, const SpaceId& space)
      : engine_(engine), space_(space), random_(kPeopleSeed) {
    for (const auto& item : engine.context().items.items())
      if (items_.size() < 30) items_.push_back(&item);
  }

  Status all(std::size_t scale) {
    TRY_VOID(add(kHouseholds * scale, homes, [&] { return household(); }));
    TRY_VOID(add(kNeeds * scale, needs, [&] { return need(); }));
    TRY_VOID(add(kOffers * scale, offers, [&] { return offer(); }));
    return add(kPledges * scale, pledges, [&] { return pledge(); });
  }

  std::vector<RecordId> homes, needs, offers, pledges;

 private:
  template <class Make>
  Status add(std::size_t count, std::vector<RecordId>& into, const Make& make) {
    while (into.size() < count) {
      Action action;
      for (std::size_t i = 0; i < std::min(kStep, count - into.size()); ++i)
        action.changes.push_back(make());
      TRY(const auto outcome, engine_.execute(space_, action));
      into.insert(into.end(), outcome.records.begin(), outcome.records.end());
    }
    return {};
  }

  std::size_t draw(std::size_t below) { return static_cast<std::size_t>(random_.below(below)); }
  std::int64_t quantity() { return static_cast<std::int64_t>(1 + draw(20)) * 1000; }

  std::string name() {
    static constexpr std::string_view kSyllables[] = {"sa", "ri", "ja", "ko", "wi", "ta", "nu",
                                                      "ra", "mi", "du", "le", "ki", "bo", "hen"};
    std::string out;
    for (int word = 0; word < 2; ++word) {
      if (word > 0) out += ' ';
      for (int i = 0; i < 3; ++i) out += kSyllables[draw(std::size(kSyllables))];
    }
    return out;
  }

  AddRecord household() {
    namespace f = fields::household;
    return {f::kKind,
            {{f::kName, OpType::put, name()},
             {f::kRt, OpType::put, static_cast<std::int64_t>(1 + draw(8))},
             {f::kRw, OpType::put, std::int64_t{7}}}};
  }
  AddRecord need() {
    namespace f = fields::need;
    const auto& item = *items_[draw(items_.size())];
    return {f::kKind,
            {{f::kItem, OpType::put, item.id},
             {f::kQuantity, OpType::put, quantity()},
             {f::kUnit, OpType::put, item.unit},
             {f::kHousehold, OpType::put, homes[draw(homes.size())]}}};
  }
  AddRecord offer() {
    namespace f = fields::offer;
    const auto& item = *items_[draw(items_.size())];
    return {f::kKind,
            {{f::kItem, OpType::put, item.id},
             {f::kQuantity, OpType::put, quantity()},
             {f::kUnit, OpType::put, item.unit}}};
  }
  // On somebody's own word; overpromise() adds those from offers.
  AddRecord pledge() {
    namespace f = fields::pledge;
    const auto which = draw(needs.size());
    Fields made{{f::kNeed, OpType::put, needs[which]}, {f::kQuantity, OpType::put, quantity()}};
    return {f::kKind, std::move(made)};
  }

  Engine& engine_;
  SpaceId space_;
  SeededRandom random_;
  std::vector<const Item*> items_;
};

// Up to 40 pledges that find their offer empty, as after an exchange.
Status overpromise(Engine& engine, const SpaceInfo& space, const Made& made,
                   const MatchContext& context) {
  namespace f = fields::pledge;
  std::size_t done = 0;
  for (std::size_t i = 0; i < made.needs.size() && done < 40; ++i) {
    TRY(const auto found, offers_for_need(context, space.number, made.needs[i], 1));
    if (found.empty() || !found[0].same_item || found[0].fits == 0) continue;
    for (int twice = 0; twice < 2; ++twice) {
      const AddRecord pledge{f::kKind,
                             {{f::kNeed, OpType::put, made.needs[i]},
                              {f::kOffer, OpType::put, found[0].record},
                              {f::kQuantity, OpType::put, found[0].remaining}}};
      TRY_VOID(engine.execute(space.id, {{pledge}}));
    }
    ++done;
  }
  return {};
}

template <class Ask>
Result<std::vector<double>> timed_ms(std::size_t times, const Ask& ask) {
  std::vector<double> out;
  for (std::size_t i = 0; i < times; ++i) {
    const double begin = seconds();
    TRY_VOID(ask(i));
    out.push_back((seconds() - begin) * 1e3);
  }
  return out;
}

}  // namespace

Status measure_queries(Session& session, std::size_t scale, Output& out) {
  World& world = session.world();
  const Scratch scratch(world.random);
  TRY(auto engine, bench_engine(world, scratch));
  TRY(const auto created, engine.create_space("RT 001/RW 001", ""));
  TRY(const auto space, engine.space(created.space));
  Made made(engine, space.id);
  TRY_VOID(made.all(scale));
  const MatchContext match{
      engine.records(), {space.number}, world.clock.now(), kWibOffset_min, &world.items};
  TRY_VOID(overpromise(engine, space, made, match));
  TRY(const auto for_need, timed_ms(kQuestions, [&](std::size_t i) -> Status {
        return offers_for_need(match, space.number, made.needs[i * 97 % made.needs.size()])
            .map([](const auto&) {});
      }));
  TRY(const auto for_offer, timed_ms(kQuestions, [&](std::size_t i) -> Status {
        return needs_for_offer(match, space.number, made.offers[i * 61 % made.offers.size()])
            .map([](const auto&) {});
      }));
  std::size_t duties = 0;
  const AttentionContext asked{
      engine.records(), {space.number}, world.clock.now(), kWibOffset_min, &world.items};
  TRY(const auto attention_ms, timed_ms(5, [&](std::size_t) -> Status {
        TRY(const auto found, attention(asked));
        duties = found.size();
        return {};
      }));
  print(out, "query",
        {{"households", static_cast<double>(made.homes.size())},
         {"needs", static_cast<double>(made.needs.size())},
         {"offers", static_cast<double>(made.offers.size())},
         {"pledges", static_cast<double>(made.pledges.size())},
         {"duties", static_cast<double>(duties)},
         {"match_need_p50_ms", percentile(for_need, 0.5)},
         {"match_need_p99_ms", percentile(for_need, 0.99)},
         {"match_offer_p50_ms", percentile(for_offer, 0.5)},
         {"match_offer_p99_ms", percentile(for_offer, 0.99)},
         {"attention_p50_ms", percentile(attention_ms, 0.5)}});
  return {};
}

}  // namespace rukun::cli
