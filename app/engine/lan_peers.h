#pragma once
// Whom to call, and when: laptops that were heard by their beacons, and those that somebody named.
// A laptop is called when it was never met, when there is something that it has not been given, or
// a minute after the last meeting; after a failure later and later. What nobody hears any more is
// forgotten; the list is bounded, whatever is heard. Pure: time is passed in. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/crypto.h"
#include "sync/ids.h"

namespace rukun {

// By what a link to it is proved; nothing for who was only named: then every key is tried.
struct LanProof {
  Secret psk;
  std::optional<SpaceId> space;
  bool invitation = false;
  LanProof clone() const { return {psk.clone(), space, invitation}; }
};

struct LanPeer {
  std::string host;
  std::uint16_t port = 0;
  bool named = false;  // by a person: never forgotten
  std::optional<LanProof> proof;
  std::optional<BoxKey> box;   // once it was met
  std::size_t keys_tried = 0;  // of somebody named
  std::int64_t heard_ms = 0;
  std::int64_t next_ms = 0;  // not called before
  std::optional<std::int64_t> met_ms;
  std::uint64_t given = 0;     // the state of ours that it has seen
  std::uint32_t failures = 0;  // since the last meeting
  bool busy = false;           // being called, or in a meeting
  std::string trouble;         // of the last failure
};

class LanPeers {
 public:
  static constexpr std::size_t kMost = 256;

  // A beacon that one of our keys proves. Several addresses of one beacon are one laptop: the one
  // that is known is kept.
  void heard(const std::vector<std::string>& hosts, std::uint16_t port, LanProof proof,
             std::int64_t now_ms, std::int64_t first_call_ms);
  void name(const std::string& host, std::uint16_t port);
  // Everybody is to be called anew, also who has nothing new.
  void look_again(std::int64_t now_ms);

  // Who is to be called now; `state` counts what changed here.
  std::vector<LanPeer*> due(std::uint64_t state, std::int64_t now_ms);
  // Somebody may come to be due without anything new being heard or written.
  bool expecting(std::uint64_t state, std::int64_t now_ms) const;
  LanPeer* find(const std::string& host, std::uint16_t port);

  // A meeting with this laptop ended well; its other addresses need not be called either.
  void met(const BoxKey& box, std::uint64_t given, std::int64_t now_ms);
  void failed(LanPeer& peer, const std::string& why, std::int64_t now_ms);
  // A caller from this host is here already: who was heard from there is not called just now.
  void hold(const std::string& host, std::int64_t until_ms);
  const std::vector<LanPeer>& all() const { return peers_; }

 private:
  bool is_due(const LanPeer& peer, std::uint64_t state, std::int64_t now_ms) const;
  void forget(std::int64_t now_ms);

  std::vector<LanPeer> peers_;
};

// Where a laptop is, as a person writes it.
struct LanPlace {
  std::string host;
  std::uint16_t port = 0;
};
// "host", "host:port", "[address]:port"; an address of IPv6 without brackets has no port. Without
// a port it is `otherwise`. Nothing for what is no address.
std::optional<LanPlace> read_lan_place(std::string_view text, std::uint16_t otherwise);

// Who fails to prove anything again and again is not listened to for a minute. Bounded.
class LanOffenders {
 public:
  void failed(const std::string& host, std::int64_t now_ms);
  bool is_barred(const std::string& host, std::int64_t now_ms) const;

 private:
  struct Offender {
    std::string host;
    std::int64_t since_ms = 0;
    std::uint32_t count = 0;
  };
  std::vector<Offender> list_;
};

}  // namespace rukun
