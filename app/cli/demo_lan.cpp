#include "app/cli/demo_lan.h"

#include "app/engine/lan_exchange.h"
#include "platform/tcp_link.h"

namespace rukun::cli {
namespace {

constexpr std::int64_t kStillMs = 20'000;
constexpr std::chrono::milliseconds kArrives{3};  // over the loopback: in far less
constexpr int kMostIdleTurns = 1000;
constexpr LanSetup kNamedOnly{.beacons = false};

NetworkConfig on_loopback() {
  NetworkConfig config;
  config.listen_on = "127.0.0.1";
  return config;
}

tl::unexpected<Error> no_end(const LanExchange& calling) {
  return error(Code::io, "the two laptops did not come to an end: " + calling.trouble());
}

// All that one side can do before the other is heard; whether it did anything.
Result<bool> take_turn(LanExchange& one, Network& network) {
  bool moved = false;
  for (int still = 0; still < 2;) {
    TRY(const bool more, one.step());
    moved = moved || more;
    still = more ? 0 : still + 1;
    if (!more) network.wait(kArrives);
  }
  return moved;
}

}  // namespace

Result<ExchangeReport> meet_on_loopback(Engine& caller, Engine& called) {
  const auto config = on_loopback();
  TRY(const auto here, SystemNetwork::open(config));
  TRY(const auto there, SystemNetwork::open(config));
  LanExchange calling(caller, *here, kNamedOnly), answering(called, *there, kNamedOnly);
  calling.meet(config.listen_on, there->port());
  const auto& clock = caller.context().clock;
  auto moved_ms = clock.steady_ms();
  while (!calling.quiet() || answering.under_way() > 0) {
    TRY(const bool more, calling.step());
    TRY(const bool more_there, answering.step());
    if (more || more_there)
      moved_ms = clock.steady_ms();
    else if (clock.steady_ms() - moved_ms >= kStillMs)
      return no_end(calling);
    else
      here->wait(std::chrono::milliseconds(1));
  }
  return calling.total();
}

Result<std::size_t> round_trips_on_loopback(Engine& caller, Engine& called) {
  const auto config = on_loopback();
  TRY(const auto here, SystemNetwork::open(config));
  TRY(const auto there, SystemNetwork::open(config));
  LanExchange calling(caller, *here, kNamedOnly), answering(called, *there, kNamedOnly);
  calling.meet(config.listen_on, there->port());
  std::size_t answers = 0;
  int idle = 0;
  while (!calling.quiet() || answering.under_way() > 0) {
    TRY(const bool asked, take_turn(calling, *here));
    if (calling.quiet() && answering.under_way() == 0) break;
    TRY(const bool answered, take_turn(answering, *there));
    answers += answered ? 1 : 0;
    idle = asked || answered ? 0 : idle + 1;
    if (idle >= kMostIdleTurns) return no_end(calling);
  }
  return answers;
}

}  // namespace rukun::cli
