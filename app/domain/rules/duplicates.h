#pragma once
// Who may be the same person or household: a score from name, birth, phone and address, in the
// manner of Fellegi and Sunter, "A Theory for Record Linkage" (JASA 1969): each field adds or takes
// away weight as it agrees or not; names are compared with Jaro and Winkler's measure after
// spellings, titles and old orthography are made alike. It only ever warns: merging is the
// reversible link same_as, and not_same_as says that two were looked at and differ; both are
// honored here. Errors: io. One thread.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/domain/rules/phrase.h"
#include "storage/projection.h"

namespace rukun {

// A resident or household as the comparison sees it. Texts as people wrote them.
struct PersonFacts {
  RecordId id;
  std::uint32_t space = 0;
  std::string name;
  std::string number;      // NIK or KK; empty: unknown
  std::int64_t birth = 0;  // yyyymmdd with 00 for unknown parts; 0: unknown
  std::string phone;
  std::string address;
  std::int64_t rt = 0;
  std::int64_t sex = 0;
  std::optional<RecordId> household;
  std::optional<RecordId> same_as;
  std::vector<RecordId> not_same_as;
  std::uint64_t created = 0;  // ticks of a stamp: of two, the older one stays when they are linked
};

struct LikelyDuplicate {
  PersonFacts a, b;  // a.id < b.id
  int score = 0;     // kLikely or more
};

// For rukunctl: the newer one is linked to the older one, which stays in the lists.
std::string link_command(const LikelyDuplicate& pair);
std::string distinct_command(const LikelyDuplicate& pair);

inline constexpr int kLikely = 60;

// Whether either was said to be another than the other.
bool told_apart(const PersonFacts& a, const PersonFacts& b);

// "H. Moch. Soebandi" and "Mohamad Subandi" have one normal form.
std::string normal_name(std::string_view name);
double name_similarity(std::string_view a, std::string_view b);  // 0 to 1, of any two names
int similarity(const PersonFacts& a, const PersonFacts& b);
// "nama mirip; telepon sama": what speaks for it.
Phrase in_common(const PersonFacts& a, const PersonFacts& b);

// The same for many comparisons: names and addresses are taken apart once.
struct PersonWords {
  std::vector<std::string> name;
  std::vector<std::string> address;
};
PersonWords words_of(const PersonFacts& person);
// Where it is certain not to reach `enough`, some other number below that.
int similarity(const PersonFacts& a, const PersonWords& words_a, const PersonFacts& b,
               const PersonWords& words_b, int enough);

// Pairs at or above kLikely that are neither linked nor told apart yet, best first: who was told
// apart from one is so from all that are linked with it. In time about proportional to the
// number of people: only those who share a word's sound, a phone or a birth date are compared.
std::vector<LikelyDuplicate> likely_duplicates(std::span<const PersonFacts> people);

// kind: household or resident.
Result<std::vector<PersonFacts>> load_people(Projection& records,
                                             std::span<const std::uint32_t> spaces, KindId kind);
Result<std::vector<LikelyDuplicate>> find_duplicates(Projection& records,
                                                     std::span<const std::uint32_t> spaces,
                                                     KindId kind);
// At entry: who is already there and may be the one that is being typed, best first.
Result<std::vector<PersonFacts>> similar_to(Projection& records, KindId kind,
                                            const PersonFacts& typed, std::size_t most = 3);

}  // namespace rukun
