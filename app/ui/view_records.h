#pragma once
// Records of any kind on the screen: a list with one of them beside it, and the form that asks for
// their fields. Both are prepared by the presenter from the declared kinds, so that one screen and
// one form serve all of them. What can be pressed carries a Deed: what the presenter is to do then.
// Plain values; texts for people are already in their language.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/icons.h"
#include "app/ui/typed.h"
#include "app/ui/view_chart.h"

namespace rukun::ui {

enum class Screen : std::uint8_t {
  home,
  needs,
  need_entry,
  offers,
  offer_entry,
  volunteers,
  schedule,
  exchange,
  decide,
  settings,
  households,
  members,
  access,  // who looked at what
  lost,    // a stick or a laptop was lost
  distribution,
  community,
  recap,   // the office's
  safety,  // passphrase, backups, folders
};
// Where a record's last word is, or that it is nowhere else yet.
struct JourneyStop {
  std::string words;
  bool there = true;
};
struct HistoryLine {
  std::string when;
  std::string who;
  std::string what;
};
struct UnitChoice {
  std::string id;
  std::string name;
};
using FieldTexts = std::vector<std::pair<std::string, std::string>>;  // by the field's name

struct Deed {
  enum class What : std::uint8_t {
    nothing,
    open,    // the record, beside its list
    add,     // a form for a new record
    edit,    // a form for this one
    write,   // these fields, at once
    differ,  // this record and `other` are not the same person
    join,    // the shift, as whoever sits here
    roster,  // the generator of turns
    erase,   // asks whether this record's personal data shall go for good
    erased,  // what was erased, and who has heard
    print,   // what `kind` names, about `record`; `other`: for whom, when that was asked
    copy,    // likewise, as text for a chat
    import,  // records of this kind out of a spreadsheet
  };
  What what = What::nothing;
  Screen screen = Screen::home;  // open: where
  std::string kind{};            // add, print
  std::string record{};
  std::string other{};
  FieldTexts fields{};               // add: given, and not asked; write: what to write
  std::vector<std::string> asked{};  // the only fields that the form asks; empty: the usual ones
  std::string heading{};             // of the form; empty: the kind's name
};

enum class Mood : std::uint8_t { plain, good, info, warn, danger };
struct Mark {
  std::string words;
  Mood mood = Mood::plain;
};
struct DeedButton {
  Icon icon = Icon::none;
  std::string label;
  Deed deed;
  bool first = false;   // what one most likely wants
  bool chosen = false;  // stands as it is now
};
struct FactLine {
  std::string label;
  std::string value;
};
struct RecordLine {
  std::string title;
  std::string detail{};
  Mark mark{};  // no words: none
  Deed deed{};  // of the line itself
  std::vector<DeedButton> buttons{};
};
struct RecordSection {
  std::string title;
  std::vector<RecordLine> lines;
  std::string empty{};
  std::vector<DeedButton> buttons{};
};
struct RecordDetail {
  std::string id;
  std::string title;
  std::vector<Mark> marks;
  std::vector<FactLine> facts;
  float fraction = -1;  // 0 to 1: a bar with `progress` below it
  std::string progress;
  std::vector<std::string> warnings;
  std::vector<DeedButton> buttons;
  std::vector<RecordSection> sections;
  std::vector<JourneyStop> reached;
  std::vector<HistoryLine> history;
};

// Two that may be one.
struct PairSide {
  std::string title;
  std::vector<FactLine> facts;
  Deed open;
};
struct RecordPair {
  PairSide a, b;
  DeedButton same, different;
};

// How a list can stand, and what can be done with several of its rows at once.
struct ListColumn {
  std::string id;
  std::string name;
  bool shown = true;  // the first one always
  bool sortable = true;
};
struct BulkDeed {
  std::string id;  // print, copy, or the field that is written
  Icon icon = Icon::none;
  std::string label;
  bool reason = false;                // why is asked, and written
  std::vector<UnitChoice> choices{};  // what the field can become
};
struct ListTools {
  std::vector<ListColumn> columns;
  std::string usual;  // words of the order when none is chosen
  std::string sort;   // of `columns`; empty: the usual order
  bool descending = false;
  bool sorting = false;  // the rows still stand as they did
  std::vector<BulkDeed> deeds;
  Deed copy;  // of the whole list
  bool can_chart = false;
  std::uint64_t number = 0;  // another one each time that other rows fit
  std::size_t listed = 0;    // rows that fit
  std::size_t marked = 0;    // also of those that do not fit now
  bool all_marked = false;   // of those that fit
};
struct ListState {
  bool marking = false;
  std::size_t anchor = 0;  // the row from which Shift marks
  bool arranging = false;  // order and columns are being chosen
  bool more = false;       // the tools that no row has room for are open
  bool asking = false;     // before something is done with those that are marked
  std::string deed;
  std::string value;
};

struct RecordTab {
  std::string id;
  std::string name;
};
struct RecordColumn {
  std::string title;
  float weight = 1;
  float least = 120;
  bool number = false;
};
struct RecordRow {
  std::string id;
  std::vector<Mark> cells;
  bool marked = false;
};
struct RecordsView {
  Screen screen = Screen::households;
  std::vector<RecordTab> tabs;
  std::string tab;
  std::string hint;  // in the search box
  std::vector<DeedButton> add;
  ListTools tools;
  std::vector<RecordColumn> columns;
  std::size_t count = 0;  // rows that fit the search
  std::size_t first = 0;  // row number of rows[0]; others are asked for with ShowRows
  std::vector<RecordRow> rows;
  std::string empty;
  std::vector<ChartView> charts;  // in the rows' place; empty: the rows
  std::vector<RecordPair> pairs;
  std::optional<RecordDetail> detail;
};
struct RecordsState {
  std::string search;
  std::optional<std::size_t> selected;
  ListState list;
};

// ---- forms
enum class InputKind : std::uint8_t { text, number, quantity, choice, choices, record };
struct FormWarning {
  std::string words;
  Deed open;  // the record that it speaks of
};
struct FormField {
  std::string name;
  std::string label;
  std::string hint;
  std::string why;  // what a personal field is for
  InputKind input = InputKind::text;
  std::vector<UnitChoice> choices;
  std::string unit;     // of a quantity
  std::string problem;  // what is wrong, and what to do
  std::vector<FormWarning> warnings;
  bool required = false;
  bool by_name = false;  // what is chosen is written as its name, not as a record
  bool rare = false;     // shown when more is asked for
};
struct FormView {
  std::uint64_t number = 0;  // another one each time a form is opened
  std::string title;
  std::string about;     // what it belongs to
  bool resumed = false;  // goes on with what was typed earlier
  std::vector<FormField> fields;
  std::map<std::string, std::string> texts;  // at opening, by field
  std::map<std::string, std::string> names;  // of records that stand in `texts`
  std::string asked;                         // the field that `found` belongs to
  std::vector<Suggestion> found;
  std::string problem;  // of the whole
};
struct FormState {
  std::uint64_t number = 0;
  std::map<std::string, std::string> texts;
  std::map<std::string, std::string> names;
  std::map<std::string, TypeAhead> lookups;
  std::string looking;  // the field whose suggestions stand open
  bool more = false;
};

}  // namespace rukun::ui
