#include "app/cli/demo_home.h"

namespace rukun::cli {

DemoHome::DemoHome(World& world, const Path& home)
    : context_{world.files,
               world.clock,
               world.random,
               world.items,
               world.words,
               home,
               home / "state" / "rukun"} {}

Status DemoHome::settle(std::string_view name) {
  TRY(auto made, create_profile(context_.files, context_.home, name, view(kPassphrase), kArgonLeast,
                                context_.random));
  profile_ = std::move(made.profile);
  return open();
}

Status DemoHome::open() {
  TRY(auto engine, Engine::unlock(context_, profile_, view(kPassphrase)));
  engine_.emplace(std::move(engine));
  return {};
}

Result<RecordId> DemoHome::add(const SpaceId& space, KindId kind, std::vector<FieldChange> fields) {
  TRY(const auto outcome, engine_->execute(space, {{AddRecord{kind, std::move(fields)}}}));
  return outcome.records.front();
}

Status DemoHome::set(const SpaceId& space, const RecordId& record, FieldChange change) {
  return engine_->execute(space, {{SetFields{record, {std::move(change)}}}})
      .map([](const Outcome&) {});
}

Result<TxnHash> DemoHome::digest(const SpaceId& space) {
  TRY(const auto info, engine_->space(space));
  return engine_->records().canonical_digest(info.number);
}

}  // namespace rukun::cli
