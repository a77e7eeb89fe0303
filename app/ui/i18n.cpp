#include "app/ui/i18n.h"

#include <optional>
#include <vector>

namespace rukun::ui {
namespace {

constexpr std::size_t kMostFileBytes = 1 << 20;
constexpr std::size_t kMostEntries = 4096;
constexpr std::uint64_t kLargestCount = 1'000'000'000'000;

tl::unexpected<Error> bad_po(std::size_t line, const char* what) {
  return error(Code::damaged, "translation file, line " + std::to_string(line) + ": " + what);
}

// Appends the text between the quotes of a .po line.
Result<void> take_quoted(std::string_view text, std::size_t line, std::string& to) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"')
    return bad_po(line, "a quoted text was expected");
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return bad_po(line, "a quote inside a text needs a backslash");
    if (text[i] != '\\') {
      to.push_back(text[i]);
      continue;
    }
    if (++i == text.size()) return bad_po(line, "nothing follows the backslash");
    switch (text[i]) {
      case 'n': to.push_back('\n'); break;
      case 't': to.push_back('\t'); break;
      case '"': to.push_back('"'); break;
      case '\\': to.push_back('\\'); break;
      default: return bad_po(line, "unknown escape");
    }
  }
  return {};
}

const char* accented(char letter) {
  switch (letter) {
    case 'a': return "á";
    case 'e': return "ë";
    case 'i': return "ï";
    case 'o': return "ö";
    case 'u': return "ü";
    case 'n': return "ñ";
    case 'A': return "Á";
    case 'K': return "Ķ";
    case 'S': return "Š";
    case 'T': return "Ţ";
    default: return nullptr;
  }
}

std::string pseudo_text(const std::string& text) {
  std::string out;
  std::size_t vowels = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 1 < text.size() && text[i + 1] == '{') {
      const std::size_t close = text.find('}', i);
      const std::size_t end = close == std::string::npos ? text.size() : close + 1;
      out += text.substr(i, end - i);
      i = end - 1;
      continue;
    }
    const char* accent = accented(text[i]);
    if (accent == nullptr) {
      out.push_back(text[i]);
      continue;
    }
    out += accent;
    // Doubling every second accented letter makes words about a fifth longer.
    if (++vowels % 2 == 0) out += accent;
  }
  return out;
}

// What stands after "Plural-Forms:" in the header; empty: nothing.
std::string_view plural_rule(std::string_view header) {
  constexpr std::string_view kName = "Plural-Forms: ";
  const std::size_t at = header.find(kName);
  if (at == std::string_view::npos) return {};
  header.remove_prefix(at + kName.size());
  return header.substr(0, header.find('\n'));
}

// "msgstr[1] " → 1
std::optional<std::size_t> form_number(std::string_view line) {
  if (line.size() < 10 || line.substr(0, 7) != "msgstr[" || line.substr(8, 2) != "] ")
    return std::nullopt;
  const char digit = line[7];
  if (digit < '0' || digit > '9') return std::nullopt;
  return static_cast<std::size_t>(digit - '0');
}

}  // namespace

Status Translator::keep(std::string&& key, std::vector<std::string>&& texts, bool several,
                        std::size_t line) {
  if (texts.empty()) return {};
  if (key.empty()) {
    const std::string_view rule = plural_rule(texts[0]);
    if (rule.empty()) return {};
    auto read = PluralRule::parse(rule);
    if (!read) return bad_po(line, read.error().message.c_str());
    plural_ = std::move(*read);
    return {};
  }
  if (several && texts.size() != plural_.forms())
    return bad_po(line, "the entry before has fewer or more forms than Plural-Forms says");
  words_[key] = texts.back();
  if (words_.size() > kMostEntries) return bad_po(line, "too many entries");
  if (several) forms_[std::move(key)] = std::move(texts);
  return {};
}

Result<Translator> Translator::from_po(std::string language, std::string_view po) {
  if (po.size() > kMostFileBytes) return error(Code::damaged, "the translation file is too large");
  Translator out;
  out.language_ = std::move(language);
  std::string key, plural_key;
  std::vector<std::string> texts;
  bool several = false;
  enum class In { nothing, msgid, plural, msgstr } in = In::nothing;
  std::size_t number = 0;
  const auto finish = [&]() -> Status {
    TRY_VOID(out.keep(std::move(key), std::move(texts), several, number));
    key.clear();
    plural_key.clear();
    texts.clear();
    several = false;
    return {};
  };
  while (!po.empty()) {
    ++number;
    const std::size_t end = po.find('\n');
    std::string_view line = po.substr(0, end);
    po.remove_prefix(end == std::string_view::npos ? po.size() : end + 1);
    if (line.empty() || line == "\r" || line.front() == '#') continue;
    const auto form = form_number(line);
    if (line.rfind("msgid ", 0) == 0) {
      TRY_VOID(finish());
      in = In::msgid;
      TRY_VOID(take_quoted(line.substr(6), number, key));
      if (out.words_.count(key) != 0) return bad_po(number, "this key stands twice");
    } else if (line.rfind("msgid_plural ", 0) == 0 && in == In::msgid) {
      in = In::plural;
      several = true;
      TRY_VOID(take_quoted(line.substr(13), number, plural_key));
    } else if (line.rfind("msgstr ", 0) == 0 && in == In::msgid) {
      in = In::msgstr;
      TRY_VOID(take_quoted(line.substr(7), number, texts.emplace_back()));
    } else if (form && several && *form == texts.size()) {
      in = In::msgstr;
      TRY_VOID(take_quoted(line.substr(10), number, texts.emplace_back()));
    } else if (line.front() == '"' && in != In::nothing) {
      std::string& to = in == In::msgid ? key : in == In::plural ? plural_key : texts.back();
      TRY_VOID(take_quoted(line, number, to));
    } else {
      return bad_po(number, "msgid, msgstr or a quoted text was expected");
    }
  }
  TRY_VOID(finish());
  return out;
}

Translator Translator::pseudo() const {
  Translator out;
  out.language_ = "xx";
  out.plural_ = plural_;
  for (const auto& [key, text] : words_) out.words_[key] = pseudo_text(text);
  for (const auto& [key, texts] : forms_)
    for (const auto& text : texts) out.forms_[key].push_back(pseudo_text(text));
  return out;
}

const std::string& Translator::tr(std::string_view key) const {
  const auto found = words_.find(key);
  if (found != words_.end()) return found->second;
  return *missing_.emplace(key).first;
}

// The form that belongs to %{n}: its digits, however they are grouped.
const std::string& Translator::form_for(std::string_view key, WordArgs args) const {
  const auto found = forms_.find(key);
  if (found == forms_.end()) return tr(key);
  for (const auto& [name, value] : args) {
    if (name != "n") continue;
    std::uint64_t number = 0;
    for (const char letter : value)
      if (letter >= '0' && letter <= '9' && number < kLargestCount)
        number = number * 10 + static_cast<std::uint64_t>(letter - '0');
    return found->second[plural_.form(number)];
  }
  return found->second.back();
}

std::string Translator::tr(std::string_view key, WordArgs args) const {
  const std::string& text = form_for(key, args);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t open = text.find("%{", i);
    const std::size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return out + text.substr(i);
    out += text.substr(i, open - i);
    const std::string_view name = std::string_view(text).substr(open + 2, close - open - 2);
    for (const auto& [known, value] : args) {
      if (known == name) out += value;
    }
    i = close + 1;
  }
  return out;
}

std::string Translator::characters() const {
  std::string out;
  for (const auto& [key, text] : words_) out += text;
  for (const auto& [key, texts] : forms_)
    for (const auto& text : texts) out += text;
  return out;
}

}  // namespace rukun::ui
