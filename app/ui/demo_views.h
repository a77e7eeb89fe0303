#pragma once
// Made-up views of every screen, in Indonesian or English: for `rukun --screenshot --demo`,
// documentation and tests. Nothing here is anybody's data. Pure.

#include <string_view>

#include "app/ui/view.h"
#include "app/ui/view_erase.h"

namespace rukun::ui {

struct DemoViews {
  ShellView shell;
  HomeView home;
  NeedsView needs;
  NeedDetail need;
  EntryView entry;
  OffersView offers;
  VolunteersView volunteers;
  HouseholdsView households;
  EraseView erase;
  MembersView members;
  ScheduleView schedule;
  ExchangeView exchange;
  DecideView decide;
  FirstRunView first_run;
  LockView lock;
  SettingsView settings;
  AccessView access;
};

DemoViews demo_views(std::string_view language);

}  // namespace rukun::ui
