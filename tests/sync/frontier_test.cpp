#include "sync/frontier.h"

#include "tests/support/catch.h"
#include "tests/sync/people.h"

namespace rukun::test {

namespace {
Head head(std::string_view who, Seq seq, std::string_view branch = "") {
  return {log_of(who).id(), seq,
          id_of<TxnHash>(std::string(who) + std::to_string(seq) + std::string(branch))};
}

SignedFrontier receipt_of_sari() {
  REQUIRE(crypto_ready());
  Frontier frontier;
  advance(frontier, head("Wati", 0), head("Wati", 7));
  advance(frontier, head("Sari", 0), head("Sari", 3));
  return sign_frontier(sukamaju(), keys_of("Sari"), 12, {1'795'500'000'000}, frontier);
}
}  // namespace

TEST_CASE("a frontier moves one head at a time", "[frontier]") {
  Frontier frontier;
  advance(frontier, head("Sari", 0), head("Sari", 3));
  advance(frontier, head("Wati", 0), head("Wati", 2));
  advance(frontier, head("Sari", 3), head("Sari", 9));
  advance(frontier, head("Sari", 3), head("Sari", 9));
  CHECK(frontier.heads.size() == 2);
  CHECK(std::is_sorted(frontier.heads.begin(), frontier.heads.end()));
  CHECK(heads_of(frontier, log_of("Sari").id()) == std::vector<Head>{head("Sari", 9)});
  CHECK(heads_of(frontier, log_of("Budi").id()).empty());
}

TEST_CASE("a forked log has several heads", "[frontier]") {
  Frontier frontier;
  advance(frontier, head("Sari", 0), head("Sari", 5));
  advance(frontier, head("Sari", 2), head("Sari", 4, "restored"));
  CHECK(heads_of(frontier, log_of("Sari").id()).size() == 2);
  advance(frontier, head("Sari", 4, "restored"), head("Sari", 6, "restored"));
  const auto heads = heads_of(frontier, log_of("Sari").id());
  REQUIRE(heads.size() == 2);
  CHECK(heads[0] == head("Sari", 5));
  CHECK(heads[1] == head("Sari", 6, "restored"));
}

TEST_CASE("the order in which heads arrive does not matter", "[frontier]") {
  Frontier one, other;
  advance(one, head("Sari", 0), head("Sari", 5));
  advance(one, head("Wati", 0), head("Wati", 5));
  advance(other, head("Wati", 0), head("Wati", 5));
  advance(other, head("Sari", 0), head("Sari", 5));
  CHECK(one == other);
}

TEST_CASE("a receipt survives, and proves who gave it", "[frontier]") {
  const auto receipt = receipt_of_sari();
  const auto bytes = encode_frontier(receipt);
  const auto back = decode_frontier(bytes);
  REQUIRE(back);
  CHECK(encode_frontier(*back) == bytes);
  CHECK(verify_frontier(*back));
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    CHECK_FALSE(decode_frontier(ByteView(bytes).first(cut)));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto flipped = bytes;
    flipped[at] ^= 4;
    const auto read = decode_frontier(flipped);
    CHECK_FALSE((read && verify_frontier(*read)));
  }
}

TEST_CASE("a receipt with heads out of order or twice is refused", "[frontier]") {
  auto receipt = receipt_of_sari();
  std::swap(receipt.frontier.heads[0], receipt.frontier.heads[1]);
  CHECK_FALSE(decode_frontier(encode_frontier(receipt)));
  receipt.frontier.heads[1] = receipt.frontier.heads[0];
  CHECK_FALSE(decode_frontier(encode_frontier(receipt)));
}

TEST_CASE("a receipt that claims millions of heads costs an error, not memory", "[frontier]") {
  Writer out;
  out.raw(sukamaju());
  out.raw(keys_of("Sari").key);
  out.varint(1);
  out.svarint(1);
  out.varint(limits::kHeadsInFrontier + 1);
  out.out.resize(limits::kFrontierBytes);
  const auto refused = decode_frontier(out.out);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("cannot bear") != std::string::npos);
}

}  // namespace rukun::test
