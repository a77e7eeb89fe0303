#include "app/domain/rules/visits.h"

#include <algorithm>

#include "sync/crypto.h"

namespace rukun {

namespace {
constexpr Label kDrawLabel("rukun/visits/1");
constexpr std::size_t kLeast = 10, kOneOf = 20;
}  // namespace

std::size_t visit_count(std::size_t receivers) {
  const auto part = (receivers + kOneOf - 1) / kOneOf;
  return std::min(receivers, std::max(kLeast, part));
}

std::vector<RecordId> visit_sample(const TxnHash& digest, std::vector<RecordId> receivers) {
  std::sort(receivers.begin(), receivers.end());
  receivers.erase(std::unique(receivers.begin(), receivers.end()), receivers.end());
  std::vector<std::pair<TxnHash, RecordId>> drawn;
  for (const auto& receiver : receivers)
    drawn.emplace_back(hash_keyed_to<TxnHash>(kDrawLabel, digest, receiver), receiver);
  std::sort(drawn.begin(), drawn.end());
  drawn.resize(visit_count(drawn.size()));
  std::vector<RecordId> out;
  for (const auto& [lot, receiver] : drawn) out.push_back(receiver);
  return out;
}

}  // namespace rukun
