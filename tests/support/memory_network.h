#pragma once
// One simulated LAN: computers that hear each other's beacons and link to each other, all in
// memory, with a seed as its whole history. Time passes only by advance(), so that a simulation
// decides when anything arrives. Queues are bounded like real ones. A computer may be taken off the
// LAN and put back; its links then break. One thread. Tests only.

#include <functional>
#include <map>

#include "platform/link.h"
#include "platform/random.h"

namespace rukun::test {

struct LanFaults {
  std::int64_t delay_ms = 2;        // at most; each piece is late by its own part of it
  unsigned beacon_loss = 0;         // percent
  unsigned resets = 0;              // percent of links that break at some byte
  std::size_t reset_within = 8192;  // bytes
  std::size_t most_read = 0;        // a read gives at most this many bytes; 0: what there is
  std::size_t queue_bytes = 64 * 1024;
};

class MemoryLan {
 public:
  MemoryLan(std::uint64_t seed, const LanFaults& faults);
  ~MemoryLan();
  MemoryLan(const MemoryLan&) = delete;
  MemoryLan& operator=(const MemoryLan&) = delete;

  // The Network of a computer; the LAN must outlive it. One at a time for each host.
  std::unique_ptr<Network> computer(const std::string& host, std::uint16_t port = 47300);
  void advance(std::int64_t ms);
  void take_off(const std::string& host);  // all its links break; nobody hears it
  void put_back(const std::string& host);
  void set(const LanFaults& faults);  // for links made from now on

  std::size_t links_made() const;
  std::size_t resets() const;

  struct Works;

 private:
  std::shared_ptr<Works> works_;
};

}  // namespace rukun::test
