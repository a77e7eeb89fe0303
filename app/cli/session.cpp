#include "app/cli/session.h"

#include "app/domain/fold.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kLeastPrefix = 6;
constexpr std::size_t kMostPassphrase = 4096;

bool is_hex(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Session::Session(World& world, Globals globals) : world_(world), globals_(std::move(globals)) {}

Result<Path> Session::home() const { return home_dir(world_.environment, Path(globals_.home)); }

Result<ProfileInfo> Session::profile() {
  TRY(const auto where, home());
  return find_profile(world_.files, where, globals_.profile);
}

Result<Secret> Session::passphrase_in(const Path& file) {
  TRY(auto bytes, world_.files.read_file(file, kMostPassphrase));
  std::size_t size = bytes.size();
  while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r')) --size;
  auto secret = Secret::copy_of(ByteView(bytes).first(size));
  wipe(bytes);
  if (secret.empty()) {
    return error(Code::locked, file.string() + std::string(pick(": kosong", ": is empty")));
  }
  return secret;
}

bool Session::passphrase_given() const {
  return !globals_.passphrase_file.empty() || !world_.environment.passphrase.empty();
}

Result<Secret> Session::passphrase() {
  if (!globals_.passphrase_file.empty()) return passphrase_in(globals_.passphrase_file);
  const auto& text = world_.environment.passphrase;
  if (!text.empty()) return Secret::copy_of(view(text));
  return error(Code::locked,
               std::string(pick("kata sandi belum diberikan", "no passphrase was given")),
               std::string(pick("pakai --passphrase-file BERKAS atau RUKUN_PASSPHRASE",
                                "use --passphrase-file FILE or RUKUN_PASSPHRASE")));
}

Result<EngineContext> Session::context() {
  TRY(auto where, home());
  // Under a home of its own the state stays beside it, so that trying things out touches nothing.
  auto state = state_dir(world_.environment);
  if (!state) state = where / "state";
  return EngineContext{world_.files, world_.clock,     world_.random,     world_.items,
                       world_.words, std::move(where), std::move(*state), globals_.language};
}

Result<Engine*> Session::engine() {
  if (engine_) return &*engine_;
  TRY(const auto who, profile());
  TRY(const auto secret, passphrase());
  TRY(const auto how, context());
  TRY(auto engine, Engine::unlock(how, who, secret.view()));
  engine_.emplace(std::move(engine));
  if (auto shared = share(); !shared) remarks_.push_back(sentence(shared.error(), language()));
  return &*engine_;
}

Status Session::share() {
  TRY(const auto where, home());
  TRY(const auto profiles, list_profiles(world_.files, where));
  if (profiles.size() < 2) return {};
  TRY(const auto report, engine_->sync_shared());
  for (const auto& refused : report.refused) {
    remarks_.push_back(refused.input + ": " + sentence(refused.error, language()));
  }
  return {};
}

std::vector<std::string> Session::close() {
  if (engine_) {
    if (wrote_) {
      if (auto shared = share(); !shared) remarks_.push_back(sentence(shared.error(), language()));
    }
    for (const auto& notice : engine_->take_notices()) remarks_.push_back(notice.in(language()));
  }
  engine_.reset();
  auto& typed = world_.environment.passphrase;
  wipe({reinterpret_cast<std::uint8_t*>(typed.data()), typed.size()});
  return std::move(remarks_);
}

Result<std::vector<SpaceInfo>> Session::spaces() {
  TRY(auto* engine, this->engine());
  auto all = engine->spaces();
  if (globals_.space.empty()) return all;
  std::vector<SpaceInfo> fitting;
  const auto wanted = folded_key(globals_.space);
  const auto prefix = lower(globals_.space);
  for (auto& one : all) {
    if (one.id.hex() == prefix) return std::vector<SpaceInfo>{std::move(one)};
    const bool by_id =
        prefix.size() >= kLeastPrefix && is_hex(prefix) && one.id.hex().starts_with(prefix);
    if (by_id || folded_key(one.name) == wanted) fitting.push_back(std::move(one));
  }
  if (fitting.size() == 1) return fitting;
  const bool none = fitting.empty();
  return error(
      none ? Code::not_found : Code::ambiguous,
      globals_.space + std::string(none ? pick(": tidak ada kelompok RT dengan nama atau id ini",
                                               ": no neighborhood has this name or id")
                                        : pick(": lebih dari satu kelompok RT cocok",
                                               ": several neighborhoods fit")),
      std::string(pick("lihat rukunctl space list", "see rukunctl space list")));
}

Result<SpaceInfo> Session::space() {
  TRY(auto fitting, spaces());
  if (fitting.size() == 1) return std::move(fitting.front());
  if (fitting.empty()) {
    return error(
        Code::not_found,
        std::string(pick("profil ini belum punya kelompok RT", "this profile has no neighborhood")),
        std::string(pick("buat dengan space create, atau gabung dengan join",
                         "make one with space create, or join one with join")));
  }
  return error(Code::ambiguous,
               std::string(pick("profil ini punya beberapa kelompok RT",
                                "this profile has several neighborhoods")),
               std::string(pick("sebutkan dengan --space", "say which with --space")));
}

Result<FoundRecord> Session::record(std::string_view text) {
  TRY(auto* engine, this->engine());
  const auto hex = lower(text);
  if (!is_hex(hex) || hex.size() < kLeastPrefix || hex.size() > 2 * RecordId::kSize) {
    return error(Code::bad_value,
                 std::string(text) + std::string(pick(": bukan id catatan", ": not a record's id")),
                 std::string(pick("tulis paling sedikit 6 angka heksadesimal pertama",
                                  "write at least its first 6 hexadecimal digits")));
  }
  TRY(const auto places, spaces());
  std::optional<FoundRecord> found;
  for (const auto& place : places) {
    TRY(const auto ids, engine->records().find_prefix(place.number, hex));
    if (ids.empty()) continue;
    if (ids.size() > 1 || found) {
      return error(
          Code::ambiguous,
          hex + std::string(pick(": lebih dari satu catatan cocok", ": several records fit")),
          std::string(pick("tulis lebih banyak angkanya", "write more of its digits")));
    }
    TRY(const auto record, engine->records().record(place.number, ids.front()));
    if (!record) continue;
    found = FoundRecord{place, record->id, find_kind(record->state.kind), record->life};
  }
  if (!found || found->life == Life::absent) {
    return error(
        Code::not_found,
        hex + std::string(pick(": tidak ada catatan dengan id ini", ": no record has this id")),
        std::string(pick("lihat rukunctl list", "see rukunctl list")));
  }
  if (found->kind == nullptr) {
    return error(Code::unsupported,
                 hex + std::string(pick(": jenis catatan ini dari versi yang lebih baru",
                                        ": a newer version made this kind of record")),
                 std::string(pick("perbarui Rukun", "update Rukun")));
  }
  return std::move(*found);
}

Result<MemberId> Session::member(std::string_view text) {
  TRY(auto* engine, this->engine());
  TRY(const auto places, this->spaces());
  std::optional<MemberId> found;
  for (const auto& space : places) {
    TRY(const auto* authority, engine->authority(space.id));
    for (const auto& one : authority->members) {
      const bool fits = (text.size() >= 6 && one.id.hex().starts_with(text)) || one.name == text;
      if (!fits || found == one.id) continue;
      if (found) {
        return error(Code::ambiguous,
                     std::string(text) + std::string(pick(": lebih dari satu anggota cocok",
                                                          ": several members fit")));
      }
      found = one.id;
    }
  }
  if (found) return *found;
  return error(Code::not_found,
               std::string(text) + std::string(pick(": tidak ada anggota dengan nama atau id ini",
                                                    ": no member has this name or id")),
               std::string(pick("lihat rukunctl member list", "see rukunctl member list")));
}

Result<const KindSpec*> Session::kind(std::string_view text) const {
  if (const auto* kind = find_kind(text)) return kind;
  std::string names;
  for (const auto& kind : all_kinds())
    names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return error(Code::bad_value,
               std::string(text) + std::string(pick(": bukan jenis catatan", ": no such kind")),
               std::string(pick("yang ada: ", "there are: ")) + names);
}

Result<RecordId> Session::reference(const SpaceInfo& space, const FieldSpec& field,
                                    std::string_view text) {
  const auto before = globals_.space;
  globals_.space = space.id.hex();
  auto found = record(text);
  globals_.space = before;
  if (!found) {
    auto& wrong = found.error();
    wrong.message = std::string(field.name) + ": " + wrong.message;
    // Whoever wrote a name is told where its id is found.
    if (wrong.code == Code::bad_value)
      wrong.hint = std::string(pick("cari idnya: ", "look its id up: ")) + "rukunctl list " +
                   std::string(kind_of(field.target).name) + " --search \"" + std::string(text) +
                   "\"";
    return tl::make_unexpected(wrong);
  }
  if (found->kind->id != field.target) {
    return error(Code::bad_value, std::string(field.name) + ": " + std::string(text) +
                                      std::string(pick(" adalah ", " is a ")) +
                                      std::string(found->kind->name) +
                                      std::string(pick(", yang diharapkan ", ", expected a ")) +
                                      std::string(kind_of(field.target).name));
  }
  return found->id;
}

ParseContext Session::reading_anywhere() {
  auto out = reading({});
  out.resolve = [this](const FieldSpec&, std::string_view text) -> Result<RecordId> {
    TRY(const auto found, record(text));
    return found.id;
  };
  return out;
}

ParseContext Session::reading(const SpaceInfo& space) {
  ParseContext context;
  context.now = world_.clock.now();
  context.language = globals_.language;
  context.items = &world_.items;
  context.resolve = [this, space](const FieldSpec& field, std::string_view text) {
    return reference(space, field, text);
  };
  return context;
}

FormatContext Session::showing(const SpaceInfo& space) {
  FormatContext context(globals_.language);
  context.items = &world_.items;
  context.name_of_record = [this, space](const FieldSpec&, RecordId id) {
    const auto title =
        engine_ ? title_of(*engine_, space.id, id, globals_.language) : std::string();
    return title.empty() ? id.hex().substr(0, 8) : title;
  };
  return context;
}

}  // namespace rukun::cli
