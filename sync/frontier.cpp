#include "sync/frontier.h"

#include <algorithm>

#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

template <class Archive>
void serialize(Archive& archive, Head& head) {
  archive(head.log, head.seq, head.hash);
}
template <class Archive>
void serialize(Archive& archive, WallTime& time) {
  archive(time.ms);
}
template <class Archive>
void Frontier::serialize(Archive& archive) {
  archive(heads);
}
template <class Archive>
void SignedFrontier::serialize(Archive& archive) {
  archive(space, member, counter, at, frontier, signature);
}

namespace {
constexpr std::string_view kFrontierContext = "rukun/frontier/1";

Bytes message_of(const SignedFrontier& frontier) {
  SignedFrontier bare = frontier;
  bare.signature = {};
  Bytes message(kFrontierContext.begin(), kFrontierContext.end());
  append(message, encode(bare));
  return message;
}
}  // namespace

void advance(Frontier& frontier, const Head& before, const Head& after) {
  auto& heads = frontier.heads;
  if (const auto old = std::lower_bound(heads.begin(), heads.end(), before);
      old != heads.end() && *old == before)
    heads.erase(old);
  const auto place = std::lower_bound(heads.begin(), heads.end(), after);
  if (place == heads.end() || *place != after) heads.insert(place, after);
}

std::vector<Head> heads_of(const Frontier& frontier, const LogId& log) {
  std::vector<Head> out;
  auto at = std::lower_bound(frontier.heads.begin(), frontier.heads.end(), Head{log, 0, {}});
  for (; at != frontier.heads.end() && at->log == log; ++at) out.push_back(*at);
  return out;
}

SignedFrontier sign_frontier(const SpaceId& space, const SigningPair& pair, std::uint64_t counter,
                             WallTime at, Frontier frontier) {
  SignedFrontier out{space, pair.key, counter, at, std::move(frontier), {}};
  out.signature = sign(pair, message_of(out));
  return out;
}

Status verify_frontier(const SignedFrontier& frontier) {
  if (!verify(frontier.member, message_of(frontier), frontier.signature))
    return error(Code::damaged, "the signature on a receipt is false");
  return {};
}

Bytes encode_frontier(const SignedFrontier& frontier) { return encode(frontier); }

Result<SignedFrontier> decode_frontier(ByteView bytes) {
  TRY(auto out, decode<SignedFrontier>(bytes, "a frontier", limits::kFrontierBytes,
                                       limits::kHeadsInFrontier));
  const auto& heads = out.frontier.heads;
  if (!std::is_sorted(heads.begin(), heads.end()) ||
      std::adjacent_find(heads.begin(), heads.end()) != heads.end())
    return error(Code::damaged, "a frontier: heads out of order");
  return out;
}

}  // namespace rukun
