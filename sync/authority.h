#pragma once
// Who may say it. Authority acts are entries of authority logs; what follows from a set of them is
// a pure function of the set: the same acts in any order give the same members. Evaluation in words
// and pseudocode: PROTOCOL.md, "Authority". Errors: damaged for an act that cannot be read. Pure;
// any thread.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sync/run.h"

namespace rukun {

enum class Role : std::uint8_t { head = 1, volunteer = 2, office = 3, reader = 4 };
const char* name_of(Role role);
std::optional<Role> role_named(std::string_view name);

// Of the space: makes natural keys into record ids.
using RecordSecret = Id<struct RecordSecretTag, 32>;

struct Grant {
  SigningKey key;
  BoxKey box;
  std::string name;
  Role role = Role::reader;
};

// The root's only duty: it names the neighborhood and its first head.
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
struct UnknownAct {
  KindId number = 0;
};
using Act = std::variant<UnknownAct, RootAct, AdmitAct, InviteAct, JoinAct, PinAct>;

// Acts from this number on may be ignored by who does not know them; an unknown one below makes the
// space read-only.
inline constexpr KindId kFirstHarmlessAct = 0x8000;

Part act_part(const Act& act);
Result<Act> read_act(const Run& run, const PartRow& part);
Signature prove_join(const SigningPair& invitation, const SpaceId& space, const SigningKey& joiner,
                     const JoinAct& act);

struct AuthorityEntry {
  LogName log;
  Seq seq = 0;
  TxnHash hash;
  Act act;
};

struct Member {
  MemberId id;
  SigningKey key;
  BoxKey box;
  std::string name;
  Role role = Role::reader;
  bool contested = false;   // joined by an invitation that others used too, or that was for another
  std::uint32_t depth = 0;  // in the chain of grants; with `grant` the member's rank
  TxnHash grant;
};

struct Invitation {
  InviteId id;
  SigningKey key;
  Role role = Role::reader;
  MemberId by;
  std::vector<MemberId> used_by;  // sorted
  std::optional<MemberId> pinned;
};

struct Authority {
  SpaceId space;
  bool founded = false;    // the root's act is here
  bool read_only = false;  // an unknown critical act is here
  std::string name;
  std::string area;
  RecordSecret record_secret;
  EpochId first_epoch;
  std::vector<Member> members;          // by rank
  std::vector<Invitation> invitations;  // by id

  const Member* find(const MemberId& id) const;
  const Member* find(const SigningKey& key) const;
};

Authority evaluate(const SpaceId& space, const std::vector<AuthorityEntry>& entries);

InviteId invite_id(const SigningKey& invitation);

}  // namespace rukun
