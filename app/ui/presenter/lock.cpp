#include "app/ui/presenter/lock.h"

#include <algorithm>

#include "app/domain/memory_words.h"

namespace rukun::ui {
namespace {

constexpr int kMostPinErrors = 5;
constexpr std::size_t kLeastPin = 4;
constexpr std::size_t kMostPin = 12;
constexpr int kUsualLock_minutes = 5;
constexpr int kMostLock_minutes = 60;

bool is_pin(std::string_view text) {
  return text.size() >= kLeastPin && text.size() <= kMostPin &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Status> LockPart::run(const Command& command) {
  if (const auto* minutes = std::get_if<ChooseLockTime>(&command))
    return choose_time(minutes->minutes);
  if (const auto* chosen = std::get_if<SetPin>(&command)) return set_pin(chosen->pin);
  return std::nullopt;
}

void LockPart::forget() {
  pin_ = Secret();
  desk_.now.settings.has_pin = false;
}

bool LockPart::opens(const SecretText& pin) {
  const bool same = equal_secret(view(pin.view()), pin_.view());
  if (!same) ++errors_;
  return same;
}

int LockPart::tries_left() const { return std::max(0, kMostPinErrors - errors_); }

Status LockPart::set_pin(const SecretText& pin) {
  if (!pin.empty() && !is_pin(pin.view()))
    return error(Code::bad_value, desk_.speaking().words.tr("refused.pin"));
  pin_ = pin.empty() ? Secret() : Secret::copy_of(view(pin.view()));
  desk_.now.settings.has_pin = !pin_.empty();
  return {};
}

void LockPart::load() {
  desk_.now.settings.lock_minutes = kUsualLock_minutes;
  const auto kept = desk_.engine().local().setting("lock_minutes");
  if (kept && *kept && (*kept)->size() <= 2) {
    int minutes = 0;
    for (const char c : **kept) minutes = c >= '0' && c <= '9' ? minutes * 10 + (c - '0') : 0;
    if (minutes > 0) desk_.now.settings.lock_minutes = std::min(minutes, kMostLock_minutes);
  }
  desk_.now.settings.has_pin = !pin_.empty();
  desk_.now.settings.memory = memory_warnings(memory_risks(), desk_.language());
}

Status LockPart::choose_time(int minutes) {
  desk_.now.settings.lock_minutes = std::clamp(minutes, 1, kMostLock_minutes);
  return desk_.engine().local().set_setting("lock_minutes",
                                            std::to_string(desk_.now.settings.lock_minutes));
}

}  // namespace rukun::ui
