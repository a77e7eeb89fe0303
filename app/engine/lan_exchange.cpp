#include "app/engine/lan_exchange.h"

#include <algorithm>

#include "app/engine/lan_beacons.h"
#include "app/engine/lan_peers.h"
#include "app/engine/session_host.h"

namespace rukun {

namespace {

constexpr std::size_t kMostCalled = 24;     // meetings that others began
constexpr std::size_t kMostStrangers = 12;  // of them, who has proved nothing yet
constexpr std::size_t kMostCalling = 6;     // meetings that we began
constexpr std::size_t kTurnBytes = 64 * 1024;
constexpr std::int64_t kStepMs = 10;
constexpr std::int64_t kSilentMs = 30'000;  // a living session says something every 20 s
constexpr std::int64_t kHoldMs = 3'000;
constexpr std::uint64_t kSpreadMs = 400;  // so that two laptops seldom call each other at once
constexpr std::int64_t kNextKeyMs = 50;
constexpr std::size_t kMostEnded = 64;
constexpr std::size_t kMostRefused = 64;
constexpr std::int64_t kLeaveMs = 10'000;

std::string host_in(const std::string& place) {
  auto host = place.substr(0, place.rfind(':'));
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  return host;
}

// A meeting under way. Its session refers to its host, so it stays where it is.
struct Live {
  std::unique_ptr<Link> link;
  std::unique_ptr<EngineHost> host;
  std::optional<Session> session;  // once the link is open
  bool called = false;             // by us
  std::string peer_host;           // as it is listed among the peers; of ours only
  std::uint16_t peer_port = 0;
  std::optional<LanProof> proof;
  std::int64_t heard_ms = 0;
  std::uint64_t knows = 0;  // the state of ours that this meeting gives
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
  bool opened = false;  // the other proved itself
  bool ended = false;
  bool doubled = false;  // another meeting with the same laptop goes on
};

}  // namespace

struct LanExchange::Works {
  Works(Engine& given, Network& net, const LanSetup& how)
      : engine(given.works()), network(net), setup(how) {}

  Engine::Works& engine;
  Network& network;
  LanSetup setup;
  LinkKeyring keyring;
  HandshakeMemory handshakes;
  UnfinishedMemory unfinished;
  LanBeacons beacons;
  LanPeers peers;
  LanOffenders offenders;
  std::vector<std::unique_ptr<Live>> live;
  std::vector<std::pair<std::unique_ptr<Link>, std::int64_t>> leaving;  // last words go out, until
  std::size_t turn = 0;
  std::deque<LanMeeting> ended;
  ExchangeReport total;
  std::uint64_t strangers = 0;
  std::uint64_t state = 1;  // grows with everything that is new here
  Arrival seen_arrival = 0;
  std::string trouble;
  bool finishing = false;
  bool confirmed = false;  // by somebody's receipt an erasure may have become settled

  std::int64_t now() const { return engine.context.clock.steady_ms(); }

  Result<bool> step();
  void notice(Live* by);
  void listen();
  bool take_calls();
  bool call();
  void see_off();
  void begin(Live& one);
  bool pump(Live& one);
  bool receive(Live& one);
  bool send(Live& one);
  void resolve_double(Live& one);
  void end(Live& one);
  void ended_call(Live& one, bool finished, const std::string& why);
  std::size_t count(bool called) const;
  std::string name_of(const std::optional<BoxKey>& box) const;
  std::string name_of_peer(const Live& one) const;
  LanMeeting meeting_of(Live& one);
  void add_up(const ExchangeReport& report);
};

// What is new here since the last look, was written by `by` or by somebody else; a meeting knows
// what it brought itself.
void LanExchange::Works::notice(Live* by) {
  const auto arrival = engine.store->last_arrival();
  if (arrival == seen_arrival) return;
  seen_arrival = arrival;
  const bool knew = by != nullptr && by->knows == state && !by->host->spoke();
  ++state;
  if (knew) by->knows = state;
}

std::size_t LanExchange::Works::count(bool called) const {
  return static_cast<std::size_t>(std::count_if(
      live.begin(), live.end(), [&](const auto& one) { return one->called == called; }));
}

void LanExchange::Works::listen() {
  const auto at = now();
  if (const auto datagrams = beacons.due(keyring, network.port(), at, engine.context.random);
      !datagrams.empty())
    for (const auto& datagram : datagrams) network.shout(datagram);
  for (auto& found : beacons.read(network.heard(), keyring)) {
    const auto first = at + static_cast<std::int64_t>(engine.context.random.below(kSpreadMs));
    peers.heard(found.hosts, found.port, std::move(found.proof), at, first);
  }
}

bool LanExchange::Works::take_calls() {
  bool any = false;
  while (auto link = network.accept()) {
    any = true;
    const auto host = host_in(link->peer());
    const auto unproved = std::count_if(
        live.begin(), live.end(), [](const auto& one) { return !one->called && !one->opened; });
    if (count(false) >= kMostCalled || unproved >= static_cast<std::ptrdiff_t>(kMostStrangers) ||
        offenders.is_barred(host, now())) {
      link->close(true);
      continue;
    }
    peers.hold(host, now() + kHoldMs);
    auto one = std::make_unique<Live>();
    one->link = std::move(link);
    live.push_back(std::move(one));
    begin(*live.back());
  }
  return any;
}

bool LanExchange::Works::call() {
  bool any = false;
  for (auto* peer : peers.due(state, now())) {
    if (count(true) >= kMostCalling) break;
    const auto& keys = keyring.entries();
    if (!peer->proof && keys.empty()) {
      peers.failed(*peer, "this profile belongs to no neighborhood yet", now());
      if (peer->named) trouble = peer->trouble;
      continue;
    }
    auto one = std::make_unique<Live>();
    one->called = true;
    one->peer_host = peer->host;
    one->peer_port = peer->port;
    if (peer->proof) {
      one->proof = peer->proof->clone();
    } else {
      const auto& key = keys[peer->keys_tried % keys.size()];
      one->proof = LanProof{key.psk.clone(), key.space, key.invitation};
    }
    peer->busy = true;
    one->link = network.connect(peer->host, peer->port);
    one->heard_ms = now();
    live.push_back(std::move(one));
    any = true;
  }
  return any;
}

void LanExchange::Works::begin(Live& one) {
  one.heard_ms = now();
  one.knows = state;
  one.host = std::make_unique<EngineHost>(engine, keyring, handshakes, unfinished);
  auto& random = engine.context.random;
  if (one.called) {
    const LinkKey key{one.proof->psk.view(), one.proof->space, one.proof->invitation};
    one.session.emplace(Session::initiate(*one.host, random, key, now()));
  } else {
    one.session.emplace(Session::respond(*one.host, random, now()));
  }
}

bool LanExchange::Works::receive(Live& one) {
  const auto bytes = one.link->receive(kTurnBytes);
  if (bytes.empty()) return false;
  one.heard_ms = now();
  one.bytes_in += bytes.size();
  one.session->receive(bytes, now());
  return true;
}

bool LanExchange::Works::send(Live& one) {
  std::size_t sent = 0;
  while (sent < kTurnBytes) {
    const auto ready = one.session->ready(now());
    const auto taken = ready.empty() ? 0 : one.link->send(ready);
    if (taken == 0) break;
    one.session->sent(taken);
    sent += taken;
  }
  one.bytes_out += sent;
  return sent > 0;
}

// Two laptops that called each other at once go on with the link that the lower key began.
void LanExchange::Works::resolve_double(Live& one) {
  const auto box = one.session->peer();
  if (one.opened || !box) return;
  one.opened = true;
  if (one.called)
    if (auto* peer = peers.find(one.peer_host, one.peer_port)) peer->box = box;
  for (auto& other : live) {
    if (other.get() == &one || !other->opened || other->doubled || other->ended ||
        other->session->peer() != box)
      continue;
    if (!one.called && !other->called) continue;  // whoever called twice decides
    const bool keep_ours = engine.box.key < *box;
    const bool drop_one = one.called == other->called || one.called != keep_ours;
    (drop_one ? one : *other).doubled = true;
  }
}

// One turn of one meeting: bounded, whatever the other side does.
bool LanExchange::Works::pump(Live& one) {
  if (!one.session) {
    if (one.link->state() == LinkState::connecting) return false;
    if (one.link->state() == LinkState::closed) {
      end(one);
      return true;
    }
    begin(one);
  }
  // Asked before reading: what came before the end is read first.
  const bool closed = one.link->state() == LinkState::closed;
  bool any = receive(one);
  one.session->tick(now());
  resolve_double(one);
  any = send(one) || any;
  one.host->settle();
  notice(&one);
  if (closed && !any) one.session->closed();
  if (now() - one.heard_ms >= kSilentMs) {
    one.session->closed();
    one.link->close(true);
  }
  if (one.doubled || one.session->over()) {
    end(one);
    return true;
  }
  return any;
}

std::string LanExchange::Works::name_of(const std::optional<BoxKey>& box) const {
  if (!box) return {};
  for (const auto& space : engine.spaces)
    for (const auto& member : space.authority.members)
      if (member.box == *box && !member.removed) return member.name;
  return {};
}

std::string LanExchange::Works::name_of_peer(const Live& one) const {
  return name_of(one.session ? one.session->peer() : std::nullopt);
}

LanMeeting LanExchange::Works::meeting_of(Live& one) {
  LanMeeting out;
  out.place = one.link->peer();
  out.name = name_of_peer(one);
  out.finished = one.session->state() == SessionState::finished;
  out.failed = one.session->failure();
  out.report = one.host->report();
  out.report.bytes_in = one.bytes_in;
  out.report.bytes_out = one.bytes_out;
  for (const auto& shared : one.session->shared()) {
    auto* space = engine.find(shared.space);
    if (space == nullptr) continue;
    const bool listed = std::any_of(out.report.spaces.begin(), out.report.spaces.end(),
                                    [&](const auto& has) { return has.space == shared.space; });
    if (!listed) out.report.spaces.emplace_back().space = shared.space;
    if (out.finished) engine.count_reached(*space, out.report);
  }
  for (const auto& refused : one.session->refused()) {
    // Who was removed has no later key: that is said once, not piece by piece.
    const auto* space = refused.space ? engine.find(*refused.space) : nullptr;
    if (space != nullptr && space->told_removed && refused.error.code == Code::foreign) continue;
    out.report.refused.push_back({out.place, refused.error});
  }
  if (const auto counted = engine.count_many_deleted(out.report); !counted)
    out.report.refused.push_back({out.place, counted.error()});
  return out;
}

void LanExchange::Works::add_up(const ExchangeReport& report) {
  add(total, ExchangeReport(report));
  if (total.refused.size() > kMostRefused) total.refused.resize(kMostRefused);
  for (const auto& member : report.reached) {
    const auto known =
        std::find_if(total.reached.begin(), total.reached.end(),
                     [&](const ReachedMember& one) { return one.member == member.member; });
    if (known == total.reached.end())
      total.reached.push_back(member);
    else
      *known = member;
  }
}

void LanExchange::Works::ended_call(Live& one, bool finished, const std::string& why) {
  auto* peer = peers.find(one.peer_host, one.peer_port);
  if (peer == nullptr) return;
  peer->busy = false;
  if (finished || one.doubled) return;
  const auto keys = keyring.entries().size();
  const bool unproved = one.session && !one.opened;
  if (unproved && !peer->proof && keys > 0 && ++peer->keys_tried % keys != 0) {
    peer->next_ms = now() + kNextKeyMs;
    return;
  }
  peers.failed(*peer, unproved ? "who answers there is no member of this neighborhood" : why,
               now());
  if (peer->named) trouble = peer->trouble;
}

void LanExchange::Works::end(Live& one) {
  if (one.ended) return;
  one.ended = true;
  const bool finished = one.session && one.session->state() == SessionState::finished;
  std::string why = one.link->why();
  if (one.session && one.session->failure() && why.empty()) why = one.session->failure()->message;
  if (why.empty()) why = "the link was closed";
  if (one.called) {
    ended_call(one, finished, why);
  } else if (!one.opened && !one.doubled) {
    ++strangers;
    offenders.failed(host_in(one.link->peer()), now());
  }
  if (finished) {
    confirmed = true;
    peers.met(*one.session->peer(), one.knows, now());
    if (one.called) trouble.clear();
  }
  if (one.opened && !one.doubled) {
    if (ended.size() >= kMostEnded) ended.pop_front();
    ended.push_back(meeting_of(one));
    add_up(ended.back().report);
  }
  if (one.session)
    for (auto& item : one.session->take_unfinished()) unfinished.keep(std::move(item), now());
  one.link->close(!finished);
  if (finished) leaving.emplace_back(std::move(one.link), now() + kLeaveMs);
}

void LanExchange::Works::see_off() {
  std::erase_if(leaving, [this](const auto& one) {
    return one.first->state() == LinkState::closed || now() >= one.second;
  });
}

Result<bool> LanExchange::Works::step() {
  notice(nullptr);
  TRY_VOID(keyring.refresh(engine, now()));
  see_off();
  bool any = false;
  if (!finishing) {
    if (setup.beacons) listen();
    any = take_calls();
    any = call() || any;
  }
  const auto start = now();
  const auto turns = live.size();
  for (std::size_t i = 0; i < turns; ++i) {
    auto& one = *live[turn++ % turns];
    if (!one.ended) any = pump(one) || any;
    if (now() - start >= kStepMs) {
      any = true;
      break;
    }
  }
  std::erase_if(live, [](const auto& one) { return one->ended; });
  if (std::exchange(confirmed, false)) TRY_VOID(engine.drop_erased());
  return any;
}

LanExchange::LanExchange(Engine& engine, Network& network, const LanSetup& setup)
    : works_(std::make_unique<Works>(engine, network, setup)) {
  works_->seen_arrival = works_->engine.store->last_arrival();
}
LanExchange::~LanExchange() = default;

void LanExchange::meet(const std::string& host, std::uint16_t port) {
  works_->peers.name(host, port);
}

void LanExchange::look() {
  works_->beacons.hurry();
  works_->peers.look_again(works_->now());
}

Result<bool> LanExchange::step() { return works_->step(); }

void LanExchange::finish_up() { works_->finishing = true; }

void LanExchange::stop() {
  for (auto& one : works_->live) works_->end(*one);
  works_->live.clear();
}

bool LanExchange::quiet() const {
  if (!works_->live.empty() || !works_->leaving.empty()) return false;
  return works_->finishing || !works_->peers.expecting(works_->state, works_->now());
}

std::size_t LanExchange::under_way() const { return works_->live.size(); }

std::vector<LanMeetingView> LanExchange::views() const {
  std::vector<LanMeetingView> out;
  for (const auto& one : works_->live) {
    if (!one->opened) continue;
    const auto& progress = one->session->progress();
    out.push_back({one->link->peer(), works_->name_of_peer(*one),
                   progress.sent.transactions + progress.received.transactions,
                   progress.to_send.transactions + progress.to_receive.transactions});
  }
  return out;
}

std::vector<LanNeighbor> LanExchange::neighbors() const {
  std::vector<LanNeighbor> out;
  for (const auto& peer : works_->peers.all()) {
    const bool bare = peer.host.find(':') != peer.host.npos;
    out.push_back({(bare ? "[" + peer.host + "]" : peer.host) + ":" + std::to_string(peer.port),
                   works_->name_of(peer.box), peer.trouble});
  }
  return out;
}

std::vector<LanMeeting> LanExchange::take_meetings() {
  std::vector<LanMeeting> out(std::make_move_iterator(works_->ended.begin()),
                              std::make_move_iterator(works_->ended.end()));
  works_->ended.clear();
  return out;
}

const ExchangeReport& LanExchange::total() const { return works_->total; }
std::uint64_t LanExchange::strangers() const { return works_->strangers; }
std::string LanExchange::trouble() const { return works_->trouble; }

}  // namespace rukun
