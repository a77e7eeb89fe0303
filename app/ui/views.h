#pragma once
// One immutable picture of everything the window may show, made by the presenter and handed to the
// thread that draws. Also the line between the two: the shell posts commands and reads the latest
// picture, and does not know whether a thread, a test or made-up data stands behind it.

#include <memory>
#include <optional>

#include "app/ui/commands.h"
#include "app/ui/view_erase.h"
#include "app/ui/view_recap.h"

namespace rukun::ui {

struct Views {
  enum class Stage : std::uint8_t { first_run, lock, open } stage = Stage::first_run;
  Screen screen = Screen::home;
  ShellView shell;
  HomeView home;
  NeedsView needs;
  EntryView entry;
  RecordsView records;
  std::optional<FormView> form;  // stands in the screen's place
  EraseView erase;
  ImportView import;                 // likewise
  std::optional<PickerView> picker;  // likewise, before both
  MembersView members;
  ScheduleView schedule;
  ExchangeView exchange;
  DecideView decide;
  FirstRunView first_run;
  LockView lock;
  SettingsView settings;
  AccessView access;
  SafetyView safety;
  RecapView recap;
  // Another number each time the screen was entered anew: then the shell forgets what was typed
  // there and, for an entry, goes on with `draft`.
  std::uint64_t visit = 0;
  EntryDraft draft;
  std::string folder;  // the last one exchanged with
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual void post(Command command) = 0;
  virtual std::shared_ptr<const Views> latest() = 0;  // never null
};

}  // namespace rukun::ui
