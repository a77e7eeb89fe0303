#pragma once
// What the screens show: plain values, one struct per screen, filled by the presenter (or by a
// test) and never changed by a screen. Texts for people are already formatted (dates, quantities,
// names) in the language of the moment. Ids are opaque text. The small state that belongs to a
// screen alone (what is being typed, which row is lit) stands beside it in a …State struct, owned
// by the shell. Immutable while a frame is drawn.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/typed.h"
#include "app/ui/view_chart.h"
#include "app/ui/view_import.h"
#include "app/ui/view_picker.h"
#include "app/ui/view_records.h"
#include "app/ui/view_roster.h"
#include "app/ui/view_safety.h"
#include "platform/window_place.h"

namespace rukun::ui {

enum class Urgency : std::uint8_t { normal, soon, urgent, life };
enum class NeedState : std::uint8_t { open, partly, covered, delivered, closed };
enum class NeedFilter : std::uint8_t { open, urgent, covered, delivered, all };

// ---- on every screen
struct StatusView {
  std::string failed;  // a save failed: what to do; empty when all is well
  std::size_t unsent = 0;
  std::string unsent_to;          // whom they have not reached
  std::string unsent_age;         // "sejak kemarin"
  std::string last_exchange;      // "Bu Sari, kemarin pukul 16.20"; empty: never
  std::uint64_t unsent_acts = 0;  // of membership, that have reached nobody
};
struct UndoView {
  std::string words;
  bool can_undo = true;      // false: it only says what was done
  std::uint64_t number = 0;  // another one each time; the bar of one stands for ten seconds
  bool working = false;      // it says how far something is, and stands until that is over
  bool can_stop = false;     // which can be stopped
};
// Cetak: a question which, or what came of it. Nothing of the two: it is being written.
struct PrintView {
  std::string title;
  std::vector<DeedButton> choices;
  bool busy = false;
  std::string saved;       // where, and how many pages
  std::string next;        // what to do with it
  std::string left_out{};  // what is not on it though it might be expected, and how to change that
  std::string failed;      // why, and what to do
  Deed again;              // after that
};
// What was copied as text: the window hands it on once for each number.
struct CopiedView {
  std::string text;
  std::uint64_t number = 0;
};
struct ShellView {
  std::string member;
  std::string neighborhood;
  StatusView status;
  std::optional<UndoView> undo;
  std::string refused;  // the last thing that could not be done, and what to do next
  std::size_t to_decide = 0;
  std::optional<PrintView> print;
  CopiedView copied;
  bool has_recap = false;  // several neighborhoods, or an office's view of one
};

// ---- Beranda
struct AttentionRow {
  std::string words;
  std::string action;  // words of the button
  Screen to = Screen::home;
  std::string record;
};
struct ShiftRow {
  std::string id;
  std::string day;   // "Sabtu, 22 November"
  std::string time;  // "pukul 22.00–04.00"
  std::string activity;
  std::string place;
  std::size_t slots = 0;
  std::vector<std::string> people;
  std::vector<std::string> waiting;
  bool mine = false;
  std::string cancelled;  // why
  int weekday = 0;        // 0 is Monday
};
struct NeedRow {
  std::string id;
  std::string title;
  std::string for_whom;
  std::string quantity;
  std::string remaining;
  Urgency urgency = Urgency::normal;
  NeedState state = NeedState::open;
  std::string age;
  bool marked = false;
};
struct HomeView {
  std::vector<AttentionRow> attention;
  std::vector<ShiftRow> shifts;
  std::vector<NeedRow> needs;
  std::size_t open_needs = 0;
  ChartLine met;  // all needs together
};

// ---- Kebutuhan
struct MatchLine {
  std::string offer;
  std::string title;
  std::string giver;
  std::string remaining;
  std::string why;
  std::string quantity;  // what the button would pledge, as typed
};
struct NeedDetail {
  NeedRow row;
  std::string address;
  std::string note;
  std::string delivered;
  std::string promised;
  ChartLine parts;            // missing, promised and received, for a bar
  std::string open_quantity;  // remaining as a number as typed, for the hand-over's first value
  std::string unit;
  std::vector<JourneyStop> reached;  // "Tersimpan di sini", "Sampai ke Bu Sari" … in order
  std::vector<DeedButton> buttons;
  std::vector<RecordLine> pledges;
  std::vector<MatchLine> matches;
  std::vector<HistoryLine> history;
};
struct NeedsView {
  std::size_t count = 0;  // rows that fit search and filter
  std::size_t first = 0;  // row number of rows[0]; others are asked for with ShowRows
  std::vector<NeedRow> rows;
  ListTools tools;
  std::vector<ChartView> charts;  // in the rows' place; empty: the rows
  std::optional<NeedDetail> detail;
};
struct NeedsState {
  std::string search;
  NeedFilter filter = NeedFilter::open;
  bool filtering = false;  // in a narrow window they are asked for, since they take several lines
  std::optional<std::size_t> selected;
  enum class Asking : std::uint8_t { nothing, hand_over, close } asking = Asking::nothing;
  std::string quantity;
  std::string receiver;
  std::string witness;
  std::string reason;
  ListState list;
};

// ---- Catat kebutuhan, Catat tawaran bantuan
struct ItemTile {
  std::string id;  // empty: what was typed, as free text
  std::string name;
  std::string category;
  std::string unit;
};
struct EntryDraft {
  bool offer = false;
  std::string household;       // id
  bool new_household = false;  // `who` is recorded as a household together with the entry
  std::string who;             // its name, or a giver who is not a household
  std::string item;            // id, empty with a free title
  std::string title;
  std::string category;
  std::string quantity;
  std::string unit;
  Urgency urgency = Urgency::normal;
  std::string note;
};
struct EntryView {
  std::vector<Suggestion> people;  // fitting what is typed, else the last five
  bool people_are_recent = true;
  std::vector<ItemTile> items;  // fitting what is typed, else the usual ones
  std::vector<UnitChoice> units;
  std::vector<ItemTile> categories;  // asked for free text only; name and category are set
  std::string duplicate;             // "Sudah ada: …"; empty: none
  std::string duplicate_id;
  std::vector<MatchLine> matches;  // while an offer is typed: needs it would fit
  std::string why_who, why_note;   // what these fields are for
};
struct EntryState {
  int page = 0;  // 0 who, 1 what, 2 how much
  EntryDraft draft;
  TypeAhead who;
  std::string item_search;
  std::size_t item_lit = 0;
  bool field_wanted = true;  // put the keyboard into the page's field
};

// ---- Anggota
struct MemberRow {
  std::string id;
  std::string name;
  std::string role_id;
  std::string role;   // words
  std::string heard;  // "kabar terakhir kemarin pukul 16.20"
  std::string state;  // words: removed, laptop lost, invitation used by several; empty: none
  bool me = false;
  bool removed = false;
  bool lost = false;  // and that is why
};
// An entry that is kept and does not count.
struct MaskedRow {
  std::string txn;
  std::string who;
  std::string when;
  std::string what;
  std::string why;
};
struct RoleChoice {
  std::string id;
  std::string name;
};
struct MadeInvite {
  std::string file;
  std::string code;    // two words, said in person
  std::string words;   // the same invitation, to be read aloud
  std::string role{};  // as it is named to the presenter
};
// A laptop that was just recorded as lost.
struct LostLaptop {
  std::string member;
  std::string name;
};
// An invitation that nobody has used yet.
struct InviteRow {
  std::string id;
  std::string role;  // words
  std::string by;
};
struct MembersView {
  std::vector<MemberRow> rows;  // who is removed last
  bool may_invite = false;
  bool may_use_sheet = false;  // a member who is no head: with the printed words all the same
  bool may_decide = false;     // about members, and about what does not count
  bool lone_head = false;      // if that laptop is lost, only the printed sheet helps
  std::vector<InviteRow> invitations;  // for heads
  std::vector<MaskedRow> masked;       // the oldest; for heads
  std::size_t masked_more = 0;         // beyond those
  std::vector<RoleChoice> roles;
  std::string folder;  // where an invitation would be written
  std::optional<MadeInvite> made;
  std::optional<LostLaptop> lost;
};
struct MembersState {
  bool inviting = false;
  std::string chosen;  // the member whose page is open
  enum class Asking : std::uint8_t { nothing, lost, removal, sheet } asking = Asking::nothing;
  PassphraseState sheet;  // the words of the recovery sheet
  std::string new_role;
  std::string reason;
  std::string role;
  std::string folder;
  std::string offered;  // what stood there before anybody chose
};

// ---- Jadwal
struct SignupLine {
  std::string name;
  std::string detail;
  std::vector<DeedButton> attendance;  // large toggles
  std::vector<DeedButton> buttons;
  std::string passes{};  // the sign-up, where its place can be passed on or swapped
};
struct ShiftDetail {
  ShiftRow row;
  std::vector<FactLine> facts;
  std::vector<DeedButton> buttons;
  std::vector<SignupLine> people, waiting;
};
struct ScheduleView {
  std::string week;                    // "17–23 November 2025"
  std::array<std::string, 7> days;     // "Sen 17"
  int today = -1;                      // of these days
  std::vector<ShiftRow> shifts;        // in order of time
  bool movable = false;                // who sits here may move them to another day
  std::vector<Suggestion> volunteers;  // fitting what is typed in the sign-up
  std::vector<Suggestion> turns;       // with whom somebody may swap, by sign-up
  std::vector<DeedButton> add;
  std::string empty_words{};                // when there are no shifts
  std::vector<DeedButton> new_volunteer{};  // at most one: for a name that is not known
  std::optional<ShiftDetail> open;
  std::optional<RosterView> roster;  // in the place of the week
};
struct WeekGridState {
  std::string dragged;  // shift id under the hand; empty: none
  struct Move {
    std::string shift;  // empty: none is asked about
    int day = 0;        // of the week, 0 is Monday
  } moving;
};
struct ScheduleState {
  std::string signing_up;  // shift id; empty: nobody
  std::string replaced;    // the sign-up whose place somebody takes; empty: a place of their own
  std::string swapped;     // the sign-up that is swapped with another; empty: none
  TypeAhead who;
  ListState tools;  // of the week, where there is no room for all
  WeekGridState grid;
  RosterState roster;
};

// ---- Tukar data
struct PlaceButton {
  std::string path;
  std::string label;
  std::string detail;
  bool stick = true;
};
struct ExchangeReceipt {
  std::string place;
  std::size_t fresh = 0;
  std::size_t changed = 0;
  std::size_t to_decide = 0;
  std::size_t sent = 0;
  std::vector<std::string> reached;       // who has all of our work now
  std::vector<std::string> on_the_way{};  // sentences: who gets how much of it next time
  std::vector<std::string> joined{};      // who has become a member by this
  std::vector<std::string> refused;       // sentences
  bool safe_to_remove = false;
  bool device = true;                // there is something that can be pulled out
  bool stick = false;                // and carried to somebody else
  std::vector<std::string> deleted;  // sentences, when much was taken away
  Screen deleted_from = Screen::needs;
  bool stopped = false;   // by the person, before all was there
  bool newcomer = false;  // nobody has heard yet that this member has joined
};
// A neighbor's laptop on the same network.
struct NeighborRow {
  std::string name;      // of the member; where it is, until that is known
  std::string state;     // words
  std::string progress;  // words, while something is given or taken
  float fraction = -1;   // 0 to 1; negative: nothing is under way
  bool operator==(const NeighborRow&) const = default;
};
struct LanView {
  bool on = false;      // laptops near by can be met
  bool off = false;     // somebody does not want it
  std::string trouble;  // why not, or why they cannot be found by themselves
  std::string port;     // where this laptop answers
  bool looking = false;
  std::vector<NeighborRow> neighbors;
  bool operator==(const LanView&) const = default;
};
// An exchange that is over, in words.
struct ExchangeLine {
  std::string place;  // which stick or folder, or whose laptop
  std::string when;
  std::string what;
};
struct ExchangeView {
  std::vector<PlaceButton> places;
  LanView lan;
  bool running = false;
  float fraction = 0;    // 0 to 1; negative: unknown
  std::string progress;  // words, with what is left
  bool stopping = false;
  std::optional<ExchangeReceipt> receipt;
  std::string failed;                 // why, and what to do next
  std::vector<ExchangeLine> history;  // the latest first
};
struct ExchangeState {
  std::string folder;
  bool address_open = false;
  std::string address;
};

// ---- Perlu diputuskan
struct ConflictChoice {
  std::string write;  // what Resolve names
  std::string value;  // words
  std::string who;
  std::string when;
  std::string where;    // on which laptop
  std::string typed{};  // as it would be typed into the field; empty: as it is shown
};
struct ConflictView {
  std::string record;
  std::string field;
  std::string title;  // of the record
  std::string field_label;
  std::vector<ConflictChoice> choices;
};
struct DecideView {
  std::vector<ConflictView> conflicts;
  std::vector<AttentionRow> waiting{};  // what is settled on other screens
  std::size_t waiting_more = 0;         // beyond those
};
struct DecideState {
  std::string writing;  // record and field whose right value is being written
  std::string value;
};

// ---- first run, lock, settings
struct FirstRunView {
  std::vector<PlaceButton> invitations;  // files found on sticks
  bool busy = false;
  bool has_profile = false;  // only the neighborhood is missing
  bool others_here = false;  // somebody else has a profile on this laptop
  std::string failed;
  std::string restore_failed;  // why the backup did not become a profile
  DrawnWords passphrase;
  std::string recovery;   // set once the profile exists
  bool renewed = false;   // it takes the place of one that was not written down
  std::string root_code;  // of a new neighborhood
  std::string sheet;      // where these two were written to be printed
  std::string sheet_failed;
};
struct FirstRunState {
  int page = 0;
  std::string language = "id";
  std::string name;
  bool joining = false;
  bool chosen = false;
  std::string rt, rw, village;
  std::string invitation;
  std::string spoken;
  NewPassphraseState passphrase;
  bool field_wanted = true;
  bool wrong_number = false;  // RT or RW is none
  bool restoring = false;     // a backup instead of a new profile
  std::string backup;
};
struct ProfileChoice {
  std::string id;
  std::string name;
};
struct LockView {
  std::vector<ProfileChoice> profiles;
  bool busy = false;
  std::string failed;
  std::string pin_of;    // who is only away for a moment: a PIN reopens; empty: nobody
  std::string restored;  // a backup has just become a profile: whose, in words
};
struct LockState {
  std::size_t profile = 0;
  bool choosing = false;
  PassphraseState passphrase;
  bool field_wanted = true;
  bool recovering = false;  // with the code on paper
  PassphraseState code;
  PassphraseState next;
  PassphraseState again;
  bool differs = false;
};
struct SettingsView {
  std::string language = "id";
  int percent = 100;
  bool dark = false;
  WindowPlace window{};  // where it stood last
  std::string version;
  std::string home;
  int lock_minutes = 5;
  bool has_pin = false;               // of this session
  std::vector<std::string> memory{};  // what this computer may write to its disk; sentences
};
struct SettingsState {
  bool asking_pin = false;
  PassphraseState pin;
  PassphraseState again;
  bool differs = false;
};

// ---- Catatan akses
struct AccessRow {
  std::string when;
  std::string what;
  std::string subject;
  std::string rows;
};
struct AccessView {
  std::vector<AccessRow> rows;  // the newest first
};

// ---- Flashdisk atau laptop hilang
struct LostState {
  enum class Thing : std::uint8_t { asked, stick, laptop } thing = Thing::asked;
};

}  // namespace rukun::ui
