#include "app/cli/output.h"

#include "platform/escape.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kHold = 64 * 1024;

}  // namespace

int exit_of(Code code) {
  switch (code) {
    case Code::bad_value: return kWrongInput;
    case Code::locked: return kLocked;
    case Code::damaged:
    case Code::foreign:
    case Code::unsupported: return kRefused;
    case Code::busy: return kBusy;
    case Code::not_found:
    case Code::ambiguous:
    case Code::not_allowed:
    case Code::full:
    case Code::io: return kNotDone;
  }
  return kNotDone;
}

Output::Output(OutputMode mode, TextOut out, TextOut err)
    : mode_(mode),
      out_(std::move(out)),
      err_(std::move(err)),
      json_([this](std::string_view piece) { write(piece); }) {}

void Output::write(std::string_view text) {
  held_ += text;
  if (held_.size() < kHold) return;
  flowing_ = true;
  out_(held_);
  held_.clear();
}

void Output::line(std::string_view text) {
  if (mode_.json) return;
  write(escape_controls(text));
  write("\n");
}

void Output::raw(std::string_view text) { write(text); }

void Output::remark(std::string_view text) {
  if (mode_.quiet) return;
  err_("rukunctl: " + escape_controls(text) + "\n");
}

int Output::finish(const Status& status) {
  if (status) {
    if (mode_.json && (flowing_ || !held_.empty())) write("\n");
    out_(held_);
    held_.clear();
    return exit_;
  }
  if (mode_.json && !flowing_) {
    held_.clear();
    Json failure([this](std::string_view piece) { out_(piece); });
    failure.object().key("error");
    print_error(failure, status.error(), mode_.language);
    failure.end_object();
    out_("\n");
  } else {
    out_(held_);
  }
  err_("rukunctl: " + escape_controls(sentence(status.error(), mode_.language)) + "\n");
  return exit_of(status.error().code);
}

void print_error(Json& json, const Error& error, Language language) {
  const auto said = said_in(language, error);
  json.object().pair("code", name_of(error.code)).pair("message", said.message);
  json.pair("hint", said.hint).end_object();
}

std::string sentence(const Error& error, Language language) {
  const auto said = said_in(language, error);
  return said.hint.empty() ? said.message : said.message + "; " + said.hint;
}

}  // namespace rukun::cli
