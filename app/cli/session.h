#pragma once
// One run of the program: which home, profile and neighborhood are meant, and the engine, unlocked
// when a command first needs it and kept for the rest of a batch. Finds records and kinds by what
// people type. One thread.

#include <functional>
#include <istream>
#include <optional>

#include "app/cli/parse.h"
#include "app/engine/engine.h"
#include "platform/paths.h"

namespace rukun::cli {

// What the composition root gives.
struct World {
  FileSystem& files;
  Clock& clock;
  Random& random;
  const ItemCatalogue& items;
  const WordList& words;
  Environment environment;
  Path program;  // this program's own file
  std::istream& in;
  TextOut out;  // reaches stdout when it returns
  TextOut err;
};

struct FoundRecord {
  SpaceInfo space;
  RecordId id;
  const KindSpec* kind = nullptr;
  Life life = Life::absent;
};

class Session {
 public:
  Session(World& world, Globals globals);

  World& world() { return world_; }
  const Globals& globals() const { return globals_; }
  void set_space(std::string text) { globals_.space = std::move(text); }
  Language language() const { return globals_.language; }
  std::string_view pick(std::string_view id, std::string_view en) const {
    return rukun::pick(globals_.language, id, en);
  }

  Result<Path> home() const;
  Result<ProfileInfo> profile();
  // From --passphrase-file, else the environment; locked when there is none.
  Result<Secret> passphrase();
  bool passphrase_given() const;
  Result<Secret> passphrase_in(const Path& file);
  Result<EngineContext> context();

  Result<Engine*> engine();
  bool is_open() const { return engine_.has_value(); }
  // The neighborhood that is meant: --space, else the only one.
  Result<SpaceInfo> space();
  // --space, else all.
  Result<std::vector<SpaceInfo>> spaces();
  // By id or a unique prefix of at least 6 hex digits, in the neighborhoods that may be meant.
  Result<FoundRecord> record(std::string_view text);
  Result<const KindSpec*> kind(std::string_view text) const;
  // By name, or at least 6 digits of the id, in the neighborhoods that may be meant.
  Result<MemberId> member(std::string_view text);

  ParseContext reading(const SpaceInfo& space);
  ParseContext reading_anywhere();  // references are looked up in every neighborhood
  FormatContext showing(const SpaceInfo& space);

  // After the last command: exchange with the other profiles of this home, and what the engine
  // noticed, for stderr.
  std::vector<std::string> close();
  void wrote() { wrote_ = true; }

  // What the last creating command made; a batch gives it a name.
  void made(const RecordId& id) { made_ = id; }
  std::optional<RecordId> take_made() { return std::exchange(made_, std::nullopt); }

 private:
  Result<RecordId> reference(const SpaceInfo& space, const FieldSpec& field, std::string_view text);
  Status share();

  World& world_;
  Globals globals_;
  std::optional<Engine> engine_;
  std::vector<std::string> remarks_;
  std::optional<RecordId> made_;
  bool wrote_ = false;
};

}  // namespace rukun::cli
