// From a copied chat to its lines.
#include "app/domain/chat.h"

#include <algorithm>

#include "app/domain/fold.h"

namespace rukun {
namespace {

constexpr std::size_t kMostSenderBytes = 120;

// Marks of direction and of joining that messengers put in, which nobody sees.
bool is_invisible(std::string_view c) {
  static constexpr std::string_view kMarks[] = {
      "\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
      "\u202E", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\uFE0F", "\uFEFF"};
  for (const auto mark : kMarks)
    if (c == mark) return true;
  return false;
}

struct Spelling {
  std::string_view from, to;
};
constexpr Spelling kSpellings[] = {{"\u00A0", " "},     {"\u202F", " "},     {"\u2013", "-"},
                                   {"\u2014", "-"},     {"\u2212", "-"},     {"\u00BD", " 1/2 "},
                                   {"\u00BC", " 1/4 "}, {"\u00BE", " 3/4 "}, {"\u2019", "'"},
                                   {"\u2018", "'"}};

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<std::uint8_t>(text[at]);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// In plain characters: `text` is UTF-8.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = text.substr(at, length_at(text, at));
    at += c.size();
    if (is_invisible(c)) continue;
    bool respelled = false;
    for (const auto& one : kSpellings) {
      if (c != one.from) continue;
      out += one.to;
      respelled = true;
    }
    if (respelled) continue;
    const bool control = c.size() == 1 && static_cast<std::uint8_t>(c[0]) < 0x20;
    out += control ? std::string_view(" ") : c;
  }
  return std::string(trimmed(out));
}

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_any(std::string_view of) {
    if (at_ >= text_.size() || of.find(text_[at_]) == of.npos) return false;
    ++at_;
    return true;
  }
  bool digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < most && at_ < text_.size() && is_digit(text_[at_])) ++at_, ++count;
    return count >= least;
  }
  void spaces() {
    while (take(' ')) continue;
  }
  std::size_t at() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// "12/11/25 08.30", "12/11/2025, 8:30:15 PM"
bool take_moment(Cursor& in) {
  if (!in.digits(1, 4) || !in.take_any("/.-") || !in.digits(1, 2) || !in.take_any("/.-") ||
      !in.digits(1, 4))
    return false;
  in.take(',');
  in.spaces();
  if (!in.digits(1, 2) || !in.take_any(".:") || !in.digits(2, 2)) return false;
  if (in.take_any(".:") && !in.digits(2, 2)) return false;
  Cursor half = in;
  half.spaces();
  if (half.take_any("AaPp") && half.take_any("Mm")) in = half;
  return true;
}

// Takes "[12/11/25 08.30] Bu Ani: " or "12/11/25 08.30 - Bu Ani: " off; false: there is none.
bool take_prefix(std::string_view& text, ChatLine& line) {
  Cursor in(text);
  const bool bracket = in.take('[');
  const auto first = in.at();
  if (!take_moment(in)) return false;
  const auto when = text.substr(first, in.at() - first);
  if (bracket && !in.take(']')) return false;
  in.spaces();
  if (!bracket && !in.take('-')) return false;
  in.spaces();
  auto rest = in.rest();
  line.when = when;
  line.sender.clear();
  const auto colon = rest.find(": ");
  if (colon != rest.npos && colon > 0 && colon <= kMostSenderBytes) {
    line.sender = trimmed(rest.substr(0, colon));
    while (line.sender.starts_with('~') || line.sender.starts_with(' ')) line.sender.erase(0, 1);
    rest.remove_prefix(colon + 2);
  } else if (!rest.empty() && rest.back() == ':') {
    line.sender = trimmed(rest.substr(0, rest.size() - 1));
    rest = {};
  }
  text = rest;
  return true;
}

bool is_ornament(std::string_view c) {
  if (c.size() == 1) return std::string_view("-*>_~#=.| ").find(c) != std::string_view::npos;
  return c.size() >= 3 || c == "\u00B7";  // bullets, ticks, pictures
}

// "1. ", "2) ", "(3) ", "- ", "✅ "
std::string_view without_bullet(std::string_view text) {
  bool more = true;
  while (more && !text.empty()) {
    more = false;
    while (!text.empty() && is_ornament(text.substr(0, length_at(text, 0)))) {
      text.remove_prefix(length_at(text, 0));
      more = true;
    }
    Cursor in(text);
    in.take('(');
    if (!in.digits(1, 3) || !in.take_any(".)")) continue;
    if (!in.rest().empty() && is_digit(in.rest().front())) continue;  // "1.5 kg"
    text = in.rest();
    more = true;
  }
  while (!text.empty() && std::string_view(" *_~").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  return text;
}

tl::unexpected<Error> too_much(const std::string& what, Language language) {
  return error(Code::bad_value, std::string(pick(language, "lebih dari ", "more than ")) + what,
               std::string(pick(language, "salin sebagian saja", "copy a part of it")));
}

}  // namespace

Result<std::vector<ChatLine>> read_chat(std::string_view text, const ItemCatalogue& items,
                                        Language language) {
  if (text.size() > kMostChatBytes) return too_much("1 MiB", language);
  if (!is_utf8(text))
    return error(Code::bad_value,
                 std::string(pick(language, "bukan teks UTF-8", "this is not UTF-8 text")));
  std::vector<ChatLine> out;
  ChatLine message;  // of which the next lines may be
  std::uint64_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (++number > kMostChatLines)
      return too_much(
          std::to_string(kMostChatLines) + std::string(pick(language, " baris", " lines")),
          language);
    if (raw.size() > kMostChatLineBytes) {
      ChatLine line{.number = number, .text = {}};
      line.refused.push_back({"", {"baris ini terlalu panjang", "this line is too long"}});
      out.push_back(std::move(line));
      continue;
    }
    const auto clean = plain(raw);
    std::string_view rest = clean;
    take_prefix(rest, message);
    rest = trimmed(without_bullet(trimmed(rest)));
    if (rest.empty()) continue;
    ChatLine line{.number = number,
                  .text = std::string(rest),
                  .when = message.when,
                  .sender = message.sender};
    read_wishes(items, line);
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace rukun
