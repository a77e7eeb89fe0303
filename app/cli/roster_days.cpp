#include "app/cli/roster_days.h"

#include "app/domain/fold.h"

namespace rukun::cli {

Result<std::int64_t> read_count_option(Session& session, const Arguments& given,
                                       std::string_view option, std::int64_t most,
                                       std::int64_t otherwise) {
  const auto text = given.find(option);
  if (!text) return otherwise;
  std::int64_t out = 0;
  bool fine = !text->empty() && text->size() < 6;
  for (const char c : *text) {
    fine = fine && is_digit(c);
    if (!fine) break;
    out = out * 10 + (c - '0');
  }
  if (fine && out >= 1 && out <= most) return out;
  return error(Code::bad_value, std::string(option) + ": " + std::string(*text),
               std::string(session.pick("1 sampai ", "1 to ")) + std::to_string(most));
}

Result<RosterDays> read_days(Session& session, const Arguments& given, std::int64_t usual_weeks) {
  RosterDays out;
  TRY(const auto weeks,
      read_count_option(session, given, "--weeks", kMostRosterWeeks, usual_weeks));
  out.count = weeks * 7;
  const auto reading = session.reading({});
  out.first = day_at(reading.now, reading.utc_offset_min);
  const auto text = given.find("--from");
  if (!text) return out;
  const FieldSpec date{
      .name = "--from", .label_id = "Tanggal", .label_en = "Date", .type = FieldType::date};
  TRY(const auto value, parse_value(date, *text, reading));
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || *number % 100 == 0)
    return error(Code::bad_value, "--from: " + std::string(*text),
                 std::string(session.pick("tanggal lengkap, misalnya 2026-12-01 atau besok",
                                          "a whole date, for example 2026-12-01 or tomorrow")));
  out.first = days_from_civil(civil_of(*number));
  return out;
}

}  // namespace rukun::cli
