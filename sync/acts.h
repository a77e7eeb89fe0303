#pragma once
// What can be said in an authority log: acts, their numbers and their bytes. What follows from a
// set of them is authority.h. Layout: PROTOCOL.md, "Authority". Errors: damaged for an act that
// cannot be read. Pure; any thread.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sync/run.h"

namespace rukun {

enum class Role : std::uint8_t { head = 1, volunteer = 2, office = 3, reader = 4 };
const char* name_of(Role role);
std::optional<Role> role_named(std::string_view name);
bool is_valid(Role role);

// Of the space: makes natural keys into record ids.
using RecordSecret = Id<struct RecordSecretTag, 32>;

struct Grant {
  SigningKey key;
  BoxKey box;
  std::string name;
  Role role = Role::reader;
};

// The last entry of one log that counts.
struct CutAt {
  LogId log;
  Seq seq = 0;
  TxnHash hash;
  auto operator<=>(const CutAt&) const = default;
};

// Names the neighborhood and its first head.
struct RootAct {
  std::string name;
  std::string area;  // Kemendagri code, or empty
  RecordSecret record_secret;
  EpochId epoch;  // the first one
  Grant founder;
};
struct AdmitAct {
  Grant grant;
};
struct InviteAct {
  SigningKey invitation;
  Role role = Role::reader;
};
struct JoinAct {
  SigningKey invitation;
  BoxKey box;
  std::string name;
  Signature proof;  // by the invitation, over space, joiner's key, box key and name
};
// Settles who an invitation was for when several used it.
struct PinAct {
  SigningKey invitation;
  SigningKey member;
};
// Another role from here on; of what its member wrote without knowing, what lies beyond the cut
// counts only when the new role may write it too.
struct SetRoleAct {
  SigningKey member;
  Role role = Role::reader;
  std::vector<CutAt> cut;
};
// Not a member any more. Of each log what lies beyond the cut does not count; nothing counts of
// logs that the cut does not list.
struct RemoveAct {
  SigningKey member;
  bool lost = false;  // the laptop was lost or stolen: nobody is blamed
  std::string reason;
  std::vector<CutAt> cut;
};
struct RevokeAct {
  SigningKey invitation;
};
struct NewEpochAct {
  EpochId epoch;
};
// Transactions that count although their author's role or a cut says otherwise.
struct AdoptAct {
  std::vector<TxnHash> txns;
};
struct EraseAct {
  RecordId record;
  std::string reason;
};
struct UnknownAct {
  KindId number = 0;
};
using Act = std::variant<UnknownAct, RootAct, AdmitAct, InviteAct, JoinAct, PinAct, SetRoleAct,
                         RemoveAct, RevokeAct, NewEpochAct, AdoptAct, EraseAct>;

// Acts from this number on may be ignored by who does not know them; an unknown one below makes the
// space read-only.
inline constexpr KindId kFirstHarmlessAct = 0x8000;

Part act_part(const Act& act);
Result<Act> read_act(const Run& run, const PartRow& part);
Signature prove_join(const SigningPair& invitation, const SpaceId& space, const SigningKey& joiner,
                     const JoinAct& act);
bool proves_join(const SpaceId& space, const SigningKey& joiner, const JoinAct& act);

// One act, with where it stands and which entries of other authority logs its author had seen.
struct AuthorityEntry {
  struct Seen {
    LogId log;
    Seq seq = 0;
  };
  LogName log;
  Seq seq = 0;
  TxnHash hash;
  TxnHash before;  // of the entry before it; before_first() when it is the first
  std::vector<Seen> deps;
  DepsDigest deps_digest;
  Act act;
  bool proven = false;  // a join whose proof is good
};

// The acts of a run of an authority log. One that cannot be read counts as an unknown one: it is
// kept, passed on and never guessed at.
std::vector<AuthorityEntry> acts_of(const Run& run);

InviteId invite_id(const SigningKey& invitation);

}  // namespace rukun
