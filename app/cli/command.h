#pragma once
// Commands as data: what they are called, what they take, what they do in both languages, and the
// function that does it. The parser, the help and `batch` read the same declarations. Constant; one
// file of commands per subject.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/output.h"

namespace rukun::cli {

class Session;

struct Param {
  enum Shape : std::uint8_t { one, many, flag };
  std::string_view name;  // "KIND" is a place, "--out" an option
  Shape shape = one;
  bool required = false;
  std::string_view id;  // what it is
  std::string_view en;

  bool is_option() const { return name.starts_with("--"); }
  std::string_view text(Language language) const { return pick(language, id, en); }
};

// What was given, by the names of the declaration.
class Arguments {
 public:
  bool has(std::string_view name) const { return values_.find(name) != values_.end(); }
  // The only value; empty when it was not given.
  const std::string& at(std::string_view name) const;
  const std::vector<std::string>& all(std::string_view name) const;
  std::optional<std::string_view> find(std::string_view name) const;

  void set(std::string_view name, std::vector<std::string> values) {
    values_.insert_or_assign(std::string(name), std::move(values));
  }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

struct Command {
  std::string_view name;   // "invite create"
  std::string_view takes;  // "--role ROLE --out FILE [--open]"
  std::string_view id;     // what it does
  std::string_view en;
  std::vector<Param> params;
  Status (*run)(Session&, const Arguments&, Output&) = nullptr;
  bool in_batch = true;  // false: it opens or makes profiles of its own

  std::string usage() const { return std::string(name) + ' ' + std::string(takes); }
};

using Commands = std::vector<Command>;
const Commands& all_commands();  // in the order of the help

// By subject.
Commands key_commands();
Commands space_commands();
Commands member_commands();
Commands record_commands();
Commands erase_commands();
Commands list_commands();
Commands aid_commands();
Commands same_as_commands();
Commands duty_commands();
Commands roster_commands();
Commands decision_commands();
Commands exchange_commands();
Commands lan_commands();
Commands progress_commands();
Commands import_commands();
Commands report_commands();
Commands recap_commands();
Commands publish_commands();
Commands receipt_commands();
Commands care_commands();
Commands batch_commands();
Commands demo_commands();
Commands bench_commands();

}  // namespace rukun::cli
