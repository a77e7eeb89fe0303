#include "app/ui/plural.h"

#include <optional>

namespace rukun::ui {
namespace {

constexpr std::size_t kMostForms = 6;  // Arabic has as many
constexpr std::size_t kLongestRule = 512;
constexpr int kDeepest = 32;
constexpr std::uint64_t kNumbersTried = 1000;  // no rule known looks further than n % 100

using Number = std::optional<std::uint64_t>;  // none: the expression is none

// Works an expression out while reading it; both branches of a choice are read. A rule is a few
// dozen letters, so that nothing is gained by keeping it in another shape.
class Evaluation {
 public:
  Evaluation(std::string_view text, std::uint64_t n) : left_(text), n_(n) {}

  Number whole() {
    const Number out = choice();
    blanks();
    return left_.empty() ? out : std::nullopt;
  }

 private:
  struct Operator {
    std::string_view sign;
    int level;
    Number (*apply)(std::uint64_t, std::uint64_t);
  };
  static constexpr int kLevels = 6;

  // Longer signs first, so that "<=" is not read as "<".
  static const Operator* operators_begin() {
    static constexpr Operator kOperators[] = {
        {"||", 0, [](auto a, auto b) { return Number(a != 0 || b != 0); }},
        {"&&", 1, [](auto a, auto b) { return Number(a != 0 && b != 0); }},
        {"==", 2, [](auto a, auto b) { return Number(a == b); }},
        {"!=", 2, [](auto a, auto b) { return Number(a != b); }},
        {"<=", 3, [](auto a, auto b) { return Number(a <= b); }},
        {">=", 3, [](auto a, auto b) { return Number(a >= b); }},
        {"<", 3, [](auto a, auto b) { return Number(a < b); }},
        {">", 3, [](auto a, auto b) { return Number(a > b); }},
        {"+", 4, [](auto a, auto b) { return Number(a + b); }},
        {"-", 4, [](auto a, auto b) { return Number(a - b); }},
        {"*", 5, [](auto a, auto b) { return Number(a * b); }},
        {"/", 5, [](auto a, auto b) { return b == 0 ? Number() : Number(a / b); }},
        {"%", 5, [](auto a, auto b) { return b == 0 ? Number() : Number(a % b); }},
        {"", kLevels, nullptr}};
    return kOperators;
  }

  void blanks() {
    while (!left_.empty() && (left_.front() == ' ' || left_.front() == '\t'))
      left_.remove_prefix(1);
  }
  bool take(std::string_view sign) {
    blanks();
    if (left_.substr(0, sign.size()) != sign) return false;
    left_.remove_prefix(sign.size());
    return true;
  }
  const Operator* take_operator(int level) {
    blanks();
    for (const Operator* one = operators_begin(); one->apply != nullptr; ++one) {
      if (left_.substr(0, one->sign.size()) != one->sign) continue;
      if (one->level != level) return nullptr;
      left_.remove_prefix(one->sign.size());
      return one;
    }
    return nullptr;
  }

  Number choice() {
    if (++depth_ > kDeepest) return std::nullopt;
    Number out = binary(0);
    if (out && take("?")) {
      const Number yes = choice();
      const Number no = take(":") ? choice() : std::nullopt;
      out = !yes || !no ? std::nullopt : *out != 0 ? yes : no;
    }
    --depth_;
    return out;
  }
  Number binary(int level) {
    if (level == kLevels) return primary();
    Number out = binary(level + 1);
    while (out) {
      const Operator* found = take_operator(level);
      if (found == nullptr) break;
      const Number right = binary(level + 1);
      out = right ? found->apply(*out, *right) : std::nullopt;
    }
    return out;
  }
  Number primary() {
    if (take("!")) {
      if (++depth_ > kDeepest) return std::nullopt;
      const Number negated = primary();
      --depth_;
      return negated ? Number(*negated == 0) : negated;
    }
    if (take("(")) {
      const Number inner = choice();
      return take(")") ? inner : std::nullopt;
    }
    if (take("n")) return n_;
    std::uint64_t out = 0;
    std::size_t digits = 0;
    for (; !left_.empty() && left_.front() >= '0' && left_.front() <= '9' && digits < 9; ++digits) {
      out = out * 10 + static_cast<std::uint64_t>(left_.front() - '0');
      left_.remove_prefix(1);
    }
    return digits == 0 ? Number() : Number(out);
  }

  std::string_view left_;
  std::uint64_t n_;
  int depth_ = 0;
};

}  // namespace

Result<PluralRule> PluralRule::parse(std::string_view rule) {
  const auto bad = [] {
    return error(Code::damaged,
                 "Plural-Forms has to read like \"nplurals=2; plural=(n != 1);\", and to name no "
                 "form beyond nplurals");
  };
  constexpr std::string_view kForms = "nplurals=", kPlural = "plural=";
  const std::size_t forms = rule.find(kForms), end = rule.find(';');
  const std::size_t plural = end == std::string_view::npos ? end : rule.find(kPlural, end);
  if (rule.size() > kLongestRule || forms != 0 || plural == std::string_view::npos) return bad();
  const std::string_view count = rule.substr(kForms.size(), end - kForms.size());
  if (count.size() != 1 || count[0] < '1' || count[0] > '0' + static_cast<char>(kMostForms))
    return bad();
  std::string_view expression = rule.substr(plural + kPlural.size());
  expression = expression.substr(0, expression.find(';'));
  PluralRule out;
  out.forms_ = static_cast<std::size_t>(count[0] - '0');
  out.expression_ = expression;
  for (std::uint64_t n = 0; n <= kNumbersTried; ++n) {
    const Number form = Evaluation(expression, n).whole();
    if (!form || *form >= out.forms_) return bad();
  }
  return out;
}

std::size_t PluralRule::form(std::uint64_t n) const {
  const Number form = Evaluation(expression_, n).whole();
  return form && *form < forms_ ? static_cast<std::size_t>(*form) : 0;
}

}  // namespace rukun::ui
