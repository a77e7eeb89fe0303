#pragma once
// A call: for volunteers where a shift still has room, for gifts where a drive still lacks
// something. As a list for a poster and as a text for a chat. Member-only details (where to give)
// stay away from public ones. Errors: not_found, io. One thread.

#include <optional>
#include <string>
#include <vector>

#include "app/engine/engine.h"
#include "app/report/table.h"

namespace rukun {

struct CallOptions {
  bool for_public = false;
  WallTime now;
  int days = 14;  // how far ahead shifts are called for, unless one is named
  FormatContext showing{Language::id};
  // Only this activity, shift, training, program (shifts of the activities that
  // serve it, and of distributions that name none) or drive; none: all.
  std::optional<RecordId> about = {};
};

struct CallLine {
  std::string what;
  std::string when;
  std::string where;
  std::string lacking;  // "3 orang lagi", "Rp250.000 lagi"
  std::string how;      // whom or where to turn to
};
struct Call {
  std::string title;
  std::vector<CallLine> shifts, drives;
  std::string how;  // how to say yes
};
Result<Call> gather_call(Projection& records, const SpaceInfo& space, const CallOptions& options);

Table call_table(const Call& call);
std::string call_text(const Call& call, Language language);

}  // namespace rukun
