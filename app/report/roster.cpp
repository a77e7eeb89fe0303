#include "app/report/roster.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/kinds.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

class Lister {
 public:
  Lister(Projection& records, std::uint32_t space, const FormatContext& showing)
      : records_(records), space_(space), showing_(showing) {}

  Result<RosterList> run(const RecordId& activity, const RosterDays& days) {
    RosterList out;
    TRY(out.records, load_roster(records_, space_, activity, showing_.utc_offset_min));
    TRY(out.name, record_title(records_, space_, activity, showing_));
    TRY(const auto row, records_.row(space_, activity));
    const auto usual_place = row ? text_in(*row, k::activity::kPlace) : std::string();
    for (const auto& shift : out.records.shifts) {
      if (shift.day < days.first || shift.day - days.first >= days.count) continue;
      RosterNight night{.shift = shift};
      if (night.shift.place.empty()) night.shift.place = usual_place;
      for (const auto& signup : out.records.signups) {
        if (signup.shift != shift.id) continue;
        TRY(auto place, place_of(signup));
        if (!signup.waiting) ++night.joined;
        night.people.push_back(std::move(place));
      }
      if (shift.slots && shift.cancelled.empty())
        night.open = std::max<std::int64_t>(0, *shift.slots - night.joined);
      out.nights.push_back(std::move(night));
    }
    return out;
  }

 private:
  Result<RosterPlace> place_of(const RosterSignup& signup) {
    RosterPlace out{.signup = signup};
    TRY(out.name, name_of(signup.person));
    if (signup.attendance != 0)
      out.attendance = format_value(kind_of(k::signup::kKind).field(k::signup::kAttendance),
                                    signup.attendance, showing_);
    if (!signup.replaces) return out;
    TRY(const auto before, records_.row(space_, *signup.replaces));
    if (!before) return out;
    for (const auto field : {k::signup::kVolunteer, k::signup::kHousehold})
      if (const auto* who = std::get_if<RecordId>(&value_in(*before, field));
          who != nullptr && out.replaces.empty()) {
        TRY(out.replaces, name_of(*who));
      }
    return out;
  }

  Result<std::string> name_of(const RecordId& person) {
    const auto known = names_.find(person);
    if (known != names_.end()) return known->second;
    TRY(auto name, record_title(records_, space_, person, showing_));
    return names_.emplace(person, std::move(name)).first->second;
  }

  Projection& records_;
  std::uint32_t space_;
  const FormatContext& showing_;
  std::map<RecordId, std::string> names_;
};

std::string two_digits(std::int64_t n) { return std::to_string(100 + n).substr(1); }

std::string clock_text(std::int64_t at_ms, int utc_offset_min) {
  const auto minutes = at_ms / 60'000 - (at_ms % 60'000 < 0 ? 1 : 0) + utc_offset_min;
  const auto of_day = (minutes % 1440 + 1440) % 1440;
  return two_digits(of_day / 60) + "." + two_digits(of_day % 60);
}

// What one has to know beside the names: cancelled, who waits, who did not come, substitutes.
std::string remarks_of(const RosterNight& night, bool for_public, Language language) {
  std::string out;
  const auto say = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  if (!night.shift.cancelled.empty())
    say(std::string(pick(language, "dibatalkan: ", "cancelled: ")) + night.shift.cancelled);
  if (for_public) return out;
  for (const auto& one : night.people) {
    if (one.signup.waiting) say(one.name + std::string(pick(language, " menunggu", " is waiting")));
    if (!one.attendance.empty()) say(one.name + " " + one.attendance);
    if (!one.replaces.empty())
      say(one.name + std::string(pick(language, " menggantikan ", " stands in for ")) +
          one.replaces);
  }
  return out;
}

TableRow row_of(const RosterNight& night, const FormatContext& showing, bool for_public) {
  TableRow out{DateCell{date_of_day(night.shift.day)},
               std::string(weekday_word(weekday_of(night.shift.day), showing.language)),
               hours_text(night.shift.hours, showing.utc_offset_min), night.shift.place};
  if (!for_public) {
    std::string names;
    for (const auto& one : night.people)
      if (!one.signup.waiting) names += (names.empty() ? "" : ", ") + one.name;
    out.emplace_back(std::move(names));
  }
  out.emplace_back(NumberCell{night.joined * 1000});
  out.emplace_back(NumberCell{night.open * 1000});
  out.emplace_back(remarks_of(night, for_public, showing.language));
  return out;
}

}  // namespace

Result<RosterList> roster_list(Projection& records, std::uint32_t space, const RecordId& activity,
                               const RosterDays& days, const FormatContext& showing) {
  return Lister(records, space, showing).run(activity, days);
}

Result<Table> roster_table(Projection& records, std::uint32_t space, const RecordId& activity,
                           const RosterDays& days, const FormatContext& showing,
                           const RosterOptions& options) {
  TRY(const auto list, roster_list(records, space, activity, days, showing));
  Table table;
  table.title = std::string(pick(showing.language, "Jadwal ", "Roster: ")) + list.name;
  table.columns = {{"Tanggal", "Date", "#date+start", ColumnType::date},
                   {"Hari", "Day", ""},
                   {"Jam", "Hours", ""},
                   {"Tempat", "Place", "#loc+name"}};
  if (!options.for_public)
    table.columns.push_back({"Petugas", "On duty", "", ColumnType::text, 50});
  table.columns.push_back({"Jumlah", "Joined", "", ColumnType::number});
  table.columns.push_back({"Kosong", "Open", "", ColumnType::number});
  table.columns.push_back({"Keterangan", "Remarks", "", ColumnType::text, 40});
  std::vector<TableRow> rows;
  std::size_t drafts = 0;
  for (const auto& night : list.nights) {
    const bool hidden = options.for_public && !night.shift.published;
    drafts += hidden ? 1 : 0;
    if (!hidden) rows.push_back(row_of(night, showing, options.for_public));
  }
  if (drafts > 0)
    table.notes = {std::to_string(drafts) +
                   std::string(pick(showing.language, " jadwal belum diumumkan, jadi tidak ikut.",
                                    " shifts are not published yet and left out."))};
  table.rows = rows_of(std::move(rows));
  return table;
}

std::string hours_text(const Hours& hours, int utc_offset_min) {
  return clock_text(hours.from_ms, utc_offset_min) + "\u2013" +
         clock_text(hours.to_ms, utc_offset_min);
}

std::string night_text(std::int64_t day, Language language) {
  return std::string(weekday_word(weekday_of(day), language)) + ", " +
         format_date(date_of_day(day), language);
}

}  // namespace rukun
