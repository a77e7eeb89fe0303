// Rekap: a table or a chart of all neighborhoods together; each line opens into its records.
#include <algorithm>

#include "app/ui/charts.h"
#include "app/ui/screens/screens.h"
#include "app/ui/table.h"

namespace rukun::ui {
namespace {

constexpr float kBar = 22;  // height of a bar, at 100 %

std::string count_words(const Ui& ui, const RecapLineView& line) {
  if (!line.counted) return line.age;
  std::string words = ui.tr("recap.counts", {{"open", std::to_string(line.open)},
                                             {"covered", std::to_string(line.covered)},
                                             {"done", std::to_string(line.done)}});
  if (!line.amount.empty()) words += " · " + line.amount;
  return words;
}

// True when one was pressed.
bool draw_tabs(Ui& ui, const RecapView& view, Commands& out) {
  bool pressed = false;
  Flow flow(ui, 8);
  for (const RecordTab& tab : view.tabs) {
    flow.next(chip_width(ui, tab.name));
    if (!chip(ui, "recap.tab." + tab.id, tab.name, tab.id == view.tab)) continue;
    out.push(ShowRecap{tab.id, ""});
    pressed = true;
  }
  return pressed;
}

// In a narrow window, where they would leave the lines no room.
void draw_tabs_dialog(Ui& ui, const RecapView& view, RecapState& state, Commands& out) {
  if (!state.choosing || !begin_dialog(ui, "recap.tabs", ui.tr("recap.which"), 640)) return;
  const bool chosen = draw_tabs(ui, view, out);
  gap(ui, 8);
  const bool left =
      button(ui, {.id = "recap.tabs.no", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  if (chosen || left) {
    state.choosing = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

std::string_view tab_words(const RecapView& view) {
  for (const RecordTab& tab : view.tabs)
    if (tab.id == view.tab) return tab.name;
  return view.tab;
}

void draw_buttons(Ui& ui, const RecapView& view, RecapState& state, Commands& out) {
  std::vector<ListTool> row;
  if (ui.narrow())
    row.push_back(
        {"recap.which", Icon::filter, tab_words(view), [&state] { state.choosing = true; }});
  const bool lines = view.tab != "fits" && view.tab != "changes";
  if (lines)
    row.push_back({"recap.chart", state.chart ? Icon::menu : Icon::chart,
                   ui.tr(state.chart ? "recap.as_table" : "recap.as_chart"),
                   [&state] { state.chart = !state.chart; }});
  row.push_back({"recap.export", Icon::save, ui.tr("recap.export"), [&] {
                   state.exporting = true;
                   state.handed_in = false;
                   if (state.folder.empty()) state.folder = view.folder;
                 }});
  row.push_back({"recap.publish", Icon::exchange, ui.tr("recap.publish"), [&] {
                   state.publishing = true;
                   state.personal = false;
                   if (state.database.empty()) state.database = view.database;
                 }});
  if (lines && !view.lines.empty()) {
    row.push_back({"recap.print", Icon::print, ui.tr("print.button"),
                   [&out] { out.push(Deed{.what = Deed::What::print, .kind = "recap"}); }});
    row.push_back({"copy.all", Icon::copy, ui.tr("list.copy"),
                   [&out] { out.push(Deed{.what = Deed::What::copy, .kind = "recap"}); }});
  }
  tool_row(ui, row, "", state.list);
}

void draw_export(Ui& ui, RecapState& state, Commands& out) {
  if (!state.exporting || !begin_dialog(ui, "recap.exporting", ui.tr("recap.export"), 640)) return;
  text(ui, ui.tr("recap.export_what"));
  const bool submitted =
      path_field(ui, {.id = "recap.folder", .label = ui.tr("recap.folder")}, state.folder, out);
  if (chip(ui, "recap.handed_in", ui.tr("recap.handed_in"), state.handed_in))
    state.handed_in = !state.handed_in;
  text(ui, ui.tr("recap.handed_in_why"), Tone::small);
  Flow flow(ui);
  const std::string& write = ui.tr("recap.write");
  flow.next(button_width(ui, write));
  const bool pressed = button(ui, {.id = "recap.write",
                                   .icon = Icon::save,
                                   .label = write,
                                   .look = Look::primary,
                                   .enabled = !state.folder.empty()});
  const std::string& back = ui.tr("dialog.cancel");
  flow.next(button_width(ui, back));
  const bool left = button(ui, {.id = "recap.cancel", .icon = Icon::close, .label = back}) ||
                    ui.take(Key::escape);
  const bool done = (pressed || submitted) && !state.folder.empty();
  if (done) out.push(ExportRecap{state.folder, state.handed_in});
  if (done || left) {
    state.exporting = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

// For the kecamatan's or kabupaten's database: an office asks its administrator for the line.
void draw_publish(Ui& ui, RecapState& state, Commands& out) {
  if (!state.publishing || !begin_dialog(ui, "recap.publishing", ui.tr("recap.publish"), 640))
    return;
  text(ui, ui.tr("recap.publish_what"));
  const bool submitted = text_field(ui,
                                    {.id = "recap.database",
                                     .label = ui.tr("recap.database"),
                                     .hint = "host=... dbname=... user=...",
                                     .most = 1000},
                                    state.database)
                             .submitted;
  text(ui, ui.tr("recap.database_why"), Tone::small);
  if (chip(ui, "recap.personal", ui.tr("recap.personal"), state.personal))
    state.personal = !state.personal;
  text(ui, ui.tr("recap.personal_why"), Tone::small);
  Flow flow(ui);
  const std::string& send = ui.tr("recap.publish_send");
  flow.next(button_width(ui, send));
  const bool pressed = button(ui, {.id = "recap.publish_send",
                                   .icon = Icon::exchange,
                                   .label = send,
                                   .look = Look::primary,
                                   .enabled = !state.database.empty()});
  const std::string& back = ui.tr("dialog.cancel");
  flow.next(button_width(ui, back));
  const bool left = button(ui, {.id = "recap.publish_cancel", .icon = Icon::back, .label = back}) ||
                    ui.take(Key::escape);
  const bool done = (pressed || submitted) && !state.database.empty();
  if (done) out.push(PublishRecap{state.database, state.personal});
  if (done || left) {
    state.publishing = false;
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

// How far it is, or what came of it.
void draw_published(Ui& ui, const RecapView& view, Commands& out) {
  if (!view.publishing.empty()) {
    icon_text(ui, Icon::clock, view.publishing, Tone::strong);
    if (button(ui, {.id = "recap.stop", .icon = Icon::minus, .label = ui.tr("import.stop")}))
      out.push(StopWork{});
  }
  if (!view.publish_failed.empty()) note(ui, NoteKind::danger, view.publish_failed);
  for (const std::string& words : view.published) note(ui, NoteKind::info, words);
}

Cell recap_cell(const RecapView& view, std::size_t row, std::size_t column) {
  const RecapLineView& line = view.lines[row];
  if (column == 0) return {line.label};
  if (column == 5 && !line.amount.empty()) return {line.amount};
  if (column == 5) return {line.state.words, mood_badge(line.state.mood)};
  if (column == 6) return {line.age};
  if (!line.counted) return {"–"};  // not a zero: nobody has said
  const std::size_t counts[] = {line.needs, line.open, line.urgent, line.covered + line.done};
  return {std::to_string(counts[column - 1])};
}

// What the lines of a tab are.
const std::string& line_words(const Ui& ui, std::string_view tab) {
  if (tab == "rw") return ui.tr("recap.line_rw");
  if (tab == "category") return ui.tr("recap.line_category");
  if (tab == "item") return ui.tr("recap.line_item");
  if (tab == "urgency") return ui.tr("recap.line_urgency");
  if (tab == "group") return ui.tr("recap.line_group");
  return ui.tr("recap.line_rt");
}

void draw_lines_table(Ui& ui, const RecapView& view, Commands& out) {
  TableSpec spec;
  spec.id = "recap.table";
  const bool by_item = view.tab == "item", by_rt = view.tab == "rt";
  spec.columns = {{line_words(ui, view.tab), 2.4F, 215},
                  {ui.tr("recap.needs"), 0.3F, 115, true},
                  {ui.tr("recap.column_open"), 0.3F, 95, true},
                  {ui.tr("recap.urgent"), 0.3F, 95, true},
                  {ui.tr("recap.settled"), 0.3F, 115, true}};
  if (by_item || by_rt)
    spec.columns.push_back({ui.tr(by_item ? "recap.amount" : "recap.state"), 0.5F, 140});
  if (by_rt) spec.columns.push_back({ui.tr("recap.exchanged"), 0.8F, 180});
  spec.count = view.lines.size();
  spec.empty_words = ui.tr("recap.empty");
  spec.cell = [&](std::size_t row, std::size_t column) { return recap_cell(view, row, column); };
  const TableResult result = table(ui, spec);
  if (result.opened) out.push(ShowRecap{view.tab, view.lines[*result.opened].key});
}

void draw_changes(Ui& ui, const RecapView& view, Commands& out) {
  if (view.versions.empty()) return text(ui, ui.tr("recap.no_versions"), Tone::faint);
  if (view.versions.size() > 1) {
    text(ui, ui.tr("recap.versions"), Tone::small);
    Flow flow(ui, 8);
    for (const RecordTab& one : view.versions) {
      flow.next(chip_width(ui, one.name));
      if (chip(ui, "recap.version." + one.id, one.name, one.id == view.version))
        out.push(ShowRecap{view.tab, one.id});
    }
  }
  text(ui, view.compared, Tone::strong);
  for (const std::string& words : view.missing) note(ui, NoteKind::warn, words);
  if (view.more_changes > 0)
    text(ui, ui.tr("recap.more_changes", {{"n", std::to_string(view.more_changes)}}), Tone::faint);
  TableSpec spec;
  spec.id = "recap.changes";
  spec.columns = {
      {ui.tr("recap.line_rt"), 1.2F, 200},      {ui.tr("recap.line_item"), 1.2F, 170},
      {ui.tr("recap.change"), 1.6F, 200},       {ui.tr("recap.change_needed"), 0.8F, 110, true},
      {ui.tr("recap.amount"), 0.8F, 110, true}, {ui.tr("recap.difference"), 0.3F, 85, true}};
  spec.count = view.changes.size();
  spec.empty_words = ui.tr("recap.no_changes");
  spec.cell = [&](std::size_t row, std::size_t column) -> Cell {
    const RecapChangeView& one = view.changes[row];
    const std::string* cells[] = {&one.place,  &one.goods,     &one.change,
                                  &one.needed, &one.remaining, &one.difference};
    return {*cells[column]};
  };
  table(ui, spec);
}

// One line of the chart: its words, and below them a bar that is as long as it has needs.
void draw_bar_line(Ui& ui, const RecapView& view, const RecapLineView& one, std::size_t most,
                   Commands& out) {
  if (line(ui, {.id = "recap.bar." + one.key,
                .title = one.label,
                .detail = count_words(ui, one),
                .badge = one.state.words,
                .badge_kind = mood_badge(one.state.mood)}))
    out.push(ShowRecap{view.tab, one.key});
  if (!one.counted || most == 0) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = avail(ui);
  const ChartLine parts{"", "", one.open, one.covered, one.done};
  chart_bar(ui, parts, most, {at.x, at.y, at.x + room, at.y + ui.px(kBar)});
  ImGui::Dummy(ImVec2(room, ui.px(kBar + 12)));
}

void draw_chart(Ui& ui, const RecapView& view, Commands& out) {
  chart_legend(ui);
  if (view.lines.empty()) text(ui, ui.tr("recap.empty"), Tone::faint);
  std::size_t most = 0;
  for (const RecapLineView& one : view.lines) most = std::max(most, one.needs);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  for (const RecapLineView& one : view.lines) draw_bar_line(ui, view, one, most, out);
  ImGui::PopStyleVar();
}

void draw_behind(Ui& ui, const RecapView& view, Commands& out) {
  if (button(ui, {.id = "recap.back",
                  .icon = Icon::back,
                  .label = ui.tr("recap.back"),
                  .look = Look::quiet}) ||
      ui.take(Key::escape))
    out.push(ShowRecap{view.tab, ""});
  text(ui, view.opened, Tone::title);
  text(ui, ui.tr("recap.behind"), Tone::faint);
  if (view.records.empty()) text(ui, ui.tr("recap.empty"), Tone::faint);
  for (const RecapRecordView& one : view.records) {
    const Card card(ui);
    text(ui, one.title, Tone::strong);
    text(ui, one.place + " · " + one.amount);
    text(ui, one.author, Tone::small);
    text(ui, one.heard, Tone::small);
    text(ui, ui.tr("recap.record", {{"id", one.id}}), Tone::small);
  }
  if (view.more_records > 0)
    text(ui, ui.tr("recap.more", {{"n", std::to_string(view.more_records)}}), Tone::faint);
}

}  // namespace

void draw_recap(Ui& ui, const RecapView& view, RecapState& state, Commands& out) {
  draw_export(ui, state, out);
  draw_publish(ui, state, out);
  if (!view.opened.empty()) return draw_behind(ui, view, out);
  if (!view.written.empty())
    note(ui, NoteKind::info, ui.tr("recap.written", {{"file", view.written}}));
  draw_published(ui, view, out);
  page_title(ui, "recap.title");
  if (ui.narrow()) {
    draw_tabs_dialog(ui, view, state, out);
    draw_buttons(ui, view, state, out);
  } else {
    draw_tabs(ui, view, out);
  }
  text(ui, view.reported, Tone::strong);
  if (!view.silent.empty()) note(ui, NoteKind::warn, view.silent);
  if (!ui.narrow()) draw_buttons(ui, view, state, out);
  if (view.tab == "fits") {
    if (view.fits.empty()) text(ui, ui.tr("recap.no_fits"), Tone::faint);
    for (const std::string& words : view.fits) text(ui, words);
  } else if (view.tab == "changes") {
    draw_changes(ui, view, out);
  } else if (state.chart) {
    draw_chart(ui, view, out);
  } else {
    draw_lines_table(ui, view, out);
  }
}

}  // namespace rukun::ui
