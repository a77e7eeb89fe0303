#pragma once
// Made-up views of every screen, in Indonesian or English: for `rukun --screenshot --demo`,
// documentation and tests. Nothing here is anybody's data. Pure.

#include <string_view>

#include "app/ui/view.h"
#include "app/ui/view_erase.h"
#include "app/ui/view_recap.h"

namespace rukun::ui {

struct DemoViews {
  ShellView shell;
  HomeView home;
  NeedsView needs;
  NeedDetail need;
  EntryView entry;
  RecordsView offers, volunteers, households, distribution, community, pairs;
  RecordDetail household;
  FormView form;
  ShiftDetail shift;
  RosterView roster;
  EraseView erase;
  MembersView members;
  ScheduleView schedule;
  ExchangeView exchange;
  DecideView decide;
  FirstRunView first_run;
  LockView lock;
  SettingsView settings;
  SafetyView safety;
  AccessView access;
  RecapView recap, recap_records, recap_changes;
  PickerView picker;
  ImportView import;
  std::vector<ChartView> need_charts, drive_charts;
};

DemoViews demo_views(std::string_view language);
// Lists of records with one of them open, and a form.
// All neighborhoods of an office, and what is behind one line.
void fill_demo_recap(DemoViews& out, bool english);
void fill_demo_records(DemoViews& out, bool english);
void fill_demo_picker(DemoViews& out, bool english);
// After the lists: how they can stand.
void fill_demo_tools(DemoViews& out, bool english);

}  // namespace rukun::ui
