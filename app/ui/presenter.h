#pragma once
// Between the engine and the screens: carries out commands and makes the picture that the window
// draws. It knows no window and starts no thread; whoever owns it calls it on one thread (the
// engine's, or a test's). Every failure becomes a sentence on the screen with what to do next;
// nothing is lost silently. What each screen needs is a part of its own in presenter/; here stands
// only which stage it is (first run, locked, open), which part a command is for, and in which order
// the picture is filled.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/ui/presenter/bulk.h"
#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/form.h"
#include "app/ui/presenter/home.h"
#include "app/ui/presenter/import.h"
#include "app/ui/presenter/lists.h"
#include "app/ui/presenter/lock.h"
#include "app/ui/presenter/needs.h"
#include "app/ui/presenter/neighbors.h"
#include "app/ui/presenter/picker.h"
#include "app/ui/presenter/print.h"
#include "app/ui/presenter/recap.h"
#include "app/ui/presenter/records.h"
#include "app/ui/presenter/roster.h"
#include "app/ui/presenter/schedule.h"
#include "app/ui/presenter/setup.h"
#include "app/ui/presenter/status_line.h"
#include "app/ui/presenter/waiting.h"
#include "app/ui/views.h"

namespace rukun::ui {

class Presenter {
 public:
  explicit Presenter(PresenterSetup setup);
  ~Presenter();

  // Looks who is here. With a passphrase the profile is unlocked at once.
  void start(std::optional<std::string_view> passphrase);
  void execute(const Command& command);
  // Background work in small steps; true when more is to do at once.
  bool idle();
  // Until there may be something to do in the background; wake() ends it, from any thread.
  void wait() { neighbors_.wait(); }
  void wake() { neighbors_.wake(); }
  // What is being carried out ends after its present step: the file of an exchange with a folder,
  // the rows of an import or a change of many. What is stored by then stays. From any thread.
  void stop_work() { desk_.stop_work(); }
  std::shared_ptr<const Views> views() const { return desk_.views(); }
  // Called whenever the picture changed, also in the middle of a long command.
  void on_change(std::function<void()> call) { desk_.on_change(std::move(call)); }

 private:
  // presenter.cpp: where a command goes, and what is filled.
  void run(const Command& command);
  Status run_open(const Command& command);
  Status do_deed(const Deed& deed);
  void enter(Screen screen, const std::string& record);
  void open_entered(const std::string& record);
  void refresh();  // makes what the current screen shows anew
  void note_entered();
  bool meet_neighbors();
  void share_with_profiles();

  // presenter_stages.cpp: who is here, and whether it is open.
  bool run_stages(const Command& command);  // true when it was about them
  void look_for_profiles();
  void begin_new_profile();
  void begin_first_run(const Begin& command);
  Status begin(const Begin& command);
  Status found_or_join(const Begin& command);
  void leave_first_run();
  void finish_first_run();
  void unlock_or_tell(const std::string& profile, ByteView passphrase);
  Status unlock(const std::string& profile, ByteView passphrase, bool has_code = false);
  Status recover(const Recover& command);
  void restore(const RestoreBackup& command);
  void lock();
  std::string share_before_leaving();
  void go_away();
  void reopen(const SecretText& pin);

  // A part may refer to those before it.
  Desk desk_;
  StatusLine status_line_;
  Lists lists_;
  Waiting waiting_;
  HomePart home_;
  NeedsPart needs_;
  RecordsPart records_;
  FormPart form_;
  SchedulePart schedule_;
  RosterPart roster_;
  PrintPart print_;
  BulkPart bulk_;
  ImportPart import_;
  PickerPart picker_;
  RecapPart recap_;
  LockPart lock_;
  NeighborsPart neighbors_;

  bool several_profiles_ = false;
  std::int64_t next_share_ms_ = 0;
  std::uint64_t shared_at_ = 0;  // the version of the records
  // Locked, but the engine is kept: the PIN reopens it.
  bool away_ = false;
};

}  // namespace rukun::ui
