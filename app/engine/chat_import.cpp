#include "app/engine/chat_import.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rules/duplicates.h"
#include "app/domain/rules/same_as.h"
#include "app/domain/rules/titles.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace need = fields::need;

constexpr double kAlike = 0.87;

// Who is on record, by the normal form of the name.
class People {
 public:
  static Result<People> load(Engine& engine, const SpaceInfo& space) {
    People out;
    const std::span<const std::uint32_t> here(&space.number, 1);
    TRY(const auto homes, load_people(engine.records(), here, fields::household::kKind));
    TRY(const auto merged, load_stand_ins(engine.records(), here, fields::household::kKind));
    std::map<RecordId, std::int64_t> rt_of;
    for (const auto& home : homes) {
      rt_of.emplace(home.id, home.rt);
      if (!merged.contains({space.number, home.id})) out.homes_.push_back(home);
    }
    TRY(out.residents_, load_people(engine.records(), here, fields::resident::kKind));
    for (auto& one : out.residents_) {
      const auto home = one.household ? rt_of.find(*one.household) : rt_of.end();
      if (home == rt_of.end()) continue;
      one.rt = home->second;
      one.household = stands_for(merged, space.number, *one.household);
    }
    return out;
  }

  void find(const ChatWish& wish, ChatNeed& into) const {
    const auto name = normal_name(wish.who);
    const auto homes = called(homes_, name, wish);
    const auto residents = homes.empty() ? called(residents_, name, wish) : homes;
    if (residents.size() > 1) {
      const auto number = std::to_string(residents.size());
      into.remarks.push_back({number + " orang bernama " + wish.who + "; dicatat sebagai teks",
                              number + " are called " + wish.who + "; kept as text"});
    } else if (residents.empty()) {
      suggest(wish, into);
    } else {
      const auto& one = *residents.front();
      into.whom = one.name;
      if (homes.empty()) into.resident = one.id;
      into.household = homes.empty() ? one.household : std::optional(one.id);
    }
  }

 private:
  static std::string short_id(const PersonFacts& one) {
    return one.name + " (" + one.id.hex().substr(0, 8) + ")";
  }

  static std::vector<const PersonFacts*> called(const std::vector<PersonFacts>& all,
                                                const std::string& name, const ChatWish& wish) {
    std::vector<const PersonFacts*> out;
    for (const auto& one : all) {
      const bool here = wish.rt == 0 || one.rt == wish.rt;
      if (here && normal_name(one.name) == name) out.push_back(&one);
    }
    return out;
  }

  void suggest(const ChatWish& wish, ChatNeed& into) const {
    const PersonFacts* best = nullptr;
    double most = kAlike;
    for (const auto* all : {&homes_, &residents_})
      for (const auto& one : *all) {
        const auto score = name_similarity(one.name, wish.who);
        if (score < most) continue;
        most = score;
        best = &one;
      }
    if (best == nullptr) {
      into.remarks.push_back({wish.who + " belum tercatat; namanya masuk catatan",
                              wish.who + " is not on record; the name goes into the note"});
      return;
    }
    into.remarks.push_back({"mungkin " + short_id(*best) + "; dicatat sebagai teks",
                            "maybe " + short_id(*best) + "; kept as text"});
  }

  std::vector<PersonFacts> homes_, residents_;
};

std::string place_text(const ChatWish& wish) {
  if (wish.rt == 0) return {};
  return wish.rw == 0 ? "RT " +
                            std::string(wish.rt < 10    ? "00"
                                        : wish.rt < 100 ? "0"
                                                        : "") +
                            std::to_string(wish.rt)
                      : format_rt_rw(wish.rt, wish.rw);
}

void add_part(std::string& text, std::string_view between, const std::string& part) {
  if (part.empty()) return;
  if (!text.empty()) text += between;
  text += part;
}

// "Untuk Bu Ani, RT 003; dari chat Pak Joko, 12/11/25 08.30": what the fields do not hold.
std::string note_text(const ChatLine& line, const ChatWish& wish, const ChatNeed& found) {
  std::string out;
  if (!found.household && !found.resident) {
    std::string whom = wish.who;
    add_part(whom, ", ", place_text(wish));
    if (!whom.empty()) out = "Untuk " + whom;
  }
  std::string source = line.sender;
  add_part(source, ", ", line.when);
  if (!source.empty()) add_part(out, "; ", "dari chat " + source);
  return out;
}

// The same wish again, whatever is known of its household meanwhile.
std::string identity(const ChatLine& line, const ChatWish& wish) {
  return folded(line.when + "|" + wish.item + "|" + std::to_string(wish.thousandths) + "|" +
                wish.unit + "|" + wish.who + "|" + std::to_string(wish.rt));
}

std::string enum_name(FieldId field, std::int64_t code) {
  return code == 0 ? std::string() : machine_value(kind_of(need::kKind).field(field), Value{code});
}

ImportRow row_of(const ChatLine& line, const ChatWish& wish, const ChatNeed& found) {
  ImportRow row;
  row.number = line.number;
  row.cells = {enum_name(need::kCategory, wish.category),
               is_free_item(wish.item) ? wish.item.substr(1) : wish.item,
               machine_value(kind_of(need::kKind).field(need::kQuantity), Value{wish.thousandths}),
               wish.unit,
               enum_name(need::kUrgency, wish.urgency),
               found.household ? found.household->hex() : std::string(),
               found.resident ? found.resident->hex() : std::string(),
               note_text(line, wish, found)};
  row.identity = identity(line, wish);
  return row;
}

ChatNeed need_of(const ChatLine& line, const ChatWish& wish, const People& people,
                 const ItemCatalogue& items, Language language) {
  FormatContext showing(language);
  showing.items = &items;
  ChatNeed out{.row = line.number,
               .text = wish.text,
               .goods = goods_title(wish.category, wish.item, wish.thousandths, wish.unit, showing),
               .remarks = wish.remarks};
  if (!wish.who.empty()) people.find(wish, out);
  if (out.whom.empty()) out.whom = wish.who;
  add_part(out.whom, ", ", place_text(wish));
  return out;
}

}  // namespace

Result<ChatImport> import_chat(Engine& engine, const SpaceInfo& space, std::string_view text,
                               const ImportOptions& options) {
  const auto& items = engine.context().items;
  TRY(const auto lines, read_chat(text, items, options.language));
  TRY(const auto people, People::load(engine, space));
  ChatImport out;
  ImportTable table;
  table.headings = {"category", "item",      "quantity", "unit",
                    "urgency",  "household", "resident", "note"};
  std::vector<RefusedRow> refused;
  for (const auto& line : lines) {
    for (const auto& wish : line.wishes) {
      auto found = need_of(line, wish, people, items, options.language);
      table.rows.push_back(row_of(line, wish, found));
      out.understood.push_back(std::move(found));
    }
    for (const auto& one : line.refused) {
      refused.push_back(
          {line.number, one.text, {Code::bad_value, one.reason.in(options.language), {}}});
    }
  }
  TRY(out.report, import_rows(engine, space, kind_of(need::kKind), table, options));
  auto& all = out.report.refused;
  all.insert(all.end(), refused.begin(), refused.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const RefusedRow& a, const RefusedRow& b) { return a.row < b.row; });
  for (const auto& line : lines) out.texts.emplace(line.number, line.text);
  return out;
}

}  // namespace rukun
