#pragma once
// Times as people say them ("hari ini pukul 09.12", "2 jam lalu") and quantities with their unit.
// Pure; the present is an argument.

#include <string>
#include <string_view>

#include "app/domain/error_words.h"
#include "app/domain/language.h"
#include "app/ui/i18n.h"
#include "platform/base/time.h"

namespace rukun::ui {

struct Speaking {
  const Translator& words;
  Language language = Language::id;
  int utc_offset_min = 7 * 60;
  WallTime now;
};

std::string clock_words(WallTime at, const Speaking& how);  // "09.12"
// "pukul 22.00–04.00"
std::string hours_words(WallTime from, WallTime until, const Speaking& how);
std::string when_words(WallTime at, const Speaking& how);  // today, yesterday, else the date
std::string age_words(WallTime at, const Speaking& how);   // "2 jam lalu"
// As a sentence on a screen begins: the engine's, which also stand inside others, do not.
std::string capitalized(std::string words);
// What went wrong and what to do next.
std::string error_words(const Error& error, const Speaking& how);
std::string day_words(WallTime at, const Speaking& how);  // "Sabtu, 22 November 2025"
std::string quantity_words(std::int64_t thousandths, std::string_view unit, const Speaking& how);
// As a number field is prefilled: "2,5", never grouped, so that it is read back as it is.
std::string typed_words(std::int64_t thousandths);

}  // namespace rukun::ui
