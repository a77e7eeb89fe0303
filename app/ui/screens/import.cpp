// Reading a spreadsheet in: what its rows are and which file → what would come of it, with each row
// that is refused and why → stored, and how to take it back.
#include <utility>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_import_counts(Ui& ui, const ImportResult& result, Icon icon, std::string_view key) {
  Card card(ui);
  icon_text(ui, icon,
            ui.tr(key, {{"fresh", result.fresh},
                        {"changed", result.changed},
                        {"same", result.same},
                        {"refused", result.refused}}),
            Tone::strong);
}

void draw_import_lines(Ui& ui, const ImportResult& result) {
  for (const std::string& remark : result.remarks) note(ui, NoteKind::info, remark);
  if (result.lines.empty()) return;
  text(ui, ui.tr("import.refused_title"), Tone::strong);
  for (const std::string& words : result.lines) icon_text(ui, Icon::warning, words);
  if (result.more > 0)
    text(ui, ui.tr("import.refused_more", {{"n", std::to_string(result.more)}}), Tone::faint);
}

void draw_import_question(Ui& ui, const ImportView& view, ImportState& state, Commands& out) {
  text(ui, ui.tr("import.explain"), Tone::faint);
  Flow flow(ui, 8);
  for (const RecordTab& kind : view.kinds) {
    flow.next(chip_width(ui, kind.name));
    if (chip(ui, "import.kind." + kind.id, kind.name, kind.id == view.kind))
      out.push(PreviewImport{kind.id, state.file});
  }
  const bool submitted = path_field(ui,
                                    {.id = "import.file",
                                     .label = ui.tr("import.file"),
                                     .hint = ui.tr("import.file_hint"),
                                     .wanted = PickFor::spreadsheet},
                                    state.file, out);
  const bool pressed = button(ui, {.id = "import.look",
                                   .icon = Icon::search,
                                   .label = ui.tr("import.look"),
                                   .look = view.preview ? Look::normal : Look::primary,
                                   .enabled = !state.file.empty()});
  if ((pressed || submitted) && !state.file.empty()) out.push(PreviewImport{view.kind, state.file});
}

void draw_import_preview(Ui& ui, const ImportView& view, Commands& out) {
  draw_import_counts(ui, *view.preview, Icon::information, "import.would");
  if (!view.preview->nothing && button(ui, {.id = "import.apply",
                                            .icon = Icon::save,
                                            .label = ui.tr("import.apply"),
                                            .look = Look::primary}))
    out.push(ApplyImport{});
  draw_import_lines(ui, *view.preview);
  gap(ui, 8);
}

void draw_import_done(Ui& ui, const ImportView& view, Commands& out) {
  text(ui,
       ui.tr(view.undone         ? "import.undone"
             : view.done_in_part ? "import.done_part"
                                 : "import.done_title"),
       Tone::title);
  if (!view.stopped.empty()) note(ui, NoteKind::info, view.stopped);
  if (!view.undone) draw_import_counts(ui, *view.done, Icon::check, "import.done");
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("members.done")));
  if (button(ui, {.id = "import.close",
                  .icon = Icon::check,
                  .label = ui.tr("members.done"),
                  .look = Look::primary}))
    out.push(CloseImport{});
  if (!view.undone && !view.done->nothing) {
    flow.next(button_width(ui, ui.tr("import.undo")));
    if (button(ui, {.id = "import.undo", .icon = Icon::undo, .label = ui.tr("import.undo")}))
      out.push(UndoImport{});
  }
  if (!view.undone) draw_import_lines(ui, *view.done);
}

}  // namespace

void draw_import(Ui& ui, const ImportView& view, ImportState& state, Commands& out) {
  show_page(ui, view.done ? "import.done" : view.preview ? "import.preview" : "import");
  if (!view.progress.empty()) {
    icon_text(ui, Icon::clock, view.progress, Tone::strong);
    if (button(ui, {.id = "import.stop", .icon = Icon::minus, .label = ui.tr("import.stop")}))
      out.push(StopWork{});
    return;
  }
  if (button(ui, {.id = "import.back",
                  .icon = Icon::back,
                  .label = ui.tr("needs.back"),
                  .look = Look::quiet}) ||
      ui.take(Key::escape))
    out.push(CloseImport{});
  if (view.done) return draw_import_done(ui, view, out);
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  if (!view.stopped.empty()) note(ui, NoteKind::info, view.stopped);
  text(ui, ui.tr("import.ask"), Tone::title);
  // What came of the file stands where it is seen, however large the text is.
  if (view.preview) draw_import_preview(ui, view, out);
  draw_import_question(ui, view, state, out);
}

}  // namespace rukun::ui
