#pragma once
// A table that stays smooth at 100,000 rows: only the visible ones are asked for. It is one stop of
// the keyboard; up, down, page up, page down, home and end move the selected row, Enter or a click
// opens it. Several can be marked, and headings put the rows in order. In a narrow window each row
// becomes a card: the first column as its heading, the others below it. UI thread.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/widgets.h"

namespace rukun::ui {

struct Column {
  std::string_view title;
  float weight = 1;       // share of the width
  float least = 100;      // logical pixels below which the table becomes cards
  bool number = false;    // aligned to the right
  bool sortable = false;  // its heading can be pressed
};

struct Cell {
  std::string text;
  Badge badge = Badge::none;
};

struct TableSpec {
  std::string_view id;
  std::vector<Column> columns;
  std::size_t count = 0;
  std::function<Cell(std::size_t row, std::size_t column)> cell;
  std::optional<std::size_t> selected;
  std::string_view empty_words;       // shown instead of no rows
  bool keys_too = false;              // a search box above lends it the arrow keys
  std::optional<std::size_t> sorted;  // by this column
  bool descending = false;
  // Set where several rows can be marked: Space, and Shift with the arrows or a click, mark.
  std::function<bool(std::size_t row)> marked;
  bool marking = false;  // rows carry a box, and a click marks instead of opening
};

struct MarkedRows {
  std::size_t first = 0;
  std::size_t last = 0;
  bool toggle = false;       // else they are all marked
  bool from_anchor = false;  // with all between it and the row that was pressed last without Shift
};

struct TableResult {
  std::optional<std::size_t> selected;  // moved here in this frame
  std::optional<std::size_t> opened;    // Enter or click
  std::optional<std::size_t> sort;      // the heading of this column was pressed
  std::optional<MarkedRows> marked;
  std::size_t first_visible = 0;
  std::size_t visible = 0;
};

// Fills the rest of its window.
TableResult table(Ui& ui, const TableSpec& spec);

}  // namespace rukun::ui
