#pragma once
// What an exchange came to, whatever brought it: its receipt, and the latest fifty in this
// profile's own store. Functions over the desk; its thread.

#include <string>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

ExchangeReceipt receipt_of(Desk& desk, const ExchangeReport& report);
// On record, and in the picture; what cannot be kept is refused.
void note_exchange(Desk& desk, const std::string& place, const ExchangeReport& report);
void fill_history_of_exchanges(Desk& desk);

}  // namespace rukun::ui
