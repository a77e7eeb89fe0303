#include "app/ui/presenter/bulk.h"

#include <algorithm>

#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/engine/undo.h"
#include "app/ui/presenter/list_tools.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostRefusedShown = 6;

}  // namespace

std::optional<Status> BulkPart::run(const Command& command) {
  if (const auto* marked = std::get_if<DoWithMarked>(&command)) return do_with_marked(*marked);
  if (std::get_if<Undo>(&command) != nullptr) return undo_last();
  return std::nullopt;
}

// Only what was seen is done: as many as were said when it was confirmed.
Status BulkPart::do_with_marked(const DoWithMarked& command) {
  const Translator& words = desk_.speaking().words;
  if (lists_.marked() == 0 || command.marked != lists_.marked())
    return error(Code::bad_value,
                 words.tr("list.marks_changed", {{"n", std::to_string(lists_.marked())}}));
  if (command.deed == "print") return print_.print({.what = Deed::What::print, .kind = "marked"});
  if (command.deed == "copy") return print_.copy({.what = Deed::What::copy, .kind = "marked"});
  const KindId kind = lists_.shown_kind();
  ListTools tools;
  if (desk_.may(kind)) fill_bulk_deeds(desk_, kind, tools);
  const bool offered = std::any_of(tools.deeds.begin(), tools.deeds.end(),
                                   [&](const BulkDeed& one) { return one.id == command.deed; });
  const FieldSpec* field = kind_of(kind).find_field(std::string_view(command.deed));
  if (!offered || field == nullptr) return error(Code::bad_value, command.deed);
  TRY(const Value value, parse_value(*field, command.value, desk_.reading()));
  return change_marked(*field, value);
}

void BulkPart::tell_step(std::string_view key, std::size_t done, std::size_t all, bool can_stop) {
  UndoView view{
      desk_.speaking().words.tr(key, {{"n", std::to_string(done)}, {"all", std::to_string(all)}}),
      false, desk_.next_bar()};
  view.working = true;
  view.can_stop = can_stop;
  desk_.now.shell.undo = std::move(view);
  desk_.publish();
}

void BulkPart::refuse_one(const RecordId& id, const std::string& why, Refusals& refused) {
  if (refused.count++ < kMostRefusedShown) refused.first.push_back(desk_.title_of(id) + ": " + why);
}

// When some are refused, the others are changed without them.
Status BulkPart::change_step(Action action, Refusals& refused) {
  if (!desk_.engine().foresee(desk_.space().id, action)) {
    Action allowed;
    for (Change& change : action.changes) {
      const RecordId id = std::get<SetFields>(change).record;
      if (const auto foreseen = desk_.engine().foresee(desk_.space().id, Action{{change}}))
        allowed.changes.push_back(std::move(change));
      else
        refuse_one(id, error_words(foreseen.error(), desk_.speaking()), refused);
    }
    action = std::move(allowed);
  }
  if (action.changes.empty()) return {};
  TRY(const auto outcome, desk_.engine().execute(desk_.space().id, action));
  last_.steps.push_back({outcome.txn, action.changes.size()});
  last_.rows += action.changes.size();
  return {};
}

Status BulkPart::change_marked(const FieldSpec& field, const Value& value) {
  if (!desk_.has_space())
    return error(Code::not_allowed, desk_.speaking().words.tr("refused.no_space"));
  const KindId kind = lists_.shown_kind();
  // As they were recorded: then an undo finds what stood before beside each other, too.
  std::vector<Listed> todo = lists_.marked_in_order();
  std::sort(todo.begin(), todo.end(),
            [](const Listed& a, const Listed& b) { return a.row < b.row; });
  Refusals refused;
  Status done;
  std::size_t at = 0;
  last_ = Done();
  desk_.begin_work();
  while (at < todo.size() && done && !desk_.is_stopped()) {
    if (todo.size() > desk_.setup().lists.step) tell_step("list.changing", at, todo.size(), true);
    Action action;
    for (const std::size_t end = std::min(todo.size(), at + desk_.setup().lists.step); at < end;
         ++at) {
      const RecordId& id = todo[at].id;
      const auto row = desk_.row_of(id);
      if (!row || row->kind != kind || row->life != Life::alive)
        refuse_one(id, desk_.speaking().words.tr("list.gone"), refused);
      else if (value_in(*row, field.id) != value)
        action.changes.emplace_back(SetFields{id, {{field.id, OpType::put, value}}});
    }
    done = change_step(std::move(action), refused);
  }
  const Translator& words = desk_.speaking().words;
  desk_.now.shell.undo.reset();
  if (last_.rows > 0) {
    std::string said = words.tr("list.changed", {{"title", std::to_string(last_.rows)}});
    if (at < todo.size())
      said += ". " + words.tr("list.stopped", {{"n", std::to_string(todo.size() - at)}});
    offer_undo(std::move(said));
    desk_.wrote();
  } else if (done) {
    desk_.say_done(words.tr("list.nothing_changed"));
  }
  lists_.unmark();
  tell_refused(refused);
  return done;
}

// One line each, as many as leave the list in sight.
void BulkPart::tell_refused(const Refusals& refused) {
  if (refused.count == 0) return;
  const Translator& words = desk_.speaking().words;
  std::string all = words.tr("list.refused", {{"n", std::to_string(refused.count)}});
  for (const std::string& one : refused.first) all += "\n" + one;
  if (refused.count > refused.first.size())
    all += "\n" + words.tr("list.more_refused",
                           {{"n", std::to_string(refused.count - refused.first.size())}});
  desk_.now.shell.refused = all;
}

void BulkPart::offer_undo(std::string words) {
  last_.bar = desk_.next_bar();
  desk_.now.shell.undo = UndoView{std::move(words), true, last_.bar};
}

// The last act, in as many steps as it was done in.
Status BulkPart::undo_last() {
  const auto bar = std::exchange(desk_.now.shell.undo, std::nullopt);
  if (!desk_.has_space()) return {};
  if (bar && bar->number == last_.bar && !last_.steps.empty()) return undo_change(bar->words);
  TRY_VOID(desk_.engine().undo(desk_.space().id, std::nullopt));
  desk_.say_done(desk_.speaking().words.tr("done.undo"));
  return {};
}

// What was not taken back, because somebody stopped it or it failed, can be asked for again.
Status BulkPart::undo_change(const std::string& before) {
  const auto undone = undo_steps();
  const Translator& words = desk_.speaking().words;
  if (last_.steps.empty()) {
    desk_.say_done(words.tr("done.undo"));
    return undone;
  }
  desk_.wrote();
  offer_undo(last_.undone == 0
                 ? before
                 : words.tr("list.undo_stopped", {{"n", std::to_string(last_.undone)},
                                                  {"all", std::to_string(last_.rows)}}));
  return undone;
}

// A step is whole once the next is asked for.
Status BulkPart::undo_steps() {
  std::vector<TxnHash> txns;
  for (const Done::Step& one : last_.steps) txns.push_back(one.txn);
  std::optional<TxnHash> begun;
  const auto one_is_back = [&] {
    const auto step = std::find_if(last_.steps.begin(), last_.steps.end(),
                                   [&](const Done::Step& one) { return one.txn == begun; });
    if (step == last_.steps.end()) return;
    last_.undone += step->rows;
    last_.steps.erase(step);
  };
  desk_.begin_work();
  bool stopped = false;
  const auto undone =
      undo_all(desk_.engine(), desk_.space().id, txns, [&](const TxnHash& next) -> bool {
        one_is_back();
        begun.reset();
        stopped = desk_.is_stopped();
        if (stopped) return false;
        if (txns.size() > 1)
          tell_step("list.undoing", last_.undone, last_.rows, last_.steps.size() > 1);
        begun = next;
        return true;
      });
  desk_.now.shell.undo.reset();
  if (undone) one_is_back();
  return undone;
}

}  // namespace rukun::ui
