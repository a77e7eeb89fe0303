#include "app/cli/demo_lan.h"

#include "app/engine/lan_exchange.h"
#include "platform/tcp_link.h"

namespace rukun::cli {
namespace {

constexpr std::int64_t kMostMs = 20'000;
constexpr LanSetup kNamedOnly{.beacons = false};

}  // namespace

Result<ExchangeReport> meet_on_loopback(Engine& caller, Engine& called) {
  NetworkConfig config;
  config.listen_on = "127.0.0.1";
  TRY(const auto here, SystemNetwork::open(config));
  TRY(const auto there, SystemNetwork::open(config));
  LanExchange calling(caller, *here, kNamedOnly), answering(called, *there, kNamedOnly);
  calling.meet(config.listen_on, there->port());
  const auto& clock = caller.context().clock;
  const auto end = clock.steady_ms() + kMostMs;
  while (!calling.quiet() || answering.under_way() > 0) {
    TRY(const bool more, calling.step());
    TRY(const bool more_there, answering.step());
    if (clock.steady_ms() >= end)
      return error(Code::io, "the two laptops did not come to an end: " + calling.trouble());
    if (!more && !more_there) here->wait(std::chrono::milliseconds(1));
  }
  return calling.total();
}

}  // namespace rukun::cli
