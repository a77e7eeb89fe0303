#include "app/ui/table.h"

#include <imgui_internal.h>

#include <algorithm>

namespace rukun::ui {
namespace {

constexpr float kBox = 44;  // room of the box of a row that can be marked
constexpr std::size_t kShortList = 50;

struct Layout {
  bool cards = false;
  float row_height = 0;
  std::vector<float> x;  // left edge of each column from the row's left
  std::vector<float> width;
};

Layout layout_of(const Ui& ui, const TableSpec& spec, float width) {
  Layout out;
  float least = 0;
  float weights = 0;
  for (const Column& column : spec.columns) {
    least += ui.px(column.least);
    weights += column.weight;
  }
  out.cards = least > width;
  out.row_height = out.cards ? ui.px(64) : ui.px(kTarget);
  float x = 0;
  for (const Column& column : spec.columns) {
    const float w = ui.px(column.least) + std::max(0.0F, width - least) * column.weight / weights;
    out.x.push_back(x);
    out.width.push_back(w);
    x += w;
  }
  return out;
}

void draw_cell(Ui& ui, const Cell& cell, const Column& column, float x, float y, float width,
               float height, bool first) {
  const float pad = ui.px(10);
  bool cut = false;
  const bool pill = cell.badge != Badge::none && !cell.text.empty();
  const Tone tone = pill ? Tone::small : first ? Tone::strong : Tone::normal;
  const std::string said = pill ? badge_words(cell.text) : cell.text;
  const std::string words =
      shortened(ui, said, tone, width - 2 * pad - (pill ? ui.px(20) : 0), cut);
  const ImVec2 size = text_size(ui, words, tone);
  float left = x + pad;
  if (pill) {
    const auto [color, fill] = badge_colors(ui.theme, cell.badge);
    const ImVec2 low(left, y + (height - size.y) / 2 - ui.px(4));
    const ImVec2 high(left + size.x + ui.px(20), low.y + size.y + ui.px(8));
    ImGui::GetWindowDrawList()->AddRectFilled(low, high, packed(fill), ui.px(6));
    draw_text_at(ui, ImVec2(low.x + ui.px(10), low.y + ui.px(4)), words, tone, color);
  } else {
    if (column.number) left = x + width - pad - size.x;
    draw_text_at(ui, ImVec2(left, y + (height - size.y) / 2), words, tone, ui.theme.text);
  }
  record(ui, Role::cell, "", said, {left, y, left + size.x, y + height}, {.cut = cut});
}

void draw_as_card(Ui& ui, const TableSpec& spec, std::size_t row, const Rect& rect) {
  const float pad = ui.px(10);
  bool cut = false;
  const Cell head = spec.cell(row, 0);
  float right = rect.x1 - pad;
  std::string rest;
  for (std::size_t c = 1; c < spec.columns.size(); ++c) {
    const Cell cell = spec.cell(row, c);
    if (cell.text.empty()) continue;
    const float width = badge_width(ui, cell.text);
    // The first pills stand at the right of the heading while it keeps half of the row.
    if (cell.badge != Badge::none && right - width > rect.x0 + rect.width() / 2) {
      right -= width;
      const auto [color, fill] = badge_colors(ui.theme, cell.badge);
      const float line = ui.fonts.small->FontSize;
      const ImVec2 low(right, rect.y0 + ui.px(7));
      ImGui::GetWindowDrawList()->AddRectFilled(low, ImVec2(right + width, low.y + line + ui.px(8)),
                                                packed(fill), ui.px(6));
      const std::string words = badge_words(cell.text);
      draw_text_at(ui, ImVec2(low.x + ui.px(10), low.y + ui.px(4)), words, Tone::small, color);
      record(ui, Role::cell, "", words, {right, low.y, right + width, low.y + line + ui.px(8)});
      right -= ui.px(8);
      continue;
    }
    rest += rest.empty() ? "" : " · ";
    // A number or a date alone says nothing.
    if (spec.columns[c].number || (cell.text[0] >= '0' && cell.text[0] <= '9'))
      rest += std::string(spec.columns[c].title) + " ";
    rest += cell.text;
  }
  const std::string heading =
      shortened(ui, head.text, Tone::strong, right - rect.x0 - 2 * pad, cut);
  draw_text_at(ui, ImVec2(rect.x0 + pad, rect.y0 + ui.px(8)), heading, Tone::strong, ui.theme.text);
  const std::string below = shortened(ui, rest, Tone::small, rect.width() - 2 * pad, cut);
  draw_text_at(ui, ImVec2(rect.x0 + pad, rect.y0 + ui.px(35)), below, Tone::small, ui.theme.faint);
}

std::string row_words(const TableSpec& spec, std::size_t row) {
  std::string out;
  for (std::size_t c = 0; c < spec.columns.size(); ++c) {
    const std::string words = spec.cell(row, c).text;
    if (!words.empty()) out += (out.empty() ? "" : " · ") + words;
  }
  return out;
}

// Which way the rows stand, beside the heading.
void draw_way(const Ui& ui, float x, float y, bool descending) {
  const float half = ui.px(5);
  const float tip = descending ? y + half : y - half;
  const float base = descending ? y - half : y + half;
  ImGui::GetWindowDrawList()->AddTriangleFilled(ImVec2(x - half, base), ImVec2(x + half, base),
                                                ImVec2(x, tip), packed(ui.theme.text));
}

// One heading. Pressed by mouse; for the keyboard the same order is asked for above the list.
bool draw_heading(Ui& ui, const TableSpec& spec, std::size_t c, const Rect& cell) {
  const Column& column = spec.columns[c];
  const float pad = ui.px(10);
  const bool sorted = spec.sorted == c;
  const float way = sorted ? ui.px(18) : 0;
  bool pressed = false;
  if (column.sortable) {
    ImGui::SetCursorScreenPos(ImVec2(cell.x0, cell.y0));
    ImGui::PushID(static_cast<int>(c));
    pressed = ImGui::InvisibleButton("heading", ImVec2(cell.width(), cell.height()));
    if (ImGui::IsItemHovered())
      ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(cell.x0, cell.y0), ImVec2(cell.x1, cell.y1),
                                                packed(ui.theme.hover), ui.px(kRadius));
    ImGui::PopID();
  }
  bool cut = false;
  const std::string words =
      shortened(ui, column.title, Tone::small, cell.width() - 2 * pad - way, cut);
  const ImVec2 size = text_size(ui, words, Tone::small);
  const float left = column.number ? cell.x1 - pad - size.x : cell.x0 + pad;
  draw_text_at(ui, ImVec2(left, cell.center_y() - size.y / 2), words, Tone::small,
               sorted ? ui.theme.text : ui.theme.faint);
  if (sorted)
    draw_way(ui, column.number ? left - ui.px(10) : left + size.x + ui.px(12), cell.center_y(),
             spec.descending);
  const std::string id = std::string(spec.id) + ".by." + std::to_string(c);
  if (column.sortable)
    record(ui, Role::button, id, column.title, cell, {.selected = sorted, .cut = cut});
  else
    record(ui, Role::text, "", column.title, {left, cell.y0, left + size.x, cell.y1}, {.cut = cut});
  return pressed;
}

void draw_header(Ui& ui, const TableSpec& spec, const Layout& layout, TableResult& out) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool can_sort = std::any_of(spec.columns.begin(), spec.columns.end(),
                                    [](const Column& one) { return one.sortable; });
  const float height = ui.px(can_sort ? 44 : 36);
  // On the paper of its rows, with nothing between.
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 end(at.x + avail(ui), at.y + height);
  list.AddRectFilled(at, end, packed(ui.theme.card));
  list.AddLine(ImVec2(at.x, end.y - 1), ImVec2(end.x, end.y - 1), packed(ui.theme.field_line));
  for (std::size_t c = 0; c < spec.columns.size(); ++c) {
    const float x = at.x + layout.x[c];
    if (draw_heading(ui, spec, c, {x, at.y, x + layout.width[c], at.y + height})) out.sort = c;
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(ImVec2(1, height));
  ImGui::SetCursorScreenPos(ImVec2(at.x, end.y));
}

// Where the keys of this frame move the selection.
std::optional<std::size_t> moved_by_keys(Ui& ui, const TableSpec& spec, std::size_t page) {
  if (spec.count == 0) return std::nullopt;
  const std::size_t last = spec.count - 1;
  const std::size_t now = std::min(spec.selected.value_or(0), last);
  const bool none = !spec.selected;
  if (ui.take(Key::down)) return none ? 0 : std::min(now + 1, last);
  if (ui.take(Key::up)) return now > 0 ? now - 1 : 0;
  if (ui.take(Key::page_down)) return std::min(now + page, last);
  if (ui.take(Key::page_up)) return now > page ? now - page : 0;
  return std::nullopt;
}

// Scrolls what holds the rows so far that all of one is in sight: them, or, where there is no room
// for two bars beside each other, the screen around them.
void show_row(const Ui& ui, float top, float row_height, float height, bool all_rows) {
  if (!all_rows) {
    const float scroll = ImGui::GetScrollY();
    if (top < scroll) ImGui::SetScrollY(top);
    if (top + row_height > scroll + height) ImGui::SetScrollY(top + row_height - height);
    return;
  }
  const ImGuiWindow* rows = ImGui::GetCurrentWindow();
  ImGuiWindow* screen = rows->ParentWindow;
  const float y = rows->Pos.y + top;
  const float low = screen->InnerRect.Min.y;
  const float high = screen->InnerRect.Max.y - ui.px(kGap);
  if (y < low) ImGui::SetScrollY(screen, screen->Scroll.y + y - low);
  if (y + row_height > high) ImGui::SetScrollY(screen, screen->Scroll.y + y + row_height - high);
}

// Takes the keys of this frame and keeps the row they lead to in sight.
void move_by_keys(Ui& ui, const TableSpec& spec, const Pressed& whole, float row_height,
                  bool all_rows, TableResult& out) {
  const float height = whole.rect.height();
  const bool extends =
      spec.marked && whole.focused && spec.selected &&
      std::any_of(ui.keys.begin(), ui.keys.end(), [](const KeyPress& press) {
        return press.shift && (press.key == Key::up || press.key == Key::down ||
                               press.key == Key::page_up || press.key == Key::page_down);
      });
  if (spec.marked && whole.focused && spec.selected && *spec.selected < spec.count &&
      ui.take(Key::space))
    out.marked = MarkedRows{*spec.selected, *spec.selected, true};
  const auto page = static_cast<std::size_t>(std::max(1.0F, height / row_height - 1));
  if (whole.focused || spec.keys_too) out.selected = moved_by_keys(ui, spec, page);
  if (whole.focused && spec.selected && *spec.selected < spec.count && ui.take(Key::enter))
    out.opened = spec.selected;
  if (whole.focused && !out.selected) {
    if (ui.take(Key::home)) out.selected = 0;
    if (ui.take(Key::end)) out.selected = spec.count - 1;
  }
  if (!out.selected) return;
  if (extends)
    out.marked = MarkedRows{std::min(*spec.selected, *out.selected),
                            std::max(*spec.selected, *out.selected), false};
  show_row(ui, static_cast<float>(*out.selected) * row_height, row_height, height, all_rows);
}

// A box that is ticked or empty, at the left of a row.
void draw_box(Ui& ui, const Rect& row, bool marked) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = ui.px(kIcon);
  const ImVec2 low(row.x0 + ui.px(12), row.center_y() - side / 2);
  const ImVec2 high(low.x + side, low.y + side);
  if (marked) {
    list.AddRectFilled(low, high, packed(ui.theme.primary), ui.px(4));
    draw_icon(list, Icon::check, low.x, low.y, side, ui.theme.on_primary);
  } else {
    list.AddRect(low, high, packed(ui.theme.field_line), ui.px(4), 0, ui.px(2));
  }
}

// True when it was clicked.
bool draw_row(Ui& ui, const TableSpec& spec, const Layout& layout, std::size_t row, bool focused) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::PushID(static_cast<int>(row));
  const bool clicked = ImGui::InvisibleButton("row", ImVec2(width, layout.row_height));
  const bool hovered = ImGui::IsItemHovered();
  ImGui::PopID();
  const Rect rect{at.x, at.y, at.x + width, at.y + layout.row_height};
  const bool marked = spec.marking && spec.marked && spec.marked(row);
  const bool selected = spec.selected == row;
  const ImVec2 low(rect.x0, rect.y0);
  const ImVec2 high(rect.x1, rect.y1);
  if (selected || hovered)
    list.AddRectFilled(low, high, packed(selected ? ui.theme.tint : ui.theme.hover));
  if (selected)
    list.AddRectFilled(low, ImVec2(rect.x0 + ui.px(4), rect.y1), packed(ui.theme.primary));
  if (spec.marking) draw_box(ui, rect, marked);
  const float box = spec.marking ? ui.px(kBox) : 0;
  if (layout.cards) draw_as_card(ui, spec, row, {rect.x0 + box, rect.y0, rect.x1, rect.y1});
  for (std::size_t c = 0; !layout.cards && c < spec.columns.size(); ++c) {
    draw_cell(ui, spec.cell(row, c), spec.columns[c], rect.x0 + layout.x[c], rect.y0,
              layout.width[c], layout.row_height, c == 0);
  }
  list.AddLine(ImVec2(rect.x0, rect.y1 - 1), ImVec2(rect.x1, rect.y1 - 1), packed(ui.theme.line));
  if (ui.recording != nullptr) {
    record(ui, Role::row, std::string(spec.id) + "." + std::to_string(row), row_words(spec, row),
           rect, {.focused = focused, .selected = spec.marking ? marked : selected});
  }
  return clicked;
}

void draw_rows(Ui& ui, const TableSpec& spec, const Layout& layout, const Pressed& whole,
               TableResult& out) {
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(spec.count), layout.row_height);
  bool first_known = false;
  while (clipper.Step()) {
    for (int n = clipper.DisplayStart; n < clipper.DisplayEnd; ++n) {
      const auto row = static_cast<std::size_t>(n);
      if (draw_row(ui, spec, layout, row, whole.focused)) {
        ui.focus.move_to(whole.id, false);
        out.selected = row;
        if (spec.marked && ImGui::GetIO().KeyShift)
          out.marked = MarkedRows{row, row, false, true};
        else if (spec.marking)
          out.marked = MarkedRows{row, row, true};
        else
          out.opened = row;
      }
      if (!first_known) out.first_visible = row;
      first_known = true;
      out.visible = row + 1 - out.first_visible;
    }
  }
}

}  // namespace

TableResult table(Ui& ui, const TableSpec& spec) {
  TableResult out;
  if (spec.count == 0) {
    text(ui, spec.empty_words, Tone::faint);
    return out;
  }
  const std::string name(spec.id);
  const float scrollbar = ImGui::GetStyle().ScrollbarSize;
  const float box = spec.marking ? ui.px(kBox) : 0;
  Layout layout = layout_of(ui, spec, avail(ui) - scrollbar - ui.px(2) - box);
  for (float& x : layout.x) x += box;
  if (!layout.cards) draw_header(ui, spec, layout, out);
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetContentRegionAvail().y;
  const float all = layout.row_height * static_cast<float>(spec.count);
  // With large words hardly a row is left below what stands above. A short list is then as long as
  // it is, and the screen scrolls; a long one has most of the screen, once that is scrolled.
  const bool starved = left < layout.row_height * 3 && all > left;
  const bool all_rows = starved && spec.count <= kShortList;
  const float height = all_rows  ? all
                       : starved ? std::max(layout.row_height * 2,
                                            ImGui::GetCurrentWindow()->InnerRect.GetHeight() * 0.8F)
                                 : left;
  Pressed whole;
  // By its name alone: a list that moves aside for a detail keeps the keyboard.
  whole.id = ImHashStr(name.c_str());
  whole.rect = {top.x, top.y, top.x + avail(ui), top.y + height};
  ui.focus.add({.id = whole.id, .rect = whole.rect, .layer = ui.layer, .vertical = true});
  whole.focused = ui.focus.is(whole.id);
  if (ui.focus.arriving(whole.id)) ui.focus.arrived();

  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, packed(ui.theme.card));
  ImGui::BeginChild((name + ".rows").c_str(), ImVec2(avail(ui), height), false);
  move_by_keys(ui, spec, whole, layout.row_height, all_rows, out);
  draw_rows(ui, spec, layout, whole, out);
  ImGui::EndChild();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  draw_focus(ui, whole);
  return out;
}

}  // namespace rukun::ui
