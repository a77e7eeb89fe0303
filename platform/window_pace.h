#pragma once
// How many frames are still to be drawn: after an event, and after another thread says that there
// is something to show, enough for layouts to settle. A wake that comes while frames are being
// drawn counts as one that comes while the window waits: what it announces is not yet in them.
// wake() from any thread, the rest from the UI thread.

#include <algorithm>
#include <atomic>

namespace rukun {

class FramePace {
 public:
  static constexpr int kFramesToSettle = 3;

  void wake() { woken_ = true; }
  void happened() { due_ = kFramesToSettle; }
  // Before it is decided whether to draw, and so before the frame reads what is to be shown.
  void notice() {
    if (woken_.exchange(false)) happened();
  }
  void drawn() { due_ = std::max(due_ - 1, 0); }
  bool due() const { return due_ > 0; }

 private:
  std::atomic<bool> woken_ = false;
  int due_ = kFramesToSettle;
};

}  // namespace rukun
