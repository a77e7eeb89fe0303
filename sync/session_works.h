#pragma once
// A session's inside, shared by its files: session.cpp (the stream, the handshake, time),
// session_taking.cpp (what comes in), session_giving.cpp (what goes out) and session_rests.cpp
// (items that an earlier link was cut in). For each shared space,
// a slot, both sides are takers and givers at once: every `have`, and every later `judged`, is
// answered once, so counting answers tells when nothing more is on its way. Nothing else includes
// this.

#include <map>

#include "sync/session_wire.h"

namespace rukun {

// By which a frontier is known to be the one told before.
inline constexpr Label kHaveLabel("rukun/lnk-hav/1");

// An item that an earlier link was cut in, of one type: what is here of it, and what is there.
struct Begun {
  std::optional<Bytes> here;  // and was told
  bool whole_came = false;    // some item of the type came from its beginning
  std::optional<Beginning> there;
  bool there_told = false;
};

struct Slot {
  std::uint64_t number = 0;  // in frames: its place in the initiator's list
  std::optional<SpaceId> space;
  bool invitation = false;
  bool joining = false;  // the space was not known here when the session began
  bool doubled = false;  // by an invitation, while an epoch's slot names the same space
  bool peer_is_member = false;
  bool known_to_peer = false;

  // Taking.
  bool judged_due = true;
  bool have_due = true;
  bool judged_once = false;
  std::uint64_t expected = 0;  // answers
  std::uint64_t arrived = 0;   // answers, whole
  bool answer_open = false;
  bool answer_gave = false;
  std::uint64_t bytes_unknown = 0;  // of items, while the peer was none of the members
  TxnTag last_have;

  // Giving.
  bool peer_judged = false;
  std::uint64_t judged_rounds = 0;
  std::uint64_t have_rounds = 0;
  std::optional<LinkHave> theirs;
  std::size_t their_bytes = 0;
  TxnTag their_hash;
  std::uint64_t owed = 0;        // answers
  std::uint64_t introduced = 0;  // bytes given as an introduction
  std::optional<std::pair<TxnTag, LinkScope>> answered;

  bool begun_told = false;
  Begun begun_authority;
  Begun begun_data;

  Begun* begun(FrameType type) {
    if (type == FrameType::authority) return &begun_authority;
    return type == FrameType::data ? &begun_data : nullptr;
  }

  bool satisfied() const { return !judged_due && !have_due && expected == arrived; }
};

struct Session::Works {
  Works(SessionHost& given, NoiseRole which, Random& randomness, std::int64_t now_ms);

  SessionHost& host;
  NoiseRole role;
  Random& random;
  std::optional<Handshake> handshake;
  std::array<std::uint8_t, kSha512Bytes> handshake_hash{};
  std::size_t handshake_next = 0;  // message
  NoiseCipher send_cipher;
  NoiseCipher receive_cipher;
  RecordReader records;
  FrameReader frames;
  Bytes plain;  // frames that are not sealed yet
  Bytes out;
  std::size_t out_at = 0;
  bool said_anything = false;

  SessionState state = SessionState::handshake;
  std::optional<Error> failure;
  std::optional<BoxKey> peer;
  SessionProgress progress;
  std::vector<RefusedItem> refused;

  std::int64_t now = 0;
  std::int64_t started = 0;
  std::int64_t last_heard = 0;
  std::int64_t last_moved = 0;  // anything but a sign of life came
  std::int64_t last_said = 0;
  std::int64_t batch_since = 0;

  // Keys, while no hello has come: what both sides call them.
  struct OwnKey {
    LinkTag mine;
    LinkTag theirs;
    std::optional<SpaceId> space;
    bool invitation = false;
  };
  std::vector<OwnKey> own_keys;
  std::vector<LinkTag> own_tags;  // as listed, with random ones between
  bool hello_due = false;
  bool hello_came = false;
  std::vector<Slot> slots;
  std::map<std::uint64_t, std::size_t> slot_of_number;

  // Taking.
  std::size_t batch_bytes = 0;
  bool batch_dirty = false;
  bool host_failed = false;  // what was taken last cannot be kept here
  std::uint64_t window_used = 0;
  std::uint64_t credit_due = 0;
  std::uint64_t answers_in = 0;
  std::size_t have_bytes = 0;

  // Giving.
  std::uint64_t credit = 0;
  std::uint64_t answers_out = 0;
  std::size_t giving_slot = 0;
  std::optional<LinkScope> giving;  // an answer is under way
  std::unique_ptr<LinkAnswer> answer;
  std::optional<LinkItem> item;  // read, and waiting for credit
  std::size_t turn = 0;
  std::optional<std::uint64_t> bye_said;
  std::optional<std::uint64_t> bye_heard;

  // session.cpp
  bool running() const { return state == SessionState::handshake || state == SessionState::open; }
  void fail(Error why);
  void receive(ByteView bytes);
  Status step(ByteView& bytes);
  Status shake_hands(ByteView message);
  Status read_first(ByteView message);
  Status say_handshake();
  void open();
  Status read_frames();
  void list_keys();
  void seal_plain();
  void tick();
  void check_finished();

  // session_taking.cpp
  std::size_t most_item() const;
  Status take(const Frame& frame);
  Status take_hello(ByteView body);
  void share(const std::vector<LinkTag>& theirs);
  Result<Slot*> slot_in(Reader& in);
  Status take_judged(Reader& in);
  Status take_have(Reader& in, std::size_t size);
  Status take_totals(Reader& in);
  Status take_item(FrameType type, Reader& in, std::size_t size);
  Status take_bytes(Slot& slot, FrameType type, ByteView bytes, std::size_t travelled);
  Status keep_item(Slot& slot, FrameType type, ByteView bytes);
  Status check_allowed(Slot& slot, FrameType type, std::size_t size);
  Status take_done(Reader& in);
  Status take_credit(Reader& in);
  Status take_their_receipt(Slot& slot);
  Status note(const Slot& slot, Status status);
  Status commit();
  Status judge();

  // session_giving.cpp
  Result<bool> produce();
  Result<bool> say_what_is_due();
  Result<bool> say_have(Slot& slot);
  Result<bool> give();
  Result<bool> begin_answer();
  void say_done(Slot& slot);
  std::optional<LinkScope> scope_for(const Slot& slot) const;
  Result<bool> say_bye();
  bool all_satisfied() const;

  // session_rests.cpp
  void tell_begun(Slot& slot);
  Status take_kept(Reader& in);
  Status take_rest(Reader& in, std::size_t size);
  // What the peer has of this item, when it begins so.
  std::optional<Beginning> begun_there(Slot& slot, const LinkItem& of) const;
  std::optional<UnfinishedItem> cut_item();
  std::vector<UnfinishedItem> take_unfinished();
  std::size_t beginning_bytes() const;
};

FrameType frame_of(LinkItemKind kind);
tl::unexpected<Error> out_of_turn(const char* what);

bool is_our_fault(const Error& error);

}  // namespace rukun
