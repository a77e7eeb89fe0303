#pragma once
// The office's Rekap: every need of all neighborhoods counted by RT, RW, category, item, urgency
// and vulnerable group, and for each line exactly the needs behind it, by the same walk that
// counted them. Where a need belongs follows from its household; one for the whole RT belongs to
// the neighborhood itself. Needs are not held, lines are, so a million needs cost one. A Recap is a
// picture of the projection at one moment. Errors: io, bad_value (a line that is none or several).
// One thread.

#include <array>
#include <compare>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/domain/rules/derived.h"
#include "app/report/consolidated.h"

namespace rukun {

enum class RecapBy : std::uint8_t { rt, rw, category, item, urgency, group };
inline constexpr std::array kRecapBy{RecapBy::rt,   RecapBy::rw,      RecapBy::category,
                                     RecapBy::item, RecapBy::urgency, RecapBy::group};
std::string_view name_of(RecapBy by);  // "rt", as options are called
std::string_view words_of(RecapBy by, Language language);

struct RecapPlace {
  std::uint32_t space = 0;
  std::int64_t rw = 0;  // 0: not known
  std::int64_t rt = 0;
  auto operator<=>(const RecapPlace&) const = default;
};

// Households with small children, old people, disabled people, pregnant women: bits of `groups`.
inline constexpr std::array<std::string_view, 4> kVulnerable{"infants", "elderly", "disabled",
                                                             "pregnant"};

// One need as the lines see it.
struct RecapNeed {
  RecordId id;
  RecapPlace place;
  std::int64_t category = 0;
  std::int64_t urgency = 0;
  std::string item;  // as stored
  unsigned groups = 0;
  NeedState state = NeedState::open;
  NeedSums sums;
};

// How many needs stand how; done: delivered or closed.
struct RecapCount {
  std::int64_t needs = 0, open = 0, urgent = 0, covered = 0, done = 0;
  void add(const RecapNeed& need);
};

struct RecapLine {
  std::string key;    // the same as long as the line means the same
  std::string label;  // in the language of the recap
  RecapCount count;
  NeedSums sums;           // of items only; elsewhere units differ
  std::size_t source = 0;  // of RTs only: which of the sources
};

struct RecapPeople {
  RecapPlace place;
  std::string label;
  std::int64_t households = 0, people = 0;
  std::array<std::int64_t, kVulnerable.size()> in_groups{};  // persons
  // What no household says is not known, rather than none.
  bool people_known = false;
  std::array<bool, kVulnerable.size()> group_known{};
};

// Goods that one RT lacks and another, or itself, has been offered. Without `left` nobody offers
// any.
struct RecapFit {
  std::string item;  // words
  std::string unit;  // an id; kilograms and liters where that loses nothing
  std::string lacking_label, having_label;
  std::int64_t lacking = 0, left = 0, could_give = 0;  // thousandths
  bool same_place = false;
};

// Lines that a need has to belong to, all of them.
using RecapWhere = std::vector<std::pair<RecapBy, std::string>>;  // by key

class Recap {
 public:
  static Result<Recap> load(Projection& records, const std::vector<SpaceSource>& sources,
                            const ConsolidatedOptions& options);

  const std::vector<RecapLine>& lines(RecapBy by) const { return lines_.at(by); }
  const std::vector<RecapPeople>& people() const { return people_; }
  const std::vector<RecapFit>& fits() const { return fits_; }
  const std::string& place_label(const RecapPlace& place) const;

  // The line that people mean: by key, by its whole label, or by how only one label begins.
  Result<const RecapLine*> find(RecapBy by, std::string_view text, Language language) const;
  // Lines of the needs that belong to all of `where` alone.
  Result<std::vector<RecapLine>> lines_where(Projection& records, RecapBy by,
                                             const RecapWhere& where) const;
  // In the order of the projection's tables.
  Status each(Projection& records, const RecapWhere& where,
              const std::function<Status(const RecapNeed&)>& use) const;

 private:
  struct Home;
  struct Works;
  std::map<RecapBy, std::vector<RecapLine>> lines_;
  std::vector<RecapPeople> people_;
  std::vector<RecapFit> fits_;
  std::shared_ptr<const Works> works_;
};

}  // namespace rukun
