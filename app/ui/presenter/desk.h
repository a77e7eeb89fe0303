#pragma once
// What all parts of the presenter work at: the profile that is open, the picture that is being
// made, and what was worked out from the records. It knows no screen. What a part works out by
// itself holds as long as version() (of the records) or glance() (of the screen, too) is the same.
// An engine and a space are there whenever is_open() and has_space() say so; asking for them
// otherwise is our own bug. One thread, the presenter's, but stop_work().

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/domain/rules/derived.h"
#include "app/domain/rules/need_list.h"
#include "app/engine/access_log.h"
#include "app/engine/engine.h"
#include "app/ui/formats.h"
#include "app/ui/presenter/setup.h"
#include "app/ui/views.h"

namespace rukun::ui {

class Desk {
 public:
  explicit Desk(PresenterSetup setup);

  // ---- the profile that is open, and where it is at home
  const PresenterSetup& setup() const { return setup_; }
  const EngineContext& context() const { return context_; }
  Language language() const { return context_.language; }
  void speak(const std::string& language);  // nothing is said in a language that is not known
  bool is_open() const { return engine_.has_value(); }
  Engine& engine();
  Status open(const ProfileInfo& profile, ByteView passphrase);
  void close();  // keys and all that was shown or worked out go; choices about the window stay
  bool has_space() const { return space_.has_value(); }
  const SpaceInfo& space() const;
  void choose_space();

  // ---- the picture
  Views now;
  void wipe();  // nothing of it stays but choices about the window
  void publish();
  std::shared_ptr<const Views> views() const { return published_; }
  void on_change(std::function<void()> call) { changed_ = std::move(call); }
  // Another number each time somebody looks anew; version(): each time the records are others.
  std::uint64_t glance() const { return glance_; }
  std::uint64_t version() const { return version_; }
  void look_again() { ++glance_; }
  void forget();  // what was worked out from the records

  // ---- doing
  void refuse(const Error& failure);
  Status act(const Action& action, std::string_view done_key, const std::string& title);
  const std::optional<RecordId>& made() const { return made_; }  // by the last action
  void wrote();                                 // something was written or received
  void say_done(std::string words);             // and nothing that undo could take back
  std::uint64_t next_bar() { return ++bars_; }  // UndoView::number
  Status note(Access access, std::string_view subject, std::uint64_t rows);
  // Carried out once the command is: a part shows no screen but its own.
  void go(Screen screen) { go_ = screen; }
  bool entered = false;  // a screen, and what it shows is not yet on record
  std::optional<Screen> take_go() { return std::exchange(go_, std::nullopt); }
  // What is long ends after its present step when somebody says so, from any thread.
  void stop_work() { stop_work_ = true; }
  void begin_work() { stop_work_ = false; }
  bool is_stopped() const { return stop_work_; }

  // ---- reading
  Speaking speaking() const;
  FormatContext showing();
  ParseContext reading() const;
  bool may(KindId kind) const;  // write such records
  Query query_of(KindId kind) const;
  Result<Row> row_of(const RecordId& id);
  Result<std::vector<Row>> rows_where(KindId kind, FieldId field, const RecordId& is);
  std::string title_of(const RecordId& id);

  // ---- worked out once after each change
  Result<const Derived*> aid();               // of what is taken up
  Result<const AidBalances*> aid_balances();  // null: nothing was promised or given yet
  Result<const std::vector<ListedNeed>*> all_needs();
  Result<const Derived*> derived_for(KindId kind);  // null: nothing is worked out for such

 private:
  PresenterSetup setup_;
  EngineContext context_;
  std::optional<Engine> engine_;
  std::optional<SpaceInfo> space_;
  std::shared_ptr<const Views> published_;
  std::function<void()> changed_;
  std::atomic<bool> stop_work_{false};
  std::optional<Screen> go_;
  std::optional<RecordId> made_;
  std::uint64_t bars_ = 0;
  std::uint64_t glance_ = 1;
  std::uint64_t version_ = 1;

  std::optional<Derived> aid_;
  std::optional<std::vector<ListedNeed>> all_needs_;
  std::optional<Derived> derived_;
  KindId derived_kind_ = 0;
};

// The id in a command, which came from a view; not_found when it is none.
Result<RecordId> record_of(std::string_view hex);
// The record that a field refers to.
std::optional<RecordId> link_in(const Row& row, FieldId field);
std::int64_t number_or(const Row& row, FieldId field, std::int64_t otherwise);

}  // namespace rukun::ui
