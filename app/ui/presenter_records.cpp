// Lists of any kind with one record beside them: columns, facts and what may be done, from the
// declared kinds. What is special about a kind is in presenter_people, presenter_aid and
// presenter_community.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/roles.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

namespace k = fields;

Mood mood_of(KindId kind, std::string_view name, const Value& value) {
  const auto* code = std::get_if<std::int64_t>(&value);
  if (code == nullptr) return Mood::plain;
  if (kind == k::notice::kKind && name == "urgency")
    return *code == k::notice::kUrgencyEmergency   ? Mood::danger
           : *code == k::notice::kUrgencyImportant ? Mood::warn
                                                   : Mood::info;
  if (kind == k::order::kKind && name == "state")
    return *code == k::order::kStateOrdered ? Mood::warn
           : *code == k::order::kStateReady ? Mood::info
                                            : Mood::good;
  return Mood::plain;
}

// The unit that a quantity of such a row is counted in: its own, or that of what it belongs to.
const FieldSpec* unit_field(const KindSpec& kind) { return kind.find_field("unit"); }

// It follows from the balances that are at hand anyway, where few offers are taken up.
bool is_left_of_offer(const ColumnPlan& plan) {
  return plan.kind == k::offer::kKind && plan.name == "remaining";
}

}  // namespace

std::optional<Status> Presenter::run_records(const Command& command) {
  if (const auto* deed = std::get_if<Deed>(&command)) return do_deed(*deed);
  if (const auto* typed = std::get_if<FormTyped>(&command)) return form_typed(*typed);
  if (const auto* saved = std::get_if<SaveForm>(&command)) return save_form(*saved);
  if (const auto* left = std::get_if<LeaveForm>(&command)) return leave_form(left->drop);
  if (const auto* opened = std::get_if<OpenRecord>(&command)) return open_listed(*opened);
  if (const auto* asked = std::get_if<AskRecords>(&command)) {
    find_for_form(*asked);
  } else if (const auto* search = std::get_if<SearchRecords>(&command)) {
    records_search_ = search->search;
    records_.first = 0;
  } else if (const auto* tab = std::get_if<ShowTab>(&command)) {
    records_tab_ = tab->tab;
    charts_ = false;
    records_search_.clear();
    records_.first = 0;
    marks_.clear();
    open_record_.clear();
    entered_ = true;
  } else {
    return std::nullopt;
  }
  return Status{};
}

bool Presenter::may(KindId kind) const {
  return space_ && space_->role && may_write(*space_->role, {kind, true}, context_.language);
}

DeedButton Presenter::add_button(KindId kind, std::string_view key, FieldTexts given,
                                 std::vector<std::string> asked) const {
  DeedButton button;
  button.icon = Icon::plus;
  button.label = speaking().words.tr(key);
  button.deed = {.what = Deed::What::add,
                 .kind = std::string(kind_of(kind).name),
                 .fields = std::move(given),
                 .asked = std::move(asked),
                 .heading = button.label};
  return button;
}

DeedButton Presenter::edit_button(const RecordId& id, std::string_view key, Icon icon,
                                  std::vector<std::string> asked) const {
  DeedButton button;
  button.icon = icon;
  button.label = speaking().words.tr(key);
  button.deed = {.what = Deed::What::edit,
                 .record = id.hex(),
                 .asked = std::move(asked),
                 .heading = button.label};
  return button;
}

DeedButton Presenter::write_button(const RecordId& id, std::string_view key, Icon icon,
                                   FieldTexts fields) const {
  DeedButton button;
  button.icon = icon;
  button.label = speaking().words.tr(key);
  button.deed = {.what = Deed::What::write, .record = id.hex(), .fields = std::move(fields)};
  return button;
}

Deed Presenter::open_deed(const Row& row) const {
  const auto screen = screen_of(row.kind);
  if (!screen) return {};
  return {.what = Deed::What::open, .screen = *screen, .record = row.id.hex()};
}

std::string Presenter::amount_words(std::int64_t thousandths, std::string_view unit) const {
  return quantity_words(thousandths, unit, speaking());
}

// Of money by the drive's goal; of a hand-over or pledge by the need's or the entitlement's unit.
std::string Presenter::unit_of(const Row& row) {
  const KindSpec& kind = kind_of(row.kind);
  if (const FieldSpec* unit = unit_field(kind)) {
    if (row.kind == k::drive::kKind &&
        number_in(row, k::drive::kGoalType) == k::drive::kGoalTypeMoney)
      return "rupiah";
    if (row.kind == k::drive::kKind &&
        number_in(row, k::drive::kGoalType) == k::drive::kGoalTypeHours)
      return "hour";
    return text_in(row, unit->id);
  }
  for (const char* name : {"drive", "pledge", "entitlement", "need", "listing"}) {
    const FieldSpec* field = kind.find_field(std::string_view(name));
    const auto* id = field == nullptr ? nullptr : std::get_if<RecordId>(&value_in(row, field->id));
    if (id == nullptr) continue;
    const auto of = row_of(*id);
    return of ? unit_of(*of) : std::string();
  }
  return {};
}

// A field as people read it, with its unit where it is a quantity.
std::string Presenter::field_words(const Row& row, const FieldSpec& spec, const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (spec.set) {
    std::string out;
    for (const Value& one : set_in(row, spec.id))
      out += (out.empty() ? "" : ", ") + format_value(spec, one, showing());
    return out;
  }
  if (is_none(value)) return {};
  if (spec.type == FieldType::quantity && number != nullptr) {
    const std::string unit = unit_of(row);
    return unit == "rupiah" ? format_rupiah(*number / 1000) : amount_words(*number, unit);
  }
  return format_value(spec, value, showing());
}

Mark Presenter::column_words(const Row& row, const ColumnPlan& plan, const Derived* derived) {
  const KindSpec& kind = kind_of(row.kind);
  if (plan.name == "title") {
    const auto title = row_title(engine_->records(), row, showing());
    return {title ? *title : title.error().message};
  }
  if (plan.name == "giver") return {giver_of(row)};
  if (plan.name == "rt_rw")
    return {format_rt_rw(number_in(row, k::household::kRt), number_in(row, k::household::kRw))};
  if (plan.name == "groups") return {groups_of(row)};
  if (plan.name == "receiver") return {receiver_of(row)};
  if (const FieldSpec* field = kind.find_field(plan.name)) {
    const Value& value = value_in(row, field->id);
    return {field_words(row, *field, value), mood_of(row.kind, plan.name, value)};
  }
  const FieldSpec* field = find_derived(row.kind, plan.name);
  if (is_left_of_offer(plan)) {
    const auto balances = aid_balances();
    if (!balances) return {error_words(balances.error(), speaking())};
    return {field_words(row, *field, offer_balance(row, *balances).remaining)};
  }
  if (field == nullptr || derived == nullptr) return {};
  return {field_words(row, *field, derived->value_of(row, *field))};
}

RecordColumn Presenter::column_head(const ColumnPlan& plan) const {
  const KindSpec& kind = kind_of(plan.kind);
  const FieldSpec* field = kind.find_field(plan.name);
  if (field == nullptr) field = find_derived(plan.kind, plan.name);
  RecordColumn column{"", plan.weight, plan.least, false};
  if (field != nullptr) {
    column.title = field->label(context_.language);
    column.number = field->type == FieldType::quantity || field->type == FieldType::money ||
                    field->type == FieldType::integer;
  } else if (plan.name == "title") {
    column.title = kind.label(context_.language);
  } else {
    column.title = speaking().words.tr("column." + std::string(plan.name));
  }
  return column;
}

Status Presenter::add_rows(std::span<const Listed> listed, const std::vector<ColumnPlan>& plans,
                           RecordsView& view) {
  const bool works_out = std::any_of(plans.begin(), plans.end(), [](const ColumnPlan& plan) {
    return kind_of(plan.kind).find_field(plan.name) == nullptr &&
           find_derived(plan.kind, plan.name) != nullptr && !is_left_of_offer(plan);
  });
  const Derived* derived = nullptr;
  if (works_out && !listed.empty()) {
    TRY(derived, derived_for(plans[0].kind));
  }
  for (const Listed& one : listed) {
    RecordRow out{one.id.hex(), {}, marks_.count(one.id) != 0};
    const auto row = row_of(one.id);
    for (const ColumnPlan& plan : plans)
      out.cells.push_back(row ? column_words(*row, plan, derived) : Mark());
    if (!row) out.cells[0].words = error_words(row.error(), speaking());
    view.rows.push_back(std::move(out));
  }
  return {};
}

Status Presenter::fill_rows(KindId kind, RecordsView& view) {
  const auto plans = arranged_columns(kind, arrangement_of(kind));
  for (const ColumnPlan& plan : plans) view.columns.push_back(column_head(plan));
  if (records_.kind != kind) records_ = ListIndex{.kind = kind};
  TRY_VOID(fit_list(records_, records_search_, NeedFilter::all));
  view.count = records_.fitting.size();
  view.first = std::min(records_.first, view.count);
  const std::span<const Listed> all(records_.fitting);
  return add_rows(all.subspan(view.first, std::min(setup_.lists.at_hand, view.count - view.first)),
                  plans, view);
}

// Letters typed and rows asked for leave it as it is: it costs more than they may.
void Presenter::open_detail(RecordsView& view) {
  const bool stale = std::exchange(detail_stale_, false);
  if (open_record_.empty()) return;
  auto& before = now_.records.detail;
  if (!stale && before && before->id == open_record_) {
    view.detail = std::move(before);
    return;
  }
  const auto id = record_of(open_record_);
  auto detail = id ? detail_of(*id) : Result<RecordDetail>(tl::make_unexpected(id.error()));
  if (!detail) return refuse(detail.error());
  add_erase_button(*detail);
  add_print_button(*detail);
  view.detail = std::move(*detail);
}

void Presenter::fill_records() {
  RecordsView view;
  const Translator& words = speaking().words;
  view.screen = now_.screen;
  const auto tabs = tabs_of(now_.screen);
  std::size_t at = 0;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    const std::string id(tabs[i].id);
    if (tabs.size() > 1) view.tabs.push_back({id, words.tr("tab." + id)});
    if (records_tab_ == id) at = i;
  }
  const TabPlan& tab = tabs[at];
  listed_kind_ = tab.kind;
  view.tab = tab.id;
  view.hint = words.tr("search." + std::string(tab.id));
  view.empty = records_search_.empty() ? words.tr("empty." + std::string(tab.id))
                                       : words.tr("records.none_found");
  Status filled;
  if (tab.kind == 0) {
    filled = fill_pairs(view);
  } else {
    if (now_.screen == Screen::offers) {
      view.add = {add_button(tab.kind, "home.add_offer")};
      view.add[0].deed = {.what = Deed::What::open, .screen = Screen::offer_entry};
    } else if (may(tab.kind) && tab.kind != k::handover::kKind) {
      view.add = {add_button(tab.kind, "add." + std::string(kind_of(tab.kind).name))};
    }
    add_import_button(tab.kind, view);
    filled = fill_rows(tab.kind, view);
  }
  if (filled && charts_ && tab.kind == k::drive::kKind) filled = fill_drive_chart(view);
  if (!filled) refuse(filled.error());
  open_detail(view);
  if (const auto done = fill_erase(view); !done) refuse(done.error());
  if (!view.columns.empty())
    view.add.push_back(print_button(print_of(listed_kind_), "", "print.button"));
  if (tab.kind != 0) {
    fill_tools(tab.kind, print_of(tab.kind), view.tools);
    fill_place(records_, view.tools);
  }
  now_.records = std::move(view);
}

// A list shows the tab that its record is in.
void Presenter::open_record(const std::string& id, KindId kind) {
  open_record_ = id;
  for (const TabPlan& tab : tabs_of(now_.screen)) {
    if (tab.kind == kind && kind != 0) records_tab_ = tab.id;
  }
  if (id.empty() || !names_people(kind)) return;
  const auto noted = note(Access::show, std::string(kind_of(kind).name) + " " + id, 1);
  if (noted) return;
  open_record_.clear();
  refuse(noted.error());
}

Status Presenter::open_listed(const OpenRecord& command) {
  if (command.id.empty()) {
    open_record_.clear();
    return {};
  }
  TRY(const auto id, record_of(command.id));
  TRY(const auto row, row_of(id));
  open_record(command.id, row.kind);
  return {};
}

Result<RecordDetail> Presenter::detail_of(const RecordId& id) {
  TRY(const auto row, row_of(id));
  const KindSpec& kind = kind_of(row.kind);
  RecordDetail out;
  out.id = id.hex();
  out.title = title_of_record(id);
  for (const FieldSpec& field : kind.fields) {
    if (field.id == kind.title || field.name == "same_as" || field.name == "receipt_code") continue;
    std::string words = field_words(row, field, value_in(row, field.id));
    const std::string label(field.label(context_.language));
    // Titles of some kinds begin with the kind's name, which stands there already.
    if (words.rfind(label + ": ", 0) == 0) words.erase(0, label.size() + 2);
    if (!words.empty()) out.facts.push_back({label, std::move(words)});
  }
  TRY_VOID(fill_special(row, out));
  if (may(row.kind) && row.kind != k::handover::kKind)
    out.buttons.push_back(edit_button(id, "record.edit", Icon::edit));
  TRY_VOID(fill_history(id, row.kind, out.reached, out.history));
  return out;
}

Status Presenter::fill_special(const Row& row, RecordDetail& out) {
  switch (row.kind) {
    case k::household::kKind: return fill_household(row, out);
    case k::resident::kKind: return fill_resident(row, out);
    case k::volunteer::kKind: return fill_volunteer(row, out);
    case k::offer::kKind: return fill_offer(row, out);
    case k::program::kKind: return fill_program(row, out);
    case k::entitlement::kKind: return fill_entitlement(row, out);
    case k::handover::kKind: return fill_handover(row, out);
    case k::drive::kKind: return fill_drive(row, out);
    case k::listing::kKind: return fill_listing(row, out);
    case k::order::kKind: return fill_order(row, out);
    case k::training::kKind: return fill_training(row, out);
    default: return {};
  }
}

Result<std::vector<Row>> Presenter::rows_where(KindId kind, FieldId field, const RecordId& is) {
  Query query = query_of(kind);
  query.where = {{field, Compare::equal, is}};
  query.limit = kMostRows;
  return engine_->records().rows(query);
}

}  // namespace rukun::ui
