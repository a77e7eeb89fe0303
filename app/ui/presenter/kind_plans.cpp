#include "app/ui/presenter/kind_plans.h"

#include <algorithm>

#include "app/domain/fields.h"

namespace rukun::ui {
namespace {

namespace k = fields;

struct First {
  KindId kind;
  std::string_view name;
};
// Asked in this order; every other field of the kind is asked when somebody wants more.
constexpr First kFirst[] = {
    {k::household::kKind, "name"},
    {k::household::kKind, "address"},
    {k::household::kKind, "phone"},
    {k::household::kKind, "people"},
    {k::household::kKind, "infants"},
    {k::household::kKind, "elderly"},
    {k::household::kKind, "disabled"},
    {k::household::kKind, "pregnant"},
    {k::resident::kKind, "name"},
    {k::resident::kKind, "household"},
    {k::resident::kKind, "sex"},
    {k::resident::kKind, "birth_date"},
    {k::resident::kKind, "phone"},
    {k::need::kKind, "quantity"},
    {k::need::kKind, "urgency"},
    {k::need::kKind, "needed_by"},
    {k::need::kKind, "note"},
    {k::offer::kKind, "quantity"},
    {k::offer::kKind, "available_until"},
    {k::offer::kKind, "pickup_place"},
    {k::offer::kKind, "note"},
    {k::pledge::kKind, "offer"},
    {k::pledge::kKind, "quantity"},
    {k::pledge::kKind, "carrier"},
    {k::handover::kKind, "quantity"},
    {k::handover::kKind, "received_by"},
    {k::handover::kKind, "witness"},
    {k::volunteer::kKind, "name"},
    {k::volunteer::kKind, "phone"},
    {k::volunteer::kKind, "skills"},
    {k::activity::kKind, "name"},
    {k::activity::kKind, "type"},
    {k::activity::kKind, "place"},
    {k::activity::kKind, "default_slots"},
    {k::shift::kKind, "activity"},
    {k::shift::kKind, "starts"},
    {k::shift::kKind, "ends"},
    {k::shift::kKind, "place"},
    {k::shift::kKind, "slots"},
    {k::drive::kKind, "title"},
    {k::drive::kKind, "goal_type"},
    {k::drive::kKind, "target"},
    {k::drive::kKind, "unit"},
    {k::drive::kKind, "ends"},
    {k::drive::kKind, "account_note"},
    {k::contribution::kKind, "direction"},
    {k::contribution::kKind, "amount"},
    {k::contribution::kKind, "contributor"},
    {k::program::kKind, "title"},
    {k::program::kKind, "source"},
    {k::program::kKind, "target"},
    {k::program::kKind, "starts"},
    {k::program::kKind, "ends"},
    {k::stock::kKind, "item"},
    {k::stock::kKind, "quantity"},
    {k::stock::kKind, "unit"},
    {k::stock::kKind, "source_note"},
    {k::entitlement::kKind, "program"},
    {k::entitlement::kKind, "household"},
    {k::entitlement::kKind, "resident"},
    {k::entitlement::kKind, "item"},
    {k::entitlement::kKind, "quantity"},
    {k::entitlement::kKind, "unit"},
    {k::entitlement::kKind, "exception_reason"},
    {k::listing::kKind, "product"},
    {k::listing::kKind, "business"},
    {k::listing::kKind, "price"},
    {k::listing::kKind, "unit"},
    {k::listing::kKind, "phone"},
    {k::order::kKind, "listing"},
    {k::order::kKind, "household"},
    {k::order::kKind, "quantity"},
    {k::order::kKind, "wish"},
    {k::training::kKind, "title"},
    {k::training::kKind, "topic"},
    {k::training::kKind, "facilitator"},
    {k::training::kKind, "shift"},
    {k::resource::kKind, "title"},
    {k::resource::kKind, "topic"},
    {k::resource::kKind, "provider"},
    {k::resource::kKind, "contact"},
    {k::resource::kKind, "hours"},
    {k::notice::kKind, "title"},
    {k::notice::kKind, "body"},
    {k::notice::kKind, "urgency"},
    {k::notice::kKind, "valid_until"},
};

// Never typed here: made up, linked, or written by a button of its own.
constexpr First kNever[] = {
    {k::household::kKind, "same_as"},
    {k::resident::kKind, "same_as"},
    {k::household::kKind, "not_same_as"},
    {k::resident::kKind, "not_same_as"},
    {k::need::kKind, "title"},
    {k::offer::kKind, "title"},
    {k::need::kKind, "closed"},
    {k::offer::kKind, "withdrawn"},
    {k::pledge::kKind, "need"},
    {k::pledge::kKind, "state"},
    {k::handover::kKind, "pledge"},
    {k::handover::kKind, "entitlement"},
    {k::handover::kKind, "need"},
    {k::handover::kKind, "confirmed"},
    {k::shift::kKind, "cancelled"},
    {k::drive::kKind, "closed"},
    {k::drive::kKind, "closing_note"},
};

constexpr ColumnPlan kColumns[] = {
    {k::household::kKind, "name", 2, 170},
    {k::household::kKind, "address", 2, 170},
    {k::household::kKind, "rt_rw", 1, 140},
    {k::household::kKind, "people", 0.3F, 110},
    {k::household::kKind, "groups", 1.5F, 130},
    {k::resident::kKind, "name", 2, 180},
    {k::resident::kKind, "household", 2, 170},
    {k::resident::kKind, "birth_date", 1, 160},
    {k::resident::kKind, "phone", 1, 150},
    {k::volunteer::kKind, "title", 2, 180},
    {k::volunteer::kKind, "phone", 1.2F, 160},
    {k::volunteer::kKind, "skills", 2, 180},
    {k::volunteer::kKind, "availability", 2, 150},
    {k::offer::kKind, "title", 2, 180},
    {k::offer::kKind, "giver", 2, 170},
    {k::offer::kKind, "remaining", 1, 110},
    {k::offer::kKind, "available_until", 1, 130},
    {k::offer::kKind, "pickup_place", 1.6F, 110},
    {k::program::kKind, "title", 3, 220},
    {k::program::kKind, "source", 1.5F, 140},
    {k::program::kKind, "target", 1, 110},
    {k::program::kKind, "ends", 1, 160},
    {k::entitlement::kKind, "receiver", 2, 190},
    {k::entitlement::kKind, "program", 2, 160},
    {k::entitlement::kKind, "quantity", 0.5F, 110},
    {k::entitlement::kKind, "handed_over", 0.5F, 150},
    {k::handover::kKind, "title", 3, 210},
    {k::handover::kKind, "quantity", 0.5F, 100},
    {k::handover::kKind, "received_by", 1.5F, 140},
    {k::handover::kKind, "at", 1.5F, 200},
    {k::drive::kKind, "title", 3, 220},
    {k::drive::kKind, "target", 1, 130},
    {k::drive::kKind, "collected", 1, 130},
    {k::drive::kKind, "balance", 1, 130},
    {k::listing::kKind, "product", 2, 170},
    {k::listing::kKind, "business", 2, 170},
    {k::listing::kKind, "price", 1, 110},
    {k::listing::kKind, "phone", 1, 150},
    {k::order::kKind, "listing", 2, 180},
    {k::order::kKind, "household", 2, 160},
    {k::order::kKind, "quantity", 0.5F, 90},
    {k::order::kKind, "state", 1, 120},
    {k::training::kKind, "title", 2, 200},
    {k::training::kKind, "topic", 1, 130},
    {k::training::kKind, "facilitator", 1.5F, 140},
    {k::training::kKind, "shift", 2, 220},
    {k::resource::kKind, "title", 2, 200},
    {k::resource::kKind, "topic", 1, 140},
    {k::resource::kKind, "provider", 1.5F, 150},
    {k::resource::kKind, "contact", 1.5F, 150},
    {k::notice::kKind, "title", 3, 240},
    {k::notice::kKind, "urgency", 1, 120},
    {k::notice::kKind, "valid_until", 1, 160},
};

constexpr TabPlan kTabs[] = {
    {Screen::households, k::household::kKind, "households"},
    {Screen::households, k::resident::kKind, "residents"},
    {Screen::households, 0, "pairs"},
    {Screen::offers, k::offer::kKind, "offers"},
    {Screen::volunteers, k::volunteer::kKind, "volunteers"},
    {Screen::distribution, k::program::kKind, "programs"},
    {Screen::distribution, k::entitlement::kKind, "entitlements"},
    {Screen::distribution, k::handover::kKind, "handovers"},
    {Screen::community, k::drive::kKind, "drives"},
    {Screen::community, k::listing::kKind, "listings"},
    {Screen::community, k::order::kKind, "orders"},
    {Screen::community, k::training::kKind, "trainings"},
    {Screen::community, k::resource::kKind, "resources"},
    {Screen::community, k::notice::kKind, "notices"},
};

bool among(const First* begin, const First* end, KindId kind, std::string_view name) {
  return std::any_of(begin, end,
                     [&](const First& one) { return one.kind == kind && one.name == name; });
}

}  // namespace

std::vector<AskedField> asked_fields(const KindSpec& kind, const std::vector<std::string>& only) {
  std::vector<AskedField> out;
  for (const std::string& name : only) {
    if (const auto* field = kind.find_field(std::string_view(name))) out.push_back({field, false});
  }
  if (!only.empty()) return out;
  for (const First& one : kFirst) {
    if (one.kind == kind.id) out.push_back({kind.find_field(one.name), false});
  }
  for (const FieldSpec& field : kind.fields) {
    if (field.made_by_program || among(std::begin(kNever), std::end(kNever), kind.id, field.name) ||
        among(std::begin(kFirst), std::end(kFirst), kind.id, field.name))
      continue;
    out.push_back({&field, true});
  }
  return out;
}

InputKind input_of(const FieldSpec& field) {
  switch (field.type) {
    case FieldType::enumeration:
    case FieldType::boolean:
    case FieldType::category:
    case FieldType::unit: return InputKind::choice;
    case FieldType::weekday_part: return InputKind::choices;
    case FieldType::quantity: return InputKind::quantity;
    case FieldType::integer:
    case FieldType::money:
    case FieldType::rt:
    case FieldType::rw: return InputKind::number;
    case FieldType::reference: return field.set ? InputKind::choices : InputKind::record;
    case FieldType::item: return InputKind::record;
    default: return InputKind::text;
  }
}

std::string hint_of(const FieldSpec& field, Language language) {
  if (field.set) return std::string(pick(language, "pisahkan dengan koma", "separate by commas"));
  switch (field.type) {
    case FieldType::date:
      return std::string(pick(language, "misalnya besok, atau 17/11/2026",
                              "for instance tomorrow, or 17/11/2026"));
    case FieldType::instant:
      return std::string(pick(language, "misalnya besok 07.00, atau 17/11/2026 21.00",
                              "for instance tomorrow 07:00, or 17/11/2026 21:00"));
    case FieldType::phone: return "0812…";
    case FieldType::money: return "25.000";
    case FieldType::identifier: return std::string(pick(language, "16 angka", "16 digits"));
    case FieldType::location: return "-6,2 106,8";
    default: return {};
  }
}

bool asked_as_choice(KindId kind) {
  return kind == k::program::kKind || kind == k::drive::kKind || kind == k::activity::kKind ||
         kind == k::listing::kKind || kind == k::shift::kKind;
}

std::string_view warned_field(KindId kind) {
  switch (kind) {
    case k::household::kKind:
    case k::resident::kKind: return "name";
    case k::pledge::kKind:
    case k::handover::kKind: return "quantity";
    case k::entitlement::kKind: return "household";
    default: return {};
  }
}

std::vector<ColumnPlan> columns_of(KindId kind) {
  std::vector<ColumnPlan> out;
  for (const ColumnPlan& one : kColumns) {
    if (one.kind == kind) out.push_back(one);
  }
  return out;
}

std::vector<ColumnPlan> columns_to_choose(KindId kind) {
  std::vector<ColumnPlan> out = columns_of(kind);
  const auto known = [&out](std::string_view name) {
    return std::any_of(out.begin(), out.end(),
                       [&](const ColumnPlan& one) { return one.name == name; });
  };
  const KindSpec* spec = find_kind(kind);
  if (spec == nullptr || out.empty()) return out;
  for (const FieldSpec& field : spec->fields) {
    const bool told = field.id == spec->title || field.name == "rt" || field.name == "rw";
    if (told || field.made_by_program || field.type == FieldType::location ||
        field.privacy == PrivacyClass::identifier || known(field.name) ||
        among(std::begin(kNever), std::end(kNever), kind, field.name))
      continue;
    out.push_back({kind, field.name, 1, 140});
  }
  return out;
}

std::vector<TabPlan> tabs_of(Screen screen) {
  std::vector<TabPlan> out;
  for (const TabPlan& one : kTabs) {
    if (one.screen == screen) out.push_back(one);
  }
  return out;
}

bool lists(Screen screen, KindId kind) {
  const auto tabs = tabs_of(screen);
  return std::any_of(tabs.begin(), tabs.end(),
                     [&](const TabPlan& tab) { return tab.kind == kind; });
}

std::optional<Screen> screen_of(KindId kind) {
  if (kind == k::need::kKind) return Screen::needs;
  if (kind == k::shift::kKind) return Screen::schedule;
  for (const TabPlan& one : kTabs) {
    if (one.kind == kind && kind != 0) return one.screen;
  }
  return std::nullopt;
}

std::string_view print_of(KindId kind) {
  if (kind == k::offer::kKind) return "offers";
  if (kind == k::household::kKind) return "households";
  if (kind == k::program::kKind) return "programs";
  return "list";
}

bool names_people(KindId kind) {
  const KindSpec* spec = find_kind(kind);
  return spec != nullptr && std::any_of(spec->fields.begin(), spec->fields.end(),
                                        [](const FieldSpec& field) { return field.erasable(); });
}

}  // namespace rukun::ui
