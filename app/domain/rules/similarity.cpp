// How alike two people are: the pure half of duplicates.h.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "app/domain/fold.h"
#include "app/domain/rules/duplicates.h"

namespace rukun {
namespace {

constexpr std::size_t kMostCompared = 64;  // bytes of a word; longer ones are cut

// The most that names and addresses can add.
constexpr int kSameName = 60;
constexpr int kNameAlike = 40;
constexpr int kSameAddress = 20;

constexpr std::array<std::string_view, 24> kTitles{
    "bapak", "bpk", "pak",  "ibu",    "bu",   "h",   "hj",   "haji",
    "hajah", "kh",  "ust",  "ustadz", "drs",  "dra", "dr",   "ir",
    "prof",  "alm", "almh", "sdr",    "sdri", "mas", "mbak", "keluarga"};
constexpr std::array<std::string_view, 13> kMuhammads{
    "muhammad", "muhamad", "mohammad", "mohamad", "mochammad", "mochamad", "muchammad",
    "muchamad", "moch",    "moh",      "muh",     "mohd",      "md"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : folded(text)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    // An apostrophe stands inside a word: "Nu'man".
    if (letter) {
      words.back() += c;
    } else if (c != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// The spelling before 1947 and 1972, doubled letters, and y for i: "Soebandi", "Djoko", "Tjipto",
// "Anny".
std::string respelled(std::string word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kOld{
      {{"oe", "u"}, {"dj", "j"}, {"tj", "c"}, {"nj", "ni"}, {"sj", "si"}}};
  for (const auto& [from, to] : kOld)
    for (auto at = word.find(from); at != word.npos; at = word.find(from, at + to.size()))
      word.replace(at, from.size(), to);
  std::replace(word.begin(), word.end(), 'y', 'i');
  word.erase(std::unique(word.begin(), word.end()), word.end());
  return word;
}

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> out;
  for (auto& word : words_of(name)) {
    if (among(kMuhammads, word)) {
      out.emplace_back("muhamad");
    } else if (!among(kTitles, word)) {
      out.push_back(respelled(std::move(word)));
    }
  }
  // "Bu Haji" alone has no name left; then the title is the name.
  return out.empty() ? words_of(name) : out;
}

// Jaro (1989), as modified by Winkler (1990): common letters within half a length, minus half the
// transpositions, plus a bonus for a common beginning.
double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, kMostCompared);
  b = b.substr(0, kMostCompared);
  if (a.empty() || b.empty()) return a == b ? 1.0 : 0.0;
  const auto reach = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  std::array<bool, kMostCompared> in_a{}, in_b{};
  std::size_t common = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto from = i > reach ? i - reach : 0;
    for (auto j = from; j < std::min(b.size(), i + reach + 1); ++j) {
      if (in_b[j] || a[i] != b[j]) continue;
      in_a[i] = in_b[j] = true;
      ++common;
      break;
    }
  }
  if (common == 0) return 0.0;
  std::size_t turned = 0;
  for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
    if (!in_a[i]) continue;
    while (!in_b[j]) ++j;
    turned += a[i] != b[j++] ? 1 : 0;
  }
  const auto m = static_cast<double>(common);
  const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - static_cast<double>(turned / 2)) / m) /
                      3.0;
  std::size_t begin = 0;
  while (begin < std::min<std::size_t>({4, a.size(), b.size()}) && a[begin] == b[begin]) ++begin;
  return jaro + static_cast<double>(begin) * 0.1 * (1.0 - jaro);
}

// Each word of the shorter list with its best partner; a word left over costs a little, since
// people leave words of their names away.
double alike(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto& few = a.size() <= b.size() ? a : b;
  const auto& many = a.size() <= b.size() ? b : a;
  if (few.empty()) return 0.0;
  std::vector<bool> used(many.size());
  double total = 0;
  for (const auto& word : few) {
    std::size_t best = many.size();
    double best_score = 0;
    for (std::size_t i = 0; i < many.size(); ++i) {
      if (used[i]) continue;
      // One letter stands for a word: "M. Yusuf".
      const bool initial = word.size() == 1 || many[i].size() == 1;
      const double score =
          initial ? (word[0] == many[i][0] ? 0.9 : 0.0) : jaro_winkler(word, many[i]);
      if (score > best_score) {
        best = i;
        best_score = score;
      }
    }
    if (best < many.size()) used[best] = true;
    total += best_score;
  }
  const double missing = 0.06 * static_cast<double>(many.size() - few.size());
  return std::max(0.0, total / static_cast<double>(few.size()) - missing);
}

std::size_t different_digits(std::string_view a, std::string_view b) {
  std::size_t out = a.size() == b.size() ? 0 : kMostCompared;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) out += a[i] != b[i] ? 1 : 0;
  return out;
}

int number_weight(const PersonFacts& a, const PersonFacts& b) {
  if (a.number.empty() || b.number.empty()) return 0;
  if (a.number == b.number) return 60;
  // One slip, or two neighboring digits turned round, is a typing mistake more often than not.
  return different_digits(a.number, b.number) <= 2 ? 10 : -70;
}

int birth_weight(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  if (a == b) return a % 10000 == 0 ? 15 : 35;
  const auto year_gap = std::abs(a / 10000 - b / 10000);
  if (a % 10000 == 0 || b % 10000 == 0) return year_gap == 0 ? 15 : year_gap == 1 ? 5 : -25;
  const bool swapped = year_gap == 0 && a / 100 % 100 == b % 100 && b / 100 % 100 == a % 100;
  if (swapped || different_digits(std::to_string(a), std::to_string(b)) == 1) return 15;
  return -30;
}

int address_weight(const PersonWords& a, const PersonWords& b) {
  if (a.address.empty() || b.address.empty()) return 0;
  const double score = alike(a.address, b.address);
  return score >= 0.9 ? kSameAddress : score >= 0.75 ? 10 : -5;
}

int place_weight(const PersonFacts& a, const PersonFacts& b) {
  if (a.space != b.space) return -20;
  if (a.household && b.household) return *a.household == *b.household ? 20 : -5;
  if (a.rt != 0 && b.rt != 0) return a.rt == b.rt ? 20 : -10;
  return 0;
}

int name_weight(const PersonWords& a, const PersonWords& b) {
  if (a.name == b.name) return a.name.size() > 1 ? kSameName : kNameAlike;
  const double score = alike(a.name, b.name);
  return score >= 0.93 ? kNameAlike : score >= 0.87 ? 28 : score >= 0.8 ? 10 : -40;
}

}  // namespace

std::string normal_name(std::string_view name) {
  std::string out;
  for (const auto& word : name_words(name)) out += (out.empty() ? "" : " ") + word;
  return out;
}

double name_similarity(std::string_view a, std::string_view b) {
  return alike(name_words(a), name_words(b));
}

PersonWords words_of(const PersonFacts& person) {
  return {name_words(person.name), words_of(person.address)};
}

int similarity(const PersonFacts& a, const PersonWords& words_a, const PersonFacts& b,
               const PersonWords& words_b, int enough) {
  int score = number_weight(a, b) + birth_weight(a.birth, b.birth) + place_weight(a, b);
  if (!a.phone.empty() && !b.phone.empty()) score += a.phone == b.phone ? 30 : -3;
  if (a.sex != 0 && b.sex != 0 && a.sex != b.sex) score -= 40;
  // Comparing words is what takes time.
  const int at_best =
      score + (words_a.name == words_b.name ? kSameName : kNameAlike) + kSameAddress;
  if (at_best < enough) return at_best;
  return score + name_weight(words_a, words_b) + address_weight(words_a, words_b);
}

int similarity(const PersonFacts& a, const PersonFacts& b) {
  return similarity(a, words_of(a), b, words_of(b), std::numeric_limits<int>::min());
}

Phrase in_common(const PersonFacts& a, const PersonFacts& b) {
  Phrase out;
  const auto add = [&out](std::string_view id, std::string_view en) {
    out.id += (out.id.empty() ? "" : "; ") + std::string(id);
    out.en += (out.en.empty() ? "" : "; ") + std::string(en);
  };
  const auto words_a = words_of(a), words_b = words_of(b);
  if (words_a.name == words_b.name) {
    add("nama sama", "the same name");
  } else if (name_weight(words_a, words_b) > 0) {
    add("nama mirip", "names alike");
  }
  if (number_weight(a, b) > 0)
    add(a.number == b.number ? "nomor sama" : "nomor mirip",
        a.number == b.number ? "the same number" : "numbers alike");
  if (birth_weight(a.birth, b.birth) > 0)
    add(a.birth == b.birth ? "tanggal lahir sama" : "tanggal lahir mirip",
        a.birth == b.birth ? "the same date of birth" : "dates of birth alike");
  if (!a.phone.empty() && a.phone == b.phone) add("telepon sama", "the same phone");
  if (address_weight(words_a, words_b) > 0) add("alamat mirip", "addresses alike");
  if (a.space == b.space && a.household && a.household == b.household)
    add("satu keluarga", "the same household");
  if (a.space == b.space && a.rt != 0 && a.rt == b.rt) add("satu RT", "the same RT");
  return out;
}

}  // namespace rukun
