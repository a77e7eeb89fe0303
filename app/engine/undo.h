#pragma once
// Taking back many of one's own transactions, as an import is many: their logs are walked once,
// however long they are. Errors: not_found when one of them is not one's own or not here, the
// others being taken back; those of Engine::execute. One thread.

#include <functional>
#include <vector>

#include "app/engine/engine.h"

namespace rukun {

// The newest first, each with a compensating transaction that is durable, and remembered as one,
// before the next. `goes_on` is asked before each, and told which; false stops. What stopped, or
// could not go on, can be asked for again: what is taken back already stays as it is.
Status undo_all(Engine& engine, const SpaceId& space, const std::vector<TxnHash>& txns,
                const std::function<bool(const TxnHash&)>& goes_on);

}  // namespace rukun
