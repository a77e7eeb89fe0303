#include "app/engine/authors.h"

#include "app/engine/engine_works.h"

namespace rukun {
namespace {

constexpr std::size_t kDeviceDigits = 6;

}  // namespace

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

LaptopName laptop_of(Engine& engine, const LogId& log) {
  auto& works = engine.works();
  const auto ix = works.store->find_log(log);
  if (!ix) return {};
  const auto& incarnation = works.store->log(*ix).name.incarnation;
  return {incarnation.hex().substr(0, kDeviceDigits), incarnation == works.incarnation};
}

Result<Origin> origin_of(Engine& engine, std::uint32_t number, const RecordId& record) {
  auto& works = engine.works();
  const auto& id = works.projection->space_of(number);
  TRY(const Space* space, works.need(id));
  TRY(const auto found, works.projection->record(number, record));
  if (!found) return error(Code::not_found, "there is no record " + record.hex());
  const auto& state = found->state;
  const auto order = works.projection->logs();
  const auto wrote = [&](LogIndex log, Stamp at) {
    Wrote out;
    out.at = at;
    if (const auto ix = works.store->find_log(order[log])) {
      const auto& name = works.store->log(*ix).name;
      out.member = member_id(name.author);
      out.name = head_name(space->authority.find(out.member), out.member);
      out.device = name.incarnation.hex().substr(0, kDeviceDigits);
    }
    return out;
  };
  const Write* last = nullptr;
  for (const auto& field : state.fields)
    for (const auto& write : field.live)
      if (last == nullptr || last->stamp < write.stamp) last = &write;
  Origin out;
  if (state.maker) out.made = wrote(*state.maker, state.declared_at);
  out.changed = last == nullptr ? out.made : wrote(last->log, last->stamp);
  return out;
}

DerivedContext derived_context(Engine& engine) {
  return {.now = engine.context().clock.now(), .same_author = same_author(engine)};
}

}  // namespace rukun
