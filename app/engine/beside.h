#pragma once
// An action together with what this laptop alone remembers of it: durable with one commit, or
// neither is. An import or an undo that ends between the two would else be done again, or undone
// by half. Not told of an action that changes nothing. Errors: those of Engine::execute and of
// `beside`. One thread; not from within an exchange.

#include <functional>

#include "app/engine/engine.h"

namespace rukun {

// The outcome as it will be; warnings come later.
using ToldBeside = std::function<Status(const Outcome&)>;

Result<Outcome> execute_beside(Engine& engine, const SpaceId& space, const Action& action,
                               const ToldBeside& beside);

}  // namespace rukun
