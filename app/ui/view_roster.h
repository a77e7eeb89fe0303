#pragma once
// The generator of turns as the screen shows it: what was asked for, the nights that would come of
// it with who and why, and what publishing would change. Prepared by the presenter; nothing of it
// is written until it is published. Plain values; texts for people are already in their language.

#include <cstdint>
#include <string>
#include <vector>

#include "app/ui/view_records.h"

namespace rukun::ui {

struct RosterTurn {
  std::string name;
  std::string why;
  bool fresh = false;  // publishing would sign them up
  bool operator==(const RosterTurn&) const = default;
};
struct RosterNight {
  std::string day;    // "Senin, 23 November 2026, 22.00–04.00"
  std::string brief;  // "23", "1 Desember" where a month begins
  int weekday = 0;    // 0 is Monday
  int week = 0;       // of the plan, from 0
  std::vector<RosterTurn> turns;
  std::vector<std::string> notes;  // open places, who was passed over
  Mark mark;                       // what is unusual; no words: nothing
};
struct RosterView {
  std::uint64_t number = 0;            // of this plan; another plan has another one
  std::vector<UnitChoice> activities;  // those with turns
  std::string activity;                // chosen
  std::string from;                    // as typed
  int weeks = 4;
  std::vector<RosterNight> nights;
  std::vector<std::string> weekdays;  // seven, from Monday
  std::vector<std::string> changes;   // sentences
  std::vector<std::string> left_out;  // who takes no turn, and why
  std::string problem;                // why there is no plan, and what to do
  DeedButton add;                     // an activity, or what this one lacks, when there is no plan
  bool may_publish = false;
};
struct RosterState {
  std::uint64_t opened = 0;  // the visit whose `from` stands in the field
  std::string from;
  std::string night;  // the only one whose turns are listed; empty: all
};

}  // namespace rukun::ui
