#include "app/domain/rules/receivers.h"

#include <algorithm>
#include <tuple>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rules/facts.h"

namespace rukun {

namespace {
bool is_number(const std::string& text) { return text.find_first_not_of('0') != text.npos; }
}  // namespace

Result<Receivers> Receivers::load(Projection& records, std::span<const std::uint32_t> spaces) {
  namespace k = fields;
  Receivers out;
  Numbers cards, people;
  TRY_VOID(each_fact(records, k::household::kKind, {k::household::kSameAs, k::household::kKkNumber},
                     {.spaces = spaces}, [&](const FactRow& row) {
                       if (const auto same = row.record(0)) out.same_[row.id()] = *same;
                       if (is_number(row.text(1))) cards[row.text(1)].push_back(row.id());
                     }));
  TRY_VOID(each_fact(records, k::resident::kKind,
                     {k::resident::kSameAs, k::resident::kHousehold, k::resident::kNik},
                     {.spaces = spaces}, [&](const FactRow& row) {
                       if (const auto same = row.record(0)) out.same_[row.id()] = *same;
                       if (const auto home = row.record(1)) out.home_[row.id()] = *home;
                       if (is_number(row.text(2))) people[row.text(2)].push_back(row.id());
                     }));
  out.join(cards);
  out.join(people);
  std::map<std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t>, RecordId> first;
  std::vector<std::pair<RecordId, const RecordId*>> programs;
  TRY_VOID(each_fact(
      records, k::program::kKind,
      {k::program::kTitle, k::program::kSource, k::program::kStarts, k::program::kEnds},
      {.spaces = spaces}, [&](const FactRow& row) {
        const auto [found, is_new] = first.try_emplace(
            {folded_key(row.text(0)), row.number(1), row.number(2), row.number(3)}, row.id());
        if (row.id() < found->second) found->second = row.id();
        programs.emplace_back(row.id(), &found->second);
      }));
  for (const auto& [id, least] : programs) out.programs_.emplace(id, *least);
  return out;
}

// A record that somebody linked keeps its link; the others with one number follow the least of
// them.
void Receivers::join(Numbers& numbers) {
  for (auto& [number, all] : numbers) {
    const auto least = *std::min_element(all.begin(), all.end());
    for (const auto& id : all)
      if (id != least) same_.try_emplace(id, least);
  }
}

RecordId Receivers::program(const RecordId& program) const {
  const auto found = programs_.find(program);
  return found == programs_.end() ? program : found->second;
}

RecordId Receivers::of(const std::optional<RecordId>& household,
                       const std::optional<RecordId>& resident) const {
  if (household) return last(*household);
  if (!resident) return {};
  const auto person = last(*resident);
  for (const auto& one : {person, *resident}) {
    const auto home = home_.find(one);
    if (home != home_.end()) return last(home->second);
  }
  return person;
}

// The end of the chain; of a circle, which only a conflict can make, the least of it.
RecordId Receivers::last(RecordId id) const {
  auto least = id;
  for (std::size_t i = 0; i <= same_.size(); ++i) {
    const auto next = same_.find(id);
    if (next == same_.end()) return id;
    id = next->second;
    least = std::min(least, id);
  }
  return least;
}

}  // namespace rukun
