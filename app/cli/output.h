#pragma once
// What a command says: lines for people, or one JSON document, never both on stdout; remarks and
// failures go to stderr. Nothing reaches stdout before there are some kilobytes or the command is
// over, so that a command that fails at its start prints an error and nothing else. One thread.

#include <memory>
#include <string>

#include "app/cli/json.h"
#include "app/domain/error_words.h"
#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun::cli {

// The exit statuses of interface.md.
enum Exit : int { kDone = 0, kNotDone = 1, kWrongInput = 2, kLocked = 3, kRefused = 4, kBusy = 5 };
int exit_of(Code code);

struct OutputMode {
  bool json = false;
  bool quiet = false;
  Language language = Language::id;
};

class Output {
 public:
  // `out` and `err` take what goes to stdout and stderr.
  Output(OutputMode mode, TextOut out, TextOut err);

  bool json() const { return mode_.json; }
  Language language() const { return mode_.language; }
  std::string_view pick(std::string_view id, std::string_view en) const {
    return rukun::pick(mode_.language, id, en);
  }

  Json& document() { return json_; }  // with --json only
  // For people, nothing with --json; what neighbors wrote cannot drive the terminal.
  void line(std::string_view text);
  void raw(std::string_view text);     // a file's content on stdout
  void remark(std::string_view text);  // to stderr, unless --quiet
  // Something was refused though the rest was done: the command ends with this status.
  void ends_with(Exit exit) { exit_ = exit; }

  // The command is over: prints the failure, if it is one; the exit status.
  int finish(const Status& status);

 private:
  void write(std::string_view text);

  OutputMode mode_;
  TextOut out_;
  TextOut err_;
  std::string held_;
  bool flowing_ = false;  // something has reached stdout
  int exit_ = kDone;
  Json json_;
};

// {"code","message","hint"}
void print_error(Json& json, const Error& error, Language language);
// One line for people.
std::string sentence(const Error& error, Language language);

}  // namespace rukun::cli
