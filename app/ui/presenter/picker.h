#pragma once
// Choosing a file or a folder: sticks first, then where one was lately, then one's own folders; and
// what is in one folder, however full. Sticks come and go while it is open. One thread, the
// presenter's.

#include <string>
#include <vector>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

class PickerPart {
 public:
  explicit PickerPart(Desk& desk) : desk_(desk) {}

  bool run(const Command& command);  // true when it was one of the picker's
  void close();
  // True when a stick was plugged in or pulled. What is being looked at stays, unless it was on the
  // one that is gone.
  bool notice_sticks();

 private:
  struct Entry {
    std::string folded;
    DirEntry entry;
  };
  void open_at(const OpenPicker& command);
  std::vector<PickerPlace> places();
  void show_first_readable();
  void show_folder(const Path& folder);
  void fill();
  void remember(const PickerView& view, const std::string& chosen);

  Desk& desk_;
  std::vector<Entry> listing_;  // of the folder that is shown
  std::string typed_;
  std::vector<std::string> recent_;  // folders, the latest first
  std::uint64_t number_ = 0;         // PickerView::number
};

}  // namespace rukun::ui
