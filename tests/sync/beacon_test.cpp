#include "sync/beacon.h"

#include <fstream>

#include "sync/envelope.h"
#include "tests/support/catch.h"
#include "tests/sync/people.h"

namespace rukun::test {

namespace {
std::vector<Secret> keys_for(std::initializer_list<std::string_view> names) {
  std::vector<Secret> out;
  for (const auto name : names) out.push_back(beacon_key(id_of<TxnHash>(name)));
  return out;
}
}  // namespace

TEST_CASE("a beacon is heard by who holds its key, with its port", "[beacon]") {
  REQUIRE(crypto_ready());
  SeededRandom random(1);
  const auto keys = keys_for({"older epoch", "the epoch's key", "another neighborhood"});
  const auto beacon = make_beacon(keys[1], 47300, random);
  CHECK(beacon.size() == kBeaconBytes);
  const auto heard = matches_beacon(beacon, keys);
  REQUIRE(heard);
  CHECK(heard->port == 47300);
  CHECK(heard->key == 1);
  CHECK(!matches_beacon(beacon, keys_for({"a stranger"})));
  CHECK(!matches_beacon(beacon, {}));
}

TEST_CASE("an invitation's beacon is heard by the newcomer who holds only the seed", "[beacon]") {
  REQUIRE(crypto_ready());
  SeededRandom random(1);
  const auto seed = id_of<TxnHash>("the seed");
  const auto beacon = make_beacon(beacon_key(invitation_keys(seed).lan_psk.view()), 9, random);
  std::vector<Secret> newcomer;
  newcomer.push_back(beacon_key(invitation_keys(seed).lan_psk.view()));
  CHECK(matches_beacon(beacon, newcomer));
}

TEST_CASE("two beacons of one laptop have nothing in common but name and port", "[beacon]") {
  REQUIRE(crypto_ready());
  SeededRandom random(1);
  const auto key = beacon_key(epoch_key().view());
  const auto one = make_beacon(key, 47300, random), two = make_beacon(key, 47300, random);
  const auto part = [](const Bytes& b, std::size_t at, std::size_t size) {
    return Bytes(b.begin() + static_cast<std::ptrdiff_t>(at),
                 b.begin() + static_cast<std::ptrdiff_t>(at + size));
  };
  CHECK(part(one, 8, 16) != part(two, 8, 16));
  CHECK(part(one, 26, 16) != part(two, 26, 16));
}

TEST_CASE("an altered, cut or lengthened beacon is not heard", "[beacon]") {
  REQUIRE(crypto_ready());
  SeededRandom random(1);
  const auto keys = keys_for({"the epoch's key"});
  const auto beacon = make_beacon(keys[0], 47300, random);
  for (std::size_t at = 0; at < beacon.size(); ++at) {
    auto altered = beacon;
    altered[at] ^= 1;
    CHECK(!matches_beacon(altered, keys));
    CHECK(!matches_beacon(ByteView(beacon).first(at), keys));
  }
  auto longer = beacon;
  longer.push_back(0);
  CHECK(!matches_beacon(longer, keys));
  CHECK(!matches_beacon(make_beacon(keys[0], 0, random), keys));
}

TEST_CASE("a beacon of version 1 is the same bytes for ever", "[beacon][golden]") {
  REQUIRE(crypto_ready());
  std::ifstream in(std::string(RUKUN_SOURCE_DIR) + "/tests/golden/sync/beacon.hex");
  std::string kept;
  in >> kept;
  SeededRandom random(1);
  const auto beacon = make_beacon(beacon_key(epoch_key().view()), 47300, random);
  CHECK(to_hex(beacon) == kept);
}

}  // namespace rukun::test
