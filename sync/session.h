#pragma once
// One session between two laptops over any stream of bytes: Noise handshake, who the other is, then
// both give each other what they lack, at the same time. Bytes in, bytes out: it owns no socket, no
// clock and no thread. What it takes is made durable by its host in batches, so a stream that ends
// at any byte loses only what was in flight and a new session goes on from there. Memory is bounded
// on both sides by limits.h. Bytes: PROTOCOL.md, "Link sessions". Whatever a peer does wrong ends
// this session with an Error, and nothing else. One thread: the host's.

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "sync/crypto.h"
#include "sync/frontier.h"

namespace rukun {

// The PSK that proves an epoch key. An invitation's is InvitationKeys::lan_psk.
Secret link_psk(const Secret& epoch_key);

struct LinkKey {
  ByteView psk;                  // 32 bytes; lives during the call
  std::optional<SpaceId> space;  // none: an invitation whose neighborhood is not known here yet
  bool invitation = false;       // open ones only, ours to use or made here
};

struct KnownReceipt {
  MemberId member;
  std::uint64_t counter = 0;
  bool operator==(const KnownReceipt&) const = default;
};

// What one side has of a space.
struct LinkHave {
  std::optional<SignedFrontier>
      receipt;                         // only between members: the newest, covers what is durable
  Frontier heads;                      // those of `receipt`; without one, of authority logs only
  std::vector<TxnTag> envelopes;       // named by the host: the same name for the same bytes
  std::vector<KnownReceipt> receipts;  // of other members; only between members
};

enum class LinkItemKind : std::uint8_t { envelope, receipt, authority, data };
struct LinkItem {
  LinkItemKind kind = LinkItemKind::data;
  Bytes bytes;                     // an envelope, an encoded SignedFrontier, a segment
  std::uint64_t transactions = 0;  // of data
};

struct LinkTotals {
  std::uint64_t items = 0;  // at most: small ones may travel together
  std::uint64_t transactions = 0;
  std::uint64_t bytes = 0;  // about
  bool operator==(const LinkTotals&) const = default;
};

// The beginning of a segment in which a link was cut. It proved its sender and nothing of itself:
// it is only ever put together with what follows, and then judged like any segment.
struct UnfinishedItem {
  SpaceId space;
  LinkItemKind kind = LinkItemKind::data;  // or authority
  Bytes bytes;
};

// What a peer lacks of one space, read lazily: at most one item is in memory.
class LinkAnswer {
 public:
  virtual ~LinkAnswer() = default;
  virtual LinkTotals totals() const = 0;
  // Envelopes, then receipts, authority, data; nullopt at the end. Within a log in its order.
  virtual Result<std::optional<LinkItem>> next() = 0;
};

// What a peer may be given.
enum class LinkScope : std::uint8_t {
  everything,  // it is a member
  authority,   // it came with an invitation: envelopes and authority, as a joining stick holds
  // It does not know me: what makes *me* a member comes first, of envelopes and authority, since it
  // takes no more than kLinkUnknownBytes.
  introduction,
  // It was removed: authority up to what tells it so, and nothing else.
  removal,
};

// The world of a session; the engine is one. What is damaged, foreign, not_allowed, unsupported …
// in what came is noted and the session goes on; full, io, busy and locked end it. No call keeps
// the views that it is given.
class SessionHost {
 public:
  virtual ~SessionHost() = default;

  // The member's own box pair; the same during the session.
  virtual const BoxPair& link_identity() const = 0;
  // Of all spaces, newest epochs first, then invitations; those beyond kLinkKeys are not used.
  virtual void each_link_key(const std::function<void(const LinkKey&)>& each) const = 0;
  // Remembers it and says true, unless it was there before: whoever repeats a recorded first
  // message gets no answer. See HandshakeMemory.
  virtual bool is_new_handshake(const TxnTag& handshake) = 0;
  // Whether this key is, by the authority that is durable here, a current member's.
  virtual bool is_member(const SpaceId& space, const BoxKey& peer) const = 0;
  // Whether it was a member's, and by the same authority is nobody's any more.
  virtual bool was_removed(const SpaceId& space, const BoxKey& peer) const = 0;

  // `to_member`: with receipts; otherwise heads of authority logs and no receipts. Always shows
  // what is durable; after a commit that brought something, a receipt with a higher counter.
  virtual Result<LinkHave> have(const SpaceId& space, bool to_member) = 0;
  // nullptr when the peer, with this key, lacks nothing that the scope allows.
  virtual Result<std::unique_ptr<LinkAnswer>> answer(const SpaceId& space, const LinkHave& theirs,
                                                     LinkScope scope, const BoxKey& peer) = 0;

  // Opens and verifies the envelope and gives the space that it is of. Without `space` only one for
  // an invitation that waits here may be taken: then that neighborhood is joined. Foreign when it
  // is of no space that is known here, or of another than `space`.
  virtual Result<SpaceId> take_envelope(const std::optional<SpaceId>& space, ByteView envelope) = 0;
  // Verifies and keeps; `peer`: the receipt must be of the member with this key (the peer's own).
  virtual Status take_receipt(const SpaceId& space, ByteView receipt,
                              const std::optional<BoxKey>& peer) = 0;
  // Opens, verifies and stores. Not allowed when `which` is authority and the log is not.
  virtual Status take_segment(const SpaceId& space, LogKind which, ByteView segment) = 0;
  // Makes durable and believes what was taken since the last commit, all spaces. After an error
  // nothing of it was taken. Called when an answer has come whole, when enough has come, when some
  // seconds have passed, and before the end.
  virtual Status commit() = 0;
  // The session ended without a commit of what was taken last: forget it.
  virtual void roll_back() = 0;

  // The beginning that a link left of a segment of this space, if there is one: the session has it
  // from now on and gives it back when it was of no use. See UnfinishedMemory.
  virtual std::optional<Bytes> take_unfinished(const SpaceId& space, LinkItemKind kind) = 0;
};

// The first messages that were answered lately: bounded, for SessionHost::is_new_handshake.
class HandshakeMemory {
 public:
  bool is_new(const TxnTag& handshake);

 private:
  std::vector<TxnTag> seen_;
  std::size_t next_ = 0;
};

// Beginnings of segments, one for each space and kind, for an hour: bounded, the newest stay.
class UnfinishedMemory {
 public:
  void keep(UnfinishedItem item, std::int64_t now_ms);
  std::optional<Bytes> take(const SpaceId& space, LinkItemKind kind, std::int64_t now_ms);

 private:
  struct Kept {
    UnfinishedItem item;
    std::int64_t since_ms = 0;
  };
  std::vector<Kept> kept_;  // the oldest first
};

enum class SessionState : std::uint8_t {
  handshake,  // the other has proved nothing yet
  open,
  finished,  // both said so: each has all that the other had for it, durably
  failed,    // see failure(); what was committed stays
};

struct RefusedItem {
  std::optional<SpaceId> space;
  Error error;
};

struct SessionProgress {
  LinkTotals to_send;  // announced so far; grows when a further round begins
  LinkTotals sent;
  LinkTotals to_receive;
  LinkTotals received;
};

// What came of it for one neighborhood.
struct SharedSpace {
  SpaceId space;
  bool peer_is_member = false;  // known here
  bool known_to_peer = false;   // this laptop's member is known there
};

class Session {
 public:
  // `now_ms` is steady time, in milliseconds, here and below. The host and `random` outlive it.
  // `with` is one of the keys that the host lists.
  static Session initiate(SessionHost& host, Random& random, const LinkKey& with,
                          std::int64_t now_ms);
  // Says nothing, ever, to whoever proves no key that the host offers.
  static Session respond(SessionHost& host, Random& random, std::int64_t now_ms);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();  // rolls back what was not committed; closed() first commits what came whole

  // All that arrived, in pieces of any size.
  void receive(ByteView bytes, std::int64_t now_ms);
  // What is to be sent now: a view until the next call here. Reads from the host only what the peer
  // has room for. Empty: nothing now.
  ByteView ready(std::int64_t now_ms);
  void sent(std::size_t bytes);  // that many of them were taken by the stream
  // Timeouts, keep-alive, batches that are due. At least every second.
  void tick(std::int64_t now_ms);
  // The stream has ended. Fails the session unless it had finished: something may be missing.
  void closed();

  SessionState state() const;
  // finished or failed, and nothing is left to send: the link may be closed.
  bool over() const;
  const std::optional<Error>& failure() const;  // when failed
  // A stranger: nothing was proved and nothing was sent. Worth no line in any log.
  bool silent() const;
  std::optional<BoxKey> peer() const;  // once its static key is proved
  const SessionProgress& progress() const;
  std::vector<SharedSpace> shared() const;
  const std::vector<RefusedItem>& refused() const;  // at most kLinkRefused are kept
  // Once, at the end: what the next session can go on from. For an UnfinishedMemory.
  std::vector<UnfinishedItem> take_unfinished();
  // Bytes that are held for this session now: what has come incomplete and what waits to be sent.
  std::size_t held_bytes() const;

 private:
  struct Works;
  explicit Session(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

}  // namespace rukun
