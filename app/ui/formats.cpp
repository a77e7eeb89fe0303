#include "app/ui/formats.h"

#include <algorithm>
#include <cstdio>

#include "app/domain/units.h"
#include "app/domain/values.h"

namespace rukun::ui {
namespace {

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kHour_ms = 60 * kMinute_ms;
constexpr std::int64_t kDay_ms = 24 * kHour_ms;

std::int64_t local_ms(WallTime at, const Speaking& how) {
  return at.ms + how.utc_offset_min * kMinute_ms;
}

std::int64_t local_day(WallTime at, const Speaking& how) {
  const std::int64_t ms = local_ms(at, how);
  return ms >= 0 ? ms / kDay_ms : (ms - kDay_ms + 1) / kDay_ms;
}

}  // namespace

std::string capitalized(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

std::string error_words(const Error& error, const Speaking& how) {
  auto said = said_in(how.language, error);
  // The message is a sentence of its own here, and so is the hint.
  const std::string what = capitalized(std::move(said.message));
  if (said.hint.empty()) return what;
  return how.words.tr("refused.next",
                      {{"what", what}, {"hint", capitalized(std::move(said.hint))}});
}

std::string clock_words(WallTime at, const Speaking& how) {
  const std::int64_t minutes = (local_ms(at, how) - local_day(at, how) * kDay_ms) / kMinute_ms;
  char text[16];
  std::snprintf(text, sizeof text, how.language == Language::en ? "%02d:%02d" : "%02d.%02d",
                static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  return text;
}

std::string hours_words(WallTime from, WallTime until, const Speaking& how) {
  return (how.language == Language::en ? "" : "pukul ") + clock_words(from, how) + "–" +
         clock_words(until, how);
}

std::string when_words(WallTime at, const Speaking& how) {
  const std::int64_t days = local_day(how.now, how) - local_day(at, how);
  const std::string time = clock_words(at, how);
  if (days == 0) return how.words.tr("when.today", {{"time", time}});
  if (days == 1) return how.words.tr("when.yesterday", {{"time", time}});
  return format_instant(at, how.utc_offset_min, how.language);
}

std::string age_words(WallTime at, const Speaking& how) {
  const std::int64_t past = std::max<std::int64_t>(0, how.now.ms - at.ms);
  const auto counted = [&](std::int64_t n) { return std::to_string(n); };
  if (past < kMinute_ms) return how.words.tr("age.now");
  if (past < kHour_ms) return how.words.tr("age.minutes", {{"n", counted(past / kMinute_ms)}});
  const std::int64_t days = local_day(how.now, how) - local_day(at, how);
  if (days <= 0 || past < 12 * kHour_ms)
    return how.words.tr("age.hours", {{"n", counted(past / kHour_ms)}});
  if (days == 1) return how.words.tr("age.yesterday");
  return how.words.tr("age.days", {{"n", counted(days)}});
}

std::string day_words(WallTime at, const Speaking& how) {
  static constexpr const char* kIndonesian[] = {"Senin", "Selasa", "Rabu",  "Kamis",
                                                "Jumat", "Sabtu",  "Minggu"};
  static constexpr const char* kEnglish[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                             "Friday", "Saturday", "Sunday"};
  // 1970-01-01 was a Thursday.
  const std::int64_t day = local_day(at, how);
  const auto weekday = static_cast<std::size_t>(((day + 3) % 7 + 7) % 7);
  const std::string name = how.language == Language::en ? kEnglish[weekday] : kIndonesian[weekday];
  return name + ", " + format_date(date_number(civil_from_days(day)), how.language);
}

std::string quantity_words(std::int64_t thousandths, std::string_view unit, const Speaking& how) {
  const std::string number = format_thousandths(thousandths, how.language);
  return unit.empty() ? number : number + " " + unit_word(unit, how.language, thousandths);
}

std::string typed_words(std::int64_t thousandths) {
  std::string text = decimal_text(thousandths);
  std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

}  // namespace rukun::ui
