#pragma once
// What forms and lists show of each kind: which fields are asked first, how each is asked, which
// columns a list has and on which screen a kind is at home. The kinds and fields themselves are
// declared in app/domain/kinds.h; here stands only what the window chooses among them. Pure; any
// thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/kinds.h"
#include "app/domain/purposes.h"
#include "app/ui/view_records.h"

namespace rukun::ui {

inline constexpr std::size_t kMostChoices = 8;  // beyond it a record is searched for
inline constexpr const char* kUsualUnits[] = {"kg",     "sack",  "pack",   "liter",  "piece", "box",
                                              "gallon", "sheet", "parcel", "person", "hour"};

struct AskedField {
  const FieldSpec* spec = nullptr;
  bool rare = false;  // shown when more is asked for
};
// In the order in which they are asked; never what the program makes. `only`: these names alone.
std::vector<AskedField> asked_fields(const KindSpec& kind, const std::vector<std::string>& only);
InputKind input_of(const FieldSpec& field);
std::string hint_of(const FieldSpec& field, Language language);
// Programs, drives, activities: few, and so offered as things to press.
bool asked_as_choice(KindId kind);
// Beside which field a warning about such a record stands; empty: beside the last one.
std::string_view warned_field(KindId kind);

struct ColumnPlan {
  KindId kind = 0;
  std::string_view
      name;  // of a declared or derived field, or title, giver, receiver, rt_rw, groups
  float weight = 1;
  float least = 120;
};
std::vector<ColumnPlan> columns_of(KindId kind);
// Those, and every other that somebody may want beside them.
std::vector<ColumnPlan> columns_to_choose(KindId kind);

struct TabPlan {
  Screen screen = Screen::home;
  KindId kind = 0;
  std::string_view id;  // its words are "tab." + id
};
std::vector<TabPlan> tabs_of(Screen screen);
bool lists(Screen screen, KindId kind);
std::optional<Screen> screen_of(KindId kind);  // where a record of this kind is opened
// What the print button of its list asks for; kinds that have no report of their own print the rows
// that are shown.
std::string_view print_of(KindId kind);
// True when such records may name a person.
bool names_people(KindId kind);

}  // namespace rukun::ui
