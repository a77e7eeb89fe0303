#pragma once
// The names of things in a space. All are outputs of BLAKE2b or drawn at random, and none says
// anything about what it names. Short ones are 16 bytes, never less. How each is derived:
// PROTOCOL.md, "Names".

#include <cstdint>

#include "platform/base/strong.h"

namespace rukun {

using SpaceId = Id<struct SpaceTag, 32>;        // hash of the root's signing key
using MemberId = Id<struct MemberTag, 16>;      // hash of a member's signing key
using LogId = Id<struct LogTag, 32>;            // hash of (space, signing key, incarnation, which)
using RecordId = Id<struct RecordTag, 16>;      // hash of (transaction, part), or of a natural key
using TxnHash = Id<struct TxnHashTag, 32>;      // names a transaction; chained
using TxnTag = Id<struct TxnTagTag, 16>;        // the first half of a TxnHash: names a write
using InnerHash = Id<struct InnerHashTag, 16>;  // salted hash of what a part does
using Salt = Id<struct SaltTag, 16>;            // one per (log, record)
using EpochId = Id<struct EpochTag, 16>;        // hash of an epoch key
using Incarnation = Id<struct IncarnationTag, 16>;
using InviteId = Id<struct InviteTag, 16>;        // hash of an invitation's signing key
using SigningKey = Id<struct SigningKeyTag, 32>;  // Ed25519, public
using BoxKey = Id<struct BoxKeyTag, 32>;          // X25519, public
using Signature = Id<struct SignatureTag, 64>;    // Ed25519

using KindId = std::uint16_t;   // declared by the application; 1..65535
using FieldId = std::uint16_t;  // declared likewise; 0 is the record's own life (record.h)
using Seq = std::uint32_t;      // position in a log, from 1

enum class LogKind : std::uint8_t { authority = 1, data = 2 };

inline TxnTag tag_of(const TxnHash& hash) {
  TxnTag tag;
  std::copy_n(hash.bytes.begin(), TxnTag::kSize, tag.bytes.begin());
  return tag;
}

}  // namespace rukun
