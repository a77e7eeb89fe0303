#pragma once
// What went wrong, in the reader's language. Errors are made in English where they happen, in rooms
// that know no reader; where they are shown they are said again from a table of sentences with
// places for names and numbers. What the table does not know stays as it is: rules and commands
// speak the reader's language already. Pure; any thread.

#include <span>
#include <string>
#include <string_view>

#include "app/domain/language.h"
#include "app/domain/rules/phrase.h"
#include "platform/base/result.h"

namespace rukun {

struct ErrorWords {
  std::string_view english;     // "cannot open %1": %1 to %9 stand for anything
  std::string_view indonesian;  // with the same places, in any order
};

std::span<const ErrorWords> error_words_of_files();
std::span<const ErrorWords> error_words_of_neighbors();

Error said_in(Language language, Error error);
std::string said_in(Language language, std::string_view sentence);
Phrase said_in_both(std::string_view sentence);

}  // namespace rukun
