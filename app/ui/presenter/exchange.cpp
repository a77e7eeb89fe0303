// Tukar data with a stick or a folder.
#include "app/ui/presenter/exchange.h"

#include <set>

#include "app/engine/folder_watch.h"
#include "app/ui/presenter/places.h"
#include "app/ui/presenter/receipts.h"

namespace rukun::ui {
namespace {

// Tells the picture how far an exchange is, and the exchange whether somebody wants it to end.
class ProgressTeller final : public FolderWatch {
 public:
  explicit ProgressTeller(Desk& desk)
      : desk_(desk), view_(desk.now.exchange), clock_(desk.setup().clock), how_(desk.speaking()) {}

  bool goes_on(const FolderProgress& progress) override {
    const auto now_ms = clock_.steady_ms();
    if (!since_ms_ || writing_ != progress.writing) {
      since_ms_ = now_ms;
      told_ms_.reset();
    }
    writing_ = progress.writing;
    view_.stopping = desk_.is_stopped();
    if (told_ms_ && now_ms - *told_ms_ < kTellEvery_ms && !view_.stopping) return true;
    told_ms_ = now_ms;
    view_.fraction = progress.total == 0
                         ? 1.0F
                         : static_cast<float>(progress.done) / static_cast<float>(progress.total);
    view_.progress = words(progress, now_ms - *since_ms_);
    desk_.publish();
    return !desk_.is_stopped();
  }

 private:
  static constexpr std::int64_t kTellEvery_ms = 200;
  static constexpr std::int64_t kGuessAfter_ms = 2000;

  std::string words(const FolderProgress& progress, std::int64_t elapsed_ms) const {
    std::string out = how_.words.tr(progress.writing ? "exchange.writing" : "exchange.reading",
                                    {{"done", megabytes_words(progress.done, how_.language)},
                                     {"total", megabytes_words(progress.total, how_.language)}});
    if (elapsed_ms < kGuessAfter_ms || progress.done == 0) return out;
    const double rest =
        static_cast<double>(progress.total - progress.done) / static_cast<double>(progress.done);
    const auto left_s =
        static_cast<std::int64_t>(static_cast<double>(elapsed_ms) * rest / 1000) + 1;
    const bool minutes = left_s > 90;
    return out + " · " +
           how_.words.tr(minutes ? "exchange.minutes_left" : "exchange.seconds_left",
                         {{"n", std::to_string(minutes ? (left_s + 59) / 60 : left_s)}});
  }

  Desk& desk_;
  ExchangeView& view_;
  const Clock& clock_;
  Speaking how_;
  std::optional<std::int64_t> since_ms_;
  std::optional<std::int64_t> told_ms_;
  bool writing_ = false;
};

// Everybody who is a member now.
std::set<MemberId> members_now(Desk& desk) {
  std::set<MemberId> out;
  const auto authority = desk.has_space() ? desk.engine().authority(desk.space().id)
                                          : Result<const Authority*>(error(Code::not_found, ""));
  if (!authority) return out;
  for (const Member& member : (*authority)->members)
    if (!member.removed) out.insert(member.id);
  return out;
}

void tell_joined(Desk& desk, const std::set<MemberId>& before, ExchangeReceipt& receipt) {
  const auto authority = desk.has_space() ? desk.engine().authority(desk.space().id)
                                          : Result<const Authority*>(error(Code::not_found, ""));
  if (!authority || before.empty()) return;
  for (const MemberId& id : members_now(desk)) {
    const Member* member = before.count(id) != 0 ? nullptr : (*authority)->find(id);
    if (member != nullptr) receipt.joined.push_back(member->name);
  }
}

void exchange_with(Desk& desk, const std::string& folder) {
  ExchangeView& view = desk.now.exchange;
  const Speaking how = desk.speaking();
  const bool stick = is_stick(desk, folder);
  const auto members = members_now(desk);
  std::string place = Path(folder).filename().string();
  if (place.empty()) place = folder;
  view.running = true;
  view.fraction = -1;
  view.stopping = false;
  desk.begin_work();
  view.failed.clear();
  view.receipt.reset();
  view.progress = how.words.tr("exchange.copying");
  desk.now.screen = Screen::exchange;
  desk.publish();
  ProgressTeller watch(desk);
  const auto done = sync_folder(desk.engine(), Path(folder), watch);
  view.running = false;
  if (!done) {
    const bool pulled = stick && !is_stick(desk, folder);
    view.failed = pulled ? how.words.tr("exchange.pulled", {{"place", place}})
                         : error_words(done.error(), how);
    return;
  }
  ExchangeReceipt receipt = receipt_of(desk, done->report);
  receipt.stopped = done->stopped;
  receipt.place = place;
  receipt.stick = stick;
  tell_joined(desk, members, receipt);
  note_exchange(desk, place, done->report);
  const bool member = desk.has_space() && desk.space().role.has_value();
  if (member && desk.space().role != rukun::Role::head) {
    if (const auto status = desk.engine().status(desk.space().id))
      receipt.newcomer = status->unsent == 0 && status->unsent_acts > 0;
    else
      desk.refuse(status.error());
  }
  view.receipt = std::move(receipt);
  // A stick shows itself while it is there; the folder that it leaves behind when it is pulled is
  // on this laptop's own disk.
  if (!stick) {
    desk.now.folder = folder;
    if (const auto kept = desk.engine().local().set_setting("last_folder", folder); !kept)
      desk.refuse(kept.error());
  }
  desk.wrote();
}

}  // namespace

std::optional<Status> run_exchange(Desk& desk, const Command& command) {
  if (const auto* place = std::get_if<ExchangeWith>(&command)) {
    exchange_with(desk, place->folder);
  } else if (std::get_if<StopWork>(&command)) {
    desk.stop_work();
  } else if (std::get_if<CloseReceipt>(&command)) {
    desk.now.exchange.receipt.reset();
    desk.now.exchange.failed.clear();
  } else {
    return std::nullopt;
  }
  return Status();
}

}  // namespace rukun::ui
