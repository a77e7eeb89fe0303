#pragma once
// The lists that leave, by the names people and scripts give them: one place for the command line
// and the window, which differ only in how they are asked. Errors: those of each list. One thread.

#include <optional>
#include <string_view>
#include <vector>

#include "app/engine/engine.h"
#include "app/report/only.h"
#include "app/report/roster.h"
#include "app/report/table.h"

namespace rukun {

struct ReportAsked {
  std::vector<SpaceInfo> spaces;  // of lists; of what is about one record: the first
  RecordId about{};               // form, ledger, visits: the program; person, drive, roster: it
  RosterDays days{};              // of a roster
  bool for_public = false;
  bool on_paper = false;
  WallTime now;
  OnlyThese only = {};                  // of needs, offers, households
  FormatContext showing{Language::id};  // names records and items in its language
};

// needs, offers, households, distribution; form, ledger, visits, person, drive, roster. Nothing for
// other names.
Result<std::optional<std::vector<Table>>> named_tables(Engine& engine, std::string_view name,
                                                       const ReportAsked& asked);

}  // namespace rukun
