#include "app/report/ics.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::size_t kMostLine = 75;  // bytes, without the line end
constexpr std::int64_t kSecond_ms = 1000, kCalendarDay_s = 24 * 60 * 60;

std::string utc(WallTime at) {
  std::int64_t days = at.ms / kSecond_ms / kCalendarDay_s;
  std::int64_t left_s = at.ms / kSecond_ms - days * kCalendarDay_s;
  if (left_s < 0) {
    left_s += kCalendarDay_s;
    --days;
  }
  const auto date = civil_from_days(days);
  const auto seconds = static_cast<int>(left_s);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d%02d%02dT%02d%02d%02dZ", date.year, date.month,
                date.day, seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text.data();
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
  }
  return out;
}

void put(std::string& out, std::string_view name, std::string_view value) {
  const std::string line = std::string(name) + ":" + std::string(value);
  std::size_t from = 0, room = kMostLine;
  while (line.size() - from > room) {
    std::size_t end = from + room;
    while (end > from + 1 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    out.append(line, from, end - from).append("\r\n ");
    from = end;
    room = kMostLine - 1;  // the space in front counts
  }
  out.append(line, from).append("\r\n");
}

void put_event(std::string& out, const CalendarEvent& event) {
  put(out, "BEGIN", "VEVENT");
  put(out, "UID", escaped(event.uid));
  put(out, "DTSTAMP", utc(event.stamp));
  put(out, "SEQUENCE", std::to_string(event.sequence));
  put(out, "DTSTART", utc(event.starts));
  put(out, "DTEND", utc(event.ends));
  put(out, "SUMMARY", escaped(event.summary));
  if (!event.location.empty()) put(out, "LOCATION", escaped(event.location));
  if (!event.description.empty()) put(out, "DESCRIPTION", escaped(event.description));
  put(out, "STATUS", event.cancelled ? "CANCELLED" : event.tentative ? "TENTATIVE" : "CONFIRMED");
  put(out, "END", "VEVENT");
}

// How often each record was written to, of all that is held.
Result<std::map<RecordId, std::uint64_t>> changes_in(Engine& engine, const SpaceInfo& space) {
  TRY(const auto lines,
      engine.log(space.id, std::nullopt, std::numeric_limits<std::size_t>::max()));
  std::map<RecordId, std::uint64_t> out;
  for (const auto& line : lines)
    for (const auto& [record, kind] : line.records)
      if (kind == k::shift::kKind || kind == k::signup::kKind || kind == 0) ++out[record];
  return out;
}

// Who is on each shift, and what the sign-ups add to its changes.
struct OnDuty {
  std::vector<std::pair<std::int64_t, std::string>> people;  // by place
  std::size_t waiting = 0;
  std::uint64_t changes = 0;
  WallTime changed;
};

class ShiftReader {
 public:
  ShiftReader(Engine& engine, const SpaceInfo& space, const FormatContext& showing)
      : records_(engine.records()), space_(space), showing_(showing) {}

  Status read_signups(const std::map<RecordId, std::uint64_t>& changes) {
    const std::array<std::uint32_t, 1> spaces{space_.number};
    TRY(const auto derived, Derived::load(records_, spaces, k::signup::kKind));
    const auto* duty = derived.duty(space_.number);
    for (const bool deleted : {false, true}) {
      Query query{.kind = k::signup::kKind, .spaces = {space_.number}};
      query.deleted = deleted;
      TRY_VOID(records_.each_row(query, [&](Row& row) -> Result<bool> {
        const auto* shift = std::get_if<RecordId>(&value_in(row, k::signup::kShift));
        if (shift == nullptr) return true;
        auto& held = on_duty_[*shift];
        const auto count = changes.find(row.id);
        held.changes += count == changes.end() ? 1 : count->second;
        held.changed = std::max(held.changed, row.changed.wall());
        const auto* balance = duty == nullptr ? nullptr : duty->signup(row.id);
        if (deleted || balance == nullptr || balance->position == 0) return true;
        if (balance->waiting) ++held.waiting;
        if (balance->waiting) return true;
        TRY(auto name, who(row));
        held.people.emplace_back(balance->position, std::move(name));
        return true;
      }));
    }
    return {};
  }

  Result<CalendarEvent> event(const Row& row, bool for_public, std::uint64_t changes) {
    CalendarEvent out;
    out.uid = row.id.hex() + "@rukun";
    out.starts = {number_in(row, k::shift::kStarts)};
    out.ends = {number_in(row, k::shift::kEnds)};
    out.location = text_in(row, k::shift::kPlace);
    if (const auto* id = std::get_if<RecordId>(&value_in(row, k::shift::kActivity))) {
      TRY(out.summary, record_title(records_, space_.number, *id, showing_));
      TRY(const auto activity, records_.row(space_.number, *id));
      if (activity && out.location.empty()) out.location = text_in(*activity, k::activity::kPlace);
    }
    out.tentative = number_in(row, k::shift::kPublished) == 0;
    const auto why = text_in(row, k::shift::kCancelled);
    out.cancelled = !why.empty();
    auto& held = on_duty_[row.id];
    out.sequence = changes + held.changes - (changes > 0 ? 1 : 0);
    out.stamp = std::max(row.changed.wall(), held.changed);
    const auto language = showing_.language;
    if (out.cancelled)
      out.description = std::string(pick(language, "Dibatalkan: ", "Cancelled: ")) + why + "\n";
    if (!for_public) {
      std::sort(held.people.begin(), held.people.end());
      for (const auto& [place, name] : held.people)
        out.description += std::to_string(place) + ". " + name + "\n";
    }
    if (held.waiting > 0) {
      out.description += std::string(pick(language, "Daftar tunggu: ", "Waiting list: ")) +
                         std::to_string(held.waiting) + "\n";
    }
    if (!out.description.empty()) out.description.pop_back();
    return out;
  }

 private:
  Result<std::string> who(const Row& signup) {
    for (const auto field : {k::signup::kVolunteer, k::signup::kHousehold})
      if (const auto* id = std::get_if<RecordId>(&value_in(signup, field)))
        return record_title(records_, space_.number, *id, showing_);
    return std::string();
  }

  Projection& records_;
  const SpaceInfo& space_;
  const FormatContext& showing_;
  std::map<RecordId, OnDuty> on_duty_;
};

}  // namespace

std::string ics_text(const std::string& name, const std::vector<CalendarEvent>& events) {
  std::string out;
  put(out, "BEGIN", "VCALENDAR");
  put(out, "VERSION", "2.0");
  put(out, "PRODID", "-//Rukun//Jadwal//ID");
  put(out, "CALSCALE", "GREGORIAN");
  put(out, "METHOD", "PUBLISH");
  put(out, "X-WR-CALNAME", escaped(name));
  for (const auto& event : events) put_event(out, event);
  put(out, "END", "VCALENDAR");
  return out;
}

Result<std::vector<CalendarEvent>> shift_events(Engine& engine, const SpaceInfo& space,
                                                const CalendarOptions& options,
                                                const FormatContext& showing) {
  TRY(const auto changes, changes_in(engine, space));
  ShiftReader reader(engine, space, showing);
  TRY_VOID(reader.read_signups(changes));
  std::vector<CalendarEvent> out;
  Query query{.kind = k::shift::kKind, .spaces = {space.number}};
  if (options.activity)
    query.where = {{k::shift::kActivity, Compare::equal, Value(*options.activity)}};
  TRY_VOID(engine.records().each_row(query, [&](Row& row) -> Result<bool> {
    if (options.for_public && number_in(row, k::shift::kPublished) == 0) return true;
    const auto count = changes.find(row.id);
    TRY(auto event,
        reader.event(row, options.for_public, count == changes.end() ? 1 : count->second));
    out.push_back(std::move(event));
    return true;
  }));
  std::sort(out.begin(), out.end(), [](const CalendarEvent& a, const CalendarEvent& b) {
    return std::tie(a.starts.ms, a.uid) < std::tie(b.starts.ms, b.uid);
  });
  return out;
}

}  // namespace rukun
