#pragma once
// The words on the screen. A Translator holds one language's table, read from a gettext .po file
// whose msgids are stable dotted keys ("home.title"); named placeholders are written %{name}. A
// text with plural forms (msgid_plural, msgstr[0] …) is chosen by the number given as %{n}.
// Indonesian is the source of truth. A pseudo- language, longer and accented, is made from
// Indonesian so that tests find clipped or untranslated text. A missing key shows itself and is
// remembered. Loading is bounded; errors are values. Immutable after loading, but for missing(). UI
// thread.

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ui/plural.h"
#include "platform/base/result.h"

namespace rukun::ui {

using WordArgs = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Translator {
 public:
  // Parses the text of a .po file. `language` is its code: "id", "en" …
  static Result<Translator> from_po(std::string language, std::string_view po);
  // Every text about a fifth longer and accented, placeholders untouched. Its language is "xx".
  Translator pseudo() const;

  const std::string& language() const { return language_; }
  const std::string& tr(std::string_view key) const;
  std::string tr(std::string_view key, WordArgs args) const;
  bool has(std::string_view key) const { return words_.find(key) != words_.end(); }

  // Every character that occurs, for the font atlas (UTF-8).
  std::string characters() const;
  const std::map<std::string, std::string, std::less<>>& words() const { return words_; }
  // All forms of those texts that have several.
  const std::map<std::string, std::vector<std::string>, std::less<>>& forms() const {
    return forms_;
  }
  const std::set<std::string, std::less<>>& missing() const { return missing_; }

 private:
  Status keep(std::string&& key, std::vector<std::string>&& texts, bool several, std::size_t line);
  const std::string& form_for(std::string_view key, WordArgs args) const;

  std::string language_;
  PluralRule plural_;
  std::map<std::string, std::string, std::less<>> words_;  // of plural forms the last
  std::map<std::string, std::vector<std::string>, std::less<>> forms_;
  // Asked for and not found; the only thing that changes while drawing.
  mutable std::set<std::string, std::less<>> missing_;
};

}  // namespace rukun::ui
