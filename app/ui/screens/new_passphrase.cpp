// A passphrase that is being chosen: four drawn words, typed back once, or one's own, typed twice.
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

std::string in_one_line(const DrawnWords& drawn, std::string_view between) {
  std::string out;
  for (const std::string& word : drawn) (out += out.empty() ? "" : between) += word;
  return out;
}

// Capitals and further spaces do not matter in drawn words.
bool same_words(std::string_view typed, const DrawnWords& drawn) {
  std::string plain;
  for (const char c : typed) {
    if (c == ' ' && (plain.empty() || plain.back() == ' ')) continue;
    plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain == in_one_line(drawn, " ");
}

void wipe(NewPassphraseState& state) {
  state.typed.text.wipe();
  state.again.text.wipe();
}

}  // namespace

FieldResult draw_new_passphrase(Ui& ui, std::string_view prefix, const DrawnWords& drawn,
                                NewPassphraseState& state, bool& field_wanted) {
  const auto id = [&](std::string_view part) { return std::string(prefix) + std::string(part); };
  if (!state.own) {
    text(ui, ui.tr("first.passphrase_why"), Tone::faint);
    Card card(ui, ui.theme.tint, ui.theme.primary);
    text(ui, in_one_line(drawn, "   "), Tone::title);
  } else {
    text(ui, ui.tr("first.own_why"), Tone::faint);
  }
  if (std::exchange(field_wanted, false)) focus_field(ui, id(".typed"));
  FieldResult typed = passphrase_field(
      ui, id(".typed"), ui.tr(state.own ? "first.own_first" : "first.type_back"), state.typed);
  if (state.own) {
    const FieldResult again =
        passphrase_field(ui, id(".again"), ui.tr("first.own_again"), state.again);
    typed = {typed.edited || again.edited, again.submitted, again.active};
  }
  if (ui.narrow()) gap(ui, 4);
  const auto label = ui.tr(state.own ? "first.drawn" : "first.own");
  if (button(ui, {.id = id(".other"), .icon = Icon::key, .label = label, .look = Look::quiet})) {
    state.own = !state.own;
    state.mistyped = false;
    field_wanted = true;
    wipe(state);
  }
  if (typed.edited) state.mistyped = false;
  if (state.mistyped) note(ui, NoteKind::warn, ui.tr("first.mistyped"));
  return typed;
}

std::optional<SecretText> take_new_passphrase(const DrawnWords& drawn, NewPassphraseState& state) {
  const bool same = state.own ? state.typed.text.view() == state.again.text.view()
                              : same_words(state.typed.text.view(), drawn);
  std::optional<SecretText> taken;
  if (same) {
    taken = state.typed.text;
    if (!state.own) taken->set(in_one_line(drawn, " "));
  }
  state.mistyped = !same;
  wipe(state);
  return taken;
}

}  // namespace rukun::ui
