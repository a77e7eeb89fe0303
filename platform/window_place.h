#pragma once
// Where a window stands on the desktop, so that it opens there again. Plain data; any thread.

namespace rukun {

struct WindowPlace {
  int x = 0;  // of its inside, as the desktop counts
  int y = 0;
  int width = 0;  // 0: not known
  int height = 0;
  bool maximised = false;  // the rest is what it goes back to
  bool operator==(const WindowPlace&) const = default;
};

}  // namespace rukun
