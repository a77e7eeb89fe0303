// Quick entry: who may be meant, what may be meant, the draft that survives everything, and the
// record in the end.
#include "app/ui/presenter/entry.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/purposes.h"
#include "app/domain/rt_rw.h"
#include "app/domain/rules/match.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/domain/values.h"
#include "app/ui/presenter/kind_plans.h"
#include "app/ui/presenter/need_words.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace f = fields::need;
namespace o = fields::offer;
constexpr std::size_t kRecentPeople = 5;
constexpr std::size_t kFoundPeople = 6;
constexpr std::size_t kLookBack = 60;
constexpr std::size_t kTiles = 11;

// What is asked for most, as the catalogue spells it; words that it lacks are left out.
constexpr const char* kUsualItems[] = {"Beras",     "Minyak goreng", "Mi instan",    "Telur",
                                       "Air minum", "Popok",         "Susu formula", "Obat demam",
                                       "Selimut",   "Terpal",        "Pembalut",     "Gula pasir"};

std::string form_name(bool offer) { return offer ? "offer" : "need"; }

void fill_people(Desk& desk, const std::string& typed) {
  auto& people = desk.now.entry.people;
  people.clear();
  if (!desk.has_space()) return;
  desk.now.entry.people_are_recent = typed.empty();
  std::vector<RecordId> found;
  Query query = desk.query_of(fields::household::kKind);
  if (!typed.empty()) {
    query.search = typed;
    query.limit = kFoundPeople;
  } else {
    Query recent = desk.query_of(f::kKind);
    recent.descending = true;
    recent.limit = kLookBack;
    const auto rows = desk.engine().records().rows(recent);
    if (!rows) return desk.refuse(rows.error());
    for (const Row& row : *rows) {
      const auto household = link_in(row, f::kHousehold);
      if (household && std::find(found.begin(), found.end(), *household) == found.end() &&
          found.size() < kRecentPeople)
        found.push_back(*household);
    }
    query.limit = kRecentPeople;
  }
  const auto rows = desk.engine().records().rows(query);
  if (!rows) return desk.refuse(rows.error());
  for (const Row& row : *rows) {
    const std::size_t most = typed.empty() ? kRecentPeople : kFoundPeople;
    if (found.size() < most && std::find(found.begin(), found.end(), row.id) == found.end())
      found.push_back(row.id);
  }
  for (const RecordId& id : found) {
    const auto row = desk.row_of(id);
    if (!row) continue;
    namespace h = fields::household;
    std::string detail = text_in(*row, h::kAddress);
    detail += (detail.empty() ? "" : ", ") +
              format_rt_rw(number_in(*row, h::kRt), number_in(*row, h::kRw));
    people.push_back({id.hex(), text_in(*row, h::kName), detail});
  }
}

void fill_items(Desk& desk, const std::string& typed) {
  auto& tiles = desk.now.entry.items;
  tiles.clear();
  const auto add = [&](const Item& item) {
    const Category* category = find_category(item.category);
    tiles.push_back({item.id, std::string(item.name(desk.language())),
                     category == nullptr ? "other" : std::string(category->name), item.unit});
  };
  if (typed.empty()) {
    for (const char* name : kUsualItems) {
      const Item* item = desk.setup().items.find(name);
      if (item != nullptr && tiles.size() < kTiles) add(*item);
    }
    return;
  }
  for (const Item* item : desk.setup().items.suggest(typed, kTiles)) add(*item);
  tiles.push_back({"", typed, "other", "piece"});
}

void fill_entry_hints(Desk& desk, const EntryDraft& draft) {
  EntryView& view = desk.now.entry;
  view.duplicate.clear();
  view.matches.clear();
  if (!desk.has_space() || draft.item.empty()) return;
  const Speaking how = desk.speaking();
  if (draft.offer) {
    const Item* item = desk.setup().items.by_id(draft.item);
    const auto quantity = parse_thousandths(draft.quantity);
    const TypedOffer typed{desk.space().number, item == nullptr ? 0 : item->category, draft.item,
                           quantity ? *quantity : 0, draft.unit};
    const MatchContext context{desk.engine().records(),
                               {desk.space().number},
                               how.now,
                               how.utc_offset_min,
                               &desk.setup().items};
    const auto needs = needs_for_typed(context, typed, 3);
    if (!needs) return desk.refuse(needs.error());
    for (const Match& match : *needs) {
      const auto row = desk.row_of(match.record);
      view.matches.push_back({match.record.hex(), match.title,
                              row ? for_whom(desk, *row, false) : "", "",
                              match.why.in(desk.language()), ""});
    }
    return;
  }
  const auto household = record_of(draft.household);
  if (!household) return;
  Query query = desk.query_of(f::kKind);
  query.where = {{f::kHousehold, Compare::equal, *household},
                 {f::kItem, Compare::equal, draft.item}};
  const auto rows = desk.engine().records().rows(query);
  if (!rows) return desk.refuse(rows.error());
  for (const Row& row : *rows) {
    const auto need = need_row(desk, row);
    if (!need || need->state == NeedState::delivered || need->state == NeedState::closed) continue;
    view.duplicate_id = need->id;
    view.duplicate = how.words.tr("entry.similar",
                                  {{"title", need->title}, {"who", draft.who}, {"age", need->age}});
  }
}

void fill_entry(Desk& desk) {
  if (!desk.has_space()) return;
  const bool offer = desk.now.draft.offer;
  desk.now.entry.why_who =
      offer ? purpose_of(fields::offer::kKind, fields::offer::kGiver, desk.language())
            : purpose_of(fields::household::kKind, fields::household::kName, desk.language());
  desk.now.entry.why_note =
      purpose_of(offer ? fields::offer::kKind : fields::need::kKind,
                 offer ? fields::offer::kNote : fields::need::kNote, desk.language());
  fill_people(desk, desk.now.draft.household.empty() ? desk.now.draft.who : std::string());
  fill_items(desk, "");
  desk.now.entry.units.clear();
  for (const char* unit : kUsualUnits) {
    desk.now.entry.units.push_back({unit, unit_word(unit, desk.language())});
  }
  desk.now.entry.categories.clear();
  for (const Category& category : all_categories()) {
    desk.now.entry.categories.push_back(
        {"", std::string(category.label(desk.language())), std::string(category.name), ""});
  }
  fill_entry_hints(desk, desk.now.draft);
}

Status save_draft(Desk& desk, const EntryDraft& draft) {
  if (!desk.has_space()) return {};
  const std::string urgency(1, static_cast<char>('0' + static_cast<int>(draft.urgency)));
  FormDraft form{form_name(draft.offer), desk.space().id, RecordId{}, desk.setup().clock.now(), {}};
  form.fields = {{"household", draft.household},
                 {"new_household", draft.new_household ? "1" : "0"},
                 {"who", draft.who},
                 {"item", draft.item},
                 {"title", draft.title},
                 {"category", draft.category},
                 {"quantity", draft.quantity},
                 {"unit", draft.unit},
                 {"urgency", urgency},
                 {"note", draft.note}};
  return desk.engine().local().save_draft(form);
}

Status drop_draft(Desk& desk, bool offer) {
  if (desk.has_space())
    TRY_VOID(desk.engine().local().drop_draft(
        FormDraft{form_name(offer), desk.space().id, RecordId{}, WallTime{}, {}}));
  desk.go(offer ? Screen::offers : Screen::home);
  return {};
}

Result<AddRecord> new_household(Desk& desk, const std::string& name) {
  namespace h = fields::household;
  const auto [rt, rw] = rt_rw_in(desk.space().name);
  if (!rt || !rw) {
    const Translator& words = desk.speaking().words;
    return error(Code::bad_value, words.tr("refused.rt_unknown"),
                 words.tr("refused.rt_unknown_hint"));
  }
  TRY(auto called, parse_value(kind_of(h::kKind).field(h::kName), name, desk.reading()));
  return AddRecord{h::kKind,
                   {{h::kName, OpType::put, std::move(called)},
                    {h::kRt, OpType::put, *rt},
                    {h::kRw, OpType::put, *rw}}};
}

Status add_entry(Desk& desk, const EntryDraft& draft) {
  if (!desk.has_space())
    return error(Code::not_allowed, desk.speaking().words.tr("refused.no_space"));
  const KindSpec& kind = kind_of(draft.offer ? o::kKind : f::kKind);
  // Needs and offers number these four alike, and a test of the domain holds them to it.
  static_assert(f::kCategory == o::kCategory && f::kItem == o::kItem &&
                f::kQuantity == o::kQuantity && f::kUnit == o::kUnit);
  Action action;
  AddRecord record{kind.id, {}};
  const auto put = [&record](FieldId field, Value value) {
    record.fields.push_back({field, OpType::put, std::move(value)});
  };
  const FieldId household_field = draft.offer ? o::kHousehold : f::kHousehold;
  if (draft.new_household) {
    TRY(auto household, new_household(desk, draft.who));
    action.changes.emplace_back(std::move(household));
    put(household_field, LocalRef{0});
  } else if (!draft.household.empty()) {
    TRY(const auto household, record_of(draft.household));
    put(household_field, household);
  } else if (draft.offer && !draft.who.empty()) {
    TRY(auto giver, parse_value(kind.field(o::kGiver), draft.who, desk.reading()));
    put(o::kGiver, std::move(giver));
  }
  const std::int64_t category = category_code(draft.category);
  put(f::kCategory, category == 0 ? category_code("other") : category);
  put(f::kItem, draft.item.empty() ? item_value(draft.title, &desk.setup().items) : draft.item);
  TRY(auto quantity, parse_value(kind.field(f::kQuantity), draft.quantity, desk.reading()));
  put(f::kQuantity, std::move(quantity));
  TRY(auto unit, parse_value(kind.field(f::kUnit), draft.unit, desk.reading()));
  put(f::kUnit, std::move(unit));
  if (!draft.offer) put(f::kUrgency, static_cast<std::int64_t>(draft.urgency) + f::kUrgencyNormal);
  if (!draft.note.empty()) {
    const FieldId note = draft.offer ? o::kNote : f::kNote;
    TRY(auto words, parse_value(kind.field(note), draft.note, desk.reading()));
    put(note, std::move(words));
  }
  action.changes.emplace_back(std::move(record));
  const std::string title =
      draft.title + " " + draft.quantity + " " + unit_word(draft.unit, desk.language());
  TRY_VOID(desk.act(action, draft.offer ? "done.offer" : "done.need", title));
  return drop_draft(desk, draft.offer);
}

void take_draft(const FormDraft& draft, EntryDraft& to) {
  for (const auto& [name, text] : draft.fields) {
    if (name == "household") to.household = text;
    if (name == "new_household") to.new_household = text == "1";
    if (name == "who") to.who = text;
    if (name == "item") to.item = text;
    if (name == "title") to.title = text;
    if (name == "category") to.category = text;
    if (name == "quantity") to.quantity = text;
    if (name == "unit") to.unit = text;
    if (name == "urgency")
      to.urgency = static_cast<Urgency>(text.empty() ? 0 : std::clamp(text[0] - '0', 0, 3));
    if (name == "note") to.note = text;
  }
}

}  // namespace

void open_entry(Desk& desk, bool offer) {
  desk.now.entry = EntryView();
  desk.now.draft = EntryDraft();
  desk.now.draft.offer = offer;
  const auto drafts = desk.engine().local().drafts();
  if (!drafts) desk.refuse(drafts.error());
  for (const FormDraft& draft : drafts ? *drafts : std::vector<FormDraft>()) {
    if (draft.form == form_name(offer) && desk.has_space() && draft.space == desk.space().id)
      take_draft(draft, desk.now.draft);
  }
  fill_entry(desk);
}

std::optional<Status> run_entry(Desk& desk, const Command& command) {
  if (const auto* people = std::get_if<AskPeople>(&command)) {
    fill_people(desk, people->typed);
  } else if (const auto* items = std::get_if<AskItems>(&command)) {
    fill_items(desk, items->typed);
  } else if (const auto* draft = std::get_if<SaveDraft>(&command)) {
    fill_entry_hints(desk, draft->draft);
    return save_draft(desk, draft->draft);
  } else if (const auto* entry = std::get_if<AddEntry>(&command)) {
    return add_entry(desk, entry->draft);
  } else if (const auto* dropped = std::get_if<DropDraft>(&command)) {
    return drop_draft(desk, dropped->offer);
  } else {
    return std::nullopt;
  }
  return Status();
}

}  // namespace rukun::ui
