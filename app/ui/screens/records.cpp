// A list of records of any kind with one of them beside it, or alone where the window is narrow.
#include <algorithm>
#include <cmath>

#include "app/ui/charts.h"
#include "app/ui/formats.h"
#include "app/ui/screens/screens.h"
#include "app/ui/table.h"

namespace rukun::ui {

Badge mood_badge(Mood mood) {
  switch (mood) {
    case Mood::good: return Badge::good;
    case Mood::info: return Badge::info;
    case Mood::warn: return Badge::warn;
    case Mood::danger: return Badge::danger;
    default: return Badge::neutral;
  }
}

void deed_buttons(Ui& ui, std::string_view prefix, const std::vector<DeedButton>& buttons,
                  Commands& out) {
  Flow flow(ui);
  deed_buttons(ui, flow, prefix, buttons, out);
}

void deed_buttons(Ui& ui, Flow& flow, std::string_view prefix,
                  const std::vector<DeedButton>& buttons, Commands& out) {
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    const DeedButton& one = buttons[i];
    const std::string id = std::string(prefix) + "." + std::to_string(i);
    flow.next(button_width(ui, one.label, one.icon != Icon::none));
    if (button(ui, {.id = id,
                    .icon = one.icon,
                    .label = one.label,
                    .look = one.first ? Look::primary : Look::normal,
                    .selected = one.chosen}))
      out.push(one.deed);
  }
}

void record_lines(Ui& ui, std::string_view prefix, const std::vector<RecordLine>& lines,
                  Commands& out) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const RecordLine& one = lines[i];
    const std::string id = std::string(prefix) + "." + std::to_string(i);
    const std::string detail = capitalized(one.detail);
    if (one.deed.what != Deed::What::nothing) {
      if (line(ui, {.id = id,
                    .title = one.title,
                    .detail = detail,
                    .badge = one.mark.words,
                    .badge_kind = mood_badge(one.mark.mood)}))
        out.push(one.deed);
    } else {
      text(ui, one.title, Tone::strong);
      if (!one.mark.words.empty()) {
        const float both = text_size(ui, one.title, Tone::strong).x + ui.px(kGap) +
                           badge_width(ui, one.mark.words);
        if (both < avail(ui)) {
          ImGui::SameLine(0, ui.px(kGap));
          // Its words on the line of those beside it.
          ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(3));
        }
        badge(ui, one.mark.words, mood_badge(one.mark.mood));
      }
      if (!one.detail.empty()) {
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(8));
        text(ui, detail, Tone::small);
      }
    }
    deed_buttons(ui, id + ".do", one.buttons, out);
  }
}

// One stop after the other: first this laptop's own, at the end the office's.
void journey(Ui& ui, const std::vector<JourneyStop>& reached,
             const std::vector<HistoryLine>& history) {
  section_title(ui, ui.tr("need.reached"));
  Flow flow(ui, 20);
  for (const JourneyStop& stop : reached) {
    flow.next(icon_text_width(ui, stop.words));
    const Icon icon = &stop == &reached.front() ? Icon::save
                      : stop.there              ? Icon::check
                                                : Icon::clock;
    icon_text(ui, icon, stop.words);
  }
  section_title(ui, ui.tr("need.history"));
  for (const HistoryLine& entry : history) {
    text(ui, capitalized(entry.what));
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(8));
    text(ui, entry.who + " · " + entry.when, Tone::small);
  }
}

namespace {

// How far it is, as a bar with its numbers below.
void draw_bar_of(Ui& ui, float fraction, const std::string& words) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = avail(ui);
  const float height = ui.px(16);
  progress_bar(ui, fraction, {at.x, at.y, at.x + width, at.y + height});
  ImGui::Dummy(ImVec2(width, height));
  text(ui, capitalized(words));
}

void draw_record_detail(Ui& ui, const RecordDetail& detail, Commands& out) {
  if (button(ui, {.id = "record.back",
                  .icon = Icon::back,
                  .label = ui.tr("needs.back"),
                  .look = Look::quiet}) ||
      ui.take(Key::escape))
    out.push(OpenRecord{});
  text(ui, detail.title, Tone::title);
  Flow flow(ui, 8);
  for (const Mark& mark : detail.marks) {
    flow.next(badge_width(ui, mark.words));
    badge(ui, mark.words, mood_badge(mark.mood));
  }
  if (detail.fraction >= 0) draw_bar_of(ui, detail.fraction, detail.progress);
  for (const std::string& words : detail.warnings) note(ui, NoteKind::warn, words);
  fact_lines(ui, detail.facts);
  deed_buttons(ui, "record.do", detail.buttons, out);
  for (std::size_t i = 0; i < detail.sections.size(); ++i) {
    const RecordSection& section = detail.sections[i];
    const std::string id = "record.section." + std::to_string(i);
    section_title(ui, section.title);
    record_lines(ui, id, section.lines, out);
    if (section.lines.empty() && !section.empty.empty()) text(ui, section.empty, Tone::faint);
    deed_buttons(ui, id + ".add", section.buttons, out);
  }
  journey(ui, detail.reached, detail.history);
}

void draw_side_of_pair(Ui& ui, const PairSide& side, const std::string& id, float width,
                       Commands& out) {
  Card card(ui, ui.theme.page, ui.theme.line, width);
  text(ui, side.title, Tone::strong);
  fact_lines(ui, side.facts);
  if (button(ui, {.id = id, .icon = Icon::next, .label = ui.tr("form.open_record")}))
    out.push(side.open);
}

void draw_pairs(Ui& ui, const RecordsView& view, Commands& out) {
  if (view.pairs.empty())
    text(ui, view.empty, Tone::faint);
  else
    text(ui, ui.tr("pairs.question"), Tone::title);
  for (std::size_t i = 0; i < view.pairs.size(); ++i) {
    const RecordPair& pair = view.pairs[i];
    const std::string id = "pair." + std::to_string(i);
    Card card(ui);
    const float room = avail(ui);
    const bool beside = room > 560 * ui.scale;
    const float width = beside ? std::floor((room - ui.px(kGap)) / 2) : room;
    if (beside) ImGui::BeginGroup();
    draw_side_of_pair(ui, pair.a, id + ".a", width, out);
    if (beside) {
      ImGui::EndGroup();
      ImGui::SameLine(0, ui.px(kGap));
      ImGui::BeginGroup();
    }
    draw_side_of_pair(ui, pair.b, id + ".b", width, out);
    if (beside) ImGui::EndGroup();
    deed_buttons(ui, id + ".say", {pair.same, pair.different}, out);
  }
}

// Adding one, where that may be done here.
const DeedButton* main_button(const RecordsView& view) {
  const bool adds = !view.add.empty() && view.add[0].deed.what != Deed::What::print;
  return adds ? &view.add[0] : nullptr;
}

void draw_record_tabs(Ui& ui, const RecordsView& view, RecordsState& state, Commands& out) {
  if (view.tabs.empty()) return;
  Flow flow(ui, 8);
  row_title(ui, flow, screen_words(ui, view.screen));
  for (const RecordTab& tab : view.tabs) {
    const std::string id = "records.tab." + tab.id;
    flow.next(chip_width(ui, tab.name));
    if (chip(ui, id, tab.name, tab.id == view.tab)) {
      state = RecordsState();
      out.push(ShowTab{tab.id});
    }
  }
}

void draw_record_search(Ui& ui, const RecordsView& view, RecordsState& state, Commands& out) {
  const DeedButton* main = main_button(view);
  // Where there are tabs, the name stands before them.
  const HeadRow head{"records.search",
                     view.tabs.empty() ? std::string_view(screen_words(ui, view.screen)) : "",
                     view.hint, main == nullptr ? std::string_view() : main->label,
                     main == nullptr ? Icon::none : main->icon};
  const HeadResult done = list_head(ui, head, state.search);
  if (done.edited) {
    state.selected.reset();
    out.push(SearchRecords{state.search});
  }
  if (done.added) out.push(main->deed);
}

// Beside those that every list has: the other buttons of this one.
std::vector<ListTool> more_record_tools(const RecordsView& view, Commands& out) {
  std::vector<ListTool> tools;
  const std::size_t first = main_button(view) == nullptr ? 0 : 1;
  for (std::size_t i = first; i < view.add.size(); ++i) {
    const DeedButton& one = view.add[i];
    tools.push_back({"records.add." + std::to_string(i), one.icon, one.label,
                     [&one, &out] { out.push(one.deed); }});
  }
  return tools;
}

void draw_record_list(Ui& ui, const RecordsView& view, RecordsState& state, bool short_list,
                      Commands& out) {
  draw_record_tabs(ui, view, state, out);
  if (view.columns.empty()) return draw_pairs(ui, view, out);
  draw_record_search(ui, view, state, out);
  if (!short_list) list_tools(ui, view.tools, more_record_tools(view, out), state.list, out);
  TableSpec spec;
  spec.id = "records.table";
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    const RecordColumn& column = view.columns[i];
    // Beside the detail the rows become cards, which carry everything.
    spec.columns.push_back(
        {column.title, column.weight, short_list && i == 0 ? 4000 : column.least, column.number});
  }
  const auto at_hand = [&view](std::size_t row) -> const RecordRow* {
    const bool known = row >= view.first && row - view.first < view.rows.size();
    return known ? &view.rows[row - view.first] : nullptr;
  };
  // The list may have changed under the record that is open: the mark stays with it.
  if (short_list) {
    const auto open = std::find_if(view.rows.begin(), view.rows.end(),
                                   [&](const RecordRow& row) { return row.id == view.detail->id; });
    state.selected.reset();
    if (open != view.rows.end())
      state.selected = view.first + static_cast<std::size_t>(open - view.rows.begin());
  }
  spec.count = view.count;
  spec.selected = state.selected;
  spec.keys_too = true;
  spec.empty_words = view.empty;
  spec.marking = state.list.marking && !short_list;
  if (!short_list) {
    sorted_headings(view.tools, spec);
    spec.marked = [&](std::size_t row) {
      const RecordRow* one = at_hand(row);
      return one != nullptr && one->marked;
    };
  }
  spec.cell = [&at_hand](std::size_t row, std::size_t column) -> Cell {
    const RecordRow* one = at_hand(row);
    if (one == nullptr) return {column == 0 ? "…" : ""};
    const Mark& cell = one->cells[column];
    return {cell.words, cell.mood == Mood::plain ? Badge::none : mood_badge(cell.mood)};
  };
  const TableResult result = table(ui, spec);
  if (result.selected) state.selected = result.selected;
  if (!short_list) mark_rows(result, view.tools, state.list, out);
  sort_by_heading(result, view.tools, out);
  ask_rows(result, view.screen, view.first, view.rows.size(), out);
  const auto shown = result.opened ? result.opened : (short_list ? result.selected : std::nullopt);
  if (shown && at_hand(*shown) != nullptr) out.push(OpenRecord{at_hand(*shown)->id});
}

}  // namespace

void draw_records(Ui& ui, const RecordsView& view, RecordsState& state, Commands& out) {
  if (!view.charts.empty() && !view.detail) return list_charts(ui, view.charts, out);
  if (!view.detail) return draw_record_list(ui, view, state, false, out);
  const float room = avail(ui);
  if (room < 900 * ui.scale) {
    show_page(ui, view.detail->id);
    return draw_record_detail(ui, *view.detail, out);
  }
  const float left = std::floor(room * 0.42F);
  const float height = ImGui::GetContentRegionAvail().y;
  {
    const Pane pane(ui, "records.left", left, height, ui.theme.page, false);
    draw_record_list(ui, view, state, true, out);
  }
  ImGui::SameLine(0, ui.px(kPad));
  const Pane pane(ui, "records.right", room - left - ui.px(kPad), height, ui.theme.card);
  show_page(ui, view.detail->id);
  draw_record_detail(ui, *view.detail, out);
}

}  // namespace rukun::ui
