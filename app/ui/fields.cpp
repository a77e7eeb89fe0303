#include "app/ui/fields.h"

#include <imgui_internal.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace rukun::ui {
namespace {

int grow_string(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    auto* value = static_cast<std::string*>(data->UserData);
    value->resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = value->data();
  }
  return 0;
}

// What ImGui keeps of a text after the field was left.
void wipe_imgui_text(ImGuiID id) {
  ImGuiInputTextState* state = ImGui::GetInputTextState(id);
  if (state == nullptr) return;
  const auto wipe = [](auto& vector) {
    volatile auto* at = vector.Data;
    for (int i = 0; i < vector.Capacity; ++i) at[i] = 0;
  };
#if IMGUI_VERSION_NUM < 19140
  wipe(state->TextW);
  wipe(state->InitialTextA);
#else
  wipe(state->TextToRevertTo);
#endif
  wipe(state->TextA);
}

// Brings the field just drawn into sight, if any of it is not.
void show_field(const Ui& ui, const Rect& rect) {
  const float scrolled = ImGui::GetScrollY();
  const float from = ui.from_top ? 0 : scrolled;
  const float top = rect.y0 - ImGui::GetWindowPos().y + scrolled;
  const float bottom = top + rect.y1 - rect.y0 + ui.px(4);
  if (top < from || bottom > from + ImGui::GetWindowHeight()) ImGui::SetScrollHereY(0.5F);
}

struct Edit {
  bool edited = false;
  bool active = false;
  WidgetId id = 0;
  Rect rect;
};

// The part that all fields share: the keyboard's place, ImGui's active item and ours kept the same.
template <class Input>
Edit edit_at_cursor(Ui& ui, std::string_view id, float width, bool vertical, Input input) {
  Edit out;
  const std::string name(id);
  out.id = ImGui::GetID(name.c_str());
  if (ui.focus.arriving(out.id)) {
    // ImGui would move a window that appears to its field; a frame later it does not.
    if (ImGui::GetCurrentWindow()->SkipItems)
      ui.focus.arrived();
    else if (!ImGui::GetCurrentWindow()->Appearing)
      ImGui::SetKeyboardFocusHere();
  }
  ImGui::SetNextItemWidth(width);
  ImGui::PushFont(ui.fonts.body);
  out.edited = input(name.c_str());
  ImGui::PopFont();
  out.active = ImGui::IsItemActive();
  const ImVec2 low = ImGui::GetItemRectMin();
  const ImVec2 high = ImGui::GetItemRectMax();
  out.rect = {low.x, low.y, high.x, high.y};
  ui.focus.add(
      {.id = out.id, .rect = out.rect, .layer = ui.layer, .field = true, .vertical = vertical});
  if (out.active && ui.focus.arriving(out.id)) {
    ui.focus.arrived();
    show_field(ui, out.rect);
  } else if (ImGui::IsItemActivated() && !ui.focus.is(out.id)) {
    ui.focus.move_to(out.id, false);
  } else if (out.active && !ui.focus.is(out.id)) {
    ImGui::ClearActiveID();
    out.active = false;
  }
  if (ui.focus.is(out.id) && out.active) {
    ImGui::GetWindowDrawList()->AddRect(low, high, packed(ui.theme.focus), ui.px(kRadius), 0,
                                        ui.px(2.5F));
  }
  return out;
}

void field_label(Ui& ui, std::string_view label) {
  if (label.empty()) return;
  text(ui, label, Tone::strong);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y + ui.px(6));
}

}  // namespace

FieldResult text_field(Ui& ui, const InputSpec& spec, std::string& value) {
  field_label(ui, spec.label);
  const float width = spec.width > 0 ? std::min(spec.width, avail(ui)) : avail(ui);
  bool cut = false;
  const std::string hint =
      shortened(ui, spec.hint, Tone::normal, width - 2 * ImGui::GetStyle().FramePadding.x, cut);
  value.reserve(spec.most + 1);
  const Edit edit = edit_at_cursor(ui, spec.id, width, spec.takes_vertical, [&](const char* name) {
    return ImGui::InputTextWithHint((std::string("##") + name).c_str(), hint.c_str(), value.data(),
                                    value.capacity() + 1, ImGuiInputTextFlags_CallbackResize,
                                    grow_string, &value);
  });
  if (value.size() > spec.most) value.resize(spec.most);
  FieldResult result{.edited = edit.edited, .active = edit.active};
  result.submitted = edit.active && ui.take(Key::enter);
  record(ui, Role::field, spec.id, value.empty() ? spec.hint : std::string_view(value), edit.rect,
         {.focused = edit.active});
  return result;
}

FieldResult search_box(Ui& ui, std::string_view id, std::string_view hint, std::string& value,
                       float width) {
  const float all = width > 0 ? std::min(width, avail(ui)) : avail(ui);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string clear_id = std::string(id) + ".clear";
  const bool clearable = !value.empty();
  const float clear_width = clearable ? button_width(ui, ui.tr("search.clear")) + ui.px(8) : 0;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      ImVec2(ui.px(kIcon + 22), ImGui::GetStyle().FramePadding.y));
  FieldResult result = text_field(
      ui, {.id = id, .hint = hint, .width = all - clear_width, .takes_vertical = true}, value);
  ImGui::PopStyleVar();
  draw_icon(*ImGui::GetWindowDrawList(), Icon::search, at.x + ui.px(12),
            at.y + (ui.px(kTarget) - ui.px(kIcon)) / 2, ui.px(kIcon), ui.theme.faint);
  if (clearable) {
    ImGui::SameLine(0, ui.px(8));
    if (button(ui, {.id = clear_id,
                    .icon = Icon::close,
                    .label = ui.tr("search.clear"),
                    .look = Look::quiet})) {
      value.clear();
      result.edited = true;
    }
  }
  return result;
}

std::optional<double> typed_number(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == ' ') continue;
    plain.push_back(c == ',' ? '.' : c);
  }
  double value = 0;
  const auto [end, ec] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (ec != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

namespace {
std::string number_text(double value) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.3f", value);
  std::string out(buffer);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  std::replace(out.begin(), out.end(), '.', ',');
  return out;
}
}  // namespace

FieldResult stepper(Ui& ui, std::string_view id, std::string_view label, std::string_view unit,
                    std::string& value) {
  field_label(ui, label);
  const std::string less_id = std::string(id) + ".less";
  const std::string more_id = std::string(id) + ".more";
  FieldResult result;
  const auto step = [&](double by) {
    const double now = typed_number(value).value_or(0);
    value = number_text(std::clamp(now + by, 1.0, 1e9));
    result.edited = true;
  };
  Flow flow(ui, 8);
  const float less_width = button_width(ui, ui.tr("stepper.less"));
  const float more_width = button_width(ui, ui.tr("stepper.more"));
  flow.next(less_width);
  if (button(ui, {.id = less_id, .icon = Icon::minus, .label = ui.tr("stepper.less")})) step(-1);
  flow.next(ui.px(120));
  const FieldResult typed = text_field(ui, {.id = id, .width = ui.px(120), .most = 16}, value);
  flow.next(more_width);
  if (button(ui, {.id = more_id, .icon = Icon::plus, .label = ui.tr("stepper.more")})) step(1);
  if (!unit.empty()) {
    const float width = text_size(ui, unit, Tone::strong).x;
    flow.next(width);
    ImGui::BeginGroup();  // so that the line below begins below the buttons
    ImGui::Dummy(ImVec2(1, std::max(1.0F, (ui.px(kTarget) - ui.fonts.body->FontSize) / 2 -
                                              ImGui::GetStyle().ItemSpacing.y)));
    text(ui, unit, Tone::strong);
    ImGui::EndGroup();
  }
  result.edited = result.edited || typed.edited;
  result.submitted = typed.submitted;
  result.active = typed.active;
  return result;
}

TypeAheadResult type_ahead(Ui& ui, const InputSpec& spec, TypeAhead& state,
                           const std::vector<Suggestion>& suggestions) {
  TypeAheadResult out;
  InputSpec field = spec;
  field.takes_vertical = !suggestions.empty();
  const FieldResult typed = text_field(ui, field, state.text);
  out.edited = typed.edited;
  if (typed.edited) state.highlighted = 0;
  out.submitted = typed.submitted && suggestions.empty();
  if (suggestions.empty()) return out;
  state.highlighted = std::min(state.highlighted, suggestions.size() - 1);
  if (typed.active) {
    if (ui.take(Key::down))
      state.highlighted = std::min(state.highlighted + 1, suggestions.size() - 1);
    if (ui.take(Key::up) && state.highlighted > 0) --state.highlighted;
    if (typed.submitted) out.chosen = state.highlighted;
  }
  for (std::size_t i = 0; i < suggestions.size(); ++i) {
    const Suggestion& s = suggestions[i];
    const std::string id = std::string(spec.id) + ".pick." + std::to_string(i);
    const bool lit = typed.active && i == state.highlighted;
    if (tile(ui, {.id = id,
                  .icon = spec.picks,
                  .label = s.title,
                  .detail = s.detail,
                  .selected = lit,
                  .width = avail(ui),
                  .height = ui.px(56)})) {
      out.chosen = i;
    }
  }
  return out;
}

FieldResult passphrase_field(Ui& ui, std::string_view id, std::string_view label,
                             PassphraseState& state) {
  field_label(ui, label);
  const std::string show_id = std::string(id) + ".show";
  const std::string& show = ui.tr(state.shown ? "passphrase.hide" : "passphrase.show");
  const float show_width = button_width(ui, show);
  const bool beside = avail(ui) > show_width + ui.px(240);
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_NoUndoRedo;
  if (!state.shown) flags |= ImGuiInputTextFlags_Password;
  const float width = beside ? avail(ui) - show_width - ui.px(8) : avail(ui);
  const Edit edit = edit_at_cursor(ui, id, width, false, [&](const char* name) {
    return ImGui::InputText((std::string("##") + name).c_str(), state.text.data(),
                            state.text.capacity(), flags);
  });
  const ImGuiID imgui_id = ImGui::GetItemID();
  record(ui, Role::field, id, "", edit.rect, {.focused = edit.active});
  FieldResult result{.edited = edit.edited, .active = edit.active};
  result.submitted = edit.active && ui.take(Key::enter);
  // ImGui writes its own copy back as long as the field is active, so a caller that wipes the text
  // needs it to be gone.
  if (result.submitted) ImGui::ClearActiveID();
  if (result.submitted || !edit.active) wipe_imgui_text(imgui_id);
  if (beside) ImGui::SameLine(0, ui.px(8));
  if (button(ui, {.id = show_id, .icon = Icon::eye, .label = show})) state.shown = !state.shown;
  return result;
}

void focus_field(Ui& ui, std::string_view id) {
  ui.focus.move_to(ImGui::GetID(std::string(id).c_str()), true);
}

}  // namespace rukun::ui
