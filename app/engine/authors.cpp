#include "app/engine/authors.h"

#include "app/engine/engine_works.h"

namespace rukun {

SameAuthor same_author(Engine& engine) {
  auto* works = &engine.works();
  return [works](LogIndex a, LogIndex b) {
    if (a == b) return true;
    const auto order = works->projection->logs();
    const auto one = works->store->find_log(order[a]), two = works->store->find_log(order[b]);
    return one && two && works->store->log(*one).name.author == works->store->log(*two).name.author;
  };
}

void add_asker(Engine& engine, AttentionContext& context) {
  auto* works = &engine.works();
  context.same_author = same_author(engine);
  context.is_mine = [works](LogIndex log) {
    const auto found = works->store->find_log(works->projection->logs()[log]);
    return found && works->store->log(*found).name.author == works->signing.key;
  };
  context.role = [works](std::uint32_t number) -> std::optional<Role> {
    for (const auto& space : works->spaces) {
      if (space.number != number) continue;
      const auto role = works->my_role(space);
      return role ? std::optional(*role) : std::nullopt;
    }
    return std::nullopt;
  };
}

DerivedContext derived_context(Engine& engine) {
  return {.now = engine.context().clock.now(), .same_author = same_author(engine)};
}

}  // namespace rukun
