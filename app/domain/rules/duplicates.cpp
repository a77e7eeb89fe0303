#include "app/domain/rules/duplicates.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "app/domain/fields.h"
#include "app/domain/rules/facts.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

// Who shares a word as common as "Siti" is not compared for that alone.
constexpr std::size_t kMostInBlock = 40;
constexpr std::size_t kMostCandidates = 60;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

// What of a word survives careless spelling: its first letter and the consonants after it.
std::string sound(const std::string& word) {
  std::string out;
  for (const char c : word) {
    if (!out.empty() && std::string_view("aeiouyh").find(c) != std::string_view::npos) continue;
    const char alike = c == 'v' || c == 'f' ? 'p' : c == 'z' ? 's' : c == 'q' ? 'k' : c;
    if (out.empty() || out.back() != alike) out += alike;
    if (out.size() == 4) break;
  }
  return out;
}

// That somebody belongs into a block, by the hash of what its people have in common: should two
// hashes ever meet, a few more are compared.
struct Mark {
  std::size_t block = 0;
  std::size_t person = 0;  // the place among those given
  auto operator<=>(const Mark&) const = default;
};

// Two who share none of these are never compared.
void add_marks(const PersonFacts& person, const PersonWords& words, std::size_t place,
               std::vector<Mark>& out) {
  const auto add = [&](const std::string& what) {
    out.push_back({std::hash<std::string>{}(what), place});
  };
  std::vector<std::string> sounds;
  std::string name = "=";
  for (const auto& word : words.name) {
    sounds.push_back(sound(word));
    name += word + " ";
  }
  add(name);
  for (const auto& one : sounds) add("1" + one);
  for (const auto& one : sounds)
    for (const auto& other : sounds)
      if (one < other) add("2" + one + " " + other);
  if (!person.phone.empty()) add("p" + person.phone);
  if (!person.number.empty()) add("n" + person.number);
  if (person.birth % 10000 != 0) add("b" + std::to_string(person.birth));
}

// Groups of records that people have linked with same_as.
class Groups {
 public:
  explicit Groups(std::span<const PersonFacts> people) : parent_(people.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    for (std::size_t i = 0; i < people.size(); ++i) place_.emplace(people[i].id, i);
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (!people[i].same_as) continue;
      const auto other = place_.find(*people[i].same_as);
      if (other != place_.end()) parent_[root(i)] = root(other->second);
    }
    for (std::size_t i = 0; i < people.size(); ++i)
      for (const auto& id : people[i].not_same_as) {
        const auto other = place_.find(id);
        if (other != place_.end()) apart_.insert(std::minmax(root(i), root(other->second)));
      }
  }

  // Linked with each other, or told apart.
  bool settled(std::size_t a, std::size_t b) {
    return root(a) == root(b) ||
           (!apart_.empty() && apart_.contains(std::minmax(root(a), root(b))));
  }

 private:
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  std::vector<std::size_t> parent_;
  std::unordered_map<RecordId, std::size_t, IdHash> place_;
  std::set<std::pair<std::size_t, std::size_t>> apart_;  // roots, the lesser first
};

FieldId not_same_as_field(KindId kind) {
  return kind == k::household::kKind ? k::household::kNotSameAs : k::resident::kNotSameAs;
}

std::vector<RecordId> told_apart_in(const Row& row) {
  std::vector<RecordId> out;
  for (const auto& value : set_in(row, not_same_as_field(row.kind)))
    if (const auto* id = std::get_if<RecordId>(&value)) out.push_back(*id);
  return out;
}

// Few have been told apart from anybody, so these are read on their own.
Status load_told_apart(Projection& records, std::span<const std::uint32_t> spaces, KindId kind,
                       std::vector<PersonFacts>& people) {
  std::map<std::pair<std::uint32_t, RecordId>, std::vector<RecordId>> apart;
  const Query query{.kind = kind,
                    .spaces = {spaces.begin(), spaces.end()},
                    .where = {{not_same_as_field(kind), Compare::unequal, {}}}};
  TRY_VOID(records.each_row(query, [&](Row& row) -> Result<bool> {
    apart.emplace(std::pair(row.space, row.id), told_apart_in(row));
    return true;
  }));
  if (apart.empty()) return {};
  for (auto& person : people) {
    const auto found = apart.find({person.space, person.id});
    if (found != apart.end()) person.not_same_as = std::move(found->second);
  }
  return {};
}

PersonFacts person_in(const Row& row) {
  PersonFacts out{.id = row.id, .space = row.space};
  out.not_same_as = told_apart_in(row);
  const auto text = [&](FieldId field) {
    const auto* value = std::get_if<std::string>(&value_in(row, field));
    return value == nullptr ? std::string() : *value;
  };
  const auto number = [&](FieldId field) {
    const auto* value = std::get_if<std::int64_t>(&value_in(row, field));
    return value == nullptr ? std::int64_t{0} : *value;
  };
  if (row.kind == k::household::kKind) {
    out.name = text(k::household::kName);
    out.number = text(k::household::kKkNumber);
    out.phone = text(k::household::kPhone);
    out.address = text(k::household::kAddress);
    out.rt = number(k::household::kRt);
    return out;
  }
  out.name = text(k::resident::kName);
  out.number = text(k::resident::kNik);
  out.birth = number(k::resident::kBirthDate);
  out.phone = text(k::resident::kPhone);
  out.sex = number(k::resident::kSex);
  if (const auto* home = std::get_if<RecordId>(&value_in(row, k::resident::kHousehold)))
    out.household = *home;
  return out;
}

}  // namespace

std::vector<LikelyDuplicate> likely_duplicates(std::span<const PersonFacts> people) {
  std::vector<PersonWords> words;
  words.reserve(people.size());
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < people.size(); ++i) {
    words.push_back(words_of(people[i]));
    add_marks(people[i], words[i], i, marks);
  }
  std::sort(marks.begin(), marks.end());
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  Groups groups(people);
  std::set<std::pair<std::size_t, std::size_t>> found;
  std::vector<LikelyDuplicate> out;
  const auto compare = [&](std::size_t a, std::size_t b) {
    // In order of ids, so that every replica computes the very same.
    if (people[b].id < people[a].id) std::swap(a, b);
    const int score = similarity(people[a], words[a], people[b], words[b], kLikely);
    if (score >= kLikely && !groups.settled(a, b) && found.emplace(a, b).second)
      out.push_back({people[a], people[b], score});
  };
  for (auto block = marks.begin(); block != marks.end();) {
    const auto end = std::find_if(block, marks.end(),
                                  [&](const Mark& one) { return one.block != block->block; });
    if (static_cast<std::size_t>(end - block) <= kMostInBlock)
      for (auto i = block; i != end; ++i)
        for (auto j = i + 1; j != end; ++j) compare(i->person, j->person);
    block = end;
  }
  std::sort(out.begin(), out.end(), [](const LikelyDuplicate& x, const LikelyDuplicate& y) {
    return std::tie(y.score, x.a.id, x.b.id) < std::tie(x.score, y.a.id, y.b.id);
  });
  return out;
}

bool told_apart(const PersonFacts& a, const PersonFacts& b) {
  const auto names = [](const PersonFacts& one, const RecordId& other) {
    return std::find(one.not_same_as.begin(), one.not_same_as.end(), other) !=
           one.not_same_as.end();
  };
  return names(a, b.id) || names(b, a.id);
}

std::string link_command(const LikelyDuplicate& pair) {
  const bool a_first = std::tie(pair.a.created, pair.a.id) < std::tie(pair.b.created, pair.b.id);
  const auto& stays = a_first ? pair.a : pair.b;
  const auto& goes = a_first ? pair.b : pair.a;
  return "link " + goes.id.hex() + " " + stays.id.hex();
}

std::string distinct_command(const LikelyDuplicate& pair) {
  return "distinct " + pair.a.id.hex() + " " + pair.b.id.hex();
}

Result<std::vector<PersonFacts>> load_people(Projection& records,
                                             std::span<const std::uint32_t> spaces, KindId kind) {
  std::vector<PersonFacts> out;
  if (kind == k::household::kKind) {
    TRY_VOID(each_fact(records, kind,
                       {k::household::kName, k::household::kKkNumber, k::household::kPhone,
                        k::household::kAddress, k::household::kRt, k::household::kSameAs},
                       {.spaces = spaces}, [&](const FactRow& row) {
                         out.push_back({.id = row.id(),
                                        .space = row.space(),
                                        .name = row.text(0),
                                        .number = row.text(1),
                                        .phone = row.text(2),
                                        .address = row.text(3),
                                        .rt = row.number(4),
                                        .same_as = row.record(5),
                                        .created = row.queue().ticks});
                       }));
    TRY_VOID(load_told_apart(records, spaces, kind, out));
    return out;
  }
  if (kind != k::resident::kKind)
    return error(Code::bad_value, "Hanya keluarga dan warga yang dapat dibandingkan",
                 "household, resident");
  TRY_VOID(each_fact(
      records, kind,
      {k::resident::kName, k::resident::kNik, k::resident::kBirthDate, k::resident::kPhone,
       k::resident::kSex, k::resident::kHousehold, k::resident::kSameAs},
      {.spaces = spaces}, [&](const FactRow& row) {
        out.push_back({.id = row.id(),
                       .space = row.space(),
                       .name = row.text(0),
                       .number = row.text(1),
                       .birth = row.number(2),
                       .phone = row.text(3),
                       .sex = row.number(4),
                       .household = row.record(5),
                       .same_as = row.record(6),
                       .created = row.queue().ticks});
      }));
  TRY_VOID(load_told_apart(records, spaces, kind, out));
  return out;
}

Result<std::vector<LikelyDuplicate>> find_duplicates(Projection& records,
                                                     std::span<const std::uint32_t> spaces,
                                                     KindId kind) {
  TRY(const auto people, load_people(records, spaces, kind));
  return likely_duplicates(people);
}

Result<std::vector<PersonFacts>> similar_to(Projection& records, KindId kind,
                                            const PersonFacts& typed, std::size_t most) {
  const bool household = kind == k::household::kKind;
  const Query here{.kind = kind, .spaces = {typed.space}, .limit = kMostCandidates};
  std::vector<Query> queries;
  const auto exactly = [&](FieldId field, Value value) {
    auto query = here;
    query.where.push_back({field, Compare::equal, std::move(value)});
    queries.push_back(std::move(query));
  };
  for (const auto& word : split(typed.name)) {
    auto query = here;
    query.search = word + " ";
    if (word.size() > 2) queries.push_back(std::move(query));
  }
  if (!typed.name.empty())
    exactly(household ? k::household::kName : k::resident::kName, typed.name);
  if (!typed.phone.empty())
    exactly(household ? k::household::kPhone : k::resident::kPhone, typed.phone);
  if (!typed.number.empty())
    exactly(household ? k::household::kKkNumber : k::resident::kNik, typed.number);
  if (!household && typed.birth != 0) exactly(k::resident::kBirthDate, typed.birth);

  std::vector<std::pair<int, PersonFacts>> found;
  std::set<RecordId> seen{typed.id};
  for (const auto& query : queries) {
    TRY(const auto rows, records.rows(query));
    for (const auto& row : rows) {
      if (!seen.insert(row.id).second) continue;
      auto person = person_in(row);
      if (told_apart(typed, person)) continue;
      const int score = similarity(typed, person);
      if (score >= kLikely) found.emplace_back(score, std::move(person));
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(b.first, a.second.id) < std::tie(a.first, b.second.id);
  });
  std::vector<PersonFacts> out;
  for (auto& [score, person] : found)
    if (out.size() < most) out.push_back(std::move(person));
  return out;
}

}  // namespace rukun
