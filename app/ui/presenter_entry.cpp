// Quick entry: who may be meant, what may be meant, the draft that survives everything, and the
// record in the end.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/purposes.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/titles.h"
#include "app/domain/units.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

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

}  // namespace

void Presenter::open_entry(bool offer) {
  now_.entry = EntryView();
  now_.draft = EntryDraft();
  now_.draft.offer = offer;
  if (const auto drafts = engine_->local().drafts()) {
    for (const FormDraft& draft : *drafts) {
      if (draft.form != form_name(offer) || !space_ || draft.space != space_->id) continue;
      EntryDraft& to = now_.draft;
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
  }
  fill_entry();
}

void Presenter::fill_entry() {
  if (!space_) return;
  const bool offer = now_.draft.offer;
  now_.entry.why_who =
      offer ? purpose_of(fields::offer::kKind, fields::offer::kGiver, context_.language)
            : purpose_of(fields::household::kKind, fields::household::kName, context_.language);
  now_.entry.why_note =
      purpose_of(offer ? fields::offer::kKind : fields::need::kKind,
                 offer ? fields::offer::kNote : fields::need::kNote, context_.language);
  fill_people(now_.draft.household.empty() ? now_.draft.who : std::string());
  fill_items("");
  now_.entry.units.clear();
  for (const char* unit : kUsualUnits) {
    now_.entry.units.push_back({unit, unit_word(unit, context_.language)});
  }
  now_.entry.categories.clear();
  for (const Category& category : all_categories()) {
    now_.entry.categories.push_back(
        {"", std::string(category.label(context_.language)), std::string(category.name), ""});
  }
  fill_entry_hints(now_.draft);
}

void Presenter::fill_people(const std::string& typed) {
  auto& people = now_.entry.people;
  people.clear();
  if (!space_) return;
  now_.entry.people_are_recent = typed.empty();
  std::vector<RecordId> found;
  Query query = query_of(fields::household::kKind);
  if (!typed.empty()) {
    query.search = typed;
    query.limit = kFoundPeople;
  } else {
    Query recent = query_of(f::kKind);
    recent.descending = true;
    recent.limit = kLookBack;
    if (const auto rows = engine_->records().rows(recent)) {
      for (const Row& row : *rows) {
        const auto household = link_of(row, f::kHousehold);
        if (household && std::find(found.begin(), found.end(), *household) == found.end() &&
            found.size() < kRecentPeople)
          found.push_back(*household);
      }
    }
    query.limit = kRecentPeople;
  }
  if (const auto rows = engine_->records().rows(query)) {
    for (const Row& row : *rows) {
      const std::size_t most = typed.empty() ? kRecentPeople : kFoundPeople;
      if (found.size() < most && std::find(found.begin(), found.end(), row.id) == found.end())
        found.push_back(row.id);
    }
  }
  for (const RecordId& id : found) {
    const auto row = row_of(id);
    if (!row) continue;
    namespace h = fields::household;
    std::string detail = text_of_field(*row, h::kAddress);
    detail += (detail.empty() ? "" : ", ") +
              format_rt_rw(number_of(*row, h::kRt), number_of(*row, h::kRw));
    people.push_back({id.hex(), text_of_field(*row, h::kName), detail});
  }
}

void Presenter::fill_items(const std::string& typed) {
  auto& tiles = now_.entry.items;
  tiles.clear();
  const auto add = [&](const Item& item) {
    const Category* category = find_category(item.category);
    tiles.push_back({item.id, std::string(item.name(context_.language)),
                     category == nullptr ? "other" : std::string(category->name), item.unit});
  };
  if (typed.empty()) {
    for (const char* name : kUsualItems) {
      const Item* item = setup_.items.find(name);
      if (item != nullptr && tiles.size() < kTiles) add(*item);
    }
    return;
  }
  for (const Item* item : setup_.items.suggest(typed, kTiles)) add(*item);
  tiles.push_back({"", typed, "other", "piece"});
}

void Presenter::fill_entry_hints(const EntryDraft& draft) {
  EntryView& view = now_.entry;
  view.duplicate.clear();
  view.matches.clear();
  if (!space_ || draft.item.empty()) return;
  const Speaking how = speaking();
  if (draft.offer) {
    const Item* item = setup_.items.by_id(draft.item);
    const auto quantity = parse_thousandths(draft.quantity);
    const TypedOffer typed{space_->number, item == nullptr ? 0 : item->category, draft.item,
                           quantity ? *quantity : 0, draft.unit};
    const MatchContext context{
        engine_->records(), {space_->number}, how.now, how.utc_offset_min, &setup_.items};
    if (const auto needs = needs_for_typed(context, typed, 3)) {
      for (const Match& match : *needs) {
        const auto row = row_of(match.record);
        view.matches.push_back({match.record.hex(), match.title, row ? for_whom(*row, false) : "",
                                "", match.why.in(context_.language), ""});
      }
    }
    return;
  }
  const auto household = record_of(draft.household);
  if (!household) return;
  Query query = query_of(f::kKind);
  query.where = {{f::kHousehold, Compare::equal, *household},
                 {f::kItem, Compare::equal, draft.item}};
  const auto rows = engine_->records().rows(query);
  if (!rows) return;
  for (const Row& row : *rows) {
    const auto need = need_row(row);
    if (!need || need->state == NeedState::delivered || need->state == NeedState::closed) continue;
    view.duplicate_id = need->id;
    view.duplicate = how.words.tr("entry.similar",
                                  {{"title", need->title}, {"who", draft.who}, {"age", need->age}});
  }
}

Status Presenter::save_draft(const EntryDraft& draft) {
  if (!space_) return {};
  const std::string urgency(1, static_cast<char>('0' + static_cast<int>(draft.urgency)));
  FormDraft form{form_name(draft.offer), space_->id, RecordId{}, setup_.clock.now(), {}};
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
  return engine_->local().save_draft(form);
}

Status Presenter::drop_draft(bool offer) {
  if (space_)
    TRY_VOID(engine_->local().drop_draft(
        FormDraft{form_name(offer), space_->id, RecordId{}, WallTime{}, {}}));
  enter(offer ? Screen::offers : Screen::home, "");
  return {};
}

Result<AddRecord> Presenter::new_household(const std::string& name) {
  namespace h = fields::household;
  const auto rt = number_after(space_->name, "RT ");
  const auto rw = number_after(space_->name, "RW ");
  if (!rt || !rw) {
    const Translator& words = speaking().words;
    return error(Code::bad_value, words.tr("refused.rt_unknown"),
                 words.tr("refused.rt_unknown_hint"));
  }
  TRY(auto called, parse_value(kind_of(h::kKind).field(h::kName), name, reading()));
  return AddRecord{h::kKind,
                   {{h::kName, OpType::put, std::move(called)},
                    {h::kRt, OpType::put, *rt},
                    {h::kRw, OpType::put, *rw}}};
}

Status Presenter::add_entry(const EntryDraft& draft) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
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
    TRY(auto household, new_household(draft.who));
    action.changes.emplace_back(std::move(household));
    put(household_field, LocalRef{0});
  } else if (!draft.household.empty()) {
    TRY(const auto household, record_of(draft.household));
    put(household_field, household);
  } else if (draft.offer && !draft.who.empty()) {
    TRY(auto giver, parse_value(kind.field(o::kGiver), draft.who, reading()));
    put(o::kGiver, std::move(giver));
  }
  const std::int64_t category = category_code(draft.category);
  put(f::kCategory, category == 0 ? category_code("other") : category);
  put(f::kItem, draft.item.empty() ? item_value(draft.title, &setup_.items) : draft.item);
  TRY(auto quantity, parse_value(kind.field(f::kQuantity), draft.quantity, reading()));
  put(f::kQuantity, std::move(quantity));
  TRY(auto unit, parse_value(kind.field(f::kUnit), draft.unit, reading()));
  put(f::kUnit, std::move(unit));
  if (!draft.offer) put(f::kUrgency, static_cast<std::int64_t>(draft.urgency) + f::kUrgencyNormal);
  if (!draft.note.empty()) {
    const FieldId note = draft.offer ? o::kNote : f::kNote;
    TRY(auto words, parse_value(kind.field(note), draft.note, reading()));
    put(note, std::move(words));
  }
  action.changes.emplace_back(std::move(record));
  const std::string title =
      draft.title + " " + draft.quantity + " " + unit_word(draft.unit, context_.language);
  TRY_VOID(act(action, draft.offer ? "done.offer" : "done.need", title));
  return drop_draft(draft.offer);
}

}  // namespace rukun::ui
