#pragma once
// One laptop of the demo: a home with one profile, whose engine can be left and opened again. The
// passphrase is no secret and unlocking costs as little as is allowed. One thread.

#include <optional>

#include "app/cli/session.h"

namespace rukun::cli {

class DemoHome {
 public:
  static constexpr std::string_view kPassphrase = "contoh sandi untuk demo";

  DemoHome(World& world, const Path& home);

  Status settle(std::string_view name);  // makes the profile and opens it
  Status open();
  void leave() { engine_.reset(); }

  Engine& engine() { return *engine_; }
  const Path& home() const { return context_.home; }
  Path state_parent() const { return context_.home / "state"; }  // as XDG_STATE_HOME

  Result<RecordId> add(const SpaceId& space, KindId kind, std::vector<FieldChange> fields);
  Status set(const SpaceId& space, const RecordId& record, FieldChange change);
  Result<TxnHash> digest(const SpaceId& space);

 private:
  EngineContext context_;
  ProfileInfo profile_;
  std::optional<Engine> engine_;
};

}  // namespace rukun::cli
