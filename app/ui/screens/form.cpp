// The form for records of any kind: what is asked first, then more when somebody wants it; what is
// wrong or unusual stands beside its field. Every key is handed out, so that nothing typed is lost.
#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

std::vector<std::string> chosen_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    if (comma > at) out.push_back(text.substr(at, comma - at));
    at = comma + 1;
    while (at < text.size() && text[at] == ' ') ++at;
  }
  return out;
}

void toggle(std::string& text, const std::string& one) {
  auto all = chosen_of(text);
  const auto found = std::find(all.begin(), all.end(), one);
  if (found == all.end())
    all.push_back(one);
  else
    all.erase(found);
  text.clear();
  for (const std::string& each : all) text += (text.empty() ? "" : ",") + each;
}

struct Drawn {
  bool edited = false;
  bool submitted = false;
};

class Form {
 public:
  Form(Ui& ui, const FormView& view, FormState& state, Commands& out)
      : ui_(ui), view_(view), state_(state), out_(out) {}

  void draw() {
    const bool opened = follow();
    Drawn all;
    above_footer(ui_, "form.page", ui_.px(kTarget), [&] { all = draw_page(opened); });
    draw_end(all);
  }

 private:
  // What stays in sight below the page, with as much beside it as one row holds.
  bool in_one_row() const {
    return button_width(ui_, ui_.tr("form.save")) + button_width(ui_, ui_.tr("form.back")) +
               button_width(ui_, ui_.tr("form.drop")) + 2 * ui_.px(kGap) <=
           avail(ui_);
  }

  Drawn draw_page(bool opened) {
    text(ui_, view_.title, Tone::title);
    if (!view_.about.empty()) text(ui_, view_.about, Tone::faint);
    if (view_.resumed) text(ui_, ui_.tr("form.resumed"), Tone::small);
    if (opened) focus_first();
    Drawn all;
    for (const FormField& field : view_.fields) {
      if (field.rare && !state_.more && field.problem.empty()) continue;
      const Drawn one = draw_field(field);
      all.edited |= one.edited;
      all.submitted |= one.submitted;
    }
    draw_more();
    draw_warned();
    if (!view_.problem.empty()) note(ui_, NoteKind::danger, view_.problem);
    if (!in_one_row()) {
      Flow flow(ui_);
      draw_ways_out(flow);
    }
    text(ui_, ui_.tr("form.kept"), Tone::small);
    return all;
  }

  // True when another form was opened.
  bool follow() {
    if (state_.number == view_.number) return false;
    state_ = FormState();
    state_.number = view_.number;
    state_.texts = view_.texts;
    state_.names = view_.names;
    return true;
  }

  void focus_first() {
    for (const FormField& field : view_.fields) {
      if (field.rare || field.input == InputKind::choice || field.input == InputKind::choices)
        continue;
      focus_field(ui_, id_of(field));
      return;
    }
  }

  static std::string id_of(const FormField& field) { return "form." + field.name; }

  Drawn draw_field(const FormField& field) {
    std::string& value = state_.texts[field.name];
    const std::string label =
        field.required ? ui_.tr("form.required", {{"field", field.label}}) : field.label;
    Drawn drawn;
    switch (field.input) {
      case InputKind::choice:
      case InputKind::choices: drawn.edited = draw_choices(field, label, value); break;
      case InputKind::record: drawn = draw_record(field, label, value); break;
      case InputKind::quantity: {
        const FieldResult typed = stepper(ui_, id_of(field), label, field.unit, value);
        drawn = {typed.edited, typed.submitted};
        break;
      }
      default: {
        const bool number = field.input == InputKind::number;
        const FieldResult typed = text_field(ui_,
                                             {.id = id_of(field),
                                              .label = label,
                                              .hint = field.hint,
                                              .width = number ? ui_.px(200) : 0,
                                              .most = number ? 16U : 1000U},
                                             value);
        drawn = {typed.edited, typed.submitted};
      }
    }
    if (!field.problem.empty()) text(ui_, field.problem, Tone::danger);
    for (const FormWarning& warning : field.warnings) note(ui_, NoteKind::warn, warning.words);
    if (!field.why.empty()) text(ui_, field.why, Tone::small);
    return drawn;
  }

  // What the warnings speak of. Below all fields, so that Tab leads from one field to the next
  // also when a warning appears while somebody types.
  void draw_warned() {
    Flow flow(ui_);
    for (const FormField& field : view_.fields) {
      for (std::size_t i = 0; i < field.warnings.size(); ++i) {
        const FormWarning& warning = field.warnings[i];
        if (warning.open.what == Deed::What::nothing) continue;
        const std::string id = id_of(field) + ".warned." + std::to_string(i);
        const std::string& words = ui_.tr("form.open_record");
        flow.next(button_width(ui_, words));
        if (button(ui_, {.id = id, .icon = Icon::next, .label = words})) out_.push(warning.open);
      }
    }
  }

  bool draw_choices(const FormField& field, const std::string& label, std::string& value) {
    text(ui_, label, Tone::strong);
    const bool several = field.input == InputKind::choices;
    const auto chosen = several ? chosen_of(value) : std::vector<std::string>();
    bool edited = false;
    Flow flow(ui_, 8);
    for (const UnitChoice& choice : field.choices) {
      flow.next(chip_width(ui_, choice.name));
      const bool on = several ? std::find(chosen.begin(), chosen.end(), choice.id) != chosen.end()
                              : value == choice.id;
      const std::string id = id_of(field) + "." + choice.id;
      if (!chip(ui_, id, choice.name, on)) continue;
      edited = true;
      if (several)
        toggle(value, choice.id);
      else
        value = on && !field.required ? std::string() : choice.id;
    }
    if (field.choices.empty()) text(ui_, ui_.tr("form.nothing_to_choose"), Tone::faint);
    return edited;
  }

  Drawn draw_record(const FormField& field, const std::string& label, std::string& value) {
    Drawn drawn;
    const auto known = state_.names.find(value);
    if (known != state_.names.end() && !value.empty()) {
      text(ui_, label, Tone::strong);
      const std::string words = ui_.tr("form.change", {{"title", known->second}});
      const std::string id = id_of(field) + ".change";
      if (button(ui_, {.id = id, .icon = Icon::edit, .label = words})) {
        value.clear();
        state_.lookups[field.name] = TypeAhead();
        look(field, "");
        drawn.edited = true;
      }
      return drawn;
    }
    TypeAhead& lookup = state_.lookups[field.name];
    if (lookup.text.empty()) lookup.text = value;
    static const std::vector<Suggestion> none;
    const bool open = state_.looking == field.name && view_.asked == field.name;
    const std::string id = id_of(field);
    const TypeAheadResult typed = type_ahead(
        ui_, {.id = id, .label = label, .hint = ui_.tr("form.search"), .picks = Icon::next}, lookup,
        open ? view_.found : none);
    drawn.submitted = typed.submitted;
    if (typed.edited) {
      value = lookup.text;
      look(field, value);
      drawn.edited = true;
    }
    if (typed.chosen) {
      const Suggestion& found = view_.found[*typed.chosen];
      value = field.by_name ? found.title : found.id;
      if (!field.by_name) state_.names[found.id] = found.title;
      lookup.text = found.title;
      state_.looking.clear();
      drawn.edited = true;
    }
    return drawn;
  }

  void look(const FormField& field, const std::string& typed) {
    state_.looking = field.name;
    out_.push(AskRecords{field.name, typed});
  }

  void draw_more() {
    const bool any = std::any_of(view_.fields.begin(), view_.fields.end(),
                                 [](const FormField& field) { return field.rare; });
    if (!any) return;
    const std::string& words = ui_.tr(state_.more ? "form.less" : "form.more");
    if (button(ui_, {.id = "form.more",
                     .icon = state_.more ? Icon::minus : Icon::plus,
                     .label = words,
                     .look = Look::quiet}))
      state_.more = !state_.more;
  }

  void draw_ways_out(Flow& flow) {
    flow.next(button_width(ui_, ui_.tr("form.back")));
    left_ =
        button(ui_, {.id = "form.back", .icon = Icon::back, .label = ui_.tr("form.back")}) || left_;
    flow.next(button_width(ui_, ui_.tr("form.drop")));
    dropped_ = button(ui_, {.id = "form.drop",
                            .icon = Icon::close,
                            .label = ui_.tr("form.drop"),
                            .look = Look::quiet}) ||
               dropped_;
  }

  void draw_end(const Drawn& all) {
    Flow flow(ui_);
    flow.next(button_width(ui_, ui_.tr("form.save")));
    const bool saved = button(ui_, {.id = "form.save",
                                    .icon = Icon::check,
                                    .label = ui_.tr("form.save"),
                                    .look = Look::primary});
    if (in_one_row()) draw_ways_out(flow);
    const bool left = ui_.take(Key::escape) || left_;
    if (saved || all.submitted)
      out_.push(SaveForm{view_.number, state_.texts});
    else if (all.edited)
      out_.push(FormTyped{view_.number, state_.texts});
    if (left || dropped_) out_.push(LeaveForm{dropped_});
  }

  Ui& ui_;
  const FormView& view_;
  FormState& state_;
  Commands& out_;
  bool left_ = false, dropped_ = false;
};

}  // namespace

void draw_form(Ui& ui, const FormView& view, FormState& state, Commands& out) {
  Form(ui, view, state, out).draw();
}

}  // namespace rukun::ui
