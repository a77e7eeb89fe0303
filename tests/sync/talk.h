#pragma once
// Two sessions and the stream between them, which may be slow, cut or altered. Tests only; one
// thread.

#include <functional>
#include <limits>

#include "sync/session.h"
#include "tests/sync/desk.h"

namespace rukun::test {

struct Talk {
  static constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

  Talk(Desk& sari, Desk& budi, std::uint64_t seed = 1) : Talk(sari, budi, sari.first_key(), seed) {}
  Talk(Desk& sari, Desk& budi, const LinkKey& key, std::uint64_t seed = 1)
      : random_a(seed),
        random_b(seed + 1000),
        here(Session::initiate(sari, random_a, key, 0)),
        there(Session::respond(budi, random_b, 0)),
        sari_(sari),
        budi_(budi) {}

  // One piece each way; false when neither had anything to say, or the stream has been cut.
  bool step() {
    const bool went = move(here, there, to_there);
    const bool came = move(there, here, to_here);
    most_held = std::max({most_held, here.held_bytes(), there.held_bytes()});
    return went || came;
  }
  void run() {
    while (step()) {
    }
  }
  // The stream holds bytes back, both ways, and gives them on when it likes.
  void run_late(std::uint64_t seed) {
    SeededRandom random(seed);
    Bytes going, coming;
    for (int idle = 0; idle < 400;) {
      const bool forth = random.below(2) == 0;
      auto& from = forth ? here : there;
      auto& to = forth ? there : here;
      auto& held = forth ? going : coming;
      const bool load = random.below(2) == 0;
      const std::size_t most = std::size_t{1} << random.below(14);
      if (load) {
        const auto ready = from.ready(now);
        const auto taken = std::min(ready.size(), most);
        append(held, ready.first(taken));
        from.sent(taken);
        idle = taken == 0 ? idle + 1 : 0;
      } else {
        const auto given = std::min(held.size(), most);
        to.receive(ByteView(held).first(given), now);
        held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(given));
        idle = given == 0 ? idle + 1 : 0;
      }
      if (random.below(50) == 0) {
        now += 500;
        here.tick(now);
        there.tick(now);
      }
    }
  }
  void close() {
    here.closed();
    there.closed();
    for (auto& item : here.take_unfinished()) sari_.unfinished.keep(std::move(item), 0);
    for (auto& item : there.take_unfinished()) budi_.unfinished.keep(std::move(item), 0);
  }
  bool finished() const {
    return here.state() == SessionState::finished && there.state() == SessionState::finished;
  }

  std::size_t piece = kAll;      // bytes that arrive at once
  std::size_t cut_after = kAll;  // bytes of both directions together
  std::size_t alter = kAll;      // this byte of what goes there is altered
  std::int64_t now = 0;
  std::size_t most_held = 0;
  Bytes to_there;  // all that went
  Bytes to_here;
  SeededRandom random_a;
  SeededRandom random_b;
  Session here;
  Session there;

 private:
  bool move(Session& from, Session& to, Bytes& log) {
    const auto ready = from.ready(now);
    const auto left = cut_after - std::min(cut_after, to_there.size() + to_here.size());
    Bytes bytes(ready.begin(),
                ready.begin() + static_cast<std::ptrdiff_t>(std::min({ready.size(), piece, left})));
    if (bytes.empty()) return false;
    from.sent(bytes.size());
    if (&log == &to_there && alter >= log.size() && alter - log.size() < bytes.size())
      bytes[alter - log.size()] ^= 0x04;
    append(log, bytes);
    to.receive(bytes, now);
    return true;
  }

  Desk& sari_;
  Desk& budi_;
};

}  // namespace rukun::test
