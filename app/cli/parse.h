#pragma once
// From words of a command line to a command with its arguments, or help to print. A wrong command
// line is bad_value with what was expected. One thread.

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/cli/command.h"

namespace rukun::cli {

// What stands before or after any command.
struct Globals {
  std::string home;
  std::string profile;
  std::string space;
  std::string passphrase_file;
  bool json = false;
  bool quiet = false;
  Language language = Language::id;
};

struct Call {
  Globals globals;
  const Command* command = nullptr;
  Arguments arguments;
};
struct Help {
  std::string text;  // for stdout; also the version
};
using Parsed = std::variant<Call, Help>;

// `globals` are the ones from the environment; options replace them.
Result<Parsed> parse_program(const std::vector<std::string>& words, Globals globals);
// A line of a batch: one command, of the options only --space.
Result<Call> parse_line(const std::vector<std::string>& words, Globals globals);

// A line as a shell would split it: quotes, backslashes, # comments. bad_value for a quote that
// does not end.
Result<std::vector<std::string>> split_words(std::string_view line);

// How --json, --quiet and --lang stand, also in a command line that cannot be read otherwise.
Globals peek_globals(const std::vector<std::string>& words, Globals globals);

}  // namespace rukun::cli
