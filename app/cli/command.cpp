#include "app/cli/command.h"

#include "platform/base/check.h"

namespace rukun::cli {

const std::string& Arguments::at(std::string_view name) const {
  static const std::string kNothing;
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? kNothing : found->second.front();
}

const std::vector<std::string>& Arguments::all(std::string_view name) const {
  static const std::vector<std::string> kNothing;
  const auto found = values_.find(name);
  return found == values_.end() ? kNothing : found->second;
}

std::optional<std::string_view> Arguments::find(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

const Commands& all_commands() {
  static const Commands kAll = [] {
    Commands all;
    for (auto& group :
         {key_commands(),   space_commands(),    member_commands(),   record_commands(),
          erase_commands(), list_commands(),     aid_commands(),      same_as_commands(),
          duty_commands(),  roster_commands(),   decision_commands(), exchange_commands(),
          lan_commands(),   progress_commands(), import_commands(),   report_commands(),
          recap_commands(), receipt_commands(),  publish_commands(),  care_commands(),
          batch_commands(), demo_commands(),     bench_commands()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return kAll;
}

}  // namespace rukun::cli
