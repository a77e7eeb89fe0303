// Calendars, as other programs will read them.
#include "app/report/ics.h"

#include "tests/support/catch.h"

using namespace rukun;

namespace {

// Lines put together again as RFC 5545 says; REQUIREs that each was short enough and ended well.
std::string unfolded(const std::string& text) {
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = text.find("\r\n", from);
    REQUIRE(end != std::string::npos);
    const auto line = text.substr(from, end - from);
    CAPTURE(line);
    REQUIRE(line.size() <= 75);
    REQUIRE(line.find_first_of("\r\n") == std::string::npos);
    const auto first = static_cast<unsigned char>(line.size() > 1 ? line[1] : 'x');
    if (line.starts_with(' ')) {
      CHECK((first & 0xC0) != 0x80);  // no character was torn
      out += line.substr(1);
    } else {
      out += (out.empty() ? "" : "\n") + line;
    }
    from = end + 2;
  }
  return out;
}

CalendarEvent night() {
  CalendarEvent event;
  event.uid = "7f@rukun";
  event.sequence = 3;
  event.starts = {1'795'359'600'000};
  event.ends = {1'795'381'200'000};
  event.stamp = {1'795'300'000'123};
  event.summary = "Ronda malam";
  return event;
}

bool has(const std::string& text, const std::string& line) {
  return ("\n" + text + "\n").find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("a calendar says who is on duty when, in UTC and under the record's id", "[ics]") {
  auto event = night();
  event.description = "1. Bu Wati\n2. Pak Joko";
  const auto text = unfolded(ics_text("Jadwal RT 003", {event}));
  CAPTURE(text);
  CHECK(text.starts_with("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:"));
  CHECK(text.ends_with("END:VEVENT\nEND:VCALENDAR"));
  for (const auto* line :
       {"UID:7f@rukun", "SEQUENCE:3", "DTSTART:20261122T150000Z", "DTEND:20261122T210000Z",
        "DTSTAMP:20261121T222640Z", "SUMMARY:Ronda malam", "STATUS:CONFIRMED",
        "DESCRIPTION:1. Bu Wati\\n2. Pak Joko", "X-WR-CALNAME:Jadwal RT 003"})
    CHECK(has(text, line));
  event.tentative = true;
  CHECK(has(unfolded(ics_text("", {event})), "STATUS:TENTATIVE"));
  event.cancelled = true;
  CHECK(has(unfolded(ics_text("", {event})), "STATUS:CANCELLED"));
  event.starts = {-1};
  CHECK(has(unfolded(ics_text("", {event})), "DTSTART:19700101T000000Z"));
  event.starts = {-1000};
  CHECK(has(unfolded(ics_text("", {event})), "DTSTART:19691231T235959Z"));
}

TEST_CASE("texts of a calendar are escaped and folded, and cannot make lines of their own",
          "[ics]") {
  auto event = night();
  event.summary = "a;b,c\\d\r\nEND:VEVENT\x01";
  for (int i = 0; i < 60; ++i) event.description += "Müller–é ";
  event.location = std::string(74 - 9, 'x') + "é";  // a character across the fold
  const auto text = unfolded(ics_text("", {event}));
  CAPTURE(text);
  CHECK(has(text, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT"));
  CHECK(has(text, "DESCRIPTION:" + event.description));
  CHECK(has(text, "LOCATION:" + event.location));
}
