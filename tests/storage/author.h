#pragma once
// A member who writes a log, for tests: a key pair from a seed, an epoch key that everybody in the
// test knows, and runs that continue where the last one ended. Copying an author is copying a
// laptop: both go on from the same entry, which forks the log.

#include <string>

#include "platform/random.h"
#include "sync/segment.h"
#include "tests/support/catch.h"

namespace rukun::test {

// The keys of the epochs of a test.
struct Epochs {
  std::vector<std::pair<EpochId, Secret>> known;

  Epochs() {
    REQUIRE(crypto_ready());
    add(1);
  }
  const EpochId& add(std::uint64_t seed) {
    SeededRandom random(seed);
    auto key = Secret::drawn(32, random);
    known.emplace_back(random.draw<EpochId>(), std::move(key));
    return known.back().first;
  }
  const EpochId& newest() const { return known.back().first; }
  EpochKeys lookup() const {
    return [this](const EpochId& id) -> const Secret* {
      for (const auto& [known_id, key] : known)
        if (known_id == id) return &key;
      return nullptr;
    };
  }
};

// A run as it arrives: sealed, and what came out when it was opened and verified.
struct Arrived {
  Bytes sealed;
  VerifiedRun run;
};

inline Arrived arrive(Bytes sealed, const SpaceId& space, const Epochs& epochs) {
  SegmentCodec codec;
  auto opened = codec.open(sealed, space, epochs.lookup());
  REQUIRE(opened);
  auto verified = verify(std::move(*opened));
  REQUIRE(verified);
  return {std::move(sealed), std::move(*verified)};
}

class Author {
 public:
  Author(const Epochs& epochs, std::uint64_t seed, SpaceId space, LogKind which = LogKind::data)
      : epochs_(&epochs), seed_(seed), random_(seed) {
    name_ = {space, pair().key, random_.draw<Incarnation>(), which};
    head_ = {name_.id(), 0, before_first(name_.id())};
  }

  const LogName& name() const { return name_; }
  const LogId& log() const { return head_.log; }
  const Head& head() const { return head_; }

  // The next `count` transactions as a run, each of which creates a record.
  Run write(std::size_t count) {
    Run run = empty_run(name_, head_);
    for (std::size_t i = 0; i < count; ++i) {
      Draft draft;
      clock_ += 1000;
      draft.stamp.ticks = clock_ << 16;
      Part part = name_.which == LogKind::data ? creation() : act();
      draft.parts.push_back(std::move(part));
      rukun::append(run, draft);
      if (run.last() % kSignEvery == 0 && i + 1 < count) sign_end(run, pair());
    }
    sign_end(run, pair());
    head_ = run.head();
    return run;
  }

  Bytes seal(const Run& run) {
    SegmentCodec codec;
    auto sealed = codec.seal(run, epochs_->newest(), epochs_->known.back().second, 1, random_);
    REQUIRE(sealed);
    return std::move(*sealed);
  }
  Arrived send(const Run& run) { return arrive(seal(run), name_.space, *epochs_); }
  Arrived send(std::size_t count) { return send(write(count)); }

  // What another laptop with the same log would write instead.
  Author twin() const {
    Author copy = *this;
    copy.random_ = SeededRandom(seed_ + 1000);
    copy.clock_ += 500;
    return copy;
  }

 private:
  Part creation() {
    Part part;
    part.ref = RefType::fresh;
    part.kind = 1;
    part.salt = random_.draw<Salt>();
    const auto title = "Beras untuk keluarga " + std::to_string(random_.below(1000));
    part.ops.push_back({1, OpType::put, {}, title});
    return part;
  }
  // One that no version knows; what acts mean is not the store's business.
  Part act() {
    Part part;
    part.ref = RefType::act;
    part.kind = 999;
    part.salt = random_.draw<Salt>();
    part.opaque = Bytes(20, 1);
    return part;
  }
  SigningPair pair() const {
    SeededRandom random(seed_);
    const auto seed = Secret::drawn(32, random);
    return signing_pair_from_seed(seed.view());
  }

  const Epochs* epochs_;
  std::uint64_t seed_;
  SeededRandom random_;
  LogName name_;
  Head head_;
  std::uint64_t clock_ = 1'795'200'000'000;
};

}  // namespace rukun::test
