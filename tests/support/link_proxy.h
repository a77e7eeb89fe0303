#pragma once
// Stands between two programs that believe they are linked, and makes the link as bad as real ones
// are: late, slow, stalling, breaking at a byte, swallowing without a word, one byte at a time.
// Built on Network alone. step() is to be called again and again, with the Network's wait()
// between. One thread. Tests only.

#include <deque>
#include <functional>

#include "platform/base/time.h"
#include "platform/link.h"
#include "platform/random.h"

namespace rukun::test {

struct LinkProfile {
  std::string name;
  std::int64_t delay_ms = 0;      // each way
  std::uint64_t bytes_per_s = 0;  // each way; 0: as fast as it goes
  unsigned loss = 0;              // percent of pieces that need sending again: the stream stalls
  std::int64_t resend_ms = 200;   // how long such a stall lasts
  std::uint64_t reset_at = 0;     // the link breaks when this many bytes have passed; 0: never
  std::uint64_t swallow_at = 0;   // what comes after this many bytes vanishes; 0: never
  unsigned broken_links = 0;      // so many links are broken so; later ones are whole
  std::size_t piece = 1400;       // bytes that travel together
};

class LinkProxy {
 public:
  // Links that come in at `network` go on to host:port.
  LinkProxy(Network& network, std::string host, std::uint16_t port, LinkProfile profile,
            const Clock& clock, std::uint64_t seed);
  void step();
  // Called with all that passes, both ways; set before the first step.
  void overhear(std::function<void(ByteView)> tap) { tap_ = std::move(tap); }
  std::size_t links() const { return links_; }
  std::size_t broken() const { return broken_; }
  std::size_t stalls() const { return stalls_; }

 private:
  struct Piece {
    std::int64_t due = 0;
    Bytes bytes;
  };
  struct Direction {
    std::deque<Piece> on_the_way;
    std::size_t held = 0;
    std::int64_t free_at = 0;  // when the line has sent what was put on it
    std::int64_t last_due = 0;
  };
  struct Joint {
    std::unique_ptr<Link> ends[2];
    Direction ways[2];  // ways[i]: from ends[i] to the other
    std::uint64_t passed = 0;
    bool faulty = false;
  };

  void take(Joint& joint, int from);
  void give(Joint& joint, int from);
  bool step(Joint& joint);  // false: it is over

  Network& network_;
  std::function<void(ByteView)> tap_;
  std::string host_;
  std::uint16_t port_;
  LinkProfile profile_;
  const Clock& clock_;
  SeededRandom random_;
  std::vector<Joint> joints_;
  std::size_t links_ = 0;
  std::size_t broken_ = 0;
  std::size_t stalls_ = 0;
};

}  // namespace rukun::test
