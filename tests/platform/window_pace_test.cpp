#include "platform/window_pace.h"

#include "tests/support/catch.h"

using namespace rukun;

namespace {

int frames_of(FramePace& pace) {
  int out = 0;
  for (pace.notice(); pace.due(); pace.notice()) {
    pace.drawn();
    ++out;
  }
  return out;
}

}  // namespace

TEST_CASE("what is shown settles in as many frames after a wake as after an event", "[window]") {
  FramePace pace;
  CHECK(frames_of(pace) == FramePace::kFramesToSettle);
  CHECK(frames_of(pace) == 0);
  pace.happened();
  CHECK(frames_of(pace) == FramePace::kFramesToSettle);
  pace.wake();
  CHECK(frames_of(pace) == FramePace::kFramesToSettle);
}

TEST_CASE("a wake in the middle of frames is not lost in them", "[window]") {
  FramePace pace;
  pace.notice();
  pace.drawn();
  pace.drawn();
  pace.wake();
  CHECK(frames_of(pace) == FramePace::kFramesToSettle);
}
