// What happened to a record.
#include "app/ui/presenter/history.h"

#include <algorithm>

#include "app/domain/values.h"
#include "app/engine/authors.h"

namespace rukun::ui {
namespace {

std::string change_words(Desk& desk, KindId kind, const FieldChange& change) {
  const Translator& words = desk.speaking().words;
  if (change.field == kLife)
    return words.tr(change.value == Value(std::int64_t{1}) ? "history.deleted" : "history.kept");
  const KindSpec* spec = find_kind(kind);
  const FieldSpec* field = spec == nullptr ? nullptr : spec->find_field(change.field);
  const std::string name = field == nullptr ? "#" + std::to_string(change.field)
                                            : std::string(field->label(desk.language()));
  const std::string value = is_none(change.value) ? words.tr("value.empty")
                            : field == nullptr    ? std::string("…")
                                               : format_value(*field, change.value, desk.showing());
  switch (change.type) {
    case OpType::add: return words.tr("history.added", {{"field", name}, {"value", value}});
    case OpType::remove: return words.tr("history.removed", {{"field", name}, {"value", value}});
    default: return words.tr("history.changed", {{"field", name}, {"value", value}});
  }
}

}  // namespace

// What happened to the record, the newest first, and how far the last word on it has travelled. The
// office comes last: that is where lists are answered for.
Status fill_history(Desk& desk, const RecordId& id, KindId kind, std::vector<JourneyStop>& reached,
                    std::vector<HistoryLine>& lines) {
  const Speaking how = desk.speaking();
  TRY(const auto history, desk.engine().history(desk.space().id, id));
  for (const HistoryEntry& entry : history) {
    HistoryLine line{when_words(entry.at.wall(), how), entry.by_name, ""};
    if (entry.created) line.what = how.words.tr("history.made");
    for (std::size_t i = 0; !entry.created && i < entry.changes.size(); ++i) {
      line.what += (line.what.empty() ? "" : "; ") + change_words(desk, kind, entry.changes[i]);
    }
    lines.insert(lines.begin(), std::move(line));
  }
  reached = {{how.words.tr("need.stored")}};
  const Head* word = last_word(history, desk.engine().member());
  if (word == nullptr) return {};
  TRY(auto holders, desk.engine().holders(desk.space().id, *word));
  std::stable_partition(holders.begin(), holders.end(),
                        [](const Holder& one) { return one.role != Role::office; });
  for (const Holder& one : holders) {
    const bool office = one.role == Role::office;
    reached.push_back({how.words.tr(office ? "need.received_office" : "need.reached_member",
                                    {{"member", one.name}})});
  }
  if (holders.empty()) reached.push_back({how.words.tr("need.reached_nobody"), false});
  return {};
}

}  // namespace rukun::ui
