#include <algorithm>
#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/table.h"

namespace rukun::ui {
namespace {

const std::string& filter_words(const Ui& ui, NeedFilter filter) {
  switch (filter) {
    case NeedFilter::urgent: return ui.tr("needs.filter_urgent");
    case NeedFilter::covered: return ui.tr("needs.filter_covered");
    case NeedFilter::delivered: return ui.tr("needs.filter_delivered");
    case NeedFilter::all: return ui.tr("needs.filter_all");
    default: return ui.tr("needs.filter_open");
  }
}

// True when one was pressed.
bool draw_filters(Ui& ui, NeedsState& state, Commands& out) {
  bool pressed = false;
  Flow flow(ui, 8);
  for (const NeedFilter filter : {NeedFilter::open, NeedFilter::urgent, NeedFilter::covered,
                                  NeedFilter::delivered, NeedFilter::all}) {
    const std::string& words = filter_words(ui, filter);
    const std::string id = "needs.filter." + std::to_string(static_cast<int>(filter));
    flow.next(chip_width(ui, words));
    if (!chip(ui, id, words, state.filter == filter)) continue;
    state.filter = filter;
    state.selected.reset();
    out.push(SearchNeeds{state.search, filter});
    pressed = true;
  }
  return pressed;
}

// In a narrow window, where they would leave the rows no room.
void draw_filter_dialog(Ui& ui, NeedsState& state, Commands& out) {
  if (!state.filtering || !begin_dialog(ui, "needs.filters", ui.tr("needs.filter"), 640)) return;
  const bool chosen = draw_filters(ui, state, out);
  gap(ui, 8);
  const bool left =
      button(ui,
             {.id = "needs.filters.no", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  if (chosen || left) {
    state.filtering = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

void draw_search(Ui& ui, NeedsState& state, Commands& out) {
  const HeadRow head{"needs.search", ui.tr("needs.title"), ui.tr("needs.search"),
                     ui.tr("home.add_need"), Icon::plus};
  const HeadResult done = list_head(ui, head, state.search);
  if (done.edited) {
    state.selected.reset();
    out.push(SearchNeeds{state.search, state.filter});
  }
  if (done.added) out.push(Go{Screen::need_entry});
}

// Beside those that every list has.
std::vector<ListTool> more_tools(const Ui& ui, NeedsState& state, Commands& out) {
  std::vector<ListTool> tools;
  if (ui.narrow())
    tools.push_back({"needs.filter", Icon::filter, filter_words(ui, state.filter),
                     [&state] { state.filtering = true; }, true});
  tools.push_back({"needs.print", Icon::print, ui.tr("print.button"),
                   [&out] { out.push(Deed{.what = Deed::What::print, .kind = "needs"}); }});
  tools.push_back({"needs.import", Icon::folder, ui.tr("import.button"),
                   [&out] { out.push(Deed{.what = Deed::What::import, .kind = "need"}); }});
  return tools;
}

Cell need_cell(const Ui& ui, const NeedsView& view, std::size_t row, std::string_view column) {
  if (row < view.first || row - view.first >= view.rows.size())
    return {column == "title" ? "…" : ""};
  const NeedRow& need = view.rows[row - view.first];
  if (column == "title") return {need.title};
  if (column == "for") return {need.for_whom};
  if (column == "remaining") return {need.remaining};
  if (column == "quantity") return {need.quantity};
  if (column == "urgency") return {urgency_words(ui, need.urgency), urgency_badge(need.urgency)};
  if (column == "state") return {state_words(ui, need.state), state_badge(need.state)};
  return {need.age};
}

// How wide each column of needs is.
Column need_column(const ListColumn& column) {
  const std::string_view id = column.id;
  if (id == "title") return {column.name, 1.5F, 190};
  if (id == "for") return {column.name, 3, 200};
  if (id == "urgency") return {column.name, 0.3F, 165};
  if (id == "state") return {column.name, 0.3F, 155};
  if (id == "age") return {column.name, 0.5F, 140};
  return {column.name, 0.3F, 110, true};
}

void draw_list(Ui& ui, const NeedsView& view, NeedsState& state, bool short_list, Commands& out) {
  draw_search(ui, state, out);
  if (ui.narrow())
    draw_filter_dialog(ui, state, out);
  else
    draw_filters(ui, state, out);
  if (short_list)
    text(ui, ui.tr("needs.count", {{"n", std::to_string(view.count)}}), Tone::small);
  else
    list_tools(ui, view.tools, more_tools(ui, state, out), state.list, out);
  TableSpec spec;
  spec.id = "needs.table";
  std::vector<std::string_view> columns;
  for (const ListColumn& one : view.tools.columns) {
    if (!one.shown && !short_list) continue;
    if (short_list && one.id != "title" && one.id != "for" && one.id != "remaining" &&
        one.id != "urgency")
      continue;
    columns.push_back(one.id);
    spec.columns.push_back(need_column(one));
  }
  // Beside the detail the rows become cards, which carry everything.
  if (short_list && !spec.columns.empty()) spec.columns[0].least = 4000;
  if (!short_list) {
    sorted_headings(view.tools, spec);
    spec.marked = [&](std::size_t row) {
      return row >= view.first && row - view.first < view.rows.size() &&
             view.rows[row - view.first].marked;
    };
    spec.marking = state.list.marking;
  }
  // The list may have changed under the need that is open: the mark stays with it.
  if (short_list) {
    const auto open = std::find_if(view.rows.begin(), view.rows.end(), [&](const NeedRow& row) {
      return row.id == view.detail->row.id;
    });
    state.selected.reset();
    if (open != view.rows.end())
      state.selected = view.first + static_cast<std::size_t>(open - view.rows.begin());
  }
  spec.count = view.count;
  spec.selected = state.selected;
  spec.keys_too = true;
  const std::string empty = state.search.empty()
                                ? ui.tr("needs.empty")
                                : ui.tr("needs.none_found", {{"typed", state.search}});
  spec.empty_words = empty;
  spec.cell = [&](std::size_t row, std::size_t column) {
    return need_cell(ui, view, row, columns[column]);
  };
  const TableResult result = table(ui, spec);
  if (result.selected) state.selected = result.selected;
  if (!short_list) mark_rows(result, view.tools, state.list, out);
  sort_by_heading(result, view.tools, out);
  ask_rows(result, Screen::needs, view.first, view.rows.size(), out);
  // Moving through the list beside an open detail shows each row at once.
  const auto shown = result.opened ? result.opened : (short_list ? result.selected : std::nullopt);
  if (shown && *shown >= view.first && *shown - view.first < view.rows.size()) {
    state.asking = NeedsState::Asking::nothing;
    out.push(OpenNeed{view.rows[*shown - view.first].id});
  }
}

void draw_detail_pane(Ui& ui, const NeedDetail& detail, NeedsState& state, Commands& out) {
  if (button(ui, {.id = "need.back",
                  .icon = Icon::back,
                  .label = ui.tr("needs.back"),
                  .look = Look::quiet}) ||
      ui.take(Key::escape)) {
    out.push(OpenNeed{});
  }
  need_detail(ui, detail, state, out);
}

}  // namespace

void draw_needs(Ui& ui, const NeedsView& view, NeedsState& state, Commands& out) {
  if (!view.charts.empty() && !view.detail) return list_charts(ui, view.charts, out);
  if (!view.detail) {
    show_page(ui, "needs");
    draw_list(ui, view, state, false, out);
    return;
  }
  const float room = avail(ui);
  if (room < 900 * ui.scale) {
    show_page(ui, view.detail->row.id);
    draw_detail_pane(ui, *view.detail, state, out);
  } else {
    const float left = std::floor(room * 0.42F);
    const float height = ImGui::GetContentRegionAvail().y;
    {
      const Pane pane(ui, "needs.left", left, height, ui.theme.page, false);
      draw_list(ui, view, state, true, out);
    }
    ImGui::SameLine(0, ui.px(kPad));
    const Pane pane(ui, "needs.right", room - left - ui.px(kPad), height, ui.theme.card);
    show_page(ui, view.detail->row.id);
    draw_detail_pane(ui, *view.detail, state, out);
  }
  need_dialogs(ui, *view.detail, state, out);
}

}  // namespace rukun::ui
