#pragma once
// What follows from needs, offers, pledges and handovers, and from shifts and sign-ups: pure
// computations over plain facts. The same facts in any order give the same balances, nothing is
// ever negative, and sums saturate, whatever a broken or hostile writer put there. Quantities are
// thousandths: a need's and its pledges' in the need's unit, an offer's in its own. Loading them
// from the projection: derived.h. Any thread.

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "sync/record.h"

namespace rukun {

// Who was first: doubtful clocks last, then stamp, log, position, hash of the write that made the
// record; its id only to tell parts of one transaction apart.
struct QueueKey {
  bool doubtful = false;
  std::uint64_t ticks = 0;
  LogId log;
  Seq seq = 0;
  TxnTag txn;
  RecordId record;
  auto operator<=>(const QueueKey&) const = default;
};

enum class PledgeState : std::uint8_t { promised = 1, on_the_way = 2, fell_through = 3 };
enum class NeedState : std::uint8_t { open = 1, partly, covered, delivered, closed };

struct NeedFact {
  RecordId id;
  std::int64_t quantity = 0;
  std::string unit;
  bool closed = false;
};
struct OfferFact {
  RecordId id;
  std::int64_t quantity = 0;
  std::string unit;
  bool withdrawn = false;  // or deleted: it gives nothing more, but what is on the way goes on
};
struct PledgeFact {
  RecordId id;
  RecordId need;
  std::optional<RecordId> offer;  // none: the pledger's own word, which nothing limits
  std::int64_t quantity = 0;
  PledgeState state = PledgeState::promised;
  QueueKey queue;
};
struct HandoverFact {
  std::optional<RecordId> pledge, need, entitlement;
  std::int64_t quantity = 0;
};
struct AidFacts {
  std::vector<NeedFact> needs;
  std::vector<OfferFact> offers;
  std::vector<PledgeFact> pledges;
  std::vector<HandoverFact> handovers;
};

struct NeedBalance {
  std::int64_t delivered = 0;   // sum of its handovers
  std::int64_t promised = 0;    // honored and not handed over yet
  std::int64_t on_the_way = 0;  // likewise
  std::int64_t remaining = 0;   // what nobody has promised
  NeedState state = NeedState::open;
};
struct OfferBalance {
  std::int64_t remaining = 0;
  std::int64_t promised = 0;  // as asked, fell_through left out
  std::int64_t handed_over = 0;
};
struct PledgeBalance {
  std::int64_t honored = 0;  // what the offer still had when it was this one's turn
  std::int64_t handed_over = 0;
  bool bumped = false;  // honored less than asked
};

// Goods that were handed over have left the offer, whoever asked first; what is left goes round in
// queue order. An offer whose unit cannot be had exactly from the need's honors nothing. An offer
// that has not arrived limits nothing.
class AidBalances {
 public:
  explicit AidBalances(const AidFacts& facts);

  // nullptr for what was not among the facts.
  const NeedBalance* need(const RecordId& id) const;
  const OfferBalance* offer(const RecordId& id) const;
  const PledgeBalance* pledge(const RecordId& id) const;
  std::int64_t handed_over(const RecordId& entitlement) const;

 private:
  // Balances stand in the order of the facts; one lookup table a kind says where.
  using Places = std::unordered_map<RecordId, std::size_t, IdHash>;
  void hand_over(const AidFacts& facts);
  void settle_offers(const AidFacts& facts);
  void settle_needs(const AidFacts& facts);

  Places need_at_, offer_at_, pledge_at_;
  std::vector<NeedBalance> needs_;
  std::vector<OfferBalance> offers_;
  std::vector<PledgeBalance> pledges_;
  std::unordered_map<RecordId, std::int64_t, IdHash> entitlements_;
};

struct ShiftFact {
  RecordId id;
  std::optional<std::int64_t> slots;  // its own, else its activity's; none: everybody has room
  bool cancelled = false;
};
struct SignupFact {
  RecordId id;
  RecordId shift;
  std::optional<RecordId> volunteer, household;
  bool joined = true;
  bool attended = false;  // present
  bool settled = false;   // attendance is recorded, one way or another
  bool excused = false;   // did not come, with a reason
  std::optional<RecordId> replaces;
  QueueKey queue;
};
struct DutyFacts {
  std::vector<ShiftFact> shifts;
  std::vector<SignupFact> signups;
};

struct ShiftBalance {
  std::optional<std::int64_t> slots;
  std::int64_t joined = 0;  // holding a slot
  std::int64_t waiting = 0;
};
struct SignupBalance {
  std::int64_t position = 0;  // from 1, among those holding a slot or among those waiting; 0: out
  bool waiting = false;
};
struct VolunteerBalance {
  std::int64_t load = 0;    // slots held, not cancelled, attendance not recorded yet
  std::int64_t served = 0;  // present
  std::int64_t missed = 0;  // absent without an excuse; not of cancelled shifts
};

// A sign-up that replaces a withdrawn one of the same shift has its place in the queue. Somebody
// who signed up twice counts once. Who withdrew has neither served nor missed, so a substitute has
// the credit alone.
class DutyBalances {
 public:
  explicit DutyBalances(const DutyFacts& facts);

  const ShiftBalance* shift(const RecordId& id) const;
  const SignupBalance* signup(const RecordId& id) const;
  VolunteerBalance volunteer(const RecordId& id) const;
  VolunteerBalance household(const RecordId& id) const;

 private:
  template <class Balance>
  using ById = std::unordered_map<RecordId, Balance, IdHash>;
  void count_attendance(const DutyFacts& facts);

  ById<ShiftBalance> shifts_;
  ById<SignupBalance> signups_;
  ById<VolunteerBalance> volunteers_;
  ById<VolunteerBalance> households_;
};

// How much of `from` there is in `to`, rounded down; nothing when they do not convert exactly.
std::optional<std::int64_t> whole_part(std::int64_t thousandths, std::string_view from,
                                       std::string_view to);

}  // namespace rukun
