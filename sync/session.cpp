#include "sync/session.h"

#include <algorithm>

#include "platform/base/check.h"
#include "sync/limits.h"
#include "sync/session_works.h"

namespace rukun {

namespace {
constexpr std::int64_t kHandshakeMs = 10'000;
constexpr std::int64_t kSilenceMs = 60'000;
constexpr std::int64_t kAliveMs = 20'000;
constexpr std::int64_t kStalledMs = 300'000;  // only signs of life
constexpr std::int64_t kBatchMs = 2'000;
constexpr std::int64_t kKeptMs = 3'600'000;  // the beginning of an item
constexpr std::size_t kTagsStep = 8;         // lists are filled up: they tell little about how many
constexpr Label kRepeatLabel("rukun/lnk-rep/1");
}  // namespace

bool HandshakeMemory::is_new(const TxnTag& handshake) {
  if (std::find(seen_.begin(), seen_.end(), handshake) != seen_.end()) return false;
  if (seen_.size() < limits::kLinkRemembered) {
    seen_.push_back(handshake);
  } else {
    seen_[next_] = handshake;
    next_ = (next_ + 1) % seen_.size();
  }
  return true;
}

void UnfinishedMemory::keep(UnfinishedItem item, std::int64_t now_ms) {
  std::erase_if(kept_, [&](const Kept& one) {
    return one.item.space == item.space && one.item.kind == item.kind;
  });
  if (item.bytes.size() > limits::kSegmentSealed) return;
  if (kept_.size() >= limits::kLinkKept) kept_.erase(kept_.begin());
  kept_.push_back({std::move(item), now_ms});
}

std::optional<Bytes> UnfinishedMemory::take(const SpaceId& space, LinkItemKind kind,
                                            std::int64_t now_ms) {
  std::erase_if(kept_, [&](const Kept& one) { return now_ms - one.since_ms >= kKeptMs; });
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) {
    return one.item.space == space && one.item.kind == kind;
  });
  if (found == kept_.end()) return std::nullopt;
  auto bytes = std::move(found->item.bytes);
  kept_.erase(found);
  return bytes;
}

bool is_our_fault(const Error& error) {
  return error.code == Code::full || error.code == Code::io || error.code == Code::busy ||
         error.code == Code::locked;
}

Session::Works::Works(SessionHost& given, NoiseRole which, Random& randomness, std::int64_t now_ms)
    : host(given), role(which), random(randomness), now(now_ms), started(now_ms) {
  last_heard = last_moved = last_said = now_ms;
  handshake.emplace(with_psk(noise_xx(), 0), role, view(kLinkPrologue),
                    NoiseKeys{&host.link_identity(), {}, {}}, random);
}

// What was taken whole stays, unless this laptop itself cannot keep it.
void Session::Works::fail(Error why) {
  if (!running()) return;
  state = SessionState::failed;
  failure = std::move(why);
  answer.reset();
  item.reset();
  out.clear();
  plain.clear();
  out_at = 0;
  if (!batch_dirty) return;
  batch_dirty = false;
  if (host_failed || !host.commit()) host.roll_back();
}

void Session::Works::receive(ByteView bytes) {
  if (!bytes.empty()) last_heard = now;
  while (!bytes.empty() && running())
    if (auto done = step(bytes); !done) fail(std::move(done).error());
  check_finished();
}

Status Session::Works::step(ByteView& bytes) {
  const bool shaking = state == SessionState::handshake;
  if (shaking && handshake_next >= std::size(kHandshakeSizes))
    return error(Code::damaged, "the other side of the link speaks out of turn");
  if (shaking && (handshake_next % 2 == 0) == (role == NoiseRole::initiator))
    return error(Code::damaged, "the other side of the link speaks out of turn");
  const std::size_t least = shaking ? kHandshakeSizes[handshake_next] : kPolyTag;
  const std::size_t most = shaking ? kHandshakeSizes[handshake_next] : kNoiseMessage;
  TRY(const bool whole, records.fill(bytes, least, most));
  if (!whole) return {};
  if (shaking) {
    TRY_VOID(shake_hands(records.record()));
    records.next();
    return {};
  }
  const auto opened = receive_cipher.open(frames.buffer(), {}, records.record());
  records.next();
  TRY_VOID(opened);
  return read_frames();
}

Status Session::Works::read_frames() {
  while (running()) {
    TRY(const auto frame, frames.next(most_item(), limits::kLinkHave));
    if (!frame) return {};
    if (frame->type != static_cast<std::uint8_t>(FrameType::alive)) last_moved = now;
    TRY_VOID(take(*frame));
    if (frame->type == static_cast<std::uint8_t>(FrameType::bye)) check_finished();
  }
  return {};
}

// The first message of a stranger opens under none of our keys, and nothing is answered.
Status Session::Works::read_first(ByteView message) {
  bool found = false;
  std::size_t tried = 0;
  host.each_link_key([&](const LinkKey& key) {
    if (found || tried++ >= limits::kLinkKeys || key.psk.size() != 32) return;
    handshake->restart(key.psk);
    found = handshake->read(message).has_value();
  });
  if (!found) return error(Code::foreign, "a stranger asked for a link");
  if (!host.is_new_handshake(hash_to<TxnTag>(kRepeatLabel, message)))
    return error(Code::foreign, "somebody repeated an old request for a link");
  return {};
}

Status Session::Works::shake_hands(ByteView message) {
  if (handshake_next == 0) {
    TRY_VOID(read_first(message));
  } else {
    TRY_VOID(handshake->read(message));
  }
  ++handshake_next;
  if (!handshake->finished()) TRY_VOID(say_handshake());
  if (handshake->finished()) open();
  return {};
}

Status Session::Works::say_handshake() {
  TRY(const auto message, handshake->write({}));
  append_record(out, message);
  said_anything = true;
  ++handshake_next;
  return {};
}

void Session::Works::open() {
  peer = handshake->their_static();
  handshake_hash = handshake->hash();
  auto ciphers = handshake->split();
  send_cipher = std::move(ciphers.send);
  receive_cipher = std::move(ciphers.receive);
  handshake.reset();
  state = SessionState::open;
  last_moved = now;
  credit = limits::kLinkWindow;
  hello_due = true;
  list_keys();
}

// Which keys both hold is told by tags of this session only: who holds one of them learns nothing
// of the others, nor, from one session, anything about the next.
void Session::Works::list_keys() {
  const auto other = role == NoiseRole::initiator ? NoiseRole::responder : NoiseRole::initiator;
  host.each_link_key([&](const LinkKey& key) {
    if (own_keys.size() >= limits::kLinkKeys || key.psk.size() != 32) return;
    own_keys.push_back({link_tag(key.psk, handshake_hash, role),
                        link_tag(key.psk, handshake_hash, other), key.space, key.invitation});
    own_tags.push_back(own_keys.back().mine);
  });
  while (own_tags.size() % kTagsStep != 0) own_tags.push_back(random.draw<LinkTag>());
}

void Session::Works::seal_plain() {
  ByteView rest(plain);
  Bytes message;
  while (!rest.empty() && running()) {
    const auto piece = rest.first(std::min(rest.size(), kLinkRecord));
    rest = rest.subspan(piece.size());
    message.clear();
    if (auto sealed = send_cipher.seal(message, {}, piece); !sealed)
      fail(std::move(sealed).error());
    else
      append_record(out, message);
  }
  plain.clear();
  if (plain.capacity() > 2 * limits::kLinkReady) plain.shrink_to_fit();
}

void Session::Works::tick() {
  if (state == SessionState::handshake && now - started >= kHandshakeMs)
    return fail({Code::io, "the other side did not prove itself in time",
                 "check that both laptops belong to the same neighborhood"});
  if (state != SessionState::open) return;
  if (now - last_heard >= kSilenceMs || now - last_moved >= kStalledMs)
    return fail({Code::io, "the other side has fallen silent",
                 "what arrived is kept; the next exchange goes on from there"});
  if ((batch_dirty || batch_bytes != 0) && now - batch_since >= kBatchMs)
    if (auto done = commit(); !done) return fail(std::move(done).error());
  if (now - last_said >= kAliveMs) {
    append_frame(plain, FrameType::alive, {});
    last_said = now;
  }
}

// Both have said that they need nothing, and neither has said anything since that would change it.
void Session::Works::check_finished() {
  if (state != SessionState::open || !hello_came || !all_satisfied() || giving) return;
  if (bye_said != answers_in || bye_heard != answers_out) return;
  if (std::any_of(slots.begin(), slots.end(), [](const Slot& slot) { return slot.owed != 0; }))
    return;
  if (batch_dirty || batch_bytes != 0) {
    if (auto done = commit(); !done) return fail(std::move(done).error());
    // It may have changed who the peer is to us; then there is more to say.
    if (!all_satisfied()) return;
  }
  seal_plain();
  if (running()) state = SessionState::finished;
}

Session::Session(std::unique_ptr<Works> works) : works_(std::move(works)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() {
  if (works_ && works_->batch_dirty) works_->host.roll_back();
}

Session Session::initiate(SessionHost& host, Random& random, const LinkKey& with,
                          std::int64_t now_ms) {
  auto works = std::make_unique<Works>(host, NoiseRole::initiator, random, now_ms);
  works->handshake->restart(with.psk);
  if (auto said = works->say_handshake(); !said) works->fail(std::move(said).error());
  return Session(std::move(works));
}

Session Session::respond(SessionHost& host, Random& random, std::int64_t now_ms) {
  return Session(std::make_unique<Works>(host, NoiseRole::responder, random, now_ms));
}

void Session::receive(ByteView bytes, std::int64_t now_ms) {
  works_->now = now_ms;
  works_->receive(bytes);
}

ByteView Session::ready(std::int64_t now_ms) {
  auto& w = *works_;
  w.now = now_ms;
  if (w.out_at == w.out.size()) {
    w.out.clear();
    w.out_at = 0;
    if (w.out.capacity() > 4 * limits::kLinkReady) w.out.shrink_to_fit();
  }
  while (w.state == SessionState::open &&
         w.out.size() - w.out_at + w.plain.size() < limits::kLinkReady) {
    auto more = w.produce();
    if (!more) w.fail(std::move(more).error());
    if (!more || !*more) break;
    w.last_said = now_ms;
  }
  w.seal_plain();
  w.check_finished();
  return ByteView(w.out).subspan(w.out_at);
}

void Session::sent(std::size_t bytes) {
  auto& w = *works_;
  CHECK_BUG(bytes <= w.out.size() - w.out_at);
  w.out_at += bytes;
  if (w.out_at < limits::kLinkReady) return;
  w.out.erase(w.out.begin(), w.out.begin() + static_cast<std::ptrdiff_t>(w.out_at));
  w.out_at = 0;
}

void Session::tick(std::int64_t now_ms) {
  works_->now = now_ms;
  works_->tick();
}

void Session::closed() {
  if (works_->state == SessionState::finished) works_->out_at = works_->out.size();
  works_->fail({Code::io, "the link ended before both sides were done",
                "what arrived is kept; the next exchange goes on from there"});
}

SessionState Session::state() const { return works_->state; }
bool Session::over() const {
  return works_->state == SessionState::failed ||
         (works_->state == SessionState::finished && works_->out_at == works_->out.size());
}
const std::optional<Error>& Session::failure() const { return works_->failure; }
bool Session::silent() const { return !works_->said_anything; }
std::optional<BoxKey> Session::peer() const { return works_->peer; }
const SessionProgress& Session::progress() const { return works_->progress; }
const std::vector<RefusedItem>& Session::refused() const { return works_->refused; }

std::vector<UnfinishedItem> Session::take_unfinished() { return works_->take_unfinished(); }

std::vector<SharedSpace> Session::shared() const {
  std::vector<SharedSpace> out;
  for (const auto& slot : works_->slots)
    if (slot.space && !slot.doubled)
      out.push_back({*slot.space, slot.peer_is_member, slot.known_to_peer});
  return out;
}

std::size_t Session::held_bytes() const {
  const auto& w = *works_;
  return w.records.held() + w.frames.held() + w.plain.size() + w.out.size() +
         (w.item ? w.item->bytes.size() : 0) + w.have_bytes + w.beginning_bytes();
}

}  // namespace rukun
