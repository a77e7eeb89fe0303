#pragma once
// Several rows of a list at once: printed, copied or changed. Many are changed in steps, a
// transaction each, which say how far they are and can be stopped; one undo takes all of them back,
// and can be stopped and gone on with in the same way. Also every other undo, since it is the last
// act that is taken back. One thread, the presenter's.

#include <optional>
#include <string>
#include <vector>

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/lists.h"
#include "app/ui/presenter/print.h"

namespace rukun::ui {

class BulkPart {
 public:
  BulkPart(Desk& desk, Lists& lists, PrintPart& print)
      : desk_(desk), lists_(lists), print_(print) {}

  std::optional<Status> run(const Command& command);  // empty: it is of something else
  void forget() { last_ = Done(); }

 private:
  // Who could not be changed.
  struct Refusals {
    std::size_t count = 0;
    std::vector<std::string> first;  // as many as are shown
  };
  // What was changed last, and how much of it was taken back.
  struct Done {
    struct Step {
      TxnHash txn;
      std::size_t rows = 0;
    };
    std::vector<Step> steps;  // that stand, the oldest first
    std::size_t rows = 0;
    std::size_t undone = 0;  // of them
    std::uint64_t bar = 0;   // UndoView::number of the bar that takes it back
  };
  Status do_with_marked(const DoWithMarked& command);
  Status change_marked(const FieldSpec& field, const Value& value);
  Status change_step(Action action, Refusals& refused);
  void refuse_one(const RecordId& id, const std::string& why, Refusals& refused);
  void tell_step(std::string_view key, std::size_t done, std::size_t all, bool can_stop);
  void tell_refused(const Refusals& refused);
  void offer_undo(std::string words);  // of that change
  Status undo_last();
  Status undo_change(const std::string& before);
  Status undo_steps();

  Desk& desk_;
  Lists& lists_;
  PrintPart& print_;
  Done last_;
};

}  // namespace rukun::ui
