#pragma once
// Charts as values: lines with the parts of a bar, each said in words as well, so that nothing
// hangs on a color or a length alone. Texts are already in the language of the moment. Immutable
// while a frame is drawn.

#include <cstddef>
#include <string>
#include <vector>

namespace rukun::ui {

struct ChartLine {
  std::string label;
  std::string words;                            // the numbers
  std::size_t open = 0, covered = 0, done = 0;  // parts of its bar
  float fraction = -1;                          // 0 to 1: how far, in place of parts
};

struct ChartView {
  std::string title;
  std::string about;       // what is counted
  bool over_time = false;  // side by side from left to right where there is room
  std::vector<ChartLine> lines;
  std::string empty;
};

}  // namespace rukun::ui
