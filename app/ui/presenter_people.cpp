// Warga: households. And inviting somebody.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/purposes.h"
#include "app/domain/rules/roles.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
void Presenter::fill_households() {
  namespace h = fields::household;
  HouseholdsView view;
  Query query = query_of(h::kKind);
  query.search = household_search_;
  query.sort = h::kName;
  query.limit = kMostRows;
  const auto rows = engine_->records().rows(query);
  if (!rows) return refuse(rows.error());
  for (const Row& row : *rows) {
    const std::int64_t people = number_of(row, h::kPeople);
    view.rows.push_back({row.id.hex(), text_of_field(row, h::kName),
                         text_of_field(row, h::kAddress),
                         format_rt_rw(number_of(row, h::kRt), number_of(row, h::kRw)),
                         text_of_field(row, h::kPhone), people > 0 ? std::to_string(people) : ""});
  }
  view.count = view.rows.size();
  view.why_name = purpose_of(h::kKind, h::kName, context_.language);
  view.why_address = purpose_of(h::kKind, h::kAddress, context_.language);
  view.why_phone = purpose_of(h::kKind, h::kPhone, context_.language);
  now_.households = std::move(view);
}

Status Presenter::add_household(const AddHousehold& command) {
  namespace h = fields::household;
  TRY(auto record, new_household(command.name));
  const std::pair<FieldId, const std::string*> texts[] = {
      {h::kAddress, &command.address}, {h::kPhone, &command.phone}, {h::kPeople, &command.people}};
  for (const auto& [field, text] : texts) {
    if (text->empty()) continue;
    TRY(auto value, parse_value(kind_of(h::kKind).field(field), *text, reading()));
    record.fields.push_back({field, OpType::put, std::move(value)});
  }
  return act(Action{{std::move(record)}}, "done.household", command.name);
}

Status Presenter::make_invite(const MakeInvite& command) {
  const auto role = role_named(command.role);
  if (!role || !space_) return error(Code::bad_value, command.role);
  TRY(const auto made, engine_->create_invite(space_->id, *role, false));
  // A name of its own: an invitation that somebody else still needs must not be written over.
  const Path file = Path(command.folder) / ("undangan-" + made.id.hex().substr(0, 6) + ".rukun");
  TRY_VOID(setup_.files.write_new_verified(file, made.file));
  now_.members.made = MadeInvite{file.string(), made.code.value_or(""), made.words};
  wrote();
  return {};
}

}  // namespace rukun::ui
