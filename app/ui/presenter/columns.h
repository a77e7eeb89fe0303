#pragma once
// The columns of a list of any kind, and what stands in them. Functions over the desk; its thread.

#include <span>
#include <vector>

#include "app/domain/rules/derived.h"
#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/kind_plans.h"
#include "app/ui/presenter/list_index.h"

namespace rukun::ui {

// Those that were chosen, else the usual ones; the first one always.
std::vector<ColumnPlan> arranged_columns(KindId kind, const Arrangement& how);
RecordColumn column_head(Desk& desk, const ColumnPlan& plan);
// `derived`: see Desk::derived_for.
Mark column_words(Desk& desk, const Row& row, const ColumnPlan& plan, const Derived* derived);
// Read whole, and nobody has marked them.
Status add_rows(Desk& desk, std::span<const Listed> listed, const std::vector<ColumnPlan>& plans,
                RecordsView& view);

}  // namespace rukun::ui
