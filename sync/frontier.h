#pragma once
// A frontier: for each log its heads (several after a fork). Two frontiers tell exactly what each
// side lacks. A signed frontier is a receipt: its signer holds all of that durably. Pure; any
// thread.

#include <vector>

#include "sync/txn.h"

namespace rukun {

struct Frontier {
  std::vector<Head> heads;  // sorted, distinct
  bool operator==(const Frontier&) const = default;

  template <class Archive>
  void serialize(Archive& archive);
};

// Replaces `before` by `after` (or adds `after` when before is not a head).
void advance(Frontier& frontier, const Head& before, const Head& after);
std::vector<Head> heads_of(const Frontier& frontier, const LogId& log);

struct SignedFrontier {
  SpaceId space;
  SigningKey member;
  std::uint64_t counter = 0;  // grows; the latest replaces all earlier ones
  WallTime at;                // what the signer's clock said; for people only
  Frontier frontier;
  Signature signature;
  bool operator==(const SignedFrontier&) const = default;

  template <class Archive>
  void serialize(Archive& archive);
};

SignedFrontier sign_frontier(const SpaceId& space, const SigningPair& pair, std::uint64_t counter,
                             WallTime at, Frontier frontier);
// Damaged when the signature is not the member's.
Status verify_frontier(const SignedFrontier& frontier);
Bytes encode_frontier(const SignedFrontier& frontier);
Result<SignedFrontier> decode_frontier(ByteView bytes);

}  // namespace rukun
