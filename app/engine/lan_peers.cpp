#include "app/engine/lan_peers.h"

#include <algorithm>
#include <charconv>

namespace rukun {

namespace {
constexpr std::int64_t kForgottenMs = 60'000;  // since it was heard
constexpr std::int64_t kAgainMs = 60'000;      // with nothing new
constexpr std::int64_t kRetryMs = 1'000;       // doubled at every failure
constexpr std::uint32_t kDoublings = 5;
constexpr std::int64_t kOffenderMs = 60'000;
constexpr std::uint32_t kOffences = 20;
constexpr std::size_t kOffenders = 256;
}  // namespace

LanPeer* LanPeers::find(const std::string& host, std::uint16_t port) {
  for (auto& peer : peers_)
    if (peer.host == host && peer.port == port) return &peer;
  return nullptr;
}

void LanPeers::heard(const std::vector<std::string>& hosts, std::uint16_t port, LanProof proof,
                     std::int64_t now_ms, std::int64_t first_call_ms) {
  if (hosts.empty() || port == 0) return;
  forget(now_ms);
  LanPeer* known = nullptr;
  for (const auto& host : hosts)
    if (known == nullptr) known = find(host, port);
  if (known == nullptr) {
    if (peers_.size() >= kMost) return;
    known = &peers_.emplace_back();
    known->host = hosts.front();
    known->port = port;
    known->next_ms = first_call_ms;
  }
  known->heard_ms = now_ms;
  known->proof = std::move(proof);
}

void LanPeers::name(const std::string& host, std::uint16_t port) {
  LanPeer* known = find(host, port);
  if (known == nullptr) {
    known = &peers_.emplace_back();
    known->host = host;
    known->port = port;
  }
  known->named = true;
}

void LanPeers::look_again(std::int64_t now_ms) {
  for (auto& peer : peers_) {
    peer.met_ms.reset();
    peer.next_ms = std::min(peer.next_ms, now_ms);
  }
}

void LanPeers::forget(std::int64_t now_ms) {
  std::erase_if(peers_, [&](const LanPeer& peer) {
    return !peer.named && !peer.busy && now_ms - peer.heard_ms > kForgottenMs;
  });
}

bool LanPeers::is_due(const LanPeer& peer, std::uint64_t state, std::int64_t now_ms) const {
  if (peer.busy) return false;
  if (!peer.named && now_ms - peer.heard_ms > kForgottenMs) return false;
  return !peer.met_ms || peer.given < state || now_ms - *peer.met_ms >= kAgainMs;
}

std::vector<LanPeer*> LanPeers::due(std::uint64_t state, std::int64_t now_ms) {
  std::vector<LanPeer*> out;
  for (auto& peer : peers_)
    if (is_due(peer, state, now_ms) && now_ms >= peer.next_ms) out.push_back(&peer);
  return out;
}

bool LanPeers::expecting(std::uint64_t state, std::int64_t now_ms) const {
  return std::any_of(peers_.begin(), peers_.end(),
                     [&](const LanPeer& peer) { return peer.busy || is_due(peer, state, now_ms); });
}

void LanPeers::met(const BoxKey& box, std::uint64_t given, std::int64_t now_ms) {
  for (auto& peer : peers_) {
    if (peer.box != box) continue;
    peer.met_ms = now_ms;
    peer.given = std::max(peer.given, given);
    peer.failures = 0;
    peer.trouble.clear();
  }
}

void LanPeers::failed(LanPeer& peer, const std::string& why, std::int64_t now_ms) {
  peer.trouble = why;
  peer.next_ms = now_ms + (kRetryMs << std::min(peer.failures, kDoublings));
  ++peer.failures;
}

void LanPeers::hold(const std::string& host, std::int64_t until_ms) {
  for (auto& peer : peers_)
    if (peer.host == host && !peer.named && !peer.met_ms)
      peer.next_ms = std::max(peer.next_ms, until_ms);
}

std::optional<LanPlace> read_lan_place(std::string_view text, std::uint16_t otherwise) {
  LanPlace out{std::string(text), otherwise};
  std::string_view port;
  const auto bracket = text.find(']');
  if (text.starts_with('[') && bracket != text.npos) {
    out.host = text.substr(1, bracket - 1);
    port = text.substr(bracket + 1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    const auto colon = text.find(':');
    out.host = text.substr(0, colon);
    port = text.substr(colon);
  }
  if (out.host.find_first_of(" \t/") != out.host.npos) return std::nullopt;
  if (port.empty()) return out;
  const auto end = port.data() + port.size();
  const auto read = std::from_chars(port.data() + 1, end, out.port);
  if (!port.starts_with(':') || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return out;
}

void LanOffenders::failed(const std::string& host, std::int64_t now_ms) {
  std::erase_if(list_, [&](const Offender& one) { return now_ms - one.since_ms > kOffenderMs; });
  for (auto& one : list_) {
    if (one.host != host) continue;
    ++one.count;
    return;
  }
  if (list_.size() >= kOffenders) list_.erase(list_.begin());
  list_.push_back({host, now_ms, 1});
}

bool LanOffenders::is_barred(const std::string& host, std::int64_t now_ms) const {
  return std::any_of(list_.begin(), list_.end(), [&](const Offender& one) {
    return one.host == host && one.count >= kOffences && now_ms - one.since_ms <= kOffenderMs;
  });
}

}  // namespace rukun
