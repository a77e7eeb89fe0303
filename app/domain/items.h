#pragma once
// The catalogue of everyday items (assets/items.tsv), so that "bras", "Beras" and "BERAS " are one
// line in every sum. An item is stored as its id ("rice"). What the catalogue does not know is
// stored as free text behind a "~" ("~gas melon"), which no id can begin with, so that a later
// catalogue never changes what somebody wrote. The catalogue is read once and then constant; any
// thread.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun {

struct Item {
  std::string id;
  std::string name_id;
  std::string name_en;
  std::vector<std::string> synonyms;
  std::int64_t category = 0;  // code
  std::string unit;           // the usual one
  std::string icon;

  std::string_view name(Language language) const { return pick(language, name_id, name_en); }
};

class ItemCatalogue {
 public:
  static constexpr std::size_t kMaxBytes = 1 << 20;
  static constexpr std::size_t kMaxItems = 5000;

  // Tab-separated lines under a heading line: id, Indonesian, English, synonyms (| between them),
  // category, unit, icon. Lines that begin with # and empty lines are skipped. Errors: damaged,
  // naming the line; two items may not share a spelling.
  static Result<ItemCatalogue> read(std::string_view text);

  const std::vector<Item>& items() const { return items_; }
  const Item* by_id(std::string_view id) const;

  // By id, name in either language or synonym; case, marks, spaces and punctuation do not matter.
  // nullptr if unknown.
  const Item* find(std::string_view text) const;

  // What somebody who is still typing may mean, best first: names and synonyms that begin with the
  // text, then those that hold it, then (from four letters on) those one slip of a finger away.
  std::vector<const Item*> suggest(std::string_view text, std::size_t most) const;

 private:
  Status add(Item item, std::size_t line);

  std::vector<Item> items_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::map<std::string, std::size_t, std::less<>> by_key_;  // folded_key of every spelling
};

// The stored form of what somebody wrote: an id of the catalogue, else "~" and the text. `items`
// may be null.
std::string item_value(std::string_view text, const ItemCatalogue* items);

bool is_free_item(std::string_view stored);

// What people read: the item's name, or the free text. An id that the catalogue lacks is shown as
// it is.
std::string item_word(std::string_view stored, const ItemCatalogue* items, Language language);

}  // namespace rukun
