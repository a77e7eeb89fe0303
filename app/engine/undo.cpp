// Taking back: a compensating transaction that gives back what a transaction replaced. History
// keeps both.

#include "app/engine/undo.h"

#include <algorithm>
#include <deque>
#include <set>
#include <sstream>

#include "app/engine/engine_works.h"

namespace rukun {

namespace {

constexpr std::string_view kUndoneSetting =
    "undo.";  // + space: transactions that undid or were undone

class Undoing {
 public:
  Undoing(Engine::Works& works, Space& space) : works_(works), space_(space) {}

  // One's own latest transaction that neither is an undo nor has been undone.
  Result<TxnHash> latest(const std::function<bool(const TxnHash&)>& is_done) {
    std::optional<std::pair<Stamp, TxnHash>> best;
    TRY_VOID(each_own_run([&](const Run& run) {
      for (const auto& txn : run.txns)
        if ((!best || txn.stamp.ticks > best->first.ticks) && !is_done(txn.hash))
          best = {txn.stamp, txn.hash};
      return true;
    }));
    if (!best)
      return error(Code::not_found, "there is nothing of yours to undo", "nothing was changed");
    return best->second;
  }

  Result<Action> compensation(const TxnHash& hash) {
    Action action;
    TRY_VOID(each_compensation({hash}, [&](const TxnHash&, Action& made) -> Status {
      action = std::move(made);
      return {};
    }));
    return action;
  }

  // The newest first. `use` may write: it is called between the runs.
  Status each_compensation(std::set<TxnHash> wanted,
                           const std::function<Status(const TxnHash&, Action&)>& use) {
    std::vector<std::pair<TxnHash, Action>> made;
    Status inner;
    TRY_VOID(each_own_run(
        [&](const Run& run) {
          for (std::size_t t = run.txns.size(); t-- > 0 && inner;) {
            if (wanted.erase(run.txns[t].hash) == 0) continue;
            Action action;
            for (std::uint32_t p = run.part_end(t); p-- > run.txns[t].first_part && inner;)
              inner = add_part(run, p, tag_of(run.txns[t].hash), action);
            made.emplace_back(run.txns[t].hash, std::move(action));
          }
          return inner && !wanted.empty();
        },
        [&]() -> Status {
          TRY_VOID(inner);
          for (auto& [hash, action] : made) TRY_VOID(use(hash, action));
          made.clear();
          return {};
        }));
    if (!wanted.empty())
      return error(Code::not_found,
                   "no transaction of yours is called " + wanted.begin()->hex().substr(0, 12),
                   "rukunctl log shows them");
    return {};
  }

 private:
  // The newest first, until `each` says that it has what it wants; `between` after each.
  Status each_own_run(const std::function<bool(const Run&)>& each,
                      const std::function<Status()>& between = {}) {
    for (const auto ix : works_.store->logs(space_.ix)) {
      const auto& log = works_.store->log(ix);
      if (log.name.author != works_.signing.key || log.name.which != LogKind::data) continue;
      for (const auto& head : works_.store->heads(ix)) {
        Seq seq = head.seq;
        while (seq > 0) {
          Seq first = 0;
          bool more = true;
          TRY_VOID(works_.store->runs_with(ix, seq, [&](const Run& run) -> Status {
            more = each(run);
            first = run.first;
            return {};
          }));
          if (between) TRY_VOID(between());
          if (!more) return {};
          if (first == 0) break;
          seq = first - 1;
        }
      }
    }
    return {};
  }

  Status add_part(const Run& run, std::uint32_t index, const TxnTag& txn, Action& action) {
    const Part part = part_of(run, index);
    if (space_.erased.contains(part.record)) return {};
    TRY(const auto found, works_.projection->record(space_.number, part.record));
    if (part.ref == RefType::fresh || part.ref == RefType::keyed) {
      if (found && found->life == Life::deleted) return {};  // by an undo that did not get further
      action.changes.emplace_back(DeleteRecord{part.record});
      return {};
    }
    if (!found) return {};
    SetFields back{part.record, {}};
    for (const auto& op : part.ops) {
      const FieldState* field = found->state.find(op.field);
      const bool still_mine =
          field != nullptr && std::any_of(field->live.begin(), field->live.end(),
                                          [&](const Write& write) { return write.txn == txn; });
      if (op.field == kLife) {
        if (op.value == Value(std::int64_t{1}))
          action.changes.emplace_back(RestoreRecord{part.record});
        else
          action.changes.emplace_back(DeleteRecord{part.record});
      } else if (op.type == OpType::remove) {
        back.fields.push_back({op.field, OpType::add, op.value});
      } else if (op.type == OpType::add && still_mine) {
        back.fields.push_back({op.field, OpType::remove, op.value});
      } else if (op.type == OpType::put && still_mine) {
        TRY(auto before, replaced_value(part.record, op));
        back.fields.push_back({op.field, OpType::put, std::move(before)});
      }
    }
    if (!back.fields.empty()) action.changes.emplace_back(std::move(back));
    return {};
  }

  // The runs with this write. Records that were changed together were mostly written together, too,
  // and opening a run costs more than all that is looked up in it.
  Status hold(LogIx ix, const WriteRef& name) {
    const bool there =
        held_of_ == ix && std::any_of(held_.begin(), held_.end(), [&](const Run& run) {
          return name.seq >= run.first && name.seq - run.first < run.txns.size() &&
                 tag_of(run.txns[name.seq - run.first].hash) == name.txn;
        });
    if (there) return {};
    held_.clear();
    held_of_ = ix;
    return works_.store->runs_with(ix, name.seq, [this](const Run& run) -> Status {
      held_.push_back(run);
      return {};
    });
  }

  // The greatest of the values that the operation replaced.
  Result<Value> replaced_value(const RecordId& record, const Op& undone) {
    Value value;
    std::uint64_t best = 0;
    for (const auto& name : undone.replaces) {
      const auto ix = works_.store->find_log(name.log);
      if (!ix) continue;
      TRY_VOID(hold(*ix, name));
      for (const Run& run : held_) {
        const std::size_t t = name.seq - run.first;
        if (name.seq < run.first || t >= run.txns.size()) continue;
        if (tag_of(run.txns[t].hash) != name.txn || run.txns[t].stamp.ticks < best) continue;
        for (std::uint32_t p = run.txns[t].first_part; p < run.part_end(t); ++p) {
          const Part part = part_of(run, p);
          if (part.record != record) continue;
          for (const auto& op : part.ops)
            if (op.field == undone.field) {
              value = op.value;
              best = run.txns[t].stamp.ticks;
            }
        }
      }
    }
    return value;
  }

  Engine::Works& works_;
  Space& space_;
  std::optional<LogIx> held_of_;
  std::vector<Run> held_;
};

// An import of a million rows is 4,000 steps, and as many take it back.
constexpr std::size_t kKept = 10'000;
constexpr std::size_t kNameLetters = 16;  // of a hash: enough to tell one's own transactions apart

// What undid and what was undone, so that neither is what a plain undo means. Each step is written
// with its transaction: whoever is stopped after it would else take back what took back.
class Done {
 public:
  static Result<Done> read(LocalStore& local, const SpaceId& space) {
    Done done(local, std::string(kUndoneSetting) + space.hex());
    TRY(const auto stored, local.setting(done.setting_));
    std::istringstream lines(stored.value_or(""));
    for (std::string line; std::getline(lines, line);) done.note(line.substr(0, kNameLetters));
    return done;
  }

  bool has(const TxnHash& txn) const { return known_.contains(name_of(txn)); }
  Status add(const TxnHash& undone, const TxnHash& by) {
    note(name_of(undone));
    note(name_of(by));
    std::string text;
    for (const auto& name : names_) text += name + "\n";
    return local_->set_setting(setting_, text);
  }

 private:
  Done(LocalStore& local, std::string setting) : local_(&local), setting_(std::move(setting)) {}

  static std::string name_of(const TxnHash& txn) { return txn.hex().substr(0, kNameLetters); }
  void note(std::string name) {
    if (!known_.insert(name).second) return;
    names_.push_back(std::move(name));
    if (names_.size() <= kKept) return;
    known_.erase(names_.front());
    names_.pop_front();
  }

  LocalStore* local_;
  std::string setting_;
  std::deque<std::string> names_;  // the latest last
  std::set<std::string> known_;
};

}  // namespace

Status undo_all(Engine& engine, const SpaceId& id, const std::vector<TxnHash>& txns,
                const std::function<bool(const TxnHash&)>& goes_on) {
  Engine::Works& works = engine.works();
  TRY(Space * space, works.need(id));
  TRY(auto done, Done::read(works.local, id));
  Undoing undoing(works, *space);
  bool stopped = false;
  const auto all = undoing.each_compensation(
      {txns.begin(), txns.end()}, [&](const TxnHash& txn, Action& action) -> Status {
        stopped = !goes_on(txn);
        if (stopped) return error(Code::busy, "stopped");
        if (action.changes.empty()) return {};
        TRY_VOID(works.execute(*space, action,
                               [&](const Outcome& out) { return done.add(txn, out.txn); }));
        return {};
      });
  return stopped ? Status() : all;
}

Result<Outcome> Engine::undo(const SpaceId& id, std::optional<TxnHash> txn) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  TRY(auto done, Done::read(works.local, id));
  Undoing undoing(works, *space);
  if (!txn) {
    TRY(txn, undoing.latest([&](const TxnHash& one) { return done.has(one); }));
  }
  TRY(const auto action, undoing.compensation(*txn));
  return works.execute(*space, action, [&](const Outcome& out) { return done.add(*txn, out.txn); });
}

}  // namespace rukun
