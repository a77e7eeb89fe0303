#pragma once
// A peer that holds a key and shakes hands properly, and then says whatever a test or a fuzzer
// wants it to. Tests only; one thread.

#include "platform/base/check.h"
#include "sync/limits.h"
#include "sync/session_wire.h"
#include "tests/sync/desk.h"

namespace rukun::test {

class Impostor {
 public:
  // Meets a session that responds; both must hold the key.
  Impostor(Session& victim, ByteView psk, const BoxPair& own) : victim_(victim), random_(77) {
    Handshake handshake(with_psk(noise_xx(), 0), NoiseRole::initiator, view(kLinkPrologue),
                        {&own, {}, Secret::copy_of(psk)}, random_);
    record(handshake.write({}).value());
    auto answer = drain();
    CHECK_BUG(answer.size() == 98);
    CHECK_BUG(handshake.read(ByteView(answer).subspan(2)).has_value());
    record(handshake.write({}).value());
    hash_.assign(handshake.hash().begin(), handshake.hash().end());
    auto ciphers = handshake.split();
    send_ = std::move(ciphers.send);
    receive_ = std::move(ciphers.receive);
  }

  // Frames, or anything else in their place.
  void say_plain(ByteView plain) {
    while (!plain.empty()) {
      const auto piece = plain.first(std::min(plain.size(), kNoisePayload));
      plain = plain.subspan(piece.size());
      Bytes sealed;
      CHECK_BUG(send_.seal(sealed, {}, piece).has_value());
      record(sealed);
    }
  }
  void say(FrameType type, ByteView body) {
    Bytes frame;
    append_frame(frame, type, body);
    say_plain(frame);
  }
  void say(FrameType type, std::initializer_list<std::uint8_t> body) { say(type, Bytes(body)); }
  void say_hello(std::initializer_list<ByteView> psks, std::uint64_t version = kLinkVersion,
                 std::vector<std::uint64_t> features = {}) {
    Hello hello{version, std::move(features), {}};
    for (const auto psk : psks) hello.tags.push_back(link_tag(psk, hash_, NoiseRole::initiator));
    say(FrameType::hello, encode_hello(hello));
  }

  // Types of the frames that came since the last call.
  std::vector<FrameType> listen() {
    auto bytes = drain();
    ByteView rest(bytes);
    while (!rest.empty()) {
      const auto whole = records_.fill(rest, 0, kNoiseMessage);
      CHECK_BUG(whole.has_value());
      if (!*whole) break;
      CHECK_BUG(receive_.open(frames_.buffer(), {}, records_.record()).has_value());
      records_.next();
    }
    std::vector<FrameType> out;
    for (;;) {
      const auto frame = frames_.next(limits::kLinkItem, limits::kLinkHave);
      CHECK_BUG(frame.has_value());
      if (!*frame) return out;
      out.push_back(static_cast<FrameType>((*frame)->type));
    }
  }

 private:
  void record(ByteView message) {
    Bytes bytes;
    append_record(bytes, message);
    victim_.receive(bytes, 0);
  }
  Bytes drain() {
    Bytes out;
    for (auto ready = victim_.ready(0); !ready.empty(); ready = victim_.ready(0)) {
      append(out, ready);
      victim_.sent(ready.size());
    }
    return out;
  }

  Session& victim_;
  SeededRandom random_;
  Bytes hash_;
  NoiseCipher send_;
  NoiseCipher receive_;
  RecordReader records_;
  FrameReader frames_;
};

}  // namespace rukun::test
