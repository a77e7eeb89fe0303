// Any bytes to a session. The first byte says whether they come from a stranger, in place of a
// handshake, or as frames from somebody who holds a key: a member, or nobody known.
#include "tests/sync/impostor.h"

using namespace rukun;
using namespace rukun::test;

namespace {
constexpr std::size_t kMostHeld = 32 * 1024 * 1024;

struct Street {
  bool ready = crypto_ready();  // before any key is made
  Desk sari{"Sari"};
  Desk wati{"Wati"};
  SpaceId space = sari.found("RT 003 Sukamaju");
  Street() {
    sari.admit(space, wati);
    sari.write(space, 3);
    sari.unfinished.keep({space, LinkItemKind::data, Bytes(300, 5)}, 0);
  }
};

void drain(Session& session) {
  for (auto ready = session.ready(0); !ready.empty(); ready = session.ready(0))
    session.sent(ready.size());
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Street street;
  const std::uint8_t choice = data[0];
  ByteView bytes(data + 1, size - 1);
  SeededRandom random(5);
  auto session = Session::respond(street.sari, random, 0);
  if ((choice & 3) == 0) {
    session.receive(bytes, 0);
    CHECK_BUG(session.ready(0).empty() && session.silent());
    return 0;
  }
  const auto key = Secret::copy_of(street.sari.durable.spaces.at(street.space).epoch_keys.front());
  const auto psk = link_psk(key);
  const auto own = box_of((choice & 1) != 0 ? "Wati" : "nobody");
  Impostor impostor(session, psk.view(), own);
  if ((choice & 4) == 0) {
    impostor.say_hello({psk.view()});
    impostor.say(FrameType::judged, {0, 1});
  }
  const std::size_t step = std::size_t{1} << (choice >> 4);
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(step, bytes.size()));
    bytes = bytes.subspan(piece.size());
    impostor.say_plain(piece);
    drain(session);
    CHECK_BUG(session.held_bytes() < kMostHeld);
  }
  session.closed();
  for (const auto& item : session.take_unfinished())
    CHECK_BUG(item.space == street.space && item.bytes.size() <= limits::kSegmentSealed);
  CHECK_BUG(street.sari.data_txns(street.space) == 3);
  return 0;
}
