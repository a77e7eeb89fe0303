#pragma once
// Which records a list has, and in which order: all of its kind, so that a letter typed or a filter
// pressed only chooses from them. A function over the desk; its thread.

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/list_index.h"

namespace rukun::ui {

// Makes `list.all` anew.
Status put_in_order(Desk& desk, const Arrangement& how, ListIndex& list);
std::uint8_t filter_bit(NeedFilter filter);  // of Listed::shows
// True when such a list stands by name, unless somebody chose another order.
bool stands_by_name(KindId kind);

}  // namespace rukun::ui
