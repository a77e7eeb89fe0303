// Rules about the words on the screen.
#include <algorithm>

#include "tests/tidy/rules.h"

namespace rukun::tidy {
namespace {

// A key or the beginning of one: small letters, digits, _ and dots, at least one dot.
bool looks_like_key(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return text.size() >= 3 && text.front() != '.' && text.find('.') != std::string_view::npos &&
         std::all_of(text.begin(), text.end(), fits);
}

// Whether the literal is the whole first argument of a call of tr: tr("key") or tr("key", …).
bool is_asked_for(const Source& source, const Literal& literal) {
  const auto before = source.code.find_last_not_of(" \n", literal.at - 1);
  if (literal.at < 3 || before == std::string::npos || before < 2) return false;
  if (source.code.compare(before - 2, 3, "tr(") != 0) return false;
  if (before >= 3 && (std::isalnum(static_cast<unsigned char>(source.code[before - 3])) != 0))
    return false;
  const auto after = source.code.find_first_not_of(" \n", literal.at + literal.text.size() + 2);
  return after != std::string::npos && (source.code[after] == ')' || source.code[after] == ',');
}

std::string unquoted(std::string_view line) {
  const auto open = line.find('"'), close = line.rfind('"');
  return close > open ? std::string(line.substr(open + 1, close - open - 1)) : std::string();
}

std::set<std::string> placeholders(const std::string& text) {
  std::set<std::string> out;
  for (auto at = text.find("%{"); at != std::string::npos; at = text.find("%{", at + 1)) {
    out.insert(text.substr(at, text.find('}', at) - at + 1));
  }
  return out;
}

struct Asked {
  std::map<std::string, std::string> places;  // key -> where tr() asks for it
  std::set<std::string> mentioned;            // every literal that looks like a key
  std::vector<std::string> beginnings;        // every literal that looks like the beginning of keys

  bool uses(const std::string& key) const {
    return mentioned.contains(key) ||
           std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const std::string& b) { return key.starts_with(b); });
  }
};

Asked what_is_asked(const Tree& tree) {
  Asked asked;
  for (const auto& source : tree) {
    if (!source.is_under("app/")) continue;
    for (const auto& literal : source.literals) {
      if (is_asked_for(source, literal)) {
        asked.places.emplace(literal.text,
                             source.path + ':' + std::to_string(source.line_of(literal.at)));
      }
      if (!looks_like_key(literal.text)) continue;
      asked.mentioned.insert(literal.text);
      if (literal.text.ends_with('.')) asked.beginnings.push_back(literal.text);
    }
  }
  return asked;
}

}  // namespace

Words read_words(std::string path, const std::string& po) {
  Words words{std::move(path), {}};
  std::string key;
  bool in_text = false;
  const Source lines("", po);
  for (const auto line : lines.lines()) {
    if (line.starts_with("msgid ")) {
      key = unquoted(line);
      in_text = false;
    } else if (line.starts_with("msgstr")) {  // of several forms the last
      words.by_key[key] = unquoted(line);
      in_text = true;
    } else if (line.starts_with("\"") && in_text) {
      words.by_key[key] += unquoted(line);
    }
  }
  words.by_key.erase("");  // the header
  return words;
}

Findings wrong_words(const Tree& tree, const std::vector<Words>& languages) {
  Findings out;
  const auto asked = what_is_asked(tree);
  for (const auto& [key, where] : asked.places) {
    for (const auto& language : languages) {
      if (!language.by_key.contains(key))
        out.push_back(where + ": " + language.path + " lacks " + key);
    }
    if (languages.empty()) out.push_back(where + ": there are no translations for " + key);
  }
  for (const auto& language : languages) {
    for (const auto& [key, text] : language.by_key) {
      if (!asked.uses(key)) out.push_back(language.path + ": nobody uses " + key);
      if (text.empty()) out.push_back(language.path + ": " + key + " is empty");
      for (const auto& other : languages) {
        const auto found = other.by_key.find(key);
        if (found == other.by_key.end()) {
          out.push_back(other.path + ": lacks " + key + " of " + language.path);
        } else if (placeholders(found->second) != placeholders(text)) {
          out.push_back(other.path + ": " + key + " has other placeholders than in " +
                        language.path);
        }
      }
    }
  }
  return out;
}

}  // namespace rukun::tidy
