#pragma once
// The picture of reading a spreadsheet in, which stands in the place of a list while it is open:
// what the rows are, which file, what would come of it, and what came of it. Nothing is stored
// before it was seen. Plain values. Any thread, one at a time.

#include <optional>
#include <string>
#include <vector>

#include "app/ui/view_records.h"

namespace rukun::ui {

struct ImportResult {
  std::string fresh, changed, same, refused;  // counts
  std::vector<std::string> lines;             // why rows were refused, as many as are shown
  std::size_t more = 0;                       // refused beyond those
  std::vector<std::string> remarks;           // columns that were left out, and what else was found
  bool nothing = false;                       // to store
};
struct ImportView {
  bool open = false;
  std::vector<RecordTab> kinds;
  std::string kind;
  std::string file;      // that `preview` or `done` is about
  std::string progress;  // words, while it is being read; empty: it is not
  std::string failed;
  std::string stopped;  // words, when somebody stopped it
  std::optional<ImportResult> preview;
  std::optional<ImportResult> done;
  bool done_in_part = false;
  bool undone = false;
};
struct ImportState {
  std::string file;
};

}  // namespace rukun::ui
