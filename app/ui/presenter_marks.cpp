// Several rows of a list at once: marked by where they stand or all of them, then printed, copied
// or changed. Many are changed in steps, a transaction each, which say how far they are and can be
// stopped; one undo takes all of them back.
#include <algorithm>

#include "app/domain/schema.h"
#include "app/engine/undo.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostRefusedShown = 6;

}  // namespace

// Rows are named by where they stand, so the list must be the one that was seen.
Status Presenter::mark_rows(const MarkRows& command) {
  const ListIndex& list = shown_kind() == fields::need::kKind ? needs_ : records_;
  if (!list.fitted || !list.ordered || command.list != list.number ||
      command.last >= list.fitting.size() || command.first > command.last)
    return error(Code::bad_value, speaking().words.tr("list.moved"));
  for (std::size_t row = command.first; row <= command.last; ++row) {
    const RecordId& id = list.fitting[row].id;
    if (!marks_.insert(id).second && command.toggle) marks_.erase(id);
  }
  return {};
}

// All that are listed, beside those that are marked already; or none any more.
Status Presenter::mark_all(bool on) {
  const ListIndex& list = shown_kind() == fields::need::kKind ? needs_ : records_;
  if (!on) marks_.clear();
  if (on)
    for (const Listed& one : list.fitting) marks_.insert(one.id);
  return {};
}

// As the list has them, whatever is looked for in it now; those that it has no more come last.
std::vector<Listed> Presenter::marked_in_order() {
  const ListIndex& list = shown_kind() == fields::need::kKind ? needs_ : records_;
  std::vector<Listed> out;
  std::unordered_set<RecordId, IdHash> left = marks_;
  for (const Listed& one : list.all)
    if (left.erase(one.id) != 0) out.push_back(one);
  for (const RecordId& id : left) out.push_back({id});
  return out;
}

// Only what was seen is done: as many as were said when it was confirmed.
Status Presenter::do_with_marked(const DoWithMarked& command) {
  const Translator& words = speaking().words;
  if (marks_.empty() || command.marked != marks_.size())
    return error(Code::bad_value,
                 words.tr("list.marks_changed", {{"n", std::to_string(marks_.size())}}));
  if (command.deed == "print") return print({.what = Deed::What::print, .kind = "marked"});
  if (command.deed == "copy") return copy({.what = Deed::What::copy, .kind = "marked"});
  const KindId kind = shown_kind();
  ListTools tools;
  if (may(kind)) fill_deeds(kind, tools);
  const bool offered = std::any_of(tools.deeds.begin(), tools.deeds.end(),
                                   [&](const BulkDeed& one) { return one.id == command.deed; });
  const FieldSpec* field = kind_of(kind).find_field(std::string_view(command.deed));
  if (!offered || field == nullptr) return error(Code::bad_value, command.deed);
  TRY(const Value value, parse_value(*field, command.value, reading()));
  return change_marked(*field, value);
}

void Presenter::tell_step(std::string_view key, std::size_t done, std::size_t all, bool can_stop) {
  UndoView view{
      speaking().words.tr(key, {{"n", std::to_string(done)}, {"all", std::to_string(all)}}), false,
      ++done_number_};
  view.working = true;
  view.can_stop = can_stop;
  now_.shell.undo = std::move(view);
  publish();
}

void Presenter::refuse_one(const RecordId& id, const std::string& why, Refusals& refused) {
  if (refused.count++ < kMostRefusedShown)
    refused.first.push_back(title_of_record(id) + ": " + why);
}

// How many were changed. When some are refused, the others are changed without them.
Result<std::size_t> Presenter::change_step(Action action, Refusals& refused) {
  if (!engine_->foresee(space_->id, action)) {
    Action allowed;
    for (Change& change : action.changes) {
      const RecordId id = std::get<SetFields>(change).record;
      if (const auto foreseen = engine_->foresee(space_->id, Action{{change}}))
        allowed.changes.push_back(std::move(change));
      else
        refuse_one(id, error_words(foreseen.error(), speaking()), refused);
    }
    action = std::move(allowed);
  }
  if (action.changes.empty()) return 0;
  TRY(const auto outcome, engine_->execute(space_->id, action));
  steps_.push_back(outcome.txn);
  return action.changes.size();
}

Status Presenter::change_marked(const FieldSpec& field, const Value& value) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  const KindId kind = shown_kind();
  // As they were recorded: then an undo finds what stood before beside each other, too.
  std::vector<Listed> todo = marked_in_order();
  std::sort(todo.begin(), todo.end(),
            [](const Listed& a, const Listed& b) { return a.row < b.row; });
  Refusals refused;
  Status done;
  std::size_t changed = 0, at = 0;
  steps_.clear();
  stop_work_ = false;
  while (at < todo.size() && done && !stop_work_) {
    if (todo.size() > setup_.lists.step) tell_step("list.changing", at, todo.size(), true);
    Action action;
    for (const std::size_t end = std::min(todo.size(), at + setup_.lists.step); at < end; ++at) {
      const RecordId& id = todo[at].id;
      const auto row = row_of(id);
      if (!row || row->kind != kind || row->life != Life::alive)
        refuse_one(id, speaking().words.tr("list.gone"), refused);
      else if (value_in(*row, field.id) != value)
        action.changes.emplace_back(SetFields{id, {{field.id, OpType::put, value}}});
    }
    const auto step = change_step(std::move(action), refused);
    if (step)
      changed += *step;
    else
      done = tl::make_unexpected(step.error());
  }
  const Translator& words = speaking().words;
  now_.shell.undo.reset();
  if (changed > 0) {
    std::string said = words.tr("list.changed", {{"title", std::to_string(changed)}});
    if (at < todo.size())
      said += ". " + words.tr("list.stopped", {{"n", std::to_string(todo.size() - at)}});
    now_.shell.undo = UndoView{std::move(said), true, ++done_number_};
    steps_of_ = done_number_;
    wrote();
  } else if (done) {
    say_done(words.tr("list.nothing_changed"));
  }
  marks_.clear();
  tell_refused(refused);
  return done;
}

// One line each, as many as leave the list in sight.
void Presenter::tell_refused(const Refusals& refused) {
  if (refused.count == 0) return;
  const Translator& words = speaking().words;
  std::string all = words.tr("list.refused", {{"n", std::to_string(refused.count)}});
  for (const std::string& one : refused.first) all += "\n" + one;
  if (refused.count > refused.first.size())
    all += "\n" + words.tr("list.more_refused",
                           {{"n", std::to_string(refused.count - refused.first.size())}});
  now_.shell.refused = all;
}

// The last act, in as many steps as it was done in. What could not be taken back can be asked for
// again.
Status Presenter::undo_last() {
  const auto bar = std::exchange(now_.shell.undo, std::nullopt);
  if (!space_) return {};
  if (bar && bar->number == steps_of_ && !steps_.empty()) {
    std::size_t at = 0;
    const auto undone = undo_all(*engine_, space_->id, steps_, [&] {
      if (steps_.size() > 1) tell_step("list.undoing", at++, steps_.size(), false);
      return true;
    });
    wrote();
    now_.shell.undo.reset();
    if (!undone) {
      now_.shell.undo = UndoView{bar->words, true, ++done_number_};
      steps_of_ = done_number_;
      return undone;
    }
    steps_.clear();
  } else {
    TRY_VOID(engine_->undo(space_->id, std::nullopt));
    wrote();
  }
  now_.shell.undo = UndoView{speaking().words.tr("done.undo"), false, ++done_number_};
  return {};
}

}  // namespace rukun::ui
