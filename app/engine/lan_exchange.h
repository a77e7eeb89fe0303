#pragma once
// Meetings with laptops near by: hears their beacons and lets itself be heard, calls who may have
// or lack something, answers who calls, and runs all sessions side by side in small steps, so that
// a slow or hostile laptop keeps nobody waiting. Nothing here blocks: whoever owns the Network
// waits on it between steps. What a meeting did wrong is that meeting's; a step fails only when
// this laptop itself cannot go on. Memory is bounded whoever calls. One thread: the engine's.

#include <deque>
#include <memory>

#include "app/engine/engine.h"
#include "platform/link.h"

namespace rukun {

// UDP for beacons, and the TCP port of an always-on machine, unless told otherwise.
inline constexpr std::uint16_t kLanPort = 47300;

struct LanSetup {
  bool beacons = true;  // let oneself be heard, and call who is heard
};

// One that ended; those of strangers, who proved nothing, are only counted.
struct LanMeeting {
  std::string place;  // "192.168.1.7:47300"
  std::string name;   // of the member there; empty when not known
  bool finished = false;
  std::optional<Error> failed;
  ExchangeReport report;
};

// One that is under way, for a screen.
struct LanMeetingView {
  std::string place;
  std::string name;
  std::uint64_t transactions = 0;  // sent and received so far
  std::uint64_t transactions_total = 0;
};

// Who was heard near by, or named.
struct LanNeighbor {
  std::string place;
  std::string name;     // of the member there, once it was met
  std::string trouble;  // why it could not be met the last time; empty when it could
};

class LanExchange {
 public:
  // Engine and network outlive it.
  LanExchange(Engine& engine, Network& network, const LanSetup& setup = {});
  ~LanExchange();
  LanExchange(const LanExchange&) = delete;
  LanExchange& operator=(const LanExchange&) = delete;

  // Calls this laptop, and again whenever there is something new, until told otherwise.
  void meet(const std::string& host, std::uint16_t port);
  // Everybody near is looked for and called now, also who has been met and has nothing new.
  void look();
  Result<bool> step();  // false: there is nothing to do before the network has something
  // From now on nobody new is met; what is under way goes on.
  void finish_up();
  // Ends all meetings; what they had committed stays.
  void stop();

  // Nothing is under way, all that was said has gone out, and nobody is about to be called.
  bool quiet() const;
  std::size_t under_way() const;
  std::vector<LanMeetingView> views() const;
  std::vector<LanMeeting> take_meetings();  // ended since the last call; at most the latest 64
  const ExchangeReport& total() const;      // of all meetings, each member reached once
  std::uint64_t strangers() const;          // who proved nothing
  // Who is to be met, or was, and is still near; at most 256.
  std::vector<LanNeighbor> neighbors() const;
  // Why the laptop that was named last could not be met; empty when it was, or is yet to be.
  std::string trouble() const;

  struct Works;

 private:
  std::unique_ptr<Works> works_;
};

}  // namespace rukun
