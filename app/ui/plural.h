#pragma once
// Which form of a sentence belongs to a number, by the rule that a .po file declares in its
// header: "nplurals=2; plural=(n != 1);". The expressions are those of the gettext manual ("Plural
// forms"): C's conditional, logical, comparing and arithmetic operators over n. Read with bounds;
// a rule is refused when it names a form that does not exist. Immutable. Any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace rukun::ui {

class PluralRule {
 public:
  PluralRule() = default;  // one form for every number, as in Indonesian
  static Result<PluralRule> parse(std::string_view rule);

  std::size_t forms() const { return forms_; }
  std::size_t form(std::uint64_t n) const;

 private:
  std::size_t forms_ = 1;
  std::string expression_ = "0";
};

}  // namespace rukun::ui
