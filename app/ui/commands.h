#pragma once
// What people ask for: every screen's only way out. A command is a plain value that names what to
// do in the domain's words; the presenter carries it out. Passphrases travel in wiped buffers. UI
// thread.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/ui/view.h"

namespace rukun::ui {

struct Go {
  Screen to = Screen::home;
  std::string record{};  // opened there; may be empty
};
struct Undo {};
struct DismissRefusal {};
struct ShowHelp {};

struct SearchNeeds {
  std::string search;
  NeedFilter filter = NeedFilter::open;
};
struct OpenNeed {
  std::string id;
};
// The rows that should be at hand for the list of this screen.
struct ShowRows {
  Screen of = Screen::needs;
  std::size_t first = 0;
  std::size_t count = 0;
};
struct Pledge {
  std::string need;
  std::string offer;
  std::string quantity;
};
struct HandOver {
  std::string need;
  std::string quantity;
  std::string receiver;
  std::string witness{};
};
struct CloseNeed {
  std::string id;
  std::string reason;
};

struct AskPeople {
  std::string typed;
};
struct AskItems {
  std::string typed;
};
struct SaveDraft {
  EntryDraft draft;
};
struct AddEntry {
  EntryDraft draft;
};
struct DropDraft {
  bool offer = false;
};

// Lines of the Rekap of this tab; with a key, the records behind that line, or of the changes the
// list to compare with.
struct ShowRecap {
  std::string tab;
  std::string key;
};
struct ExportRecap {
  std::string folder;
  bool handed_in = false;  // the next one is compared with it
};

// All neighborhoods into a PostgreSQL database; StopWork ends it between two of them.
struct PublishRecap {
  std::string conninfo;  // as for psql; kept in the profile's own store
  bool personal = false;
};

// How the list that is shown shall stand; kept for this kind of record.
struct ArrangeList {
  std::vector<std::string> columns;
  std::string sort;  // empty: as usual
  bool descending = false;
};
// Pictures of the list that is shown, or its rows.
struct ShowChart {
  bool on = true;
};
// Rows of the list that was seen, by ListTools::number: marked, or when `toggle` each the other
// way.
struct MarkRows {
  std::uint64_t list = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  bool toggle = false;
};
// All that are listed; or none any more.
struct MarkAll {
  bool on = true;
};
// Something for all that are marked, as one act; `marked`: how many they were said to be.
struct DoWithMarked {
  std::string deed;
  std::size_t marked = 0;
  std::string value{};
};
struct SearchRecords {
  std::string search;
};
struct ShowTab {
  std::string tab;
};
struct OpenRecord {
  std::string id;  // empty: none any more
};
// What stands in a form now; kept as a draft and judged.
struct FormTyped {
  std::uint64_t form = 0;
  std::map<std::string, std::string> texts;  // by field
};
struct SaveForm {
  std::uint64_t form = 0;
  std::map<std::string, std::string> texts;
};
struct LeaveForm {
  bool drop = false;  // what was typed is not wanted any more
};
struct AskRecords {
  std::string field;
  std::string typed;
};

// Shows a folder to choose from for this field; the place that fits when `at` is no folder.
struct OpenPicker {
  std::string field;
  PickFor wanted = PickFor::folder;
  std::string at;
};
struct PickerGo {
  std::string folder;
};
struct PickerFind {
  std::string typed;
};
struct ClosePicker {
  std::string chosen;  // empty: nothing
};

// What the rows of this file are, and what would come of them; nothing is stored.
struct PreviewImport {
  std::string kind;
  std::string file;
};
struct ApplyImport {};
struct UndoImport {};
struct CloseImport {};

struct Erase {
  std::vector<std::string> records;
  std::string reason;
};
struct CloseErase {};
struct MakeInvite {
  std::string role;
  std::string folder;
};
struct CloseInvite {};
struct CloseLost {};
struct ClosePrint {};
struct RevokeInvite {
  std::string id;
};
// Another role; it admits again who was removed.
struct ChooseRole {
  std::string member;
  std::string role;
};
struct RemoveMember {
  std::string member;
  bool lost = false;  // the laptop, not the person
  std::string reason;
};
// With the words of the recovery sheet: makes oneself head and removes a lost laptop.
struct UseSheet {
  std::string member;
  SecretText words;
};
// What to do with an entry that does not count.
struct DecideMasked {
  std::string txn;
  bool adopt = false;  // otherwise it is left out
};

struct ShowWeek {
  int step = 0;  // −1 the week before, 1 the next, 0 this week
};
// To another day, at the same hours.
struct MoveShift {
  std::string shift;
  int days = 0;  // later; negative: earlier
};
struct AskVolunteers {
  std::string typed;
};
struct SignUp {
  std::string shift;
  std::string person;      // a volunteer or a household
  std::string replaces{};  // the sign-up that withdraws with it
};
// Turns of others that could be swapped with this one.
struct AskTurns {
  std::string signup;
  std::string typed{};
};
struct SwapTurns {
  std::string signup;
  std::string other;
};
// What is asked of the generator; the first one that has turns when no activity is named.
struct PlanRoster {
  std::string activity;
  std::string from;  // as typed; empty: tomorrow
  int weeks = 4;
};
struct PublishRoster {
  std::uint64_t number = 0;  // of the plan that was seen
};
struct CloseRoster {};

struct ExchangeWith {
  std::string folder;
};
// What the engine's thread carries out now: an exchange with a folder, an import, a change of many.
struct StopWork {};
struct CloseReceipt {};
struct LookForNeighbors {};
// Whether laptops near by are met by themselves.
struct ChooseNearby {
  bool on = true;
};
struct MeetAddress {
  std::string address;  // "192.168.1.7:47300"
};

struct Resolve {
  std::string record;
  std::string field;
  std::string write;
};
struct ResolveWith {
  std::string record;
  std::string field;
  std::string value;
};

struct ChooseLanguage {
  std::string code;
};
struct ChooseTextSize {
  int percent = 100;
};
struct ChooseTheme {
  bool dark = false;
};
struct KeepPlace {
  WindowPlace place;
};
struct ChooseLockTime {
  int minutes = 5;
};
struct SetPin {
  SecretText pin;  // empty: none any more
};
struct ChangePassphrase {
  SecretText now;
  SecretText next;
  bool own = false;  // not the drawn one: judged before it is taken
};
struct MakeBackup {
  std::string folder;
};
struct ForgetFolder {};  // that was exchanged with
struct RestoreBackup {
  std::string file;
};
struct ReopenWithPin {
  SecretText pin;
};
struct CloseSession {};  // the PIN no longer reopens it
struct LockNow {};
struct Unlock {
  std::string profile;
  SecretText passphrase;
};
// A new passphrase by the code on paper; then it is unlocked.
struct Recover {
  std::string profile;
  SecretText code;
  SecretText passphrase;
};
struct Begin {
  std::string name;
  bool joining = false;
  std::string rt, rw, village;
  std::string invitation;
  std::string spoken;
  SecretText passphrase;
  bool own_passphrase = false;  // thought up, not drawn
};
struct PrintRecovery {};  // what the last page of the first run shows
struct FinishFirstRun {};
struct NewProfile {};  // from the lock: another person on this laptop

using Command =
    std::variant<Go, Undo, DismissRefusal, ShowHelp, SearchNeeds, OpenNeed, ShowRows, Pledge,
                 HandOver, CloseNeed, AskPeople, AskItems, SaveDraft, AddEntry, DropDraft, Deed,
                 SearchRecords, ShowTab, OpenRecord, FormTyped, SaveForm, LeaveForm, AskRecords,
                 Erase, CloseErase, MakeInvite, CloseInvite, CloseLost, ClosePrint, RevokeInvite,
                 ChooseRole, RemoveMember, UseSheet, DecideMasked, ShowWeek, AskVolunteers, SignUp,
                 AskTurns, SwapTurns, PlanRoster, PublishRoster, CloseRoster, ExchangeWith,
                 StopWork, CloseReceipt, LookForNeighbors, ChooseNearby, MeetAddress, Resolve,
                 ResolveWith, ChooseLanguage, ChooseTextSize, ChooseTheme, ChooseLockTime, SetPin,
                 ReopenWithPin, CloseSession, LockNow, Unlock, Recover, Begin, FinishFirstRun,
                 NewProfile, ShowRecap, ExportRecap, PublishRecap, MoveShift, PrintRecovery,
                 OpenPicker, PickerGo, PickerFind, ClosePicker, PreviewImport, ApplyImport,
                 UndoImport, CloseImport, KeepPlace, ChangePassphrase, MakeBackup, ForgetFolder,
                 RestoreBackup, ArrangeList, MarkRows, MarkAll, DoWithMarked, ShowChart>;

class Commands {
 public:
  template <class C>
  void push(C command) {
    list_.emplace_back(std::move(command));
  }
  std::vector<Command> take() { return std::exchange(list_, {}); }
  bool empty() const { return list_.empty(); }

 private:
  std::vector<Command> list_;
};

}  // namespace rukun::ui
