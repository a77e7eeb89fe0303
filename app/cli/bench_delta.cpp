// What ten changes cost to hand over when the history behind them grows: two laptops on this
// computer's loopback, real links, everything durable. The first history is measured beside two
// that are ten and a hundred times as long.
#include <array>

#include "app/cli/bench_tools.h"
#include "app/cli/demo_lan.h"
#include "app/domain/fields.h"

namespace rukun::cli {
namespace {

constexpr std::array<std::size_t, 3> kHistories{1'000, 10'000, 100'000};
constexpr std::size_t kDeltaChanges = 10, kRounds = 9, kDeltaRecords = 200;

class Pair {
 public:
  static Result<Pair> found(World& world, const Path& place) {
    TRY(auto head, open(world, place / "head", "Ketua"));
    TRY(auto other, open(world, place / "other", "Relawan"));
    TRY(const auto space, head.create_space("RT 001/RW 001", ""));
    TRY(const auto invite, head.create_invite(space.space, Role::volunteer, true));
    TRY_VOID(other.join(invite.file, std::nullopt));
    Pair pair(std::move(head), std::move(other), space.space);
    TRY_VOID(pair.meet());  // the newcomer is pinned and given its keys
    TRY_VOID(pair.meet());
    return pair;
  }

  Status change(std::size_t times) {
    using namespace fields::need;
    for (std::size_t i = 0; i < times; ++i, ++said_) {
      const auto quantity = static_cast<std::int64_t>(1 + said_ % 900) * 1000;
      Action action;
      if (records_.size() < kDeltaRecords)
        action.changes.push_back(AddRecord{kKind,
                                           {{kTitle, OpType::put, std::string("Beras")},
                                            {kCategory, OpType::put, std::int64_t{1}},
                                            {kQuantity, OpType::put, quantity},
                                            {kUnit, OpType::put, std::string("kg")}}});
      else
        action.changes.push_back(
            SetFields{records_[said_ % records_.size()], {{kQuantity, OpType::put, quantity}}});
      TRY(const auto done, head_.execute(space_, action));
      if (records_.size() < kDeltaRecords) records_.push_back(done.records.at(0));
    }
    return {};
  }

  Result<std::size_t> round_trips() { return round_trips_on_loopback(head_, other_); }
  Result<ExchangeReport> meet() { return meet_on_loopback(head_, other_); }
  // What people do not wait for: compaction, images.
  Status rest() {
    for (auto* engine : {&head_, &other_})
      for (bool more = true; more;) {
        TRY(more, engine->step());
      }
    return {};
  }
  Result<std::uint64_t> transactions() {
    TRY(const auto status, other_.status(space_));
    return status.transactions;
  }

 private:
  Pair(Engine head, Engine other, const SpaceId& space)
      : head_(std::move(head)), other_(std::move(other)), space_(space) {}

  static Result<Engine> open(World& world, const Path& home, std::string_view name) {
    const Bytes raw_key(32, 1);
    TRY(const auto made,
        create_profile_raw(world.files, home, name, Secret::copy_of(raw_key), world.random));
    const EngineContext context{world.files, world.clock, world.random,  world.items,
                                world.words, home,        home / "state"};
    return Engine::unlock_raw(context, made.profile, Secret::copy_of(raw_key));
  }

  Engine head_, other_;
  SpaceId space_;
  std::vector<RecordId> records_;
  std::size_t said_ = 0;
};

}  // namespace

Status measure_delta(Session& session, std::size_t scale, Output& out) {
  World& world = session.world();
  const Scratch scratch(world.random);
  TRY(auto pair, Pair::found(world, scratch.path()));
  std::vector<Figure> figures;
  static constexpr std::array<std::array<const char*, 5>, 3> kNames{
      {{"history_1_transactions", "sync_1_ms", "sync_1_bytes", "round_trips_1", "whole_1_ms"},
       {"history_2_transactions", "sync_2_ms", "sync_2_bytes", "round_trips_2", "whole_2_ms"},
       {"history_3_transactions", "sync_3_ms", "sync_3_bytes", "round_trips_3", "whole_3_ms"}}};
  std::vector<double> medians;
  std::size_t said = 0;
  for (std::size_t stage = 0; stage < kHistories.size(); ++stage) {
    const std::size_t history = kHistories[stage] * scale;
    TRY_VOID(pair.change(history - said));
    said = history + (kRounds + 1) * kDeltaChanges;
    double at = seconds();
    TRY_VOID(pair.meet());
    const double whole_ms = (seconds() - at) * 1e3;
    TRY_VOID(pair.rest());
    std::vector<double> times, bytes;
    for (std::size_t round = 0; round < kRounds; ++round) {
      TRY_VOID(pair.change(kDeltaChanges));
      at = seconds();
      TRY(const auto report, pair.meet());
      times.push_back((seconds() - at) * 1e3);
      bytes.push_back(static_cast<double>(report.bytes_out + report.bytes_in));
    }
    TRY_VOID(pair.change(kDeltaChanges));
    TRY(const auto round_trips, pair.round_trips());
    TRY(const auto held, pair.transactions());
    if (held < said) return error(Code::damaged, "the benchmark lost transactions");
    medians.push_back(percentile(times, 0.5));
    figures.push_back({kNames[stage][0], static_cast<double>(held)});
    figures.push_back({kNames[stage][1], medians.back()});
    figures.push_back({kNames[stage][2], percentile(bytes, 0.5)});
    figures.push_back({kNames[stage][3], static_cast<double>(round_trips)});
    figures.push_back({kNames[stage][4], whole_ms});
  }
  figures.push_back({"longest_to_shortest", medians.back() / medians.front()});
  print(out, "delta", figures);
  return {};
}

}  // namespace rukun::cli
