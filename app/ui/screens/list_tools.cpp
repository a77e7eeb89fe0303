// What stands between a list and its search: its order and columns, and what can be done with
// several rows at once, in one row however narrow the window is. One for all lists.
#include <algorithm>
#include <span>

#include "app/ui/charts.h"
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

std::string marked_words(const Ui& ui, std::string_view key, const ListTools& tools) {
  return ui.tr(key, {{"n", std::to_string(tools.marked)}});
}

void end_marking(ListState& state, Commands& out) {
  state = ListState();
  out.push(MarkAll{false});
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
  // The button that leads here says "…", as more is asked; here it is asked.
  std::string heading = why ? deed->label : marked_words(ui, "list.change_what", tools);
  if (heading.ends_with("…")) heading.resize(heading.size() - std::string_view("…").size());
  if (!begin_dialog(ui, "list.asking", heading, 640)) return;
  draw_question(ui, tools, deed, state);
  text(ui, ui.tr("list.one_undo"), Tone::small);
  const std::string yes = why ? heading + " (" + std::to_string(tools.marked) + ")"
                              : marked_words(ui, "list.change_do", tools);
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
    out.push(DoWithMarked{state.deed, tools.marked, state.value});
    state = ListState();
  }
  if (done || left) {
    state.asking = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

// Words in the middle of the height of a button.
void draw_count(Ui& ui, std::string_view words) {
  ImGui::BeginGroup();
  ImGui::Dummy(
      ImVec2(1, (ui.px(kTarget) - ui.fonts.small->FontSize) / 2 - ImGui::GetStyle().ItemSpacing.y));
  text(ui, words, Tone::small);
  ImGui::EndGroup();
}

// How many of them stand in one row, with the button for the others when there are others.
std::size_t that_fit(const Ui& ui, const std::vector<ListTool>& tools, float room) {
  const float gap = ui.px(8);
  float all = 0;
  for (const ListTool& one : tools) all += button_width(ui, one.label) + gap;
  if (all - gap <= room) return tools.size();
  float taken = button_width(ui, ui.tr("list.more"));
  std::size_t fit = 0;
  for (; fit < tools.size(); ++fit) {
    taken += button_width(ui, tools[fit].label) + gap;
    if (taken > room) break;
  }
  return fit;
}

bool tool_button(Ui& ui, const ListTool& one) {
  return button(ui, {.id = one.id, .icon = one.icon, .label = one.label, .look = one.look});
}

// What there was no room for.
void draw_more(Ui& ui, std::span<const ListTool> tools, ListState& state) {
  if (!state.more || !begin_dialog(ui, "list.others", ui.tr("list.more_title"), 560)) return;
  const ListTool* pressed = nullptr;
  Flow flow(ui);
  for (const ListTool& one : tools) {
    flow.next(button_width(ui, one.label));
    if (tool_button(ui, one)) pressed = &one;
  }
  gap(ui, 8);
  const bool left =
      button(ui, {.id = "list.others.no", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  if (pressed != nullptr || left) {
    state.more = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
  if (pressed != nullptr) pressed->act();
}

bool add_button(Ui& ui, const HeadRow& head) {
  const std::string_view list = head.search_id.substr(0, head.search_id.find('.'));
  return button(ui, {.id = std::string(list) + ".add",
                     .icon = head.icon,
                     .label = head.add,
                     .look = Look::primary});
}

}  // namespace

HeadResult list_head(Ui& ui, const HeadRow& head, std::string& search) {
  constexpr float kLeastSearch = 240;  // of room to type in
  HeadResult out;
  if (ui.take(Key::f3)) focus_field(ui, head.search_id);
  const float title = head.title.empty() ? 0 : row_title_width(ui, head.title);
  const float add = head.add.empty() ? 0 : button_width(ui, head.add) + ui.px(kGap);
  const float room = avail(ui) - title - add;
  const bool beside = room > ui.px(kLeastSearch);
  Flow row(ui);
  if (title > 0) row_title(ui, row, head.title);
  if (title > 0 && !beside && add > 0) {
    row.next(add);
    out.added = add_button(ui, head);
  } else if (title > 0 && beside) {
    ImGui::SameLine(0, ui.px(kGap));
  }
  out.edited = search_box(ui, head.search_id, head.hint, search, beside ? room : 0).edited;
  if (add <= 0 || (title > 0 && !beside)) return out;
  if (beside) ImGui::SameLine(0, ui.px(kGap));
  out.added = add_button(ui, head);
  return out;
}

void tool_row(Ui& ui, const std::vector<ListTool>& tools, const std::string& count,
              ListState& state) {
  const float words = count.empty() ? 0 : text_size(ui, count, Tone::small).x + ui.px(8);
  const std::size_t fit = that_fit(ui, tools, avail(ui) - words);
  const bool others = fit < tools.size();
  // Acting may end what they stand for, so it comes after all of them are drawn.
  const ListTool* pressed = nullptr;
  Flow flow(ui, 8);
  for (std::size_t i = 0; i < fit; ++i) {
    flow.next(button_width(ui, tools[i].label));
    if (tool_button(ui, tools[i])) pressed = &tools[i];
  }
  if (others) {
    flow.next(button_width(ui, ui.tr("list.more")));
    if (button(ui, {.id = "list.more", .icon = Icon::menu, .label = ui.tr("list.more")}))
      state.more = true;
  }
  if (words > 0) {
    flow.next(words - ui.px(8));
    draw_count(ui, count);
  }
  if (others)
    draw_more(ui, std::span(tools).subspan(fit), state);
  else
    state.more = false;
  if (pressed != nullptr) pressed->act();
}

namespace {

void ask_deed(ListState& state, const std::string& deed) {
  state.asking = true;
  state.deed = deed;
  state.value.clear();
}

// Instead of the usual tools while rows are being marked.
void draw_marking(Ui& ui, const ListTools& tools, ListState& state, Commands& out) {
  const std::string all = tools.all_marked
                              ? ui.tr("list.mark_none")
                              : ui.tr("list.mark_all", {{"n", std::to_string(tools.listed)}});
  std::vector<ListTool> row = {
      {"list.all", Icon::mark, all, [&] { out.push(MarkAll{!tools.all_marked}); }}};
  const auto add = [&](const BulkDeed& one) {
    row.push_back({"list.deed." + one.id, one.icon, one.label, [&] {
                     if (one.reason)
                       ask_deed(state, one.id);
                     else
                       out.push(DoWithMarked{one.id, tools.marked});
                   }});
  };
  const auto any = [&tools](auto says) {
    return tools.marked > 0 && std::any_of(tools.deeds.begin(), tools.deeds.end(), says);
  };
  if (tools.marked > 0)
    for (const BulkDeed& one : tools.deeds)
      if (one.reason) add(one);
  if (any([](const BulkDeed& one) { return !one.choices.empty(); }))
    row.push_back({"list.change", Icon::edit, ui.tr("list.change"), [&] { ask_deed(state, ""); }});
  row.push_back({"list.end", Icon::check, ui.tr("list.end"), [&] { end_marking(state, out); }});
  if (tools.marked > 0)
    for (const BulkDeed& one : tools.deeds)
      if (!one.reason && one.choices.empty()) add(one);
  tool_row(ui, row, marked_words(ui, "list.marked", tools), state);
  if (state.marking && !state.asking && !state.more && ui.take(Key::escape))
    end_marking(state, out);
}

}  // namespace

void list_tools(Ui& ui, const ListTools& tools, std::vector<ListTool> more, ListState& state,
                Commands& out) {
  draw_arranging(ui, tools, state, out);
  draw_asking(ui, tools, state, out);
  if (state.marking) return draw_marking(ui, tools, state, out);
  std::vector<ListTool> row;
  if (tools.listed > 0)
    row.push_back({"list.pick", Icon::mark, ui.tr("list.pick"), [&] { state.marking = true; }});
  row.push_back(
      {"list.arrange", Icon::sort, ui.tr("list.arrange"), [&] { state.arranging = true; }});
  if (tools.listed > 0)
    row.push_back({"list.copy", Icon::copy, ui.tr("list.copy"), [&] { out.push(tools.copy); }});
  if (tools.can_chart)
    row.push_back({"list.chart", Icon::chart, ui.tr("list.chart"), [&] { out.push(ShowChart{}); }});
  for (ListTool& one : more) row.insert(one.first ? row.begin() : row.end(), std::move(one));
  const std::string count = tools.sorting
                                ? ui.tr("list.sorting")
                                : ui.tr("list.count", {{"n", std::to_string(tools.listed)}});
  tool_row(ui, row, count, state);
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

void mark_rows(const TableResult& result, const ListTools& tools, ListState& state, Commands& out) {
  if (result.marked) {
    state.marking = true;
    MarkedRows rows = *result.marked;
    if (rows.from_anchor) {
      const std::size_t anchor = state.anchor < tools.listed ? state.anchor : rows.first;
      rows = {std::min(anchor, rows.first), std::max(anchor, rows.last)};
    } else if (rows.toggle) {
      state.anchor = rows.first;
    }
    out.push(MarkRows{tools.number, rows.first, rows.last, rows.toggle});
  } else if (result.selected) {
    state.anchor = *result.selected;
  }
}

void ask_rows(const TableResult& result, Screen screen, std::size_t first, std::size_t count,
              Commands& out) {
  constexpr std::size_t kAround = 100;
  const std::size_t end = result.first_visible + result.visible;
  if (result.visible == 0 || (result.first_visible >= first && end <= first + count)) return;
  const std::size_t from = result.first_visible > kAround ? result.first_visible - kAround : 0;
  out.push(ShowRows{screen, from, result.visible + 2 * kAround});
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
