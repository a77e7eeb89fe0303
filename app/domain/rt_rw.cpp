#include "app/domain/rt_rw.h"

namespace rukun {
namespace {

constexpr std::int64_t kMostOfAKind = 999;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The number behind a mark that begins a word, with or without a space between.
std::optional<std::int64_t> number_after(std::string_view name, std::string_view mark) {
  auto found = name.find(mark);
  while (found != name.npos && found > 0 && is_letter(name[found - 1]))
    found = name.find(mark, found + 1);
  if (found == name.npos) return std::nullopt;
  name.remove_prefix(found + mark.size());
  while (!name.empty() && (name.front() == ' ' || name.front() == '.')) name.remove_prefix(1);
  std::int64_t number = 0;
  for (; !name.empty() && name.front() >= '0' && name.front() <= '9'; name.remove_prefix(1)) {
    number = number * 10 + (name.front() - '0');
    if (number > kMostOfAKind) return std::nullopt;
  }
  return number > 0 ? std::optional(number) : std::nullopt;
}

}  // namespace

RtRw rt_rw_in(std::string_view name) {
  return {number_after(name, "RT"), number_after(name, "RW")};
}

}  // namespace rukun
