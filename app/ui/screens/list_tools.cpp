// What stands between a list and its search: its order and columns, and what can be done with
// several rows at once. One for all lists.
#include <algorithm>

#include "app/ui/charts.h"
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

std::string marked_words(const Ui& ui, std::string_view key, const ListState& state) {
  return ui.tr(key, {{"n", std::to_string(state.marked.size())}});
}

std::vector<std::string> ids_of(const ListState& state) {
  return {state.marked.begin(), state.marked.end()};
}

void arrange(const ListTools& tools, std::string sort, bool descending, Commands& out) {
  ArrangeList wanted{.sort = std::move(sort), .descending = descending};
  for (const ListColumn& one : tools.columns) {
    if (one.shown) wanted.columns.push_back(one.id);
  }
  out.push(std::move(wanted));
}

void show_column(const ListTools& tools, const std::string& id, Commands& out) {
  ArrangeList wanted{.sort = tools.sort, .descending = tools.descending};
  for (const ListColumn& one : tools.columns) {
    if (one.shown != (one.id == id)) wanted.columns.push_back(one.id);
  }
  out.push(std::move(wanted));
}

void draw_order(Ui& ui, const ListTools& tools, Commands& out) {
  text(ui, ui.tr("list.sort_by"), Tone::strong);
  Flow flow(ui, 8);
  flow.next(chip_width(ui, tools.usual));
  if (chip(ui, "list.sort", tools.usual, tools.sort.empty())) arrange(tools, "", false, out);
  for (const ListColumn& one : tools.columns) {
    if (!one.sortable) continue;
    flow.next(chip_width(ui, one.name));
    if (chip(ui, "list.sort." + one.id, one.name, one.id == tools.sort))
      arrange(tools, one.id, tools.descending && one.id == tools.sort, out);
  }
  if (tools.sort.empty()) return;
  Flow way(ui, 8);
  for (const bool descending : {false, true}) {
    const std::string& words = ui.tr(descending ? "list.down" : "list.up");
    way.next(chip_width(ui, words));
    if (chip(ui, descending ? "list.down" : "list.up", words, tools.descending == descending))
      arrange(tools, tools.sort, descending, out);
  }
}

// The first column names the row and always stands.
void draw_columns(Ui& ui, const ListTools& tools, Commands& out) {
  text(ui, ui.tr("list.columns"), Tone::strong);
  Flow flow(ui, 8);
  for (std::size_t i = 1; i < tools.columns.size(); ++i) {
    const ListColumn& one = tools.columns[i];
    flow.next(chip_width(ui, one.name));
    if (chip(ui, "list.column." + one.id, one.name, one.shown)) show_column(tools, one.id, out);
  }
}

void draw_arranging(Ui& ui, const ListTools& tools, ListState& state, Commands& out) {
  if (!state.arranging || !begin_dialog(ui, "list.arranging", ui.tr("list.arrange"), 720)) return;
  draw_order(ui, tools, out);
  gap(ui, 8);
  draw_columns(ui, tools, out);
  gap(ui, 8);
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("list.ready")));
  const bool done = button(ui, {.id = "list.ready",
                                .icon = Icon::check,
                                .label = ui.tr("list.ready"),
                                .look = Look::primary});
  if (done || ui.take(Key::escape)) {
    state.arranging = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

const BulkDeed* asked_deed(const ListTools& tools, const ListState& state) {
  const auto found = std::find_if(tools.deeds.begin(), tools.deeds.end(),
                                  [&](const BulkDeed& one) { return one.id == state.deed; });
  return found == tools.deeds.end() ? nullptr : &*found;
}

// Which field, then what it becomes; or why.
void draw_question(Ui& ui, const ListTools& tools, const BulkDeed* deed, ListState& state) {
  if (deed != nullptr && deed->reason) {
    if (ImGui::IsWindowAppearing()) focus_field(ui, "list.reason");
    (void)text_field(
        ui,
        {.id = "list.reason", .label = ui.tr("close.reason"), .hint = ui.tr("close.reason_hint")},
        state.value);
    return;
  }
  Flow fields(ui, 8);
  for (const BulkDeed& one : tools.deeds) {
    if (one.choices.empty()) continue;
    fields.next(chip_width(ui, one.label));
    if (chip(ui, "list.field." + one.id, one.label, one.id == state.deed)) {
      state.deed = one.id;
      state.value.clear();
    }
  }
  if (deed == nullptr) return;
  text(ui, ui.tr("list.change_to"), Tone::strong);
  Flow values(ui, 8);
  for (const UnitChoice& one : deed->choices) {
    values.next(chip_width(ui, one.name));
    if (chip(ui, "list.value." + one.id, one.name, one.id == state.value)) state.value = one.id;
  }
}

void draw_asking(Ui& ui, const ListTools& tools, ListState& state, Commands& out) {
  if (!state.asking) return;
  const BulkDeed* deed = asked_deed(tools, state);
  const bool why = deed != nullptr && deed->reason;
  const std::string heading = why ? deed->label : marked_words(ui, "list.change_what", state);
  if (!begin_dialog(ui, "list.asking", heading, 640)) return;
  if (why) text(ui, marked_words(ui, "list.marked", state), Tone::faint);
  draw_question(ui, tools, deed, state);
  text(ui, ui.tr("list.one_undo"), Tone::small);
  const std::string yes = marked_words(ui, "list.change_do", state);
  Flow flow(ui);
  flow.next(button_width(ui, yes));
  const bool done = button(ui, {.id = "list.do",
                                .icon = Icon::check,
                                .label = yes,
                                .look = Look::primary,
                                .enabled = deed != nullptr && !state.value.empty()});
  flow.next(button_width(ui, ui.tr("dialog.cancel")));
  const bool left =
      button(ui, {.id = "list.no", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  if (done) {
    out.push(DoWithMarked{state.deed, ids_of(state), state.value});
    state = ListState();
  }
  if (done || left) {
    state.asking = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

void tool_button(Ui& ui, Flow& flow, const char* id, Icon icon, const std::string& words,
                 bool& pressed) {
  flow.next(button_width(ui, words));
  pressed = button(ui, {.id = id, .icon = icon, .label = words});
}

// Instead of the usual tools while rows are being marked.
void draw_marking(Ui& ui, const ListTools& tools, const std::vector<std::string>& at_hand,
                  ListState& state, Commands& out) {
  text(ui, marked_words(ui, "list.marked", state), Tone::strong);
  Flow flow(ui, 8);
  bool pressed = false;
  const bool all = std::all_of(at_hand.begin(), at_hand.end(),
                               [&](const std::string& id) { return state.marked.count(id) != 0; });
  tool_button(ui, flow, "list.all", Icon::mark, ui.tr(all ? "list.mark_none" : "list.mark_all"),
              pressed);
  if (pressed && all) state.marked.clear();
  if (pressed && !all) state.marked.insert(at_hand.begin(), at_hand.end());
  if (!state.marked.empty()) {
    for (const BulkDeed& one : tools.deeds) {
      if (!one.choices.empty()) continue;
      tool_button(ui, flow, ("list.deed." + one.id).c_str(), one.icon, one.label, pressed);
      if (!pressed) continue;
      if (!one.reason) {
        out.push(DoWithMarked{one.id, ids_of(state)});
        continue;
      }
      state.asking = true;
      state.deed = one.id;
      state.value.clear();
    }
    const bool can_change = std::any_of(tools.deeds.begin(), tools.deeds.end(),
                                        [](const BulkDeed& one) { return !one.choices.empty(); });
    if (can_change) {
      tool_button(ui, flow, "list.change", Icon::edit, ui.tr("list.change"), pressed);
      if (pressed) {
        state.asking = true;
        state.deed.clear();
        state.value.clear();
      }
    }
  }
  tool_button(ui, flow, "list.end", Icon::close, ui.tr("list.end"), pressed);
  if (pressed || (!state.asking && ui.take(Key::escape))) state = ListState();
}

}  // namespace

void list_tools(Ui& ui, const ListTools& tools, const std::string& count,
                const std::vector<std::string>& at_hand, ListState& state, Commands& out) {
  draw_arranging(ui, tools, state, out);
  draw_asking(ui, tools, state, out);
  if (state.marking) return draw_marking(ui, tools, at_hand, state, out);
  Flow flow(ui, 8);
  bool pressed = false;
  if (!at_hand.empty()) {
    tool_button(ui, flow, "list.pick", Icon::mark, ui.tr("list.pick"), pressed);
    if (pressed) state.marking = true;
  }
  tool_button(ui, flow, "list.arrange", Icon::sort, ui.tr("list.arrange"), pressed);
  if (pressed) state.arranging = true;
  if (!at_hand.empty()) {
    tool_button(ui, flow, "list.copy", Icon::copy, ui.tr("list.copy"), pressed);
    if (pressed) out.push(tools.copy);
  }
  if (tools.can_chart) {
    tool_button(ui, flow, "list.chart", Icon::chart, ui.tr("list.chart"), pressed);
    if (pressed) out.push(ShowChart{});
  }
  if (!count.empty()) {
    const float width = text_size(ui, count, Tone::small).x;
    flow.next(width);
    ImGui::BeginGroup();
    ImGui::Dummy(ImVec2(
        1, (ui.px(kTarget) - ui.fonts.small->FontSize) / 2 - ImGui::GetStyle().ItemSpacing.y));
    text(ui, count, Tone::small);
    ImGui::EndGroup();
  }
}

void list_charts(Ui& ui, const std::vector<ChartView>& charts, Commands& out) {
  if (button(ui, {.id = "list.rows",
                  .icon = Icon::back,
                  .label = ui.tr("needs.back"),
                  .look = Look::quiet}) ||
      ui.take(Key::escape))
    out.push(ShowChart{false});
  for (const ChartView& one : charts) draw_chart_card(ui, one);
}

void mark_rows(const TableResult& result, const std::vector<std::string>& ids, std::size_t first,
               ListState& state) {
  if (!result.marked) return;
  state.marking = true;
  for (std::size_t row = result.marked->first; row <= result.marked->last; ++row) {
    if (row < first || row - first >= ids.size()) continue;
    const std::string& id = ids[row - first];
    if (!result.marked->toggle || state.marked.count(id) == 0)
      state.marked.insert(id);
    else
      state.marked.erase(id);
  }
}

void sort_by_heading(const TableResult& result, const ListTools& tools, Commands& out) {
  if (!result.sort) return;
  std::size_t shown = 0;
  for (const ListColumn& one : tools.columns) {
    if (!one.shown || shown++ != *result.sort) continue;
    arrange(tools, one.id, one.id == tools.sort && !tools.descending, out);
  }
}

void sorted_headings(const ListTools& tools, TableSpec& spec) {
  std::size_t at = 0;
  for (const ListColumn& one : tools.columns) {
    if (!one.shown || at >= spec.columns.size()) continue;
    spec.columns[at].sortable = one.sortable;
    if (one.id == tools.sort) spec.sorted = at;
    ++at;
  }
  spec.descending = tools.descending;
}

}  // namespace rukun::ui
