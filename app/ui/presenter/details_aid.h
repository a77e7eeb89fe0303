#pragma once
// What is special about promises, hand-overs, offers and programs: how much is open, what is in
// stock, who was promised what, and what can still be done. Functions over the desk; its thread.

#include <cstdint>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

// How much of a need, a promise or an entitlement has not been handed over.
Result<std::int64_t> open_quantity(Desk& desk, const Row& row);
// A promise with what can still be done about it; `balances` may be null.
RecordLine pledge_line(Desk& desk, const Row& pledge, const AidBalances* balances);
Status fill_offer(Desk& desk, const Row& row, RecordDetail& out);
Status fill_program(Desk& desk, const Row& row, RecordDetail& out);
Status fill_entitlement(Desk& desk, const Row& row, RecordDetail& out);
Status fill_handover(Desk& desk, const Row& row, RecordDetail& out);

}  // namespace rukun::ui
