// The words, icons and pills that several screens share.
#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {

const std::string& urgency_words(const Ui& ui, Urgency urgency) {
  switch (urgency) {
    case Urgency::soon: return ui.tr("urgency.soon");
    case Urgency::urgent: return ui.tr("urgency.urgent");
    case Urgency::life: return ui.tr("urgency.life");
    default: return ui.tr("urgency.normal");
  }
}

Badge urgency_badge(Urgency urgency) {
  switch (urgency) {
    case Urgency::soon: return Badge::info;
    case Urgency::urgent: return Badge::warn;
    case Urgency::life: return Badge::danger;
    default: return Badge::neutral;
  }
}

const std::string& state_words(const Ui& ui, NeedState state) {
  switch (state) {
    case NeedState::partly: return ui.tr("state.partly");
    case NeedState::covered: return ui.tr("state.covered");
    case NeedState::delivered: return ui.tr("state.delivered");
    case NeedState::closed: return ui.tr("state.closed");
    default: return ui.tr("state.open");
  }
}

Badge state_badge(NeedState state) {
  switch (state) {
    case NeedState::partly: return Badge::info;
    case NeedState::covered:
    case NeedState::delivered: return Badge::good;
    default: return Badge::neutral;
  }
}

std::string filled_words(const Ui& ui, const ShiftRow& shift, bool brief) {
  if (shift.people.size() >= shift.slots) return ui.tr("schedule.full");
  const std::string have = std::to_string(shift.people.size());
  const std::string slots = std::to_string(shift.slots);
  return brief ? ui.tr("schedule.have", {{"have", have}, {"slots", slots}})
               : ui.tr("schedule.filled", {{"have", have}, {"slots", slots}});
}

Badge filled_badge(const ShiftRow& shift) {
  return shift.people.size() >= shift.slots ? Badge::good : Badge::warn;
}

const std::string& screen_words(const Ui& ui, Screen screen) {
  switch (screen) {
    case Screen::needs: return ui.tr("needs.title");
    case Screen::need_entry: return ui.tr("entry.need_title");
    case Screen::offers: return ui.tr("offers.title");
    case Screen::offer_entry: return ui.tr("entry.offer_title");
    case Screen::volunteers: return ui.tr("volunteers.title");
    case Screen::schedule: return ui.tr("schedule.title");
    case Screen::exchange: return ui.tr("exchange.title");
    case Screen::decide: return ui.tr("decide.title");
    case Screen::settings: return ui.tr("settings.title");
    case Screen::households: return ui.tr("households.title");
    case Screen::members: return ui.tr("members.title");
    case Screen::access: return ui.tr("access.title");
    case Screen::lost: return ui.tr("lost.title");
    case Screen::distribution: return ui.tr("distribution.title");
    case Screen::community: return ui.tr("community.title");
    case Screen::recap: return ui.tr("recap.title");
    case Screen::safety: return ui.tr("safety.title");
    default: return ui.tr("home.title");
  }
}

Icon screen_icon(Screen screen) {
  switch (screen) {
    case Screen::needs:
    case Screen::need_entry: return Icon::need;
    case Screen::offers:
    case Screen::offer_entry: return Icon::offer;
    case Screen::volunteers: return Icon::people;
    case Screen::schedule: return Icon::schedule;
    case Screen::exchange: return Icon::exchange;
    case Screen::decide: return Icon::decide;
    case Screen::settings: return Icon::settings;
    case Screen::households: return Icon::house;
    case Screen::members: return Icon::key;
    case Screen::access: return Icon::clock;
    case Screen::lost: return Icon::warning;
    case Screen::distribution: return Icon::transport;
    case Screen::community: return Icon::labor;
    case Screen::recap: return Icon::chart;
    case Screen::safety: return Icon::save;
    default: return Icon::home;
  }
}

void screen_head(Ui& ui, std::string_view key) { text(ui, ui.tr(key), Tone::title); }

void page_title(Ui& ui, std::string_view key) {
  if (!ui.narrow()) screen_head(ui, key);
}

float row_title_width(const Ui& ui, std::string_view words) {
  return ui.narrow() ? 0 : text_size(ui, words, Tone::title).x + ui.px(4 + kGap);
}

void row_title(Ui& ui, Flow& row, std::string_view words) {
  if (!ui.narrow()) row_words(ui, row, words);
}

void row_words(Ui& ui, Flow& row, std::string_view words) {
  row.next(text_size(ui, words, Tone::title).x + ui.px(4));
  const float above = (ui.px(kTarget) - text_size(ui, words, Tone::title).y) / 2;
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::Dummy(ImVec2(1, std::max(1.0F, above)));
  text(ui, words, Tone::title);
  ImGui::SameLine(0, 0);
  ImGui::Dummy(ImVec2(ui.px(4), 1));  // further from what can be pressed than those from each other
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

void above_footer(Ui& ui, const char* id, float footer, const std::function<void()>& content) {
  // A little over the padding of the screen, so that no border or focus is cut at its edge.
  const float edge = ui.px(kPad / 2);
  const float room = ImGui::GetContentRegionAvail().y - footer - ui.px(kGap);
  const float height = std::max(ui.px(kTarget), room) + edge;
  const float width = avail(ui) + 2 * edge;
  const ImVec2 at = ImGui::GetCursorPos();
  ImGui::SetCursorPos(ImVec2(at.x - edge, at.y - edge));
  const Pane pane(ui, id, width, height, ui.theme.page, false);
  ui.inset = edge;
  ImGui::SetCursorPosY(edge);
  ImGui::Indent(edge);
  content();
  ImGui::Unindent(edge);
}

void section_title(Ui& ui, std::string_view words) {
  gap(ui, 8);
  text(ui, words, Tone::primary);
}

void fact_lines(Ui& ui, const std::vector<FactLine>& facts) {
  float names = 0;
  for (const FactLine& fact : facts)
    names = std::max(names, text_size(ui, fact.label, Tone::faint).x);
  names += ui.px(kPad);
  const bool beside = avail(ui) - names > ui.px(160);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ui.px(6)));
  for (const FactLine& fact : facts) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 name = text_size(ui, fact.label, Tone::faint, avail(ui));
    const ImVec2 start(beside ? at.x + names : at.x, beside ? at.y : at.y + name.y);
    const float room = std::max(1.0F, at.x + avail(ui) - start.x);
    const ImVec2 size = text_size(ui, fact.value, Tone::normal, room);
    draw_text_at(ui, at, fact.label, Tone::faint, ui.theme.faint, avail(ui));
    draw_text_at(ui, start, fact.value, Tone::normal, ui.theme.text, room);
    const ImVec2 end(std::max(at.x + name.x, start.x + size.x), start.y + size.y);
    record(ui, Role::text, "", fact.label + ": " + fact.value, {at.x, at.y, end.x, end.y},
           {.cut = size.x > room + 1});
    ImGui::Dummy(ImVec2(end.x - at.x, end.y - at.y));
  }
  ImGui::PopStyleVar();
  if (!facts.empty()) gap(ui, kGap + 6);
}

void copy_button(Ui& ui, Flow& flow, std::string_view kind, Commands& out) {
  flow.next(button_width(ui, ui.tr("list.copy")));
  if (button(ui, {.id = "copy.all", .icon = Icon::copy, .label = ui.tr("list.copy")}))
    out.push(Deed{.what = Deed::What::copy, .kind = std::string(kind)});
}

void purpose(Ui& ui, const std::string& words) {
  if (!words.empty()) text(ui, words, Tone::small);
}

}  // namespace rukun::ui
