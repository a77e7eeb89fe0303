// Choosing a file or a folder: places to press, sticks first, then what is in a folder as large
// rows. Letters typed narrow them down, Enter opens or takes, Esc leaves.
#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/table.h"

namespace rukun::ui {
namespace {

void draw_places_to_pick(Ui& ui, const PickerView& view, Commands& out) {
  Flow flow(ui, 8);
  for (std::size_t i = 0; i < view.places.size(); ++i) {
    const PickerPlace& place = view.places[i];
    bool cut = false;
    const std::string label =
        shortened(ui, place.label, Tone::normal, avail(ui) - ui.px(kIcon + 60), cut);
    flow.next(button_width(ui, label));
    if (button(ui, {.id = "picker.place." + std::to_string(i),
                    .icon = place.stick ? Icon::stick : Icon::folder,
                    .label = label,
                    .look = place.stick ? Look::primary : Look::normal,
                    .selected = place.path == view.folder}))
      out.push(PickerGo{place.path});
  }
}

// Up, take this folder, leave. True when the folder itself is meant.
bool draw_picker_buttons(Ui& ui, const PickerView& view, Commands& out) {
  Flow flow(ui);
  const std::string& up = ui.tr("picker.up");
  flow.next(button_width(ui, up));
  if (button(ui, {.id = "picker.up", .icon = Icon::back, .label = up, .enabled = !view.up.empty()}))
    out.push(PickerGo{view.up});
  bool here = false;
  if (view.wanted == PickFor::folder) {
    const std::string& take = ui.tr("picker.here");
    flow.next(button_width(ui, take));
    here = button(ui, {.id = "picker.here",
                       .icon = Icon::check,
                       .label = take,
                       .look = Look::primary,
                       .enabled = view.failed.empty()});
  }
  const std::string& leave = ui.tr("dialog.cancel");
  flow.next(button_width(ui, leave));
  if (button(ui, {.id = "picker.cancel", .icon = Icon::close, .label = leave}) ||
      ui.take(Key::escape))
    out.push(ClosePicker{});
  return here;
}

std::optional<std::size_t> draw_picker_rows(Ui& ui, const PickerView& view, PickerState& state) {
  TableSpec spec;
  spec.id = "picker.rows";
  spec.columns = {{ui.tr("picker.name"), 4, 200}, {ui.tr("picker.what"), 1, 120}};
  spec.count = view.rows.size();
  spec.selected = state.selected;
  spec.keys_too = true;
  spec.empty_words = ui.tr(!state.typed.empty()             ? "picker.none_found"
                           : view.wanted == PickFor::folder ? "picker.no_folders"
                                                            : "picker.empty");
  spec.cell = [&view](std::size_t row, std::size_t column) -> Cell {
    return {column == 0 ? view.rows[row].name : view.rows[row].detail};
  };
  const TableResult result = table(ui, spec);
  if (result.selected) state.selected = result.selected;
  return result.opened;
}

}  // namespace

void draw_picker(Ui& ui, const PickerView& view, PickerState& state, Picked& picked,
                 Commands& out) {
  if (state.number != view.number) {
    state = PickerState();
    state.number = view.number;
  }
  show_page(ui, "picker");
  text(ui, ui.tr(view.wanted == PickFor::folder ? "picker.ask_folder" : "picker.ask_file"),
       Tone::title);
  // In a narrow window the rows come before the places, or none of them would be in sight.
  const bool rows_first = ui.narrow() && view.failed.empty();
  if (!rows_first) draw_places_to_pick(ui, view, out);
  if (!rows_first) text(ui, view.folder, Tone::strong);
  std::string taken;
  if (draw_picker_buttons(ui, view, out)) taken = view.folder;
  if (!view.failed.empty()) return note(ui, NoteKind::warn, view.failed);
  // Another field for each folder: one that is being typed into keeps what stands in it.
  const std::string field = "picker.find." + std::to_string(view.number);
  if (std::exchange(state.field_wanted, false)) focus_field(ui, field);
  const FieldResult typed = search_box(ui, field, ui.tr("picker.find"), state.typed);
  if (typed.edited) {
    state.selected.reset();
    out.push(PickerFind{state.typed});
  }
  if (view.hidden > 0)
    text(ui, ui.tr("picker.hidden", {{"n", std::to_string(view.hidden)}}), Tone::small);
  auto opened = draw_picker_rows(ui, view, state);
  if (rows_first) text(ui, view.folder, Tone::strong);
  if (rows_first) draw_places_to_pick(ui, view, out);
  if (typed.submitted && !view.rows.empty())
    opened = std::min(state.selected.value_or(0), view.rows.size() - 1);
  if (opened && *opened < view.rows.size()) {
    const PickerRow& row = view.rows[*opened];
    if (row.is_folder)
      out.push(PickerGo{row.path});
    else
      taken = row.path;
  }
  if (taken.empty()) return;
  picked = {view.field, taken};
  out.push(ClosePicker{taken});
}

bool path_field(Ui& ui, const PathSpec& spec, std::string& value, Commands& out) {
  if (ui.picked != nullptr && ui.picked->field == spec.id) {
    value = ui.picked->path;
    *ui.picked = Picked();
  }
  // The button stands beside the field where there is room for both.
  const float taken = button_width(ui, ui.tr("picker.open")) + ui.px(8);
  const bool beside = avail(ui) > taken + ui.px(320);
  const FieldResult typed = text_field(ui,
                                       {.id = spec.id,
                                        .label = spec.label,
                                        .hint = spec.hint,
                                        .width = beside ? avail(ui) - taken : 0,
                                        .most = 4000},
                                       value);
  if (beside) ImGui::SameLine(0, ui.px(8));
  const std::string id = std::string(spec.id) + ".pick";
  if (button(ui, {.id = id, .icon = Icon::folder, .label = ui.tr("picker.open")})) {
    out.push(OpenPicker{std::string(spec.id), spec.wanted, value});
    // A dialog that is not drawn would go on keeping the mouse to itself; it opens again after.
    if (ui.layer > 0) ImGui::CloseCurrentPopup();
  }
  return typed.submitted;
}

}  // namespace rukun::ui
