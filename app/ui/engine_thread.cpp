#include "app/ui/engine_thread.h"

#include <chrono>

namespace rukun::ui {
namespace {

constexpr auto kIdleEvery = std::chrono::seconds(1);

// A search that another search follows need not be answered: only the last letter typed counts.
bool superseded(const Command& earlier, const Command& later) {
  if (earlier.index() != later.index()) return false;
  return std::holds_alternative<SearchNeeds>(earlier) ||
         std::holds_alternative<SearchOffers>(earlier) ||
         std::holds_alternative<SearchVolunteers>(earlier) ||
         std::holds_alternative<AskPeople>(earlier) || std::holds_alternative<AskItems>(earlier) ||
         std::holds_alternative<AskVolunteers>(earlier) ||
         std::holds_alternative<ShowRows>(earlier);
}

}  // namespace

EngineThread::EngineThread(Presenter& presenter, std::function<void()> wake)
    : presenter_(presenter), wake_(std::move(wake)), latest_(presenter.views()) {
  presenter_.on_change([this] { hand_over(); });
  thread_ = std::thread([this] { run(); });
}

EngineThread::~EngineThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  something_to_do_.notify_one();
  thread_.join();
  presenter_.on_change({});
}

void EngineThread::post(Command command) {
  {
    const std::lock_guard lock(mutex_);
    if (!posted_.empty() && superseded(posted_.back(), command))
      posted_.back() = std::move(command);
    else
      posted_.push_back(std::move(command));
  }
  something_to_do_.notify_one();
}

std::shared_ptr<const Views> EngineThread::latest() {
  const std::lock_guard lock(mutex_);
  return latest_;
}

void EngineThread::hand_over() {
  {
    const std::lock_guard lock(mutex_);
    latest_ = presenter_.views();
  }
  if (wake_) wake_();
}

void EngineThread::run() {
  bool more = false;
  for (;;) {
    std::optional<Command> next;
    {
      std::unique_lock lock(mutex_);
      const auto ready = [this] { return stopping_ || !posted_.empty(); };
      if (!more) something_to_do_.wait_for(lock, kIdleEvery, ready);
      if (posted_.empty() && stopping_) return;
      if (!posted_.empty()) {
        next = std::move(posted_.front());
        posted_.pop_front();
      }
    }
    if (next)
      presenter_.execute(*next);
    else
      more = presenter_.idle();
  }
}

}  // namespace rukun::ui
