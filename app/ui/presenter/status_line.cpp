#include "app/ui/presenter/status_line.h"

#include <algorithm>
#include <utility>

namespace rukun::ui {

void StatusLine::fill() {
  ShellView& shell = desk_.now.shell;
  shell.member = desk_.engine().my_name();
  shell.neighborhood = desk_.has_space() ? desk_.space().name : std::string();
  for (const auto& notice : desk_.engine().take_notices())
    shell.refused = notice.in(desk_.language());
  if (!desk_.has_space()) {
    shell.refused = desk_.speaking().words.tr("refused.no_space");
    return;
  }
  if (shell.neighborhood.empty()) shell.neighborhood = desk_.space().id.hex().substr(0, 8);
  if (std::exchange(filled_at_, desk_.glance()) == desk_.glance()) return;
  // What cannot be read is not shown as if nothing waited to be carried on.
  const auto status = desk_.engine().status(desk_.space().id);
  if (!status) return desk_.refuse(status.error());
  const std::string failed = shell.status.failed;
  shell.status = StatusView();
  shell.status.failed = failed;
  shell.status.unsent = status->unsent;
  const auto latest =
      std::max_element(status->reached.begin(), status->reached.end(),
                       [](const auto& a, const auto& b) { return a.last < b.last; });
  if (latest != status->reached.end()) {
    shell.status.unsent_to = latest->name;
    shell.status.last_exchange = latest->name + ", " + when_words(latest->last, desk_.speaking());
  } else {
    // What lies on a stick has reached nobody, and yet something was done.
    const auto& history = desk_.now.exchange.history;
    if (!history.empty())
      shell.status.last_exchange = history.front().place + ", " + history.front().when;
  }
  shell.status.unsent_acts = status->unsent_acts;
  if (status->oldest_unsent) {
    const std::string when = when_words(*status->oldest_unsent, desk_.speaking());
    shell.status.unsent_age = desk_.speaking().words.tr("age.since", {{"when", when}});
  }
  if (const auto conflicts = desk_.engine().records().in_conflict(desk_.space().number))
    shell.to_decide = conflicts->size();
  else
    desk_.refuse(conflicts.error());
  const auto spaces = desk_.engine().spaces();
  shell.has_recap = spaces.size() > 1 ||
                    std::any_of(spaces.begin(), spaces.end(),
                                [](const auto& one) { return one.role == rukun::Role::office; });
}

}  // namespace rukun::ui
