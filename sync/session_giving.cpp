// What goes out: answers, read from the host only when the peer has room, and between them whatever
// is due at once, so that neither direction waits for the other.

#include <algorithm>

#include "sync/limits.h"
#include "sync/session_works.h"

namespace rukun {

namespace {

Bytes number(std::uint64_t one) {
  Writer out;
  out.varint(one);
  return std::move(out.out);
}
Bytes number(std::uint64_t one, std::uint8_t then) {
  Writer out;
  out.varint(one);
  out.u8(then);
  return std::move(out.out);
}
}  // namespace

FrameType frame_of(LinkItemKind kind) {
  switch (kind) {
    case LinkItemKind::envelope: return FrameType::envelope;
    case LinkItemKind::receipt: return FrameType::receipt;
    case LinkItemKind::authority: return FrameType::authority;
    case LinkItemKind::data: break;
  }
  return FrameType::data;
}

bool Session::Works::all_satisfied() const {
  return std::all_of(slots.begin(), slots.end(), [](const Slot& slot) { return slot.satisfied(); });
}

// Appends one frame; false when there is nothing to say now.
Result<bool> Session::Works::produce() {
  if (hello_due) {
    hello_due = false;
    append_frame(plain, FrameType::hello, encode_hello({kLinkVersion, {}, own_tags}));
    own_tags.clear();
    return true;
  }
  if (!hello_came) return false;
  TRY(const bool due, say_what_is_due());
  if (due) return true;
  TRY(const bool gave, give());
  if (gave) return true;
  return say_bye();
}

Result<bool> Session::Works::say_what_is_due() {
  if (credit_due != 0) {
    append_frame(plain, FrameType::credit, number(credit_due));
    credit_due = 0;
    return true;
  }
  for (auto& slot : slots) {
    if (slot.judged_due) {
      append_frame(plain, FrameType::judged, number(slot.number, slot.peer_is_member ? 1 : 0));
      slot.judged_due = false;
      if (slot.judged_once) ++slot.owed;  // what was answered by another judgement
      slot.judged_once = true;
      return true;
    }
    if (!slot.have_due) continue;
    TRY(const bool said, say_have(slot));
    if (said) return true;
  }
  return false;
}

// Only what differs from what was said last: else the peer has nothing new to answer.
Result<bool> Session::Works::say_have(Slot& slot) {
  slot.have_due = false;
  LinkHave have;
  if (slot.space && slot.peer_is_member) tell_begun(slot);
  if (slot.space) {
    auto mine = host.have(*slot.space, slot.peer_is_member);
    host_failed |= !mine;
    if (!mine) return tl::make_unexpected(std::move(mine).error());
    have = std::move(*mine);
  }
  const auto body = encode_have(slot.number, have);
  const auto hash_of_it = hash_to<TxnTag>(kHaveLabel, body);
  if (hash_of_it == slot.last_have) return false;
  slot.last_have = hash_of_it;
  ++slot.expected;
  append_frame(plain, FrameType::have, body);
  return true;
}

// A stranger with a key of the space gets nothing but, when it does not know me either, what makes
// me known to it. Who came with an invitation gets what a joining stick would hold, and who was
// removed is told so.
std::optional<LinkScope> Session::Works::scope_for(const Slot& slot) const {
  if (!slot.space || slot.doubled) return std::nullopt;
  if (slot.peer_is_member && slot.known_to_peer) return LinkScope::everything;
  if (slot.peer_is_member) return LinkScope::introduction;
  if (slot.invitation) return LinkScope::authority;
  if (peer && host.was_removed(*slot.space, *peer)) return LinkScope::removal;
  if (!slot.known_to_peer) return LinkScope::introduction;
  return std::nullopt;
}

Result<bool> Session::Works::begin_answer() {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const std::size_t at = (turn + i) % slots.size();
    Slot& slot = slots[at];
    if (slot.owed == 0 || !slot.theirs) continue;
    turn = at + 1;
    --slot.owed;
    giving_slot = at;
    const auto scope = scope_for(slot);
    giving = scope.value_or(LinkScope::introduction);
    const auto asked = scope ? std::optional(std::pair(slot.their_hash, *scope)) : std::nullopt;
    LinkTotals totals;
    // The same question twice means that the peer could not use the answer.
    if (asked && asked != slot.answered) {
      slot.answered = asked;
      auto made = host.answer(*slot.space, *slot.theirs, *scope, *peer);
      host_failed |= !made;
      if (!made) return tl::make_unexpected(std::move(made).error());
      answer = std::move(*made);
      if (answer) totals = answer->totals();
    }
    progress.to_send.items += totals.items;
    progress.to_send.transactions += totals.transactions;
    progress.to_send.bytes += totals.bytes;
    append_frame(plain, FrameType::totals, encode_totals(slot.number, totals));
    return true;
  }
  return false;
}

void Session::Works::say_done(Slot& slot) {
  answer.reset();
  giving.reset();
  ++answers_out;
  append_frame(plain, FrameType::done, number(slot.number));
}

Result<bool> Session::Works::give() {
  if (!giving) return begin_answer();
  Slot& slot = slots[giving_slot];
  if (!item && answer) {
    auto next = answer->next();
    host_failed |= !next;
    if (!next) return tl::make_unexpected(std::move(next).error());
    item = std::move(*next);
  }
  if (!item) {
    say_done(slot);
    return true;
  }
  const auto begun = begun_there(slot, *item);
  Bytes body = begun ? encode_rest(slot.number, *begun) : number(slot.number);
  const auto bytes = ByteView(item->bytes).subspan(begun ? begun->size : 0);
  const std::size_t size = body.size() + bytes.size();
  if (size > limits::kLinkItem)
    return error(Code::full, "something of this neighborhood is too large for a link",
                 "exchange it over a stick or a file");
  // More is not taken from somebody who is not known.
  const bool bounded =
      *giving == LinkScope::introduction || (*giving == LinkScope::removal && !slot.known_to_peer);
  if (bounded && slot.introduced + size > limits::kLinkUnknownBytes) {
    item.reset();
    say_done(slot);
    return true;
  }
  if (size > credit) return false;
  credit -= size;
  if (bounded) slot.introduced += size;
  append(body, bytes);
  append_frame(plain, begun ? FrameType::rest : frame_of(item->kind), body);
  if (begun) slot.begun(begun->type)->there.reset();
  ++progress.sent.items;
  progress.sent.bytes += size;
  progress.sent.transactions += item->transactions;
  item.reset();
  return true;
}

// Says how many answers were dealt with: the other knows from it that nothing more will be asked.
Result<bool> Session::Works::say_bye() {
  if (!all_satisfied() || bye_said == answers_in) return false;
  if (batch_dirty || batch_bytes != 0) {
    TRY_VOID(commit());
    TRY(const bool due, say_what_is_due());
    if (due || !all_satisfied()) return due;
  }
  bye_said = answers_in;
  append_frame(plain, FrameType::bye, number(answers_in));
  return true;
}

}  // namespace rukun
