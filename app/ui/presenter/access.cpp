#include "app/ui/presenter/access.h"

#include "app/domain/values.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kShownAccesses = 2000;

// "need 1a2b…" by its title, "household" by the kind's label.
std::string subject_words(Desk& desk, const std::string& subject) {
  const auto space = subject.find(' ');
  if (space != std::string::npos) {
    if (const auto id = record_of(std::string_view(subject).substr(space + 1)))
      return desk.title_of(*id);
  }
  const Translator& words = desk.speaking().words;
  if (words.has("report." + subject)) return words.tr("report." + subject);
  const KindSpec* kind = find_kind(std::string_view(subject));
  return kind == nullptr ? subject : std::string(kind->label(desk.language()));
}

}  // namespace

void fill_access(Desk& desk) {
  const auto entries = desk.engine().local().accesses();
  if (!entries) return desk.refuse(entries.error());
  AccessView made;
  const Speaking how = desk.speaking();
  for (auto one = entries->rbegin(); one != entries->rend(); ++one) {
    if (made.rows.size() >= kShownAccesses) break;
    made.rows.push_back({format_instant(one->at, desk.setup().utc_offset_min, how.language),
                         std::string(access_words(one->action, how.language)),
                         subject_words(desk, one->subject), std::to_string(one->rows)});
  }
  desk.now.access = std::move(made);
}

}  // namespace rukun::ui
