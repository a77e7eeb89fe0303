#pragma once
// Calendars out (RFC 5545): one event a shift, so that a phone shows who is on duty when. Lines end
// with CRLF and are folded at 75 bytes between characters; texts are escaped; times are UTC. A UID
// is the record's id, so that a newer file changes the same event; SEQUENCE counts what was written
// to the shift and its sign-ups. Errors: io. One thread.

#include <string>
#include <vector>

#include "app/engine/engine.h"

namespace rukun {

struct CalendarEvent {
  std::string uid;
  std::uint64_t sequence = 0;
  WallTime starts, ends, stamp;
  std::string summary, location, description;
  bool tentative = false;  // not announced yet
  bool cancelled = false;
};

std::string ics_text(const std::string& name, const std::vector<CalendarEvent>& events);

struct CalendarOptions {
  std::optional<RecordId> activity = {};  // none: all of them
  bool for_public = false;                // announced shifts only, and no names
};
// By start. The stamp of an event is the last change that counts.
Result<std::vector<CalendarEvent>> shift_events(Engine& engine, const SpaceInfo& space,
                                                const CalendarOptions& options,
                                                const FormatContext& showing);

}  // namespace rukun
