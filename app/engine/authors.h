#pragma once
// Whose logs are one member's: people write on several laptops, and a restored copy begins a log of
// its own. The function stays valid as long as the engine does. One thread.

#include "app/domain/rules/attention.h"
#include "app/engine/engine.h"

namespace rukun {

SameAuthor same_author(Engine& engine);
// What derived values depend on besides the records, here and now.
DerivedContext derived_context(Engine& engine);
// Who asks what needs a person.
void add_asker(Engine& engine, AttentionContext& context);

}  // namespace rukun
