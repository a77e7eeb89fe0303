#pragma once
// The single writer of one unlocked profile: vault, logs, projection, membership and exchanges.
// Screens and the command line post commands and read views; nothing else writes. What it reports
// as done is durable. Everything it needs from outside comes in through EngineContext, so the same
// code runs in the window, the command line and the simulator. Errors carry the codes of
// interface.md. One thread.

#include <functional>
#include <memory>
#include <optional>

#include "app/domain/commands.h"
#include "app/domain/items.h"
#include "app/domain/kinds.h"
#include "app/domain/rules/phrase.h"
#include "app/domain/values.h"
#include "app/domain/words.h"
#include "app/engine/profiles.h"
#include "platform/files.h"
#include "storage/local_store.h"
#include "storage/projection.h"
#include "sync/authority.h"
#include "sync/crypto.h"
#include "sync/frontier.h"

namespace rukun {

struct SpaceInfo {
  SpaceId id;
  std::uint32_t number = 0;  // in the projection
  std::string name;          // empty until the neighborhood's first act has arrived
  std::string area;
  std::optional<Role> role;  // of this profile; empty while its admission has not arrived
  bool read_only = false;    // a newer version's critical act is here
  std::size_t members = 0;
};

struct CreatedSpace {
  SpaceId space;
  std::string root_code;  // the recovery sheet: shown once, kept nowhere
};

struct CreatedInvite {
  InviteId id;
  Bytes file;
  std::optional<std::string> code;  // two spoken words, unless open
  std::string words;                // the same invitation as 24 words
};

enum class JoinState : std::uint8_t { waiting, admitted };
struct Joined {
  SpaceId space;
  JoinState state = JoinState::waiting;
};

struct ReachedMember {
  MemberId member;
  std::string name;
  std::uint64_t seen = 0;   // own transactions that are in this member's signed frontier
  WallTime last;            // of that frontier, by that member's clock
  std::uint64_t lacks = 0;  // own transactions that are not in it
};

struct SpaceStatus {
  SpaceInfo info;
  std::uint64_t records = 0;
  std::uint64_t transactions = 0;
  std::uint64_t waiting = 0;  // stored, but an authority entry that they name has not come
  std::uint64_t masked = 0;
  std::uint64_t unsent = 0;  // own, and in no other member's signed frontier
  std::optional<WallTime> oldest_unsent;
  std::uint64_t unsent_acts = 0;       // likewise of membership: joining, inviting, deciding
  std::vector<ReachedMember> reached;  // members; what they said was durable with them
  std::vector<ReachedMember> left;     // no members any more: when they were last heard of
};

// A transaction that is kept and does not count, for a head to adopt or to leave out.
struct MaskedEntry {
  TxnHash txn;
  MemberId by;
  std::string by_name;
  Stamp at;
  std::vector<std::pair<RecordId, KindId>> records;
  bool cut =
      false;  // unknown to whoever removed its author; otherwise not allowed to its author's role
};

// A record near another one, which may name the same person.
struct LinkedRecord {
  RecordId record;
  KindId kind = 0;
};

// How far an erasure is on this laptop. owed: its bytes should be gone, and the disk has refused so
// far; it is tried again with the next entry, exchange or unlock.
enum class EraseProgress : std::uint8_t { hidden, owed, gone };

struct ErasureState {
  RecordId record;
  KindId kind = 0;  // 0: nothing of it ever arrived here
  std::string by_name;
  std::string reason;
  bool settled = false;                // every head has confirmed: the bytes may go
  bool dropped = false;                // nothing of it is stored on this laptop any more
  bool owed = false;                   // EraseProgress::owed
  std::vector<std::string> confirmed;  // members, by name, who signed that they heard of it
  std::vector<std::string> open;       // members who have not
};

struct Refused {
  std::string input;  // which file, or which part of it
  Error error;
};

struct SpaceExchange {
  SpaceId space;
  std::uint64_t sent = 0;  // transactions
  std::uint64_t received = 0;
  std::uint64_t waiting = 0;
  std::uint64_t gaps = 0;  // runs not taken, since what comes before them in their log is not here
  MergeReport merged;
};

// An exchange that took away over 20 %, and 10 or more, of the records of a kind: people should be
// asked whether that was meant.
struct ManyDeleted {
  SpaceId space;
  KindId kind = 0;
  std::uint64_t deleted = 0;
  std::uint64_t before = 0;
};

struct ExchangeReport {
  std::vector<SpaceExchange> spaces;
  std::uint64_t bytes_out = 0;
  std::uint64_t bytes_in = 0;
  std::vector<ReachedMember> reached;  // whose receipts were met here
  std::vector<Refused> refused;
  std::vector<ManyDeleted> many_deleted;
  bool safe_to_remove = false;  // all that was written was read back from the device
};

// One value of a field in conflict, the shown one first.
struct ConflictValue {
  Value value;
  MemberId by;
  std::string by_name;
  Stamp at;
  WriteRef write;
};
struct Conflict {
  RecordId record;
  KindId kind = 0;
  FieldId field = 0;  // kLife: deleted by one, changed by another; value 1 deletes, 0 keeps
  std::vector<ConflictValue> values;
};

struct HistoryEntry {
  Head entry;  // its hash is the transaction's
  MemberId by;
  std::string by_name;
  Stamp at;
  std::vector<FieldChange> changes;
  bool created = false;
};

// The entry whose travels people ask for: the last that `me` wrote; where there is none, the last.
const Head* last_word(const std::vector<HistoryEntry>& history, const MemberId& me);

// Somebody else on whose laptop an entry is durable, by that member's own signed frontier.
struct Holder {
  MemberId member;
  std::string name;
  Role role = Role::reader;
};

struct LogLine {
  TxnHash txn;
  MemberId by;
  std::string by_name;
  Stamp at;
  std::vector<std::pair<RecordId, KindId>> records;
  bool own = false;
};

struct EngineContext {
  FileSystem& files;
  Clock& clock;
  Random& random;
  const ItemCatalogue& items;
  const WordList& words;
  Path home;
  Path state;                        // where the incarnation token lives
  Language language = Language::id;  // of errors and warnings
  std::string vfs = {};              // a simulated disk of this name, which nobody else can open
  // The image of an empty projection: where thousands are made, loading it is cheaper than making
  // its tables. Empty: they are made.
  ByteView empty_view = {};
};

class Engine {
 public:
  static Result<Engine> unlock(const EngineContext& context, const ProfileInfo& profile,
                               ByteView passphrase);
  static Result<Engine> unlock_raw(const EngineContext& context, const ProfileInfo& profile,
                                   Secret key);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();  // saves the projection's image; losing it would lose nothing

  const ProfileInfo& profile() const;
  MemberId member() const;
  const std::string& my_name() const;
  // Sentences for people, each told once: a twin was noticed, a fork, a repaired projection.
  std::vector<Phrase> take_notices();

  // Neighborhoods and members.
  Result<CreatedSpace> create_space(std::string_view name, std::string_view area);
  std::vector<SpaceInfo> spaces();
  Result<SpaceInfo> space(const SpaceId& id);
  Result<const Authority*> authority(const SpaceId& space);
  Result<CreatedInvite> create_invite(const SpaceId& space, Role role, bool open);
  Result<Joined> join(ByteView invitation_file, std::optional<std::string_view> code);
  Result<Joined> join_words(std::string_view words);

  // What heads decide; not_allowed to others. Each is durable, and rotates keys where it must.
  // With the words of the neighborhood's recovery sheet anybody may, above all heads; the words
  // are kept nowhere. bad_value when they are of another neighborhood or mistyped.
  Status set_role(const SpaceId& space, const MemberId& member, Role role,
                  std::string_view root_words = {});
  Status remove_member(const SpaceId& space, const MemberId& member, std::string_view reason,
                       bool lost, std::string_view root_words = {});
  Status admit_again(const SpaceId& space, const MemberId& member, Role role);
  Status revoke_invite(const SpaceId& space, const InviteId& invite);
  Status adopt(const SpaceId& space, const std::vector<TxnHash>& txns);
  // Those that nobody has left out on this laptop yet, the oldest first.
  Result<std::vector<MaskedEntry>> masked(const SpaceId& space);
  Status leave_out(const SpaceId& space, const std::vector<TxnHash>& txns);

  // Hides a record everywhere and for good. By a head, or by who made it for needs and offers;
  // not_allowed to others. An error means that nothing of the kind was said.
  Result<EraseProgress> erase(const SpaceId& space, const RecordId& record,
                              std::string_view reason);
  // Records with personal fields that refer to it or that it refers to: free text may hold a name.
  Result<std::vector<LinkedRecord>> linked(const SpaceId& space, const RecordId& record);
  Result<std::vector<ErasureState>> erasures(const SpaceId& space);

  // One action, one transaction; durable when it returns.
  Result<Outcome> execute(const SpaceId& space, const Action& action);
  // What execute() would refuse or warn of, asked while it is being typed; writes nothing.
  Result<std::vector<std::string>> foresee(const SpaceId& space, const Action& action);
  // The compensating transaction of one's own `txn`, or of one's last one that is not itself an
  // undo.
  Result<Outcome> undo(const SpaceId& space, std::optional<TxnHash> txn);
  Result<std::vector<Conflict>> conflicts(const SpaceId& space);
  // The oldest first.
  Result<std::vector<HistoryEntry>> history(const SpaceId& space, const RecordId& record);
  Result<std::vector<Holder>> holders(const SpaceId& space, const Head& entry);
  Result<std::vector<LogLine>> log(const SpaceId& space, std::optional<MemberId> member,
                                   std::size_t most);

  Projection& records();
  LocalStore& local();
  const EngineContext& context() const;

  // Exchange. Each returns after everything received is durable and merged.
  Result<ExchangeReport> sync_folder(const Path& directory);
  Result<ExchangeReport> sync_shared();  // with the other profiles of this home
  Result<ExchangeReport> export_bundle(const Path& file, std::optional<MemberId> for_member,
                                       std::optional<SpaceId> space);
  Result<ExchangeReport> import_bundle(const Path& file);
  Result<SpaceStatus> status(const SpaceId& space);

  // The full check: chains, signatures, vault, and that the projection equals a rebuild. Empty: all
  // is well.
  Result<std::vector<std::string>> verify();
  Result<std::uint64_t> backup(const Path& file);  // bytes written
  Status change_passphrase(ByteView now, ByteView next);
  // A fresh recovery code, to be shown once; the one before opens nothing any more.
  Result<std::string> renew_recovery();

  // Background work, at most about 10 ms: compaction, the image, the shared folder. True when more
  // is to do.
  Result<bool> step();

  struct Works;  // the inside: engine_works.h
  Works& works() { return *works_; }

 private:
  explicit Engine(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

// A name of a record as people know it: "Beras 5 kg", "Keluarga Bu Ani".
std::string title_of(Engine& engine, const SpaceId& space, const RecordId& record,
                     Language language);

}  // namespace rukun
