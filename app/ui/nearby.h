#pragma once
// The neighbors' laptops, as the window meets them: listens and lets itself be heard while a
// profile is open, and keeps what people are told about it. A network that cannot be opened is said
// in words and stops nothing. Also what the engine's thread sleeps on, since a caller on the
// network and a command from the window must both wake it. One thread, the engine's, but wake().

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/engine/lan_exchange.h"
#include "app/ui/formats.h"
#include "app/ui/view.h"
#include "platform/tcp_link.h"

namespace rukun::ui {

class Nearby {
 public:
  // Empty: this window has no network.
  using Open = std::function<Result<std::unique_ptr<SystemNetwork>>()>;

  explicit Nearby(Open open) : open_network_(std::move(open)) {}
  ~Nearby() { close(); }
  Nearby(const Nearby&) = delete;
  Nearby& operator=(const Nearby&) = delete;

  // The engine outlives it until close().
  void open(Engine& engine);
  // Who was given everything is let go properly, for half a second at most; other meetings end.
  void close();
  // A small step. True: more is to be done at once.
  Result<bool> step();
  bool is_expecting() const;  // something may be to be done soon, though nobody calls
  // Looks for everybody near now, or for one laptop. Both end in take_found().
  Status look(const Clock& clock, const Speaking& how);
  Status meet(std::string_view address, const Clock& clock, const Speaking& how);

  // What ended since the last call.
  std::vector<LanMeeting> take_meetings(WallTime now);
  // What a look has brought, once it has come to an end.
  struct Found {
    std::size_t met = 0;
    std::string names;
    ExchangeReport report;
    std::string trouble;
  };
  std::optional<Found> take_found(const Clock& clock);
  // True when the picture is another one now.
  bool fill(LanView& view, const Speaking& how) const;

  void wait(std::chrono::milliseconds most);
  void wake();  // any thread

 private:
  struct Told {
    LanMeeting last;  // with this member
    WallTime at;
  };
  struct Look {
    std::int64_t since_ms = 0;
    std::int64_t busy_ms = 0;
    bool named = false;
    std::size_t met = 0;
    std::string names;
    ExchangeReport report;
  };
  std::vector<NeighborRow> rows(const Speaking& how) const;

  Open open_network_;
  std::unique_ptr<SystemNetwork> network_;  // changed by the engine's thread, under the mutex
  std::optional<LanExchange> lan_;
  std::string trouble_;
  std::optional<Look> look_;
  std::vector<Told> told_;

  std::mutex mutex_;
  std::condition_variable woken_;
  bool wanted_ = false;
};

}  // namespace rukun::ui
