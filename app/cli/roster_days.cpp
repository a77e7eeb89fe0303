#include "app/cli/roster_days.h"

#include "app/cli/records.h"
#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/schema.h"

namespace rukun::cli {

Result<FoundRecord> read_activity(Session& session, const Arguments& given) {
  namespace a = fields::activity;
  if (given.has("--activity")) return record_of(session, given.at("--activity"), a::kKind);
  TRY(const auto space, session.space());
  TRY(auto* engine, session.engine());
  TRY(const auto rows, engine->records().rows({.kind = a::kKind, .spaces = {space.number}}));
  std::string choices;
  std::optional<FoundRecord> found;
  std::size_t count = 0;
  for (const auto& row : rows) {
    if (roster_turns(row) == RosterTurns::nobody) continue;
    ++count;
    found = FoundRecord{space, row.id, find_kind(a::kKind), row.life};
    choices +=
        (choices.empty() ? "" : ", ") + row.id.hex().substr(0, 8) + " " + text_in(row, a::kName);
  }
  if (count == 1) return std::move(*found);
  if (count > 1)
    return error(Code::ambiguous,
                 std::string(session.pick("kegiatan yang mana? Sebutkan dengan --activity",
                                          "which activity? Say it with --activity")),
                 choices);
  return error(Code::not_found,
               std::string(session.pick("belum ada kegiatan dengan giliran",
                                        "there is no activity with turns yet")),
               "rukunctl add activity name=Ronda type=ronda default_slots=4");
}

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
