#pragma once
// The engine's inside, shared by its files: opening.cpp (unlock, image, replay), writing.cpp (one's
// own actions), receiving.cpp (what others said), membership.cpp, exchange.cpp and
// folder_exchange.cpp (bundles and folders), session_host.cpp and lan_exchange.cpp (links),
// reports.cpp (status, history, checks), undo.cpp. Nothing else includes this.

#include <deque>
#include <map>
#include <set>

#include "app/domain/error_words.h"
#include "app/domain/rules/check.h"
#include "app/domain/rules/roles.h"
#include "app/engine/beside.h"
#include "app/engine/engine.h"
#include "storage/log_store.h"
#include "storage/twin_token.h"
#include "storage/vault.h"
#include "sync/bundle.h"
#include "sync/envelope.h"

namespace rukun {

struct Shelf;  // folder_shelf.h

// What the vault keeps about a space.
struct SpaceItem {
  SigningKey root;
  EpochId epoch;          // the one that this laptop writes under
  Bytes invitation_seed;  // of the invitation that brought us here; empty for a founder

  template <class Archive>
  void serialize(Archive& archive) {
    archive(root, epoch, invitation_seed);
  }
};

// A transaction that is kept and does not count.
struct MaskedTxn {
  LogId log;
  Seq seq = 0;
  bool cut = false;  // beyond a cut, or of nobody; otherwise its author's role does not allow it
};

struct Space {
  SpaceId id;
  SpaceIx ix = 0;            // in the log store
  std::uint32_t number = 0;  // in the projection
  SpaceItem item;
  Authority authority;
  std::vector<AuthorityEntry> acts;
  std::size_t judged_acts = 0;        // of them: those that `authority` is made of
  std::map<TxnTag, Bytes> envelopes;  // by hash, as they arrived
  std::map<std::pair<EpochId, MemberId>, std::set<BoxTag>> boxed;  // whom who gave a key
  std::map<MemberId, SignedFrontier> receipts;  // the latest of each member, mine too
  std::map<TxnHash, MaskedTxn> masked;
  std::map<SigningKey, TxnHash> standings;  // that the masks were judged by, of who has data
  std::set<TxnHash> adopted_then;
  std::set<TxnHash> adopted_here;     // of the adopted ones, those that are stored
  std::map<RecordId, KindId> closed;  // records of kinds that volunteers may not write
  std::set<RecordId> erased;          // hidden: an erasure that counts names them
  std::set<RecordId> dropped;         // of these: nothing is stored here any more
  StampClock clock;
  std::set<MemberId> told_too_much;  // whose later work is more than is kept
  bool told_removed = false;         // that this profile is no member any more
  bool duties = true;  // acts came since after_acts() last went through, or this is a new session
};

void note_boxes(Space& space, const Envelope& envelope);

struct Received {
  SpaceExchange counts;
  bool authority = false;     // new authority entries came
  std::set<LogId> touched;    // logs of people whom a removal or another role is about
  std::vector<TxnHash> ends;  // of segments that are durable once the batch is
  bool own_entries = false;   // of this laptop's own present log, which it did not have
  std::vector<std::pair<VerifiedRun, Appended>> data;
  std::vector<Arrival> waiting;  // those of `data` that name an authority entry that has not come
};
using ReceivedBySpace = std::map<SpaceId, Received>;

struct Engine::Works {
  Works(const EngineContext& given, ProfileInfo who, Vault opened)
      : context(given),
        profile(std::move(who)),
        vault(std::move(opened)),
        local(vault, given.random) {}

  EngineContext context;
  ProfileInfo profile;
  Vault vault;
  LocalStore local;
  SigningPair signing;
  BoxPair box;
  MemberId me;
  std::string name;
  Incarnation incarnation;
  std::map<EpochId, Secret> epoch_keys;
  std::optional<LogStore> store;
  std::optional<Projection> projection;
  SegmentCodec codec;
  std::deque<Space> spaces;  // a deque: references stay valid
  std::vector<Phrase> notices;
  std::set<TxnHash> taken_ends;  // of segments that this session received and stored
  std::set<LogId> waiting_logs;  // data logs of which an entry waits; what follows it waits too
  Arrival image_arrival = 0;
  bool image_wanted = false;  // the replay was long: the next unlock should not repeat it
  std::uint64_t merged_since_image = 0;  // records: an import is many of them in few entries
  bool rebuilding = false;  // the masks are settled: what is merged takes them as they are
  bool replaying = false;
  std::map<RecordId, std::pair<KindId, SigningKey>> just_declared;  // not in the projection yet
  std::set<KindId> closed_kinds;                                    // to volunteers
  std::set<TxnHash> masked_before;                                  // while logs are judged again
  bool start_over = false;      // what counts is not known: catch_up() judges everything anew
  bool view_behind = false;     // something durable could not be merged: catch_up() first
  bool overwrite_owed = false;  // what was dropped may still lie in the write-ahead log
  std::int64_t next_shared_ms = 0;

  // opening.cpp
  Status open();
  Status load_identity();
  Status load_epoch_keys();
  Status load_spaces();
  Status load_items();
  Status load_projection();
  Result<Projection> empty_projection() const;
  Status replay();
  Status replay_log(std::map<SpaceId, std::set<KindId>>& late);
  Status load_judgements();
  Status forget_judgements();  // an empty projection, for replay() to judge and merge everything
  Status catch_up();           // merges what is durable and was not merged when that failed
  Status save_image();
  bool much_since_image() const;  // the next unlock would wait for it
  Status drop_image();            // within a batch
  Result<bool> compact();         // bounded work; true when there may be more
  EpochKeys keys();
  Result<Space*> adopt_space(const SpaceId& id, const SpaceItem& item);
  Status keep_epoch_key(const Secret& key);
  // After a batch that did not become durable: memory holds what the vault holds.
  Status forget_unstored();
  // What to do when even that failed.
  static std::string open_again(const Error& why);
  Space* find(const SpaceId& id);
  Result<Space*> need(const SpaceId& id);
  Status read_acts();  // of all neighborhoods, whose acts are empty
  void note_acts(Space& space, const Run& run);
  static void judge_acts(Space& space);  // nothing when no act came since
  Result<Past> past_of(const LogId& log, Seq seq, const TxnHash& hash);
  Projection::PastOf past_lookup();

  // writing.cpp
  LogName my_log(const Space& space, LogKind which) const;
  std::vector<LogIndex> my_logs(const Space& space);
  Result<Role> my_role(const Space& space) const;
  // Told what a transaction will be called. What it puts into the vault is durable together with
  // the transaction, or neither is.
  using Beside = std::function<Status(const TxnHash&)>;
  Result<TxnHash> write(Space& space, LogKind which, std::vector<Part> parts,
                        const Beside& beside = {});
  Result<Appended> append_beside(const VerifiedRun& verified, const EpochId& epoch,
                                 const Beside& beside);
  Result<TxnHash> write_act(Space& space, const Act& act);
  Result<TxnHash> write_root_act(Space& space, const SigningPair& root, const Act& act);
  Result<TxnHash> append_act(Space& space, Run run, const SigningPair& signer);
  Past named_by(const Space& space, const Head& mine);
  void noticed_return();
  std::vector<Head> new_deps(Space& space, const LogName& log, const Head& mine);
  Result<Checked> judge(Space& space, const Action& action);
  Result<Outcome> execute(Space& space, const Action& action, const ToldBeside& beside = {});
  Result<Outcome> commit(Space& space, std::vector<Part> parts, const Beside& beside = {});

  // receiving.cpp
  // `only`: entries of another kind of log are not allowed.
  Status take_segment(Space& space, ByteView segment, Received& received,
                      std::optional<LogKind> only = {});
  Status take_envelope(ByteView bytes);
  std::function<bool(const SignedFrontier&)> already_checked(const Space& space) const;
  Status take_receipt(Space& space, ByteView bytes);
  Status keep_receipt(Space& space, const SignedFrontier& frontier);
  // After a batch is durable: records, then what had been waiting for members. Everything that was
  // stored up to `upto` is merged then, or nothing of it, and catch_up() does it later.
  Status settle(ReceivedBySpace& received, Arrival upto);
  // Members first, settles, does the duties that come with it, and adds the counts to the report.
  Status believe(ReceivedBySpace& received, ExchangeReport& report);
  Status merge_received(Space& space, Received& received);
  Status merge_waiting(Space& space, SpaceExchange& counts);
  Status merge_counted(Space& space, std::vector<Arrival>& still);
  bool must_wait(const Space& space, const Run& run) const;
  void noticed_rollback();

  // masking.cpp
  using AuthorityPast = std::map<LogId, Seq>;
  Result<std::optional<WriteWish>> wish_of(Space& space, const Run& run, const PartRow& part,
                                           bool narrow_role);
  Result<bool> roles_allow(Space& space, const Run& run, std::size_t txn,
                           const std::vector<Role>& roles);
  Result<bool> leads_to(const Run& run, const CutAt& cut);
  void note_declared_kinds(Space& space, const Run& run);
  Result<Masked> judge(Space& space, const Run& run, AuthorityPast& past,
                       std::map<TxnHash, MaskedTxn>& out);
  Result<AuthorityPast> authority_past(const Run& run);
  Result<Masked> masked_now(Space& space, const Run& run);
  Result<bool> judge_again(Space& space, const std::function<bool(const LogInfo&)>& which);
  Result<bool> is_kept(Space& space, const Run& run, std::size_t bytes);
  Status reconsider(Space& space, const std::set<KindId>& late, const std::set<LogId>& touched);
  Status judge_what_changed(Space& space, const std::set<KindId>& late,
                            const std::set<LogId>& touched);
  Status rebuild_view();
  Bytes encode_masks() const;
  Status load_masks(ByteView bytes);

  // erasing.cpp
  Result<bool> counts(const Space& space, const Erasure& erasure);
  Result<std::set<RecordId>> erased_now(const Space& space);
  bool is_settled(const Space& space, const Erasure& erasure) const;
  static bool has_heard(const SignedFrontier& receipt, const Erasure& erasure);
  RecordId keyed_id(const Space& space, KindId kind, std::string_view key) const;
  Result<bool> excuses(const Space& space, const Run& run, const RecordId& stub,
                       const std::set<RecordId>& made);
  Result<std::set<RecordId>> excused_in(Space& space, const Run& run);
  Status drop_erased();  // what every head has confirmed, of all neighborhoods; often nothing
  Status drop(Space& space, const std::set<RecordId>& due);
  Status overwrite_dropped();  // where it is owed
  void overwrite_again();      // the same; when it fails it stays owed
  bool is_gone(const Space& space, const RecordId& record) const;
  bool is_due(const Space& space, const RecordId& record) const;
  Status load_dropped();
  Result<bool> tells_of_dropped(Space& space, const Shelf& own);

  // membership.cpp
  Status after_acts(Space& space);  // pins, boxes: the duties of whoever sees a change first
  struct Reach {
    std::map<BoxTag, std::set<EpochId>> boxed;
    std::map<EpochId, std::set<EpochId>> wraps;
    bool has(const BoxTag& tag, const EpochId& epoch) const;
  };
  Result<Reach> reach_of(const Space& space) const;
  Status add_boxes(Space& space);
  Status rotate(Space& space);
  std::vector<const Secret*> earlier_keys(const Space& space, const EpochId& than);
  TxnTag act_of(const Space& space, const EpochId& epoch) const;
  std::vector<EpochId> epochs_of(const Space& space) const;
  bool given_to_removed(const Space& space, const Epoch& epoch) const;
  const Epoch* sound_epoch(const Space& space) const;
  Status choose_epoch(Space& space);
  void notice_removal(Space& space);
  bool all_have_moved(const Space& space) const;
  // members.cpp
  Result<Space*> as_head(const SpaceId& id);
  // Who decides: a head, or the neighborhood's recovery sheet.
  struct Voice {
    Space* space = nullptr;
    std::optional<SigningPair> root;
  };
  Result<Voice> voice(const SpaceId& id, std::string_view root_words);
  Result<TxnHash> decide(const Voice& voice, const Act& act);
  std::vector<CutAt> cut_of(const Space& space, const SigningKey& member);
  Status join_with(const Envelope& envelope, const Secret& seed);
  Status adopt_and_join(const Envelope& envelope, const OpenedBox& opened, const Secret& seed);
  Status end_batch(Status work);
  Result<Bytes> invitation_bundle(Space& space);
  Result<bool> is_for_waiting_invitation(const Envelope& envelope);
  Status keep_envelope(Space& space, const Envelope& envelope);

  // exchange.cpp
  Result<const SignedFrontier*> my_receipt(Space& space);
  Status write_section(BundleWriter& out, Space& space, const std::vector<LackingPiece>& pieces,
                       ExchangeReport& report);
  Result<ExchangeReport> read_bundle(const Source& source, const std::string& name);
  Status end_reading(Space& space, ExchangeReport& report);
  Frontier known_frontier(const Space& space, const std::optional<MemberId>& member) const;
  std::vector<ReachedMember> heard_of(Space& space, bool members);
  void count_reached(Space& space, ExchangeReport& report);
  Status count_many_deleted(ExchangeReport& report);
  // Own transactions: in this member's frontier, and not in it.
  struct Seen {
    std::uint64_t seen = 0;
    std::uint64_t lacks = 0;
  };
  Seen seen_by(Space& space, const SignedFrontier& receipt) const;
  Result<bool> holds(const SignedFrontier& receipt, const Head& entry);

  // folder_exchange.cpp
  Result<ExchangeReport> sync_folder(const Path& directory, bool make);
};

// Adds up what two exchanges did.
void add(ExchangeReport& to, ExchangeReport&& more);
std::string head_name(const Member* member, const MemberId& id);

}  // namespace rukun
