#pragma once
// A whole laptop for tests of the window's inside: a home in a folder of its own, a real engine
// with cheap keys, and the presenter. Nothing is drawn. Tests only.

#include <map>
#include <memory>
#include <optional>

#include "app/ui/presenter.h"
#include "platform/clock.h"
#include "platform/random.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {

std::map<std::string, ui::Translator> both_languages();

// The time stands still unless a test moves it.
class StillClock final : public Clock {
 public:
  WallTime now() const override { return {1'796'000'000'000 + moved_ms_}; }
  std::int64_t steady_ms() const override { return moved_ms_; }
  void move(std::int64_t ms) { moved_ms_ += ms; }

 private:
  std::int64_t moved_ms_ = 0;
};

class Laptop {
 public:
  // Meets others only with a network; then a clock that goes is needed too.
  // `vfs`: a simulated disk under its vault. `lists`: how they are cut into pieces.
  explicit Laptop(std::uint64_t seed = 1, ui::Nearby::Open network = {}, Clock* clock = nullptr,
                  std::string vfs = {}, ui::ListSizes lists = {});

  ui::Presenter& presenter() { return *presenter_; }
  StillClock& clock() { return clock_; }
  const std::string& passphrase() const { return passphrase_; }
  std::filesystem::path folder() const { return folder_.path(); }

  // Through the first run as a head of RT 003/RW 007 Sukamaju.
  void begin(const std::string& name);
  void join(const std::string& name, const std::string& file, const std::string& code);
  void add_need(const std::string& who, const std::string& item, const std::string& quantity,
                const std::string& unit);
  void add_offer(const std::string& giver, const std::string& item, const std::string& quantity,
                 const std::string& unit);
  // A record of any kind through its form, on the screen that lists it; its id, if one does.
  std::string add(const std::string& kind, const ui::FieldTexts& fields,
                  const ui::FieldTexts& given = {});
  // An activity and one shift of it, when in words; on Jadwal afterwards.
  void add_shift(const ui::FieldTexts& activity, const std::string& starts,
                 const std::string& ends);
  // A stick with these folders on it, plugged in; where it is.
  std::filesystem::path plug_in(const std::vector<std::string>& folders = {});
  // A second presenter on the same home, as after a restart; the first is gone. With a passphrase
  // it is unlocked at once, as by --passphrase-file.
  void restart(std::optional<std::string> passphrase = std::nullopt);
  std::vector<ui::StickPlace> sticks;

 private:
  void first_run(ui::Begin command);
  ui::PresenterSetup setup();

  TempDir folder_;
  SystemFiles files_;
  StillClock clock_;
  Clock& time_;
  ui::Nearby::Open network_;
  std::string vfs_;
  ui::ListSizes lists_;
  SeededRandom random_;
  ItemCatalogue items_;
  WordList words_;
  std::string passphrase_;
  std::unique_ptr<ui::Presenter> presenter_;
};

}  // namespace rukun::test
