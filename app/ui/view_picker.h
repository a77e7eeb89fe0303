#pragma once
// Choosing a file or a folder without typing its path: the places people mean, sticks first, and
// one folder at a time. It stands in the place of a screen while it is open; what was chosen goes
// into the field that asked, which still may be typed into. Plain values. Any thread, one at a
// time.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rukun::ui {

enum class PickFor : std::uint8_t { folder, invitation, spreadsheet, backup };

struct PickerPlace {
  std::string path;
  std::string label;
  bool stick = false;
};
struct PickerRow {
  std::string path;
  std::string name;
  std::string detail;
  bool is_folder = false;
};
struct PickerView {
  std::uint64_t number = 0;  // another one for each folder that is shown
  std::string field;         // by which what was chosen comes back
  PickFor wanted = PickFor::folder;
  std::vector<PickerPlace> places;  // sticks, then where one was lately, then one's own folders
  std::string folder;               // that is shown, as a path
  std::string up;                   // empty: there is nothing above it
  std::vector<PickerRow> rows;      // folders, then files that could be meant; the first of them
  std::size_t hidden = 0;           // beyond those
  std::string failed;               // why the folder cannot be read, and what to do
};
struct PickerState {
  std::uint64_t number = 0;
  std::string typed;
  std::optional<std::size_t> selected;
  bool field_wanted = true;
};
// On its way back to the field.
struct Picked {
  std::string field;
  std::string path;
};

}  // namespace rukun::ui
