// Tawaran, Relawan and Warga: lists with a search and a way to add.
#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/table.h"

namespace rukun::ui {
namespace {

// The search box with the button that adds beside it, or below when it is narrow. True when the
// search changed.
bool search_and_add(Ui& ui, std::string_view prefix, std::string_view hint, std::string_view add,
                    ListState& state, bool& adding) {
  const std::string search_id = std::string(prefix) + ".search";
  const std::string add_id = std::string(prefix) + ".add";
  const float add_width = button_width(ui, add);
  const bool beside = avail(ui) > add_width + ui.px(320);
  if (ui.take(Key::f3)) focus_field(ui, search_id);
  const bool edited = search_box(ui, search_id, hint, state.search,
                                 beside ? avail(ui) - add_width - ui.px(kGap) : 0)
                          .edited;
  if (edited) state.selected.reset();
  if (beside) ImGui::SameLine(0, ui.px(kGap));
  adding = button(ui, {.id = add_id, .icon = Icon::plus, .label = add, .look = Look::primary});
  return edited;
}

template <class View>
void ask_rows(const View& view, const TableResult& result, Screen screen, Commands& out) {
  if (result.visible == 0) return;
  if (result.first_visible >= view.first &&
      result.first_visible + result.visible <= view.first + view.rows.size())
    return;
  out.push(ShowRows{screen, result.first_visible > 100 ? result.first_visible - 100 : 0,
                    result.visible + 200});
}

// The buttons that end a dialog of a list; true when what it asks for is to be recorded.
bool end_of_adding(Ui& ui, ListState& state, std::string_view save, bool submitted) {
  gap(ui, 4);
  Flow flow(ui);
  flow.next(button_width(ui, save));
  const bool complete = !state.name.empty();
  const bool pressed = button(ui, {.id = "adding.save",
                                   .icon = Icon::check,
                                   .label = save,
                                   .look = Look::primary,
                                   .enabled = complete});
  flow.next(button_width(ui, ui.tr("dialog.cancel")));
  const bool cancelled =
      button(ui, {.id = "adding.cancel", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  const bool done = (pressed || submitted) && complete;
  if (done || cancelled) {
    state.adding = false;
    ImGui::CloseCurrentPopup();
  }
  return done;
}

void begin_adding(ListState& state) {
  state.adding = true;
  for (std::string* field :
       {&state.name, &state.phone, &state.skills, &state.address, &state.people})
    field->clear();
}

// What a head may do with the chosen row, and what was done so.
template <class View>
void erase_buttons(Ui& ui, std::string_view prefix, const View& view, const ListState& state,
                   Commands& out) {
  if (!view.may_erase) return;
  const auto* row = state.selected && *state.selected >= view.first &&
                            *state.selected - view.first < view.rows.size()
                        ? &view.rows[*state.selected - view.first]
                        : nullptr;
  Flow flow(ui);
  if (row != nullptr) {
    const std::string id = std::string(prefix) + ".erase";
    const std::string label = ui.tr("erase.begin", {{"name", row->name}});
    flow.next(button_width(ui, label));
    if (button(ui, {.id = id, .icon = Icon::close, .label = label})) out.push(AskErase{row->id});
  }
  if (view.erased > 0) {
    const std::string id = std::string(prefix) + ".erased";
    const std::string label = ui.tr("erase.list", {{"n", std::to_string(view.erased)}});
    flow.next(button_width(ui, label));
    if (button(ui, {.id = id, .icon = Icon::information, .label = label})) out.push(ShowErased{});
  }
}

void draw_add_household(Ui& ui, const HouseholdsView& view, ListState& state, Commands& out) {
  if (!begin_dialog(ui, "household.add", ui.tr("households.add"))) return;
  if (ImGui::IsWindowAppearing()) focus_field(ui, "household.name");
  bool submitted = text_field(ui,
                              {.id = "household.name",
                               .label = ui.tr("households.name"),
                               .hint = ui.tr("households.name_hint")},
                              state.name)
                       .submitted;
  purpose(ui, view.why_name);
  submitted |= text_field(ui, {.id = "household.address", .label = ui.tr("households.address")},
                          state.address)
                   .submitted;
  purpose(ui, view.why_address);
  submitted |=
      text_field(ui, {.id = "household.phone", .label = ui.tr("households.phone"), .hint = "0812…"},
                 state.phone)
          .submitted;
  purpose(ui, view.why_phone);
  submitted |= text_field(ui,
                          {.id = "household.people",
                           .label = ui.tr("households.people"),
                           .hint = "4",
                           .width = ui.px(160),
                           .most = 4},
                          state.people)
                   .submitted;
  if (end_of_adding(ui, state, ui.tr("households.save"), submitted))
    out.push(AddHousehold{state.name, state.address, state.phone, state.people});
  end_dialog(ui);
}

void draw_add_volunteer(Ui& ui, const VolunteersView& view, ListState& state, Commands& out) {
  if (!begin_dialog(ui, "volunteer.add", ui.tr("volunteers.add"))) return;
  if (ImGui::IsWindowAppearing()) focus_field(ui, "volunteer.name");
  bool submitted =
      text_field(ui, {.id = "volunteer.name", .label = ui.tr("volunteers.name")}, state.name)
          .submitted;
  submitted |=
      text_field(ui, {.id = "volunteer.phone", .label = ui.tr("volunteers.phone"), .hint = "0812…"},
                 state.phone)
          .submitted;
  purpose(ui, view.why_phone);
  submitted |= text_field(ui,
                          {.id = "volunteer.skills",
                           .label = ui.tr("volunteers.skills"),
                           .hint = ui.tr("volunteers.skills_hint")},
                          state.skills)
                   .submitted;
  if (end_of_adding(ui, state, ui.tr("volunteers.save"), submitted))
    out.push(AddVolunteer{state.name, state.phone, state.skills});
  end_dialog(ui);
}

}  // namespace

void draw_offers(Ui& ui, const OffersView& view, ListState& state, Commands& out) {
  bool adding = false;
  if (search_and_add(ui, "offers", ui.tr("offers.search"), ui.tr("home.add_offer"), state, adding))
    out.push(SearchOffers{state.search});
  if (adding) out.push(Go{Screen::offer_entry});
  TableSpec spec;
  spec.id = "offers.table";
  spec.columns = {{ui.tr("offers.column_title"), 2, 180},
                  {ui.tr("offers.column_giver"), 2, 170},
                  {ui.tr("offers.column_remaining"), 1, 120, true},
                  {ui.tr("offers.column_until"), 1, 130},
                  {ui.tr("offers.column_pickup"), 1.6F, 140}};
  spec.count = view.count;
  spec.selected = state.selected;
  spec.keys_too = true;
  spec.empty_words = ui.tr("offers.empty");
  spec.cell = [&view](std::size_t row, std::size_t column) -> Cell {
    if (row < view.first || row - view.first >= view.rows.size()) return {column == 0 ? "…" : ""};
    const OfferRow& offer = view.rows[row - view.first];
    const std::string* cells[] = {&offer.title, &offer.giver, &offer.remaining, &offer.until,
                                  &offer.pickup};
    return {*cells[column]};
  };
  const TableResult result = table(ui, spec);
  if (result.selected) state.selected = result.selected;
  ask_rows(view, result, Screen::offers, out);
}

void draw_volunteers(Ui& ui, const VolunteersView& view, ListState& state, Commands& out) {
  bool adding = false;
  if (search_and_add(ui, "volunteers", ui.tr("volunteers.search"), ui.tr("volunteers.add"), state,
                     adding))
    out.push(SearchVolunteers{state.search});
  if (adding) begin_adding(state);
  erase_buttons(ui, "volunteers", view, state, out);
  TableSpec spec;
  spec.id = "volunteers.table";
  spec.columns = {{ui.tr("volunteers.name"), 2, 180},
                  {ui.tr("volunteers.phone"), 1.2F, 160},
                  {ui.tr("volunteers.skills"), 2, 180},
                  {ui.tr("volunteers.free"), 2, 180}};
  spec.count = view.count;
  spec.selected = state.selected;
  spec.keys_too = true;
  spec.empty_words = ui.tr("volunteers.empty");
  spec.cell = [&view](std::size_t row, std::size_t column) -> Cell {
    if (row < view.first || row - view.first >= view.rows.size()) return {column == 0 ? "…" : ""};
    const VolunteerRow& volunteer = view.rows[row - view.first];
    const std::string* cells[] = {&volunteer.name, &volunteer.phone, &volunteer.skills,
                                  &volunteer.free_time};
    return {*cells[column]};
  };
  const TableResult result = table(ui, spec);
  if (result.selected) state.selected = result.selected;
  ask_rows(view, result, Screen::volunteers, out);
  if (state.adding) draw_add_volunteer(ui, view, state, out);
}

void draw_households(Ui& ui, const HouseholdsView& view, ListState& state, Commands& out) {
  bool adding = false;
  if (search_and_add(ui, "households", ui.tr("households.search"), ui.tr("households.add"), state,
                     adding))
    out.push(SearchHouseholds{state.search});
  if (adding) begin_adding(state);
  erase_buttons(ui, "households", view, state, out);
  TableSpec spec;
  spec.id = "households.table";
  spec.columns = {{ui.tr("households.name"), 2, 190},
                  {ui.tr("households.address"), 2, 190},
                  {"RT/RW", 1, 170},
                  {ui.tr("households.phone"), 1, 150},
                  {ui.tr("households.people"), 0.4F, 100, true}};
  spec.count = view.count;
  spec.selected = state.selected;
  spec.keys_too = true;
  spec.empty_words = ui.tr("households.empty");
  spec.cell = [&view](std::size_t row, std::size_t column) -> Cell {
    if (row < view.first || row - view.first >= view.rows.size()) return {column == 0 ? "…" : ""};
    const HouseholdRow& house = view.rows[row - view.first];
    const std::string* cells[] = {&house.name, &house.address, &house.rt, &house.phone,
                                  &house.people};
    return {*cells[column]};
  };
  const TableResult result = table(ui, spec);
  if (result.selected) state.selected = result.selected;
  ask_rows(view, result, Screen::households, out);
  if (state.adding) draw_add_household(ui, view, state, out);
}

}  // namespace rukun::ui
