// All records of a list, read once after each change and put in order once.
#include "app/ui/presenter/list_order.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/ui/presenter/columns.h"
#include "app/ui/presenter/kind_plans.h"
#include "app/ui/presenter/order_keys.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace k = fields;

// The filters under which a need stands.
std::uint8_t filters_of(const ListedNeed& need) {
  switch (need.state) {
    case rukun::NeedState::open:
    case rukun::NeedState::partly:
      return static_cast<std::uint8_t>(
          filter_bit(NeedFilter::open) |
          (need.urgency >= k::need::kUrgencyUrgent ? filter_bit(NeedFilter::urgent) : 0));
    case rukun::NeedState::covered: return filter_bit(NeedFilter::covered);
    case rukun::NeedState::delivered: return filter_bit(NeedFilter::delivered);
    default: return 0;
  }
}

// What takes a record out of its list when it says so; 0: nothing does.
FieldId gone_by(KindId kind) {
  if (kind == k::offer::kKind) return k::offer::kWithdrawn;
  if (kind == k::volunteer::kKind) return k::volunteer::kInactive;
  return 0;
}

bool is_gone(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  const auto* text = std::get_if<std::string>(&value);
  return (number != nullptr && *number == 1) || (text != nullptr && !text->empty());
}

// What was read of each record, by the number of its row. An office's rows of one neighborhood are
// few among many, so nothing is kept for those between.
template <class T>
class ByRow {
 public:
  void put(std::int64_t row, T what) {
    sorted_ = sorted_ && (all_.empty() || all_.back().first < row);
    all_.emplace_back(row, std::move(what));
  }
  const T& at(std::int64_t row) {
    static const T nothing{};
    const auto before = [](const Entry& one, std::int64_t number) { return one.first < number; };
    if (!std::exchange(sorted_, true))
      std::sort(all_.begin(), all_.end(),
                [](const Entry& a, const Entry& b) { return a.first < b.first; });
    const auto found = std::lower_bound(all_.begin(), all_.end(), row, before);
    return found != all_.end() && found->first == row ? found->second : nothing;
  }

 private:
  using Entry = std::pair<std::int64_t, T>;
  std::vector<Entry> all_;
  bool sorted_ = true;
};

using Names = std::unordered_map<RecordId, std::string, IdHash>;  // folded

// What people call the records of this kind; those that are called by something else are missing.
Result<Names> names_of_all(Desk& desk, KindId kind) {
  Names out;
  const FieldId title = kind_of(kind).title;
  if (title == 0 || kind == k::need::kKind || kind == k::offer::kKind || kind == k::listing::kKind)
    return out;
  TRY_VOID(each_listed(desk.engine().records(), desk.space().number, kind, {&title, 1},
                       [&](const ListedRecord& record, const std::vector<Value>& values) {
                         const auto* name = std::get_if<std::string>(&values[0]);
                         if (name != nullptr && !name->empty())
                           out.emplace(record.id, folded(*name));
                       }));
  return out;
}

const std::string& name_among(Desk& desk, Names& names, const RecordId& id) {
  const auto known = names.find(id);
  return known != names.end() ? known->second
                              : names.emplace(id, folded(desk.title_of(id))).first->second;
}

// The names of whoever these fields refer to, the first one that is set.
Status order_by_names(Desk& desk, const ListIndex& list, std::initializer_list<FieldId> fields,
                      const std::string& otherwise, OrderKeys& keys) {
  Names names;
  for (const FieldId field : fields) {
    const KindId target = kind_of(list.kind).field(field).target;
    if (target == 0) continue;
    TRY(auto some, names_of_all(desk, target));
    names.merge(some);
  }
  ByRow<std::optional<std::string>> found;
  const std::vector<FieldId> read(fields);
  TRY_VOID(each_listed(desk.engine().records(), desk.space().number, list.kind, read,
                       [&](const ListedRecord& record, const std::vector<Value>& values) {
                         for (const Value& value : values) {
                           if (is_none(value)) continue;
                           const auto* id = std::get_if<RecordId>(&value);
                           const auto* text = std::get_if<std::string>(&value);
                           found.put(record.row, id != nullptr     ? name_among(desk, names, *id)
                                                 : text != nullptr ? folded(*text)
                                                                   : std::string());
                           return;
                         }
                       }));
  for (const Listed& one : list.all) keys.add_words(found.at(one.row).value_or(otherwise));
  return {};
}

// By a declared field with one value: numbers and dates as such, everything else as it is read.
Status order_by_field(Desk& desk, const ListIndex& list, const FieldSpec& field, OrderKeys& keys) {
  ByRow<Value> found;
  TRY_VOID(each_listed(desk.engine().records(), desk.space().number, list.kind, {&field.id, 1},
                       [&](const ListedRecord& record, const std::vector<Value>& values) {
                         found.put(record.row, values[0]);
                       }));
  const FormatContext shown = desk.showing();
  for (const Listed& one : list.all) {
    const Value& value = found.at(one.row);
    if (is_none(value))
      keys.add_nothing();
    else if (const auto* number = std::get_if<std::int64_t>(&value))
      keys.add_number(*number);
    else
      keys.add_words(folded(format_value(field, value, shown)));
  }
  return {};
}

// By what is worked out from a whole record.
Status order_by_rows(Desk& desk, const ListIndex& list, const ColumnPlan& plan, OrderKeys& keys) {
  TRY(const Derived* derived, desk.derived_for(list.kind));
  const FieldSpec* worked_out = kind_of(list.kind).find_field(plan.name) == nullptr
                                    ? find_derived(list.kind, plan.name)
                                    : nullptr;
  std::unordered_map<RecordId, std::pair<Value, std::string>, IdHash> found;
  TRY_VOID(
      desk.engine().records().each_row(desk.query_of(list.kind), [&](Row& row) -> Result<bool> {
        auto& [value, words] = found[row.id];
        if (worked_out != nullptr && derived != nullptr)
          value = derived->value_of(row, *worked_out);
        if (!std::holds_alternative<std::int64_t>(value))
          words = folded(column_words(desk, row, plan, derived).words);
        return true;
      }));
  for (const Listed& one : list.all) {
    const auto key = found.find(one.id);
    const auto* number =
        key == found.end() ? nullptr : std::get_if<std::int64_t>(&key->second.first);
    if (number != nullptr)
      keys.add_number(*number);
    else
      keys.add_words(key == found.end() ? std::string() : key->second.second);
  }
  return {};
}

// Titles are made of few fields, and few of them are different.
Status order_needs_by_title(Desk& desk, const ListIndex& list, OrderKeys& keys) {
  constexpr FieldId kMade[] = {k::need::kTitle, k::need::kCategory, k::need::kItem,
                               k::need::kQuantity, k::need::kUnit};
  std::map<std::vector<Value>, std::string> known;
  ByRow<const std::string*> found;
  TRY_VOID(each_listed(desk.engine().records(), desk.space().number, list.kind, kMade,
                       [&](const ListedRecord& record, const std::vector<Value>& values) {
                         const auto [at, fresh] = known.try_emplace(values);
                         if (fresh) at->second = folded(desk.title_of(record.id));
                         found.put(record.row, &at->second);
                       }));
  for (const Listed& one : list.all) {
    const std::string* title = found.at(one.row);
    keys.add_words(title == nullptr ? std::string() : *title);
  }
  return {};
}

Status order_needs(Desk& desk, const Arrangement& how, ListIndex& list, OrderKeys& keys) {
  TRY(const auto* all, desk.all_needs());
  for (const ListedNeed& need : *all) {
    if (how.sort == "urgency") keys.add_number(need.urgency);
    if (how.sort == "remaining") keys.add_number(need.remaining);
    if (how.sort == "age") keys.add_number(-static_cast<std::int64_t>(need.created));
    if (how.sort == "state") keys.add_number(static_cast<std::int64_t>(need.state));
  }
  if (how.sort == "title") return order_needs_by_title(desk, list, keys);
  if (how.sort == "for")
    return order_by_names(desk, list, {k::need::kResident, k::need::kHousehold},
                          folded(desk.speaking().words.tr("need.whole_rt")), keys);
  return {};
}

// A column that is not known any more puts nothing in order.
Status order_records(Desk& desk, const Arrangement& how, ListIndex& list, OrderKeys& keys) {
  const auto columns = columns_to_choose(list.kind);
  const auto plan = std::find_if(columns.begin(), columns.end(),
                                 [&](const ColumnPlan& one) { return one.name == how.sort; });
  if (plan == columns.end()) return {};
  if (plan->name == "receiver")
    return order_by_names(desk, list, {k::entitlement::kResident, k::entitlement::kHousehold}, "",
                          keys);
  if (plan->name == "giver")
    return order_by_names(desk, list, {k::offer::kHousehold, k::offer::kGiver}, "", keys);
  const FieldSpec* field = kind_of(list.kind).find_field(plan->name);
  const bool titled_otherwise = list.kind == k::offer::kKind && plan->name == "title";
  if (field == nullptr || field->set || titled_otherwise)
    return order_by_rows(desk, list, *plan, keys);
  if (field->type == FieldType::reference) return order_by_names(desk, list, {field->id}, "", keys);
  return order_by_field(desk, list, *field, keys);
}

// As they stand when nobody has chosen another order.
Status read_list(Desk& desk, ListIndex& list) {
  list.all.clear();
  if (list.kind == k::need::kKind) {
    TRY(const auto* needs, desk.all_needs());
    list.all.reserve(needs->size());
    for (const ListedNeed& need : *needs)
      list.all.push_back(
          {need.id, need.row,
           static_cast<std::uint8_t>(filters_of(need) | filter_bit(NeedFilter::all))});
    return {};
  }
  std::vector<ListedRecord> records;
  std::vector<FieldId> read;
  if (const FieldId gone = gone_by(list.kind); gone != 0) read.push_back(gone);
  TRY_VOID(each_listed(desk.engine().records(), desk.space().number, list.kind, read,
                       [&](const ListedRecord& record, const std::vector<Value>& values) {
                         if (values.empty() || !is_gone(values[0])) records.push_back(record);
                       }));
  const bool oldest_first = stands_by_name(list.kind);
  std::sort(records.begin(), records.end(), [&](const ListedRecord& a, const ListedRecord& b) {
    if (a.created != b.created) return (a.created < b.created) == oldest_first;
    return a.id < b.id;
  });
  list.all.reserve(records.size());
  for (const ListedRecord& one : records) list.all.push_back({one.id, one.row});
  return {};
}

}  // namespace

bool stands_by_name(KindId kind) {
  return kind == k::household::kKind || kind == k::resident::kKind;
}

std::uint8_t filter_bit(NeedFilter filter) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(filter));
}

Status put_in_order(Desk& desk, const Arrangement& how, ListIndex& list) {
  TRY_VOID(read_list(desk, list));
  OrderKeys keys;
  if (list.kind == k::need::kKind) {
    TRY_VOID(order_needs(desk, how, list, keys));
  } else if (!how.sort.empty()) {
    TRY_VOID(order_records(desk, how, list, keys));
  } else if (stands_by_name(list.kind)) {
    TRY_VOID(order_by_field(desk, list, kind_of(list.kind).field(kind_of(list.kind).title), keys));
  }
  if (keys.size() != list.all.size()) return {};
  std::vector<Listed> sorted;
  sorted.reserve(list.all.size());
  for (const std::uint32_t at : keys.order(how.descending)) sorted.push_back(list.all[at]);
  list.all = std::move(sorted);
  return {};
}

}  // namespace rukun::ui
