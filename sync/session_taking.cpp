// What comes in: who shares what, what the other has, and the items that this side lacks.

#include <algorithm>

#include "sync/limits.h"
#include "sync/segment.h"
#include "sync/session_works.h"

namespace rukun {

tl::unexpected<Error> out_of_turn(const char* what) {
  return error(Code::damaged,
               std::string("the other side of the link sent ") + what + " that nobody waited for");
}

// While nobody is known who may send more, no larger item is taken into memory.
std::size_t Session::Works::most_item() const {
  for (const auto& slot : slots)
    if (slot.peer_is_member || slot.joining) return limits::kLinkItem;
  return limits::kLinkUnknownBytes;
}

Status Session::Works::take(const Frame& frame) {
  const auto type = static_cast<FrameType>(frame.type);
  if (!hello_came && type != FrameType::hello) return out_of_turn("something before its hello");
  Reader in(frame.body);
  switch (type) {
    case FrameType::hello: return take_hello(frame.body);
    case FrameType::judged: return take_judged(in);
    case FrameType::have: return take_have(in, frame.body.size());
    case FrameType::totals: return take_totals(in);
    case FrameType::envelope:
    case FrameType::receipt:
    case FrameType::authority:
    case FrameType::data: return take_item(type, in, frame.body.size());
    case FrameType::done: return take_done(in);
    case FrameType::credit: return take_credit(in);
    case FrameType::alive: return in.finish("a sign of life");
    case FrameType::kept: return take_kept(in);
    case FrameType::rest: return take_rest(in, frame.body.size());
    case FrameType::bye: bye_heard = in.varint(); return in.finish("a farewell");
  }
  return {};  // of a later version
}

Status Session::Works::take_hello(ByteView body) {
  if (hello_came) return out_of_turn("a second hello");
  TRY(const auto hello, decode_hello(body));
  hello_came = true;
  share(hello.tags);
  if (slots.empty())
    return error(Code::foreign, "the other laptop shares no neighborhood with this one any more",
                 "try again");
  return judge();
}

// Both sides come to the same slots: the keys that both listed, those of one space taken together,
// numbered by the first one's place in the initiator's list.
void Session::Works::share(const std::vector<LinkTag>& theirs) {
  std::map<LinkTag, std::size_t> places;
  for (std::size_t i = 0; i < theirs.size(); ++i) places.emplace(theirs[i], i);
  std::map<std::uint64_t, const OwnKey*> shared;
  for (std::size_t i = 0; i < own_keys.size(); ++i) {
    const auto place = places.find(own_keys[i].theirs);
    if (place == places.end()) continue;
    shared.emplace(role == NoiseRole::initiator ? i : place->second, &own_keys[i]);
  }
  std::map<SpaceId, std::size_t> by_epoch;
  for (const auto& [number, key] : shared) {
    if (!key->invitation && key->space) {
      const auto [known, is_first] = by_epoch.emplace(*key->space, slots.size());
      slot_of_number[number] = known->second;
      if (!is_first) continue;
    } else {
      slot_of_number[number] = slots.size();
    }
    Slot slot;
    slot.number = number;
    slot.space = key->space;
    slot.invitation = key->invitation;
    slot.joining = key->invitation && !key->space;
    slots.push_back(std::move(slot));
  }
  for (auto& slot : slots)
    slot.doubled = slot.invitation && slot.space && by_epoch.count(*slot.space) != 0;
  own_keys.clear();
}

// Who the peer is in each space, by what is durable now. A change is told, and what was answered
// before it is answered anew.
Status Session::Works::judge() {
  for (auto& slot : slots) {
    const bool member = slot.space && peer && host.is_member(*slot.space, *peer);
    if (member == slot.peer_is_member) continue;
    slot.peer_is_member = member;
    if (slot.judged_once) slot.judged_due = true;
    slot.have_due = true;
    if (giving && &slots[giving_slot] == &slot) {
      answer.reset();
      item.reset();
      slot.answered.reset();
    }
    if (member) TRY_VOID(take_their_receipt(slot));
  }
  return {};
}

Result<Slot*> Session::Works::slot_in(Reader& in) {
  const auto number = in.varint();
  const auto found = slot_of_number.find(number);
  if (!in.ok() || found == slot_of_number.end())
    return error(Code::damaged, "the other side of the link names a neighborhood not shared here");
  return &slots[found->second];
}

Status Session::Works::take_judged(Reader& in) {
  TRY(Slot * slot, slot_in(in));
  const bool known = in.u8() == 1;
  TRY_VOID(in.finish("a judgement"));
  if (++slot->judged_rounds > limits::kLinkRounds)
    return out_of_turn("more judgements than anybody makes");
  slot->known_to_peer = known;
  if (slot->peer_judged) ++slot->expected;
  slot->peer_judged = true;
  return {};
}

Status Session::Works::take_have(Reader& in, std::size_t size) {
  const auto body = in;
  TRY(Slot * slot, slot_in(in));
  if (!slot->peer_judged || ++slot->have_rounds > limits::kLinkRounds)
    return out_of_turn("a frontier");
  Reader whole = body;
  const auto hash_of_it = hash_to<TxnTag>(kHaveLabel, whole.raw(whole.left()));
  TRY(auto have, decode_have(in));
  have_bytes = have_bytes - slot->their_bytes + size;
  slot->their_bytes = size;
  if (have_bytes > limits::kLinkHaves)
    return error(Code::damaged, "the frontiers of the other side are too large together");
  if (have.receipt && slot->space && have.receipt->space != *slot->space)
    return error(Code::damaged, "the other side of the link confuses two neighborhoods");
  slot->theirs = std::move(have);
  slot->their_hash = hash_of_it;
  ++slot->owed;
  return slot->peer_is_member ? take_their_receipt(*slot) : Status();
}

// The peer's own signed frontier: what it says here, it must be able to sign.
Status Session::Works::take_their_receipt(Slot& slot) {
  if (!slot.theirs || !slot.theirs->receipt) return {};
  auto kept = host.take_receipt(*slot.space, encode_frontier(*slot.theirs->receipt), peer);
  host_failed |= !kept && is_our_fault(kept.error());
  if (!kept) return kept;
  if (!batch_dirty && batch_bytes == 0) batch_since = now;
  batch_dirty = true;
  return {};
}

Status Session::Works::take_totals(Reader& in) {
  TRY(Slot * slot, slot_in(in));
  const auto items = in.varint(), transactions = in.varint(), bytes = in.varint();
  TRY_VOID(in.finish("totals"));
  if (slot->answer_open || slot->expected == slot->arrived) return out_of_turn("an answer");
  slot->answer_open = true;
  slot->answer_gave = false;
  // Bounded so that sums for a progress bar cannot wrap around.
  constexpr std::uint64_t kMost = std::uint64_t{1} << 40;
  progress.to_receive.items += std::min(items, kMost);
  progress.to_receive.transactions += std::min(transactions, kMost);
  progress.to_receive.bytes += std::min(bytes, kMost);
  return {};
}

Status Session::Works::check_allowed(Slot& slot, FrameType type, std::size_t size) {
  if (!slot.answer_open) return out_of_turn("an item");
  window_used += size;
  if (window_used > limits::kLinkWindow) return out_of_turn("more than it had credit for");
  if (slot.peer_is_member) return {};
  if (type != FrameType::envelope && type != FrameType::authority)
    return error(Code::not_allowed, "somebody not known here sent data",
                 "it can be known once its invitation or admission has arrived");
  slot.bytes_unknown += size;
  if (slot.bytes_unknown > (slot.joining ? limits::kInvitationBytes : limits::kLinkUnknownBytes))
    return error(Code::not_allowed, "somebody not known here sent too much",
                 "exchange with it over a stick or a file first");
  return {};
}

Status Session::Works::take_item(FrameType type, Reader& in, std::size_t size) {
  TRY(Slot * slot, slot_in(in));
  TRY_VOID(check_allowed(*slot, type, size));
  if (Begun* begun = slot->begun(type)) begun->whole_came = true;
  return take_bytes(*slot, type, in.raw(in.left()), size);
}

Status Session::Works::take_bytes(Slot& slot, FrameType type, ByteView bytes,
                                  std::size_t travelled) {
  slot.answer_gave = true;
  ++progress.received.items;
  progress.received.bytes += travelled;
  if (!batch_dirty && batch_bytes == 0) batch_since = now;
  batch_bytes += travelled;
  if (type == FrameType::data)
    if (const auto header = read_segment_header(bytes); header && header->last >= header->first)
      progress.received.transactions += header->last - header->first + 1;
  const auto kept = keep_item(slot, type, bytes);
  if (kept) batch_dirty = true;
  TRY_VOID(note(slot, kept));
  return batch_bytes >= limits::kLinkBatch ? commit() : Status();
}

Status Session::Works::keep_item(Slot& slot, FrameType type, ByteView bytes) {
  if (type == FrameType::envelope) {
    auto space = host.take_envelope(slot.space, bytes);
    // Who joins is given the envelopes of others too; only its own says which neighborhood it is.
    if (!space && !slot.space && space.error().code == Code::foreign) return {};
    if (!space) return tl::make_unexpected(std::move(space).error());
    if (!slot.space) slot.space = *space;
    return {};
  }
  if (!slot.space)
    return error(Code::foreign, "something came before the envelope of its neighborhood");
  if (type == FrameType::receipt) return host.take_receipt(*slot.space, bytes, std::nullopt);
  return host.take_segment(
      *slot.space, type == FrameType::authority ? LogKind::authority : LogKind::data, bytes);
}

// What an item did wrong is noted and the rest goes on; what this laptop cannot do ends the
// session.
Status Session::Works::note(const Slot& slot, Status status) {
  if (status) return {};
  host_failed |= is_our_fault(status.error());
  if (host_failed) return status;
  if (refused.size() < limits::kLinkRefused)
    refused.push_back({slot.space, std::move(status).error()});
  return {};
}

Status Session::Works::take_done(Reader& in) {
  TRY(Slot * slot, slot_in(in));
  TRY_VOID(in.finish("the end of an answer"));
  if (!slot->answer_open) return out_of_turn("the end of an answer");
  slot->answer_open = false;
  ++slot->arrived;
  ++answers_in;
  if (!slot->answer_gave) return {};
  slot->have_due = true;
  return commit();
}

Status Session::Works::commit() {
  credit_due += batch_bytes;
  window_used -= batch_bytes;
  batch_bytes = 0;
  if (!batch_dirty) return {};
  batch_dirty = false;
  auto done = host.commit();
  if (!done) {
    host_failed = true;
    host.roll_back();
    return done;
  }
  return judge();
}

Status Session::Works::take_credit(Reader& in) {
  const auto more = in.varint(limits::kLinkWindow);
  TRY_VOID(in.finish("credit"));
  if (more > limits::kLinkWindow - credit) return out_of_turn("more credit than was used");
  credit += more;
  return {};
}

}  // namespace rukun
