#include "tests/support/memory_network.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace rukun::test {
namespace {

constexpr std::size_t kMostHeard = 64;

// One direction of a link.
struct Wire {
  struct Piece {
    std::int64_t due = 0;
    Bytes bytes;
    std::size_t from = 0;
  };
  std::deque<Piece> pieces;
  std::size_t held = 0;       // bytes in pieces
  std::int64_t last_due = 0;  // bytes do not overtake each other
  bool ended = false;         // no more will be put in
};

struct Cable {
  std::string hosts[2];
  std::string names[2];  // of the other side, for people
  Wire wires[2];         // wires[i] carries what side i sends
  std::int64_t open_at = 0;
  bool refused = false;
  bool broken = false;
  bool shut[2] = {false, false};  // side i closed
  std::uint64_t carried = 0;
  std::optional<std::uint64_t> breaks_at;
};

}  // namespace

struct MemoryLan::Works {
  Works(std::uint64_t seed, const LanFaults& given) : random(seed), faults(given) {}

  SeededRandom random;
  LanFaults faults;
  std::int64_t now = 0;
  std::size_t links = 0;
  std::size_t resets = 0;

  struct Host {
    std::uint16_t port = 0;
    bool here = true;
    std::deque<std::shared_ptr<Cable>> calling;
    std::deque<std::pair<std::int64_t, Datagram>> heard;
  };
  std::map<std::string, Host> hosts;
  std::vector<std::weak_ptr<Cable>> cables;

  bool percent(unsigned chance) { return random.below(100) < chance; }
  std::int64_t delay() {
    return faults.delay_ms <= 0 ? 0
                                : 1 + static_cast<std::int64_t>(random.below(
                                          static_cast<std::uint64_t>(faults.delay_ms)));
  }

  std::shared_ptr<Cable> dial(const std::string& from, const std::string& host,
                              std::uint16_t port) {
    auto cable = std::make_shared<Cable>();
    cable->hosts[0] = from;
    cable->hosts[1] = host;
    cable->names[0] = host + ":" + std::to_string(port);
    cable->names[1] = from + ":" + std::to_string(50'000 + links);
    cable->open_at = now + delay();
    if (percent(faults.resets)) cable->breaks_at = random.below(faults.reset_within);
    const auto found = hosts.find(host);
    cable->refused = found == hosts.end() || !found->second.here || found->second.port != port ||
                     !hosts.at(from).here;
    if (!cable->refused) {
      ++links;
      found->second.calling.push_back(cable);
    }
    std::erase_if(cables, [](const auto& one) { return one.expired(); });
    cables.push_back(cable);
    return cable;
  }
};

namespace {

using Lan = MemoryLan::Works;

class MemoryLink final : public Link {
 public:
  MemoryLink(std::shared_ptr<Lan> lan, std::shared_ptr<Cable> cable, int side)
      : lan_(std::move(lan)), cable_(std::move(cable)), side_(side) {}
  ~MemoryLink() override { close(!closing_); }

  LinkState state() const override {
    if (!cable_->refused && lan_->now < cable_->open_at) return LinkState::connecting;
    const bool other_left = incoming().ended && arrived() == incoming().held;
    if (cable_->refused || cable_->broken || closing_ || other_left) return LinkState::closed;
    return LinkState::open;
  }

  std::size_t send(ByteView bytes) override {
    if (state() != LinkState::open) return 0;
    auto& wire = cable_->wires[side_];
    auto size = std::min(bytes.size(),
                         lan_->faults.queue_bytes - std::min(lan_->faults.queue_bytes, wire.held));
    if (cable_->breaks_at && cable_->carried + size >= *cable_->breaks_at) {
      size = static_cast<std::size_t>(*cable_->breaks_at - cable_->carried);
      cable_->broken = true;
      ++lan_->resets;
    }
    if (size == 0) return 0;
    cable_->carried += size;
    wire.last_due = std::max(wire.last_due, lan_->now + lan_->delay());
    wire.held += size;
    wire.pieces.push_back(
        {wire.last_due, Bytes(bytes.begin(), bytes.begin() + std::ptrdiff_t(size)), 0});
    return size;
  }

  std::size_t unsent() const override {
    return cable_->broken || cable_->refused ? 0 : cable_->wires[side_].held;
  }

  Bytes receive(std::size_t most) override {
    auto& wire = incoming();
    if (lan_->faults.most_read > 0) most = std::min(most, lan_->faults.most_read);
    Bytes out;
    while (!wire.pieces.empty() && out.size() < most && wire.pieces.front().due <= lan_->now) {
      auto& piece = wire.pieces.front();
      const auto size = std::min(most - out.size(), piece.bytes.size() - piece.from);
      append(out, ByteView(piece.bytes).subspan(piece.from, size));
      piece.from += size;
      wire.held -= size;
      if (piece.from == piece.bytes.size()) wire.pieces.pop_front();
    }
    return out;
  }

  void close(bool now) override {
    if (cable_->shut[side_]) return;
    cable_->shut[side_] = true;
    closing_ = true;
    cable_->wires[side_].ended = true;
    if (now) cable_->broken = true;
  }

  std::string peer() const override { return cable_->names[side_]; }
  std::string why() const override {
    if (closing_) return {};
    return cable_->refused ? "refused" : cable_->broken ? "reset" : "";
  }

 private:
  Wire& incoming() const { return cable_->wires[1 - side_]; }
  std::size_t arrived() const {
    std::size_t size = 0;
    for (const auto& piece : incoming().pieces)
      if (piece.due <= lan_->now) size += piece.bytes.size() - piece.from;
    return size;
  }

  std::shared_ptr<Lan> lan_;
  std::shared_ptr<Cable> cable_;
  int side_;
  bool closing_ = false;
};

class MemoryComputer final : public Network {
 public:
  MemoryComputer(std::shared_ptr<Lan> lan, std::string host)
      : lan_(std::move(lan)), host_(std::move(host)) {}
  ~MemoryComputer() override {
    for (const auto& cable : self().calling) cable->broken = true;
    lan_->hosts.erase(host_);
  }

  std::uint16_t port() const override { return lan_->hosts.at(host_).port; }

  std::unique_ptr<Link> accept() override {
    auto& calling = self().calling;
    const auto ready = std::find_if(calling.begin(), calling.end(),
                                    [&](const auto& cable) { return cable->open_at <= lan_->now; });
    if (ready == calling.end()) return nullptr;
    auto cable = *ready;
    calling.erase(ready);
    return std::make_unique<MemoryLink>(lan_, std::move(cable), 1);
  }

  std::unique_ptr<Link> connect(const std::string& host, std::uint16_t port) override {
    return std::make_unique<MemoryLink>(lan_, lan_->dial(host_, host, port), 0);
  }

  void shout(ByteView datagram) override {
    if (!self().here) return;
    for (auto& [name, host] : lan_->hosts) {
      if (!host.here || lan_->percent(lan_->faults.beacon_loss)) continue;
      // A computer hears itself too, as on a real LAN.
      if (host.heard.size() >= kMostHeard) host.heard.pop_front();
      host.heard.emplace_back(lan_->now + lan_->delay(),
                              Datagram{Bytes(datagram.begin(), datagram.end()), host_});
    }
  }

  std::vector<Datagram> heard() override {
    std::vector<Datagram> out;
    std::deque<std::pair<std::int64_t, Datagram>> later;
    for (auto& [due, datagram] : self().heard) {
      if (due <= lan_->now)
        out.push_back(std::move(datagram));
      else
        later.emplace_back(due, std::move(datagram));
    }
    self().heard = std::move(later);
    return out;
  }

  void wait(std::chrono::milliseconds) override {}

 private:
  Lan::Host& self() const { return lan_->hosts.at(host_); }

  std::shared_ptr<Lan> lan_;
  std::string host_;
};

}  // namespace

MemoryLan::MemoryLan(std::uint64_t seed, const LanFaults& faults)
    : works_(std::make_shared<Works>(seed, faults)) {}
MemoryLan::~MemoryLan() = default;

std::unique_ptr<Network> MemoryLan::computer(const std::string& host, std::uint16_t port) {
  works_->hosts[host] = {port, true, {}, {}};
  return std::make_unique<MemoryComputer>(works_, host);
}

void MemoryLan::advance(std::int64_t ms) { works_->now += ms; }

void MemoryLan::take_off(const std::string& host) {
  if (const auto found = works_->hosts.find(host); found != works_->hosts.end())
    found->second.here = false;
  for (const auto& known : works_->cables) {
    const auto cable = known.lock();
    if (cable && (cable->hosts[0] == host || cable->hosts[1] == host)) cable->broken = true;
  }
}

void MemoryLan::put_back(const std::string& host) {
  if (const auto found = works_->hosts.find(host); found != works_->hosts.end())
    found->second.here = true;
}

void MemoryLan::set(const LanFaults& faults) { works_->faults = faults; }
std::size_t MemoryLan::links_made() const { return works_->links; }
std::size_t MemoryLan::resets() const { return works_->resets; }

}  // namespace rukun::test
