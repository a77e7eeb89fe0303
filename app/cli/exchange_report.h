#pragma once
// How an exchange is told, whatever carried it: the same keys and the same lines for folders,
// bundles and the LAN. One thread.

#include "app/cli/output.h"
#include "app/engine/engine.h"

namespace rukun::cli {

// {"spaces","bytes_out","bytes_in","reached"}, left open for more keys.
void print_exchange_json(Json& json, const ExchangeReport& report);
void print_exchange_text(const ExchangeReport& report, Output& out);
// "refused"; refused parts make it exit 4, though the rest was taken.
void finish_exchange(const ExchangeReport& report, Output& out);

}  // namespace rukun::cli
