// From a line of a chat to what is needed and for whom.
#include <algorithm>
#include <optional>

#include "app/domain/chat.h"
#include "app/domain/chat_tokens.h"
#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/units.h"
#include "app/domain/values.h"

namespace rukun {
namespace {

namespace need = fields::need;

constexpr std::size_t kLongestUnit = 4;  // words: "karung ( 25 kg )"
constexpr std::size_t kLongestItem = 4;
constexpr std::size_t kShortestGuess = 4;
constexpr std::size_t kMostWhoBytes = 120;

template <std::size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

constexpr std::string_view kHonorifics[] = {
    "bu",       "ibu",    "pak",  "bapak", "bpk",    "mbah",     "nenek", "kakek",  "mas",
    "mbak",     "bang",   "kang", "ustad", "ustadz", "ustadzah", "haji",  "hajah",  "hj",
    "keluarga", "kel",    "om",   "tante", "bude",   "pakde",    "bulik", "paklik", "uni",
    "uda",      "ibunda", "sdr",  "sdri",  "almh",   "alm"};
constexpr std::string_view kFor[] = {"utk", "untuk", "buat", "bagi", "for", "unt"};
// Said around a wish; they add nothing to it.
constexpr std::string_view kNoise[] = {
    "butuh",  "membutuhkan", "dibutuhkan", "perlu",   "minta",  "mohon", "tolong",
    "kurang", "kekurangan",  "mau",        "ya",      "dong",   "kak",   "kebutuhan",
    "daftar", "list",        "needs",      "need",    "please", "bantu", "bantuan",
    "sangat", "sekali",      "kira-kira",  "sekitar", "ada",    "lagi",  "juga",
    "masih",  "dan",         "isi",        "sebanyak"};
// For nobody alone: the whole RT.
constexpr std::string_view kEverybody[] = {"seluruh", "semua", "warga", "segenap", "satu", "se"};
constexpr std::string_view kLess[] = {"minus", "min"};
struct Times {
  std::string_view word;
  std::int64_t number;
};
constexpr Times kTimes[] = {
    {"ribu", 1000}, {"rb", 1000}, {"k", 1000}, {"juta", 1'000'000}, {"jt", 1'000'000}};

std::string joined(const ChatTokens& tokens, std::size_t first, std::size_t end) {
  std::string out;
  for (auto i = first; i < end; ++i) out += (out.empty() ? "" : " ") + tokens[i].text;
  return out;
}
std::string joined(const ChatTokens& tokens) { return joined(tokens, 0, tokens.size()); }

// Cut between characters.
std::string shortened(std::string text) {
  if (text.size() <= kMostWhoBytes) return text;
  auto end = kMostWhoBytes;
  while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

bool has_number(const ChatTokens& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const ChatToken& one) { return one.number; });
}

// "Pak Joko", but not "2 pak popok".
bool is_address(const ChatTokens& tokens, std::size_t i) {
  const bool counted = i > 0 && counts(tokens[i - 1]) && parse_unit(tokens[i].word);
  return among(kHonorifics, tokens[i].word) && !counted;
}

// Pieces between marks and "dan"; a piece that a colon ends says whom all the rest is for.
struct Piece {
  ChatTokens tokens;
  bool heads = false;
};

std::vector<Piece> pieces_of(const ChatTokens& tokens) {
  std::vector<Piece> out(1);
  bool naming = false;  // within a name, "dan" joins: "Pak Joko dan keluarga"
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& one = tokens[i];
    bool parts =
        one.word == "," || one.word == ";" || one.word == "+" || one.word == "&" || one.word == ":";
    if (one.word == "dan" || one.word == "sama") {
      bool counted = false;
      for (auto next = i + 1; next < tokens.size() && tokens[next].word != ","; ++next)
        counted = counted || tokens[next].number;
      parts = !naming || counted;
    }
    if (!parts) {
      naming = naming || is_address(tokens, i) || among(kFor, one.word);
      out.back().tokens.push_back(one);
      continue;
    }
    naming = false;
    out.back().heads = one.word == ":";
    if (!out.back().tokens.empty()) out.emplace_back();
  }
  if (out.back().tokens.empty()) out.pop_back();
  return out;
}

// "RT 3", "RT.03/RW 07", "rt 3/7": taken out of the piece.
void take_rt(ChatTokens& tokens, ChatWish& wish) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].word != "rt" && tokens[i].word != "rt.") continue;
    const auto slash = tokens[i + 1].text.find('/');
    const auto rt = short_number(std::string_view(tokens[i + 1].text).substr(0, slash));
    if (!rt) continue;
    wish.rt = *rt;
    auto end = i + 2;
    if (slash != std::string::npos) {
      wish.rw = short_number(std::string_view(tokens[i + 1].text).substr(slash + 1)).value_or(0);
    } else {
      auto next = end;
      if (next < tokens.size() && tokens[next].word == "/") ++next;
      if (next + 1 < tokens.size() && tokens[next].word == "rw") {
        if (const auto rw = short_number(tokens[next + 1].text)) {
          wish.rw = *rw;
          end = next + 2;
        }
      }
    }
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i),
                 tokens.begin() + static_cast<std::ptrdiff_t>(end));
    return;
  }
}

void take_urgency(ChatTokens& tokens, ChatWish& wish) {
  bool life = false;
  std::erase_if(tokens, [&](const ChatToken& one) {
    std::int64_t found = 0;
    if (one.word == "segera") found = need::kUrgencySoon;
    if (one.word == "mendesak" || one.word == "urgent" || one.word == "darurat")
      found = need::kUrgencyUrgent;
    life = life || (one.word == "nyawa" && wish.urgency == need::kUrgencyUrgent);
    wish.urgency = std::max(wish.urgency, found);
    return found != 0 || (life && one.word == "nyawa");
  });
  if (life) wish.urgency = need::kUrgencyLife;
}

class WishReader {
 public:
  WishReader(const ItemCatalogue& items, ChatWish& wish) : items_(items), wish_(wish) {}

  // What stops a wish from being one; nothing when it is understood.
  std::optional<Phrase> read(ChatTokens tokens) {
    take_who(tokens);
    std::erase_if(tokens, [](const ChatToken& one) {
      return among(kNoise, one.word) || one.word == "(" || one.word == ")" || one.word == "-" ||
             one.word == "/" || one.word == ".";
    });
    if (!take_quantity(tokens))
      return Phrase{"jumlahnya tidak disebut", "it does not say how much"};
    if (!understood_) return Phrase{"jumlahnya tidak dimengerti", "how much is not understood"};
    if (wish_.thousandths <= 0)
      return Phrase{"jumlahnya harus lebih dari nol", "how much must be more than zero"};
    if (std::any_of(before_.begin(), before_.end(), counts) ||
        std::any_of(after_.begin(), after_.end(), counts))
      return Phrase{"ada dua angka; tulis satu kebutuhan per baris",
                    "it holds two numbers; write one need a line"};
    if (wish_.unit == "rupiah") return take_money();
    return take_item();
  }

  // "Bu Ani RT 3: ..." says for whom, and nothing else.
  static bool is_name_only(const ChatTokens& tokens) {
    return !tokens.empty() && !has_number(tokens);
  }

  // From a form of address, or "untuk", to a verb, an item, a number or the end.
  void take_who(ChatTokens& tokens) {
    std::size_t first = tokens.size();
    for (std::size_t i = 0; i < tokens.size() && first == tokens.size(); ++i) {
      if (among(kFor, tokens[i].word) ||
          (is_address(tokens, i) && i + 1 < tokens.size() && !tokens[i + 1].number))
        first = i;
    }
    if (first == tokens.size()) return;
    const bool marked = among(kFor, tokens[first].word);
    auto end = first + 1;
    while (end < tokens.size() && !ends_name(tokens, end, marked)) ++end;
    const auto from = marked ? first + 1 : first;
    const bool everybody =
        wish_.rt != 0 &&
        std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(from),
                    tokens.begin() + static_cast<std::ptrdiff_t>(end),
                    [](const ChatToken& one) { return among(kEverybody, one.word); });
    if (!everybody) wish_.who = shortened(joined(tokens, from, end));
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                 tokens.begin() + static_cast<std::ptrdiff_t>(end));
  }

 private:
  bool ends_name(const ChatTokens& tokens, std::size_t at, bool marked) const {
    const auto& one = tokens[at];
    if (one.number || one.word == "(" || one.word == ")" || one.word == "-") return true;
    if (marked) return false;  // "untuk bayi Bu Susi": all of it
    if (counts(one)) return true;
    if (among(kNoise, one.word) && one.word != "dan") return true;
    for (std::size_t length = kLongestItem; length > 0; --length) {
      if (at + length <= tokens.size() && items_.find(joined(tokens, at, at + length)) != nullptr)
        return true;
    }
    return false;
  }

  // Splits the tokens around the quantity and its unit.
  bool take_quantity(const ChatTokens& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto& one = tokens[i];
      auto number = read_chat_number(tokens, i);
      if (!number && one.word.size() > 4 && one.word.starts_with("se") &&
          parse_unit(std::string_view(one.word).substr(2))) {
        number = ChatNumber{1000, i + 1};
        wish_.unit = *parse_unit(std::string_view(one.word).substr(2));
      }
      if (!number) continue;
      understood_ = number->thousandths.has_value();
      wish_.thousandths = number->thousandths.value_or(0);
      auto end = number->end;
      if (wish_.unit.empty()) end = take_unit(tokens, end);
      auto first = i;
      if (first > 0 && among(kLess, tokens[first - 1].word)) {
        wish_.thousandths = std::min(wish_.thousandths, -wish_.thousandths);
        --first;
      }
      const auto before = first > 0 ? std::string_view(tokens[first - 1].word) : std::string_view();
      if (before == "rp" || before == "idr") {
        wish_.unit = "rupiah";
        --first;
      }
      before_.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(first));
      after_.assign(tokens.begin() + static_cast<std::ptrdiff_t>(end), tokens.end());
      return true;
    }
    return false;
  }

  // After a number that ends at `end`: the longest run of words that is a unit.
  std::size_t take_unit(const ChatTokens& tokens, std::size_t end) {
    for (const auto& times : kTimes) {
      if (end < tokens.size() && tokens[end].word == times.word) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(wish_.thousandths, times.number, &product)) product = 0;
        wish_.thousandths = product;
        wish_.unit = "rupiah";
        return end + 1;
      }
    }
    for (auto length = std::min(kLongestUnit, tokens.size() - end); length > 0; --length) {
      const auto unit = parse_unit(joined(tokens, end, end + length));
      if (!unit) continue;
      wish_.unit = *unit;
      return end + length;
    }
    return end;
  }

  std::optional<Phrase> take_money() {
    wish_.category = category_code("money");
    leave_over(after_);
    return std::nullopt;
  }

  const Item* find(const ChatTokens& tokens, std::size_t first, std::size_t end) const {
    return first < end ? items_.find(joined(tokens, first, end)) : nullptr;
  }

  std::optional<Phrase> take_item() {
    auto all = before_;
    all.insert(all.end(), after_.begin(), after_.end());
    if (all.empty()) return Phrase{"barangnya tidak disebut", "it does not say what"};
    const Item* item = find(all, 0, all.size());
    ChatTokens rest;
    if (item == nullptr && (item = find(before_, 0, before_.size())) != nullptr) rest = after_;
    for (auto length = std::min(kLongestItem, after_.size()); item == nullptr && length > 0;
         --length) {
      item = find(after_, 0, length);
      if (item == nullptr) continue;
      rest = before_;
      rest.insert(rest.end(), after_.begin() + static_cast<std::ptrdiff_t>(length), after_.end());
    }
    if (item == nullptr) {
      const auto& words = before_.empty() ? after_ : before_;
      if (!before_.empty()) rest = after_;
      item = guess(joined(words));
      if (item == nullptr) take_free(joined(words));
    }
    if (item != nullptr) {
      wish_.item = item->id;
      wish_.category = item->category;
    }
    if (wish_.unit.empty()) assume_unit(item);
    leave_over(rest);
    return std::nullopt;
  }

  // One slip of a finger, when only one item can be meant.
  const Item* guess(const std::string& words) {
    if (words.size() < kShortestGuess) return nullptr;
    const auto likely = items_.suggest(words, 2);
    if (likely.size() != 1) return nullptr;
    wish_.remarks.push_back({"\"" + words + "\" dibaca sebagai " + likely.front()->name_id,
                             "\"" + words + "\" is read as " + likely.front()->name_en});
    return likely.front();
  }

  void take_free(const std::string& words) {
    wish_.item = "~" + words;
    wish_.category = category_code("other");
    wish_.remarks.push_back({"\"" + words + "\" tidak ada dalam daftar barang, dicatat apa adanya",
                             "\"" + words + "\" is not in the catalogue and is kept as written"});
  }

  void assume_unit(const Item* item) {
    wish_.unit = item == nullptr ? "piece" : item->unit;
    wish_.remarks.push_back(
        {"satuan tidak disebut, dianggap " + unit_word(wish_.unit, Language::id),
         "no unit is given, taken as " + unit_word(wish_.unit, Language::en)});
  }

  // Words behind the thing are a name as often as not: "beras 5 kg Slamet".
  void leave_over(const ChatTokens& tokens) {
    if (tokens.empty()) return;
    const auto words = shortened(joined(tokens));
    if (!wish_.who.empty()) {
      wish_.remarks.push_back({"tidak dimengerti: " + words, "not understood: " + words});
      return;
    }
    wish_.who = words;
    wish_.guessed = true;
    wish_.remarks.push_back(
        {"\"" + words + "\" dianggap nama", "\"" + words + "\" is taken for a name"});
  }

  const ItemCatalogue& items_;
  ChatWish& wish_;
  ChatTokens before_, after_;
  bool understood_ = false;  // the number, whatever it is
};

bool is_named(const ChatWish& wish) { return (!wish.who.empty() && !wish.guessed) || wish.rt != 0; }

void name_after(ChatWish& wish, const ChatWish& other) {
  if (!is_named(other)) return;
  if (wish.guessed)
    wish.remarks.back() = {"tidak dimengerti: " + wish.who, "not understood: " + wish.who};
  wish.guessed = false;
  wish.who = other.who;
  wish.rt = other.rt;
  wish.rw = other.rw;
}

void name_all(std::vector<ChatWish>& wishes, const ChatWish& after) {
  for (auto& wish : wishes)
    if (!is_named(wish)) name_after(wish, after);
}

// "2 dus mi, telur 1 kg utk Pak Joko": what names nobody is for whom the next one names, else for
// whom the one before did.
void share_names(std::vector<ChatWish>& wishes) {
  for (auto i = wishes.size(); i-- > 1;)
    if (!is_named(wishes[i - 1])) name_after(wishes[i - 1], wishes[i]);
  for (std::size_t i = 1; i < wishes.size(); ++i)
    if (!is_named(wishes[i])) name_after(wishes[i], wishes[i - 1]);
}

}  // namespace

void read_wishes(const ItemCatalogue& items, ChatLine& line) {
  ChatWish head;  // what "Bu Ani RT 3:" says for all that follows
  for (auto& piece : pieces_of(chat_tokens(line.text))) {
    ChatWish wish{.text = joined(piece.tokens)};
    take_rt(piece.tokens, wish);
    take_urgency(piece.tokens, wish);
    if (piece.heads && WishReader::is_name_only(piece.tokens)) {
      std::erase_if(piece.tokens, [](const ChatToken& one) { return among(kNoise, one.word); });
      head = wish;
      head.who = shortened(joined(piece.tokens));
      continue;
    }
    WishReader reader(items, wish);
    const auto wrong = reader.read(piece.tokens);
    if (wrong && is_named(wish) && !has_number(piece.tokens) && !line.wishes.empty()) {
      name_all(line.wishes, wish);  // "..., Bu Ani RT 3": a name behind a comma
      continue;
    }
    if (wish.urgency == 0) wish.urgency = head.urgency;
    if (wrong) {
      line.refused.push_back({wish.text, *wrong});
    } else if (line.wishes.size() == kMostWishesInLine) {
      line.refused.push_back(
          {wish.text, {"terlalu banyak dalam satu baris", "too many in a line"}});
    } else {
      line.wishes.push_back(std::move(wish));
    }
  }
  share_names(line.wishes);
  name_all(line.wishes, head);
}

}  // namespace rukun
