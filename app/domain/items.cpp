#include "app/domain/items.h"

#include <algorithm>
#include <utility>

#include "app/domain/fold.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

constexpr std::size_t kFields = 7;
constexpr std::size_t kMaxSpellings = 40;
constexpr std::size_t kShortestSlip = 4;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const auto end = text.find(separator);
    out.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

tl::unexpected<Error> broken(std::size_t line, const std::string& what) {
  return error(Code::damaged, "items.tsv, line " + std::to_string(line) + ": " + what);
}

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > 40 || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// One letter too many, too few, other, or two letters swapped.
bool one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size()) return true;
  if (a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

}  // namespace

Result<ItemCatalogue> ItemCatalogue::read(std::string_view text) {
  if (text.size() > kMaxBytes) return error(Code::damaged, "items.tsv is larger than 1 MiB");
  ItemCatalogue catalogue;
  std::size_t number = 0;
  bool heading = true;
  for (const auto line : split(text, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (std::exchange(heading, false)) continue;
    const auto fields = split(line, '\t');
    if (fields.size() != kFields) return broken(number, "seven fields parted by tabs expected");
    if (catalogue.items_.size() == kMaxItems) return broken(number, "too many items");
    Item item;
    item.id = fields[0];
    item.name_id = fields[1];
    item.name_en = fields[2];
    for (const auto word : split(fields[3], '|'))
      if (!word.empty()) item.synonyms.emplace_back(word);
    item.category = category_code(fields[4]);
    item.icon = fields[6];
    if (item.category == 0) return broken(number, "unknown category " + std::string(fields[4]));
    if (!dimension_of(fields[5])) return broken(number, "unknown unit " + std::string(fields[5]));
    item.unit = fields[5];
    TRY_VOID(catalogue.add(std::move(item), number));
  }
  return catalogue;
}

Status ItemCatalogue::add(Item item, std::size_t line) {
  if (!is_id(item.id)) return broken(line, "an id is a-z, 0-9 and _: " + item.id);
  if (item.name_id.empty() || item.name_en.empty()) return broken(line, "a name is missing");
  if (item.synonyms.size() > kMaxSpellings) return broken(line, "too many synonyms");
  const auto index = items_.size();
  if (!by_id_.emplace(item.id, index).second) return broken(line, "second item " + item.id);
  auto spellings = item.synonyms;
  spellings.insert(spellings.end(), {item.id, item.name_id, item.name_en});
  for (const auto& spelling : spellings) {
    const auto key = folded_key(spelling);
    if (key.empty()) return broken(line, "a spelling without letters");
    const auto [at, added] = by_key_.emplace(key, index);
    if (!added && at->second != index)
      return broken(line, spelling + " already means " + items_[at->second].id);
  }
  items_.push_back(std::move(item));
  return {};
}

const Item* ItemCatalogue::by_id(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &items_[found->second];
}

const Item* ItemCatalogue::find(std::string_view text) const {
  const auto found = by_key_.find(folded_key(text));
  return found == by_key_.end() ? nullptr : &items_[found->second];
}

std::vector<const Item*> ItemCatalogue::suggest(std::string_view text, std::size_t most) const {
  const auto key = folded_key(text);
  std::vector<const Item*> out;
  if (key.empty()) return out;
  const auto put = [&](std::size_t index) {
    const Item* item = &items_[index];
    if (out.size() < most && std::find(out.begin(), out.end(), item) == out.end())
      out.push_back(item);
  };
  if (const auto* exact = find(text)) put(static_cast<std::size_t>(exact - items_.data()));
  for (auto at = by_key_.lower_bound(key);
       at != by_key_.end() && at->first.compare(0, key.size(), key) == 0; ++at)
    put(at->second);
  for (const auto& [spelling, index] : by_key_)
    if (spelling.find(key) != std::string::npos) put(index);
  if (key.size() < kShortestSlip) return out;
  for (const auto& [spelling, index] : by_key_)
    if (one_slip_apart(spelling, key)) put(index);
  return out;
}

std::string item_value(std::string_view text, const ItemCatalogue* items) {
  text = trimmed(text);
  if (const auto* item = items == nullptr ? nullptr : items->find(text)) return item->id;
  return "~" + std::string(text);
}

bool is_free_item(std::string_view stored) { return !stored.empty() && stored.front() == '~'; }

std::string item_word(std::string_view stored, const ItemCatalogue* items, Language language) {
  if (is_free_item(stored)) return std::string(stored.substr(1));
  const auto* item = items == nullptr ? nullptr : items->by_id(stored);
  return std::string(item == nullptr ? stored : item->name(language));
}

}  // namespace rukun
