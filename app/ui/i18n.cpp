#include "app/ui/i18n.h"

#include <vector>

namespace rukun::ui {
namespace {

constexpr std::size_t kMostFileBytes = 1 << 20;
constexpr std::size_t kMostEntries = 4096;

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

}  // namespace

Result<Translator> Translator::from_po(std::string language, std::string_view po) {
  if (po.size() > kMostFileBytes) return error(Code::damaged, "the translation file is too large");
  Translator out;
  out.language_ = std::move(language);
  std::string key;
  std::string text;
  enum class In { nothing, msgid, msgstr } in = In::nothing;
  const auto finish = [&] {
    if (in == In::msgstr && !key.empty()) out.words_[key] = text;
    key.clear();
    text.clear();
  };
  std::size_t number = 0;
  while (!po.empty()) {
    ++number;
    const std::size_t end = po.find('\n');
    std::string_view line = po.substr(0, end);
    po.remove_prefix(end == std::string_view::npos ? po.size() : end + 1);
    if (line.empty() || line == "\r" || line.front() == '#') continue;
    if (line.rfind("msgid ", 0) == 0) {
      finish();
      in = In::msgid;
      TRY_VOID(take_quoted(line.substr(6), number, key));
      if (out.words_.count(key) != 0) return bad_po(number, "this key stands twice");
    } else if (line.rfind("msgstr ", 0) == 0 && in == In::msgid) {
      in = In::msgstr;
      TRY_VOID(take_quoted(line.substr(7), number, text));
    } else if (line.front() == '"' && in != In::nothing) {
      TRY_VOID(take_quoted(line, number, in == In::msgid ? key : text));
    } else {
      return bad_po(number, "msgid, msgstr or a quoted text was expected");
    }
    if (out.words_.size() > kMostEntries) return bad_po(number, "too many entries");
  }
  finish();
  return out;
}

Translator Translator::pseudo() const {
  Translator out;
  out.language_ = "xx";
  for (const auto& [key, text] : words_) out.words_[key] = pseudo_text(text);
  return out;
}

const std::string& Translator::tr(std::string_view key) const {
  const auto found = words_.find(key);
  if (found != words_.end()) return found->second;
  return *missing_.emplace(key).first;
}

std::string Translator::tr(std::string_view key, WordArgs args) const {
  const std::string& text = tr(key);
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
  return out;
}

}  // namespace rukun::ui
