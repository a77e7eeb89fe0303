#pragma once
// What can be typed into: text fields, search boxes, quantity steppers, type-ahead and passphrases.
// The text lives with the caller; a field reports what happened to it in this frame. A passphrase's
// buffer never grows, never moves and is wiped; it is not noted in recordings. UI thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/typed.h"
#include "app/ui/widgets.h"

namespace rukun::ui {

struct FieldResult {
  bool edited = false;
  bool submitted = false;  // Enter was pressed in it
  bool active = false;
};

struct InputSpec {
  std::string_view id;
  std::string_view label{};     // stands above; empty: none
  std::string_view hint{};      // stands inside while empty
  float width = 0;              // pixels; 0: what is left
  bool takes_vertical = false;  // up and down belong to a list below
  std::size_t most = 200;       // bytes
  Icon picks = Icon::house;     // beside what a type-ahead suggests
};
FieldResult text_field(Ui& ui, const InputSpec& spec, std::string& value);

// A text field with a magnifying glass and, when not empty, a button that empties it.
FieldResult search_box(Ui& ui, std::string_view id, std::string_view hint, std::string& value,
                       float width = 0);

// [−] number [+] unit. Numbers are kept as typed ("2,5"); the buttons step by one and not below
// one.
FieldResult stepper(Ui& ui, std::string_view id, std::string_view label, std::string_view unit,
                    std::string& value);

struct TypeAheadResult {
  bool edited = false;
  bool submitted = false;             // Enter, and there was nothing to choose from
  std::optional<std::size_t> chosen;  // index into the suggestions
};
// The suggestions stand as large rows below the field; up and down choose, Enter takes.
TypeAheadResult type_ahead(Ui& ui, const InputSpec& spec, TypeAhead& state,
                           const std::vector<Suggestion>& suggestions);

FieldResult passphrase_field(Ui& ui, std::string_view id, std::string_view label,
                             PassphraseState& state);

// Makes a field the place of the keyboard in the next frame. `id` is the id given to it, in the
// current ImGui window.
void focus_field(Ui& ui, std::string_view id);

// Quantities as people type them: "2", "2,5", "2.5" → 2.5; nothing for anything else.
std::optional<double> typed_number(std::string_view text);

}  // namespace rukun::ui
