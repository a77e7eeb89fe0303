#pragma once
// What every list can do: its columns and orders, and what is done to several of its rows at once.
// Functions over the desk; its thread.

#include <string_view>

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/list_index.h"

namespace rukun::ui {

// `paper`: what its print button asks for.
void fill_tools(Desk& desk, KindId kind, const Arrangement& how, std::string_view paper,
                ListTools& tools);
// Those that change records, for whoever may.
void fill_bulk_deeds(Desk& desk, KindId kind, ListTools& tools);

}  // namespace rukun::ui
