#pragma once
// The screens. Each is a function: the view and the screen's own small state in, commands out. None
// of them reads a clock, a file or the engine, so each can be drawn and pressed in a test with made
// data. UI thread.

#include <functional>

#include "app/ui/commands.h"
#include "app/ui/fields.h"
#include "app/ui/table.h"
#include "app/ui/ui.h"
#include "app/ui/view.h"
#include "app/ui/view_erase.h"
#include "app/ui/view_recap.h"

namespace rukun::ui {

struct ShellState {
  bool menu_open = false;  // in a narrow window, where navigation does not stand beside the screen
  bool help_open = false;
  bool search_wanted = false;  // F3 was pressed where there is no search
  bool help_topics = false;    // a list of all pages
  std::string help_topic;      // chosen from it; empty: of the screen behind
};
// Navigation, bars and status line around a screen; `content` draws the screen into the scrolling
// middle.
void draw_shell(Ui& ui, const ShellView& view, ShellState& state, Screen current,
                const std::function<void()>& content, Commands& out);

void draw_home(Ui& ui, const HomeView& view, Commands& out);
void draw_needs(Ui& ui, const NeedsView& view, NeedsState& state, Commands& out);
void draw_entry(Ui& ui, const EntryView& view, EntryState& state, Commands& out);
void draw_records(Ui& ui, const RecordsView& view, RecordsState& state, Commands& out);
void draw_form(Ui& ui, const FormView& view, FormState& state, Commands& out);
// In the place of a list, while it is open.
void draw_erase(Ui& ui, const EraseView& view, EraseState& state, Commands& out);
void draw_import(Ui& ui, const ImportView& view, ImportState& state, Commands& out);
// In the place of any screen, while something is chosen for a field.
void draw_picker(Ui& ui, const PickerView& view, PickerState& state, Picked& picked, Commands& out);
void draw_members(Ui& ui, const MembersView& view, MembersState& state, Commands& out);
void draw_schedule(Ui& ui, const ScheduleView& view, ScheduleState& state, Commands& out);
void draw_week_grid(Ui& ui, const ScheduleView& view, WeekGridState& state, Commands& out);
// In the place of the week, while it is open.
void draw_roster(Ui& ui, const RosterView& view, RosterState& state, Commands& out);
void draw_exchange(Ui& ui, const ExchangeView& view, ExchangeState& state, Commands& out);
void draw_decide(Ui& ui, const DecideView& view, DecideState& state, Commands& out);
void draw_settings(Ui& ui, const SettingsView& view, SettingsState& state, Commands& out);
void draw_recap(Ui& ui, const RecapView& view, RecapState& state, Commands& out);
void draw_safety(Ui& ui, const SafetyView& view, SafetyState& state, Commands& out);
void draw_access(Ui& ui, const AccessView& view, Commands& out);
// F1: the page of the screen behind it.
void draw_help(Ui& ui, ShellState& state, Screen current);
// Before everything else, while something is printed.
void draw_print(Ui& ui, const PrintView& view, Commands& out);
void draw_lost(Ui& ui, LostState& state, Commands& out);
// These two fill the window by themselves.
void draw_first_run(Ui& ui, const FirstRunView& view, FirstRunState& state, Commands& out);
void draw_lock(Ui& ui, const LockView& view, LockState& state, Commands& out);

// Shared by screens.
// A field for a path, with a button below it that lets one choose instead. True when Enter was
// pressed in it.
struct PathSpec {
  std::string_view id;
  std::string_view label;
  std::string_view hint{};
  PickFor wanted = PickFor::folder;
};
// A passphrase that is being chosen; the ids of its fields begin with `prefix`. `field_wanted`: the
// first one is to have the keyboard.
FieldResult draw_new_passphrase(Ui& ui, std::string_view prefix, const DrawnWords& drawn,
                                NewPassphraseState& state, bool& field_wanted);
// What was chosen; empty when it was not typed as it should be, which the state then says. Nothing
// typed stays.
std::optional<SecretText> take_new_passphrase(const DrawnWords& drawn, NewPassphraseState& state);
bool path_field(Ui& ui, const PathSpec& spec, std::string& value, Commands& out);
const std::string& urgency_words(const Ui& ui, Urgency urgency);
Badge urgency_badge(Urgency urgency);
const std::string& state_words(const Ui& ui, NeedState state);
Badge state_badge(NeedState state);
// How full a shift is; in few words where there is little room.
std::string filled_words(const Ui& ui, const ShiftRow& shift, bool brief = false);
Badge filled_badge(const ShiftRow& shift);
const std::string& screen_words(const Ui& ui, Screen screen);
Icon screen_icon(Screen screen);
// The name of a screen on top of it, by its key.
void screen_head(Ui& ui, std::string_view key);
// The same, but not where the head of a narrow window says it already.
void page_title(Ui& ui, std::string_view key);
// The name of a screen in one row with what can be pressed there, so that it costs no height;
// nothing where the head of a narrow window says it.
void row_title(Ui& ui, Flow& row, std::string_view words);
// The same, wherever it is not said otherwise.
void row_words(Ui& ui, Flow& row, std::string_view words);
float row_title_width(const Ui& ui, std::string_view words);
// Draws `content` in what a footer leaves of the screen, scrolling by itself, so that what stands
// below it is always in sight.
void above_footer(Ui& ui, const char* id, float footer, const std::function<void()>& content);
// Above a part of a record's page.
void section_title(Ui& ui, std::string_view words);
// What is on record, a line each: the names in one column, what they are in the next.
void fact_lines(Ui& ui, const std::vector<FactLine>& facts);
// Copies what the print of this name would say, as text for a chat.
void copy_button(Ui& ui, Flow& flow, std::string_view kind, Commands& out);
// What a personal field is for, below it.
void purpose(Ui& ui, const std::string& words);
void need_detail(Ui& ui, const NeedDetail& detail, NeedsState& state, Commands& out);
void draw_sheet(Ui& ui, const MembersView& view, MembersState& state, Commands& out);
void draw_member(Ui& ui, const MembersView& view, const MemberRow& row, MembersState& state,
                 Commands& out);
void need_dialogs(Ui& ui, const NeedDetail& detail, NeedsState& state, Commands& out);
Badge mood_badge(Mood mood);
// Buttons side by side, each asking for its deed; ids are the prefix and a number.
void deed_buttons(Ui& ui, std::string_view prefix, const std::vector<DeedButton>& buttons,
                  Commands& out);
void deed_buttons(Ui& ui, Flow& flow, std::string_view prefix,
                  const std::vector<DeedButton>& buttons, Commands& out);
void record_lines(Ui& ui, std::string_view prefix, const std::vector<RecordLine>& lines,
                  Commands& out);
// Between a list and its search: one row of what can be done with it; what does not fit there is
// behind its last button. `more`: what this list has besides.
struct ListTool {
  std::string id;
  Icon icon = Icon::none;
  std::string_view label;
  std::function<void()> act;
  bool first = false;  // before those that every list has
  Look look = Look::normal;
};
// The first row of a list: its name, the search, and what is most likely wanted. Where that leaves
// no room to type, the search stands below.
struct HeadRow {
  std::string_view search_id;  // "needs.search"; its button is "needs.add"
  std::string_view title;      // empty: said elsewhere
  std::string_view hint;
  std::string_view add;  // words of the button; empty: none
  Icon icon = Icon::none;
};
struct HeadResult {
  bool edited = false;
  bool added = false;
};
HeadResult list_head(Ui& ui, const HeadRow& head, std::string& search);
// A row of tools by itself: what does not fit there is behind its last button.
void tool_row(Ui& ui, const std::vector<ListTool>& tools, const std::string& words,
              ListState& state);
void list_tools(Ui& ui, const ListTools& tools, std::vector<ListTool> more, ListState& state,
                Commands& out);
// In the place of a list, with the way back to it.
void list_charts(Ui& ui, const std::vector<ChartView>& charts, Commands& out);
// After the table: what was marked, and rows that should be at hand. `first`, `count`: those that
// are.
void mark_rows(const TableResult& result, const ListTools& tools, ListState& state, Commands& out);
void ask_rows(const TableResult& result, Screen screen, std::size_t first, std::size_t count,
              Commands& out);
void sort_by_heading(const TableResult& result, const ListTools& tools, Commands& out);
void sorted_headings(const ListTools& tools, TableSpec& spec);
void journey(Ui& ui, const std::vector<JourneyStop>& reached,
             const std::vector<HistoryLine>& history);
// One window over everything, for screens that need no shell; draws `content` as a centered column.
void full_page(Ui& ui, const char* id, float width_logical, const std::function<void()>& content);

}  // namespace rukun::ui
