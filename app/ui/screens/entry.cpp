// Quick entry of a need or an offer: who → what → how much → Enter. Keyboard alone: F2, a few
// letters, Enter, a few letters, Enter, a number, Enter. Every change of the draft is handed out at
// once, so that nothing typed is ever lost.
#include <algorithm>
#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void turn_to(EntryState& state, int page) {
  state.page = page;
  state.field_wanted = true;
}

void draw_steps(Ui& ui, EntryState& state) {
  const std::string labels[] = {
      ui.tr(state.draft.offer ? "entry.step_giver" : "entry.step_who"),
      ui.tr("entry.step_what"),
      ui.tr("entry.step_quantity"),
  };
  Flow flow(ui, 8);
  for (int i = 0; i < 3; ++i) {
    const std::string label = std::to_string(i + 1) + ". " + labels[i];
    const std::string id = "entry.step." + std::to_string(i);
    flow.next(chip_width(ui, label));
    // Only what has been answered can be gone back to.
    if (chip(ui, id, label, state.page == i) && i < state.page) turn_to(state, i);
  }
}

void choose_who(EntryState& state, const std::string& id, const std::string& name, Commands& out) {
  state.draft.household = id;
  state.draft.who = name;
  state.who.text = name;
  turn_to(state, 1);
  out.push(SaveDraft{state.draft});
  out.push(AskItems{state.item_search});
}

// For whom nobody knows yet: the household is recorded together with the need.
void choose_new_household(EntryState& state, Commands& out) {
  state.draft.new_household = true;
  choose_who(state, "", std::string(state.who.text), out);
}

// What can be chosen besides the people that are known.
void draw_other_who(Ui& ui, EntryState& state, bool submitted, Commands& out) {
  const bool typed = !state.who.text.empty();
  const float height = ui.px(56);
  if (typed && (tile(ui, {.id = "entry.new_household",
                          .icon = Icon::plus,
                          .label = ui.tr("entry.new_household"),
                          .detail = state.who.text,
                          .width = avail(ui),
                          .height = height}) ||
                (submitted && !state.draft.offer))) {
    choose_new_household(state, out);
    return;
  }
  if (!state.draft.offer) {
    const std::string& whole = ui.tr("entry.whole_rt");
    if (tile(ui, {.id = "entry.other",
                  .icon = Icon::people,
                  .label = whole,
                  .width = avail(ui),
                  .height = height}))
      choose_who(state, "", whole, out);
  } else if (typed && (tile(ui, {.id = "entry.other",
                                 .icon = Icon::person,
                                 .label = ui.tr("entry.giver_as_typed"),
                                 .detail = state.who.text,
                                 .width = avail(ui),
                                 .height = height}) ||
                       submitted)) {
    choose_who(state, "", std::string(state.who.text), out);
  }
}

void draw_who(Ui& ui, const EntryView& view, EntryState& state, Commands& out) {
  text(ui, ui.tr(state.draft.offer ? "entry.ask_giver" : "entry.ask_who"), Tone::title);
  if (state.field_wanted) focus_field(ui, "entry.who");
  state.field_wanted = false;
  const TypeAheadResult picked =
      type_ahead(ui, {.id = "entry.who", .hint = ui.tr("entry.who_hint")}, state.who, view.people);
  purpose(ui, view.why_who);
  if (picked.edited) {
    state.draft.household.clear();
    state.draft.new_household = false;
    state.draft.who = state.who.text;
    out.push(AskPeople{state.who.text});
    out.push(SaveDraft{state.draft});
  }
  if (picked.chosen) {
    const Suggestion chosen = view.people[*picked.chosen];
    state.draft.new_household = false;
    choose_who(state, chosen.id, chosen.title, out);
    return;
  }
  if (view.people.empty() && !state.who.text.empty())
    text(ui, ui.tr("entry.nobody_found"), Tone::faint);
  draw_other_who(ui, state, picked.submitted, out);
}

void choose_item(EntryState& state, const ItemTile& item, const EntryView& view, Commands& out) {
  state.draft.item = item.id;
  state.draft.title = item.name;
  state.draft.category = item.category;
  state.draft.unit = item.unit;
  if (state.draft.unit.empty() && !view.units.empty()) state.draft.unit = view.units.front().id;
  if (state.draft.quantity.empty()) state.draft.quantity = "1";
  turn_to(state, 2);
  out.push(SaveDraft{state.draft});
}

void draw_item_tiles(Ui& ui, const EntryView& view, EntryState& state, bool typing, Commands& out) {
  const float room = avail(ui);
  const float across = std::max(1.0F, std::floor(room / (224 * ui.scale)));
  const float width = std::floor((room - ui.px(kGap) * (across - 1)) / across);
  const auto row = static_cast<std::size_t>(across);
  if (typing && !view.items.empty()) {
    const std::size_t last = view.items.size() - 1;
    if (ui.take(Key::down)) state.item_lit = std::min(state.item_lit + row, last);
    if (ui.take(Key::up))
      state.item_lit = state.item_lit >= row ? state.item_lit - row : state.item_lit;
    state.item_lit = std::min(state.item_lit, last);
  }
  Flow flow(ui);
  for (std::size_t i = 0; i < view.items.size(); ++i) {
    const ItemTile& item = view.items[i];
    const std::string id = "entry.item." + std::to_string(i);
    flow.next(width);
    const bool lit = typing && i == state.item_lit;
    if (tile(ui, {.id = id,
                  .icon = category_icon(item.category),
                  .label = item.name,
                  .selected = lit,
                  .width = width,
                  .height = ui.px(60)})) {
      choose_item(state, item, view, out);
      return;
    }
  }
}

void draw_what(Ui& ui, const EntryView& view, EntryState& state, Commands& out) {
  text(ui,
       ui.tr(state.draft.offer ? "entry.ask_offer_item" : "entry.ask_item",
             {{"who", state.draft.who}}),
       Tone::title);
  if (state.field_wanted) focus_field(ui, "entry.item");
  state.field_wanted = false;
  const FieldResult typed =
      search_box(ui, "entry.item", ui.tr("entry.item_hint"), state.item_search);
  if (typed.edited) {
    state.item_lit = 0;
    out.push(AskItems{state.item_search});
  }
  if (typed.submitted && state.item_lit < view.items.size()) {
    choose_item(state, ItemTile(view.items[state.item_lit]), view, out);
    return;
  }
  draw_item_tiles(ui, view, state, typed.active, out);
}

bool complete(const EntryDraft& draft) { return typed_number(draft.quantity).value_or(0) > 0; }

template <class T, class Same, class Choose>
void choice_chips(Ui& ui, std::string_view prefix, const std::vector<T>& choices, Same same,
                  Choose choose) {
  Flow flow(ui, 8);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string id = std::string(prefix) + std::to_string(i);
    flow.next(chip_width(ui, choices[i].name));
    if (chip(ui, id, choices[i].name, same(choices[i]))) choose(choices[i]);
  }
}

void draw_urgency(Ui& ui, EntryState& state, bool& changed) {
  text(ui, ui.tr("entry.urgency"), Tone::strong);
  Flow flow(ui, 8);
  for (const Urgency urgency : {Urgency::normal, Urgency::soon, Urgency::urgent, Urgency::life}) {
    const std::string& words = urgency_words(ui, urgency);
    const std::string id = "entry.urgency." + std::to_string(static_cast<int>(urgency));
    flow.next(chip_width(ui, words));
    if (chip(ui, id, words, state.draft.urgency == urgency)) {
      state.draft.urgency = urgency;
      changed = true;
    }
  }
}

void draw_hints(Ui& ui, const EntryView& view, Commands& out) {
  if (!view.duplicate.empty()) {
    note(ui, NoteKind::warn, view.duplicate);
    if (button(ui, {.id = "entry.duplicate",
                    .icon = Icon::next,
                    .label = ui.tr("entry.open_duplicate")})) {
      out.push(Go{Screen::needs, view.duplicate_id});
    }
  }
  for (const MatchLine& match : view.matches) {
    icon_text(ui, Icon::need,
              ui.tr("entry.would_fit", {{"title", match.title}, {"who", match.giver}}),
              Tone::faint);
  }
}

// True when Enter was pressed in a field of it.
bool draw_quantity(Ui& ui, const EntryView& view, EntryState& state, Commands& out) {
  EntryDraft& draft = state.draft;
  text(ui, ui.tr("entry.ask_quantity", {{"item", draft.title}}), Tone::title);
  std::string unit = draft.unit;
  for (const UnitChoice& choice : view.units) {
    if (choice.id == draft.unit) unit = choice.name;
  }
  if (state.field_wanted) focus_field(ui, "entry.quantity");
  state.field_wanted = false;
  bool changed = false;
  const FieldResult typed = stepper(ui, "entry.quantity", "", unit, draft.quantity);
  changed = typed.edited;
  if (draft.item.empty()) {
    text(ui, ui.tr("entry.category"), Tone::strong);
    choice_chips(
        ui, "entry.category.", view.categories,
        [&](const ItemTile& c) { return c.category == draft.category; },
        [&](const ItemTile& c) {
          draft.category = c.category;
          changed = true;
        });
  }
  text(ui, ui.tr("entry.unit"), Tone::strong);
  choice_chips(
      ui, "entry.unit.", view.units, [&](const UnitChoice& u) { return u.id == draft.unit; },
      [&](const UnitChoice& u) {
        draft.unit = u.id;
        changed = true;
      });
  if (!draft.offer) draw_urgency(ui, state, changed);
  const FieldResult noted = text_field(ui,
                                       {.id = "entry.note",
                                        .label = ui.tr("entry.note"),
                                        .hint = ui.tr("entry.note_hint"),
                                        .most = 1000},
                                       draft.note);
  purpose(ui, view.why_note);
  if (changed || noted.edited) out.push(SaveDraft{draft});
  draw_hints(ui, view, out);
  if (!complete(draft)) text(ui, ui.tr("entry.quantity_wrong"), Tone::danger);
  return typed.submitted || noted.submitted;
}

// Back, and away with it all.
void draw_ways_out(Ui& ui, Flow& flow, EntryState& state, Commands& out) {
  if (state.page > 0) {
    flow.next(button_width(ui, ui.tr("entry.back")));
    if (button(ui, {.id = "entry.back",
                    .icon = Icon::back,
                    .label = ui.tr("entry.back"),
                    .look = Look::quiet}))
      turn_to(state, state.page - 1);
  }
  flow.next(button_width(ui, ui.tr("entry.drop")));
  if (button(ui, {.id = "entry.drop",
                  .icon = Icon::close,
                  .label = ui.tr("entry.drop"),
                  .look = Look::quiet}))
    out.push(DropDraft{state.draft.offer});
}

// The last page. What it all leads to stays in sight below it, however small the window is.
void draw_last_page(Ui& ui, const EntryView& view, EntryState& state, Commands& out) {
  const std::string& save = ui.tr(state.draft.offer ? "entry.save_offer" : "entry.save_need");
  const float ways = button_width(ui, ui.tr("entry.back")) + button_width(ui, ui.tr("entry.drop"));
  const float between = 2 * ui.px(kGap + 2 * kReach);
  const bool in_one_row = button_width(ui, save) + ways + between <= avail(ui);
  bool submitted = false;
  above_footer(ui, "entry.page", ui.px(kTarget), [&] {
    draw_steps(ui, state);
    submitted = draw_quantity(ui, view, state, out);
    if (!in_one_row) {
      Flow flow(ui, kGap + 2 * kReach);
      draw_ways_out(ui, flow, state, out);
    }
    text(ui, ui.tr("entry.draft_kept"), Tone::small);
  });
  Flow flow(ui, kGap + 2 * kReach);
  flow.next(button_width(ui, save));
  const bool ready = complete(state.draft);
  const bool pressed = button(ui, {.id = "entry.save",
                                   .icon = Icon::check,
                                   .label = save,
                                   .look = Look::primary,
                                   .enabled = ready});
  if (ready && (pressed || submitted)) out.push(AddEntry{state.draft});
  if (in_one_row) draw_ways_out(ui, flow, state, out);
}

}  // namespace

void draw_entry(Ui& ui, const EntryView& view, EntryState& state, Commands& out) {
  show_page(ui, "entry." + std::to_string(state.page));
  if (state.page > 1) {
    draw_last_page(ui, view, state, out);
  } else {
    draw_steps(ui, state);
    if (state.page == 0)
      draw_who(ui, view, state, out);
    else
      draw_what(ui, view, state, out);
    Flow flow(ui, kGap + 2 * kReach);  // buttons without borders
    draw_ways_out(ui, flow, state, out);
    text(ui, ui.tr("entry.draft_kept"), Tone::small);
  }
  if (ui.take(Key::escape)) {
    if (state.page > 0)
      turn_to(state, state.page - 1);
    else
      out.push(Go{state.draft.offer ? Screen::offers : Screen::home});
  }
}

}  // namespace rukun::ui
