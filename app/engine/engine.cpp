// The engine's face: unlocking, what it is, and handing commands to its parts.

#include "app/engine/engine.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/titles.h"
#include "app/engine/access_log.h"
#include "app/engine/engine_works.h"

namespace rukun {

Engine::Engine(std::unique_ptr<Works> works) : works_(std::move(works)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

Engine::~Engine() {
  // The image only makes the next unlock faster; what it holds is in the log. A command line that
  // ends after one entry also leaves many small segments behind: a few are merged here, so that
  // they never pile up. Who wrote much should not make the next one wait for it.
  if (works_ == nullptr || !works_->projection) return;
  if (!works_->image_wanted && !works_->much_since_image()) return;
  if (const auto saved = works_->save_image(); !saved) return;
  if (const auto merged = works_->compact(); !merged) return;
}

Result<Engine> Engine::unlock(const EngineContext& context, const ProfileInfo& profile,
                              ByteView passphrase) {
  auto vault =
      Vault::open({profile.directory, context.vfs, context.vfs.empty()}, context.files, passphrase);
  if (!vault && vault.error().code == Code::locked)
    note_failed_unlock(context.files, profile.directory, context.clock);
  if (!vault) return tl::make_unexpected(std::move(vault).error());
  auto works = std::make_unique<Works>(context, profile, std::move(*vault));
  TRY_VOID(works->open());
  // A full disk must not keep people from what they have.
  const auto noted = note_unlock(works->local, context.files, profile.directory, context.clock);
  if (!noted) works->notices.push_back(said_in_both(noted.error().message));
  return Engine(std::move(works));
}

Result<Engine> Engine::unlock_raw(const EngineContext& context, const ProfileInfo& profile,
                                  Secret key) {
  TRY(auto vault, Vault::open_raw({profile.directory, context.vfs, context.vfs.empty()},
                                  context.files, std::move(key)));
  auto works = std::make_unique<Works>(context, profile, std::move(vault));
  TRY_VOID(works->open());
  return Engine(std::move(works));
}

const ProfileInfo& Engine::profile() const { return works_->profile; }
MemberId Engine::member() const { return works_->me; }
const std::string& Engine::my_name() const { return works_->name; }
Projection& Engine::records() { return *works_->projection; }
LocalStore& Engine::local() { return works_->local; }
const EngineContext& Engine::context() const { return works_->context; }

std::vector<Phrase> Engine::take_notices() {
  auto& notices = works_->notices;
  const auto before = [](const Phrase& a, const Phrase& b) { return a.id < b.id; };
  const auto same = [](const Phrase& a, const Phrase& b) { return a.id == b.id; };
  std::sort(notices.begin(), notices.end(), before);
  notices.erase(std::unique(notices.begin(), notices.end(), same), notices.end());
  return std::exchange(notices, {});
}

namespace {
SpaceInfo info_of(const Space& space, const MemberId& me) {
  SpaceInfo info{space.id,
                 space.number,
                 space.authority.name,
                 space.authority.area,
                 {},
                 space.authority.read_only,
                 space.authority.current_count()};
  if (const Member* member = space.authority.current(me)) info.role = member->role;
  return info;
}
}  // namespace

std::vector<SpaceInfo> Engine::spaces() {
  std::vector<SpaceInfo> out;
  for (const auto& space : works_->spaces) out.push_back(info_of(space, works_->me));
  return out;
}

Result<SpaceInfo> Engine::space(const SpaceId& id) {
  TRY(const Space* space, works_->need(id));
  return info_of(*space, works_->me);
}

Result<const Authority*> Engine::authority(const SpaceId& id) {
  TRY(const Space* space, works_->need(id));
  return &space->authority;
}

Result<Outcome> Engine::execute(const SpaceId& id, const Action& action) {
  TRY(Space * space, works_->need(id));
  return works_->execute(*space, action);
}

Result<std::vector<std::string>> Engine::foresee(const SpaceId& id, const Action& action) {
  TRY(Space * space, works_->need(id));
  TRY(auto judged, works_->judge(*space, action));
  return std::move(judged.warnings);
}

Result<std::uint64_t> Engine::backup(const Path& file) {
  Works& works = *works_;
  const Path copy = works.profile.directory / "backup.tmp";
  TRY_VOID(works.context.files.remove(copy));
  TRY_VOID(works.vault.db().checkpoint());
  TRY(auto vacuum, works.vault.db().prepare("VACUUM INTO ?1"));
  const std::string target = copy.string();
  TRY_VOID(vacuum.bind(1, std::string_view(target)).run());
  auto written = write_backup(works.context.files, works.profile, copy, file);
  TRY_VOID(works.context.files.remove(copy));
  return written;
}

Status Engine::change_passphrase(ByteView now, ByteView next) {
  TRY_VOID(works_->vault.check_passphrase(now));
  TRY(const auto cost, calibrate_argon(works_->context.clock, 1000));
  TRY_VOID(works_->vault.change_passphrase(next, cost, works_->context.random));
  return note_access(works_->local, works_->context.clock, Access::passphrase, "", 1);
}

Result<std::string> Engine::renew_recovery() {
  const auto code = RecoveryCode::draw(works_->context.random);
  TRY_VOID(works_->vault.change_code(code, works_->context.random));
  return code.text();
}

// Only what the image covers may be merged, and nothing that waits.
Result<bool> Engine::Works::compact() {
  CompactLimits limits;
  limits.arrival = image_arrival;
  for (const auto arrival : projection->waiting())
    limits.arrival = std::min(limits.arrival, arrival - 1);
  limits.read_bytes = 256 * 1024;
  return store->compact(limits);
}

Result<bool> Engine::step() {
  Works& works = *works_;
  const auto now = works.context.clock.steady_ms();
  if (now >= works.next_shared_ms) {
    works.next_shared_ms = now + 60'000;
    TRY(const auto profiles, list_profiles(works.context.files, works.context.home));
    if (profiles.size() > 1 && !works.spaces.empty()) {
      TRY(const auto report, sync_shared());
      for (const auto& refused : report.refused)
        works.notices.push_back(said_in_both(refused.error.message));
    }
    return true;
  }
  TRY_VOID(works.drop_erased());
  if (works.image_wanted) {
    TRY_VOID(works.save_image());
    return true;
  }
  return works.compact();
}

std::string title_of(Engine& engine, const SpaceId& space, const RecordId& record,
                     Language language) {
  const auto info = engine.space(space);
  const std::string short_id = record.hex().substr(0, 8);
  if (!info) return short_id;
  const auto row = engine.records().row(info->number, record);
  if (!row || !*row) return short_id;
  const KindSpec* kind = find_kind((*row)->kind);
  if (kind == nullptr) return short_id;
  FormatContext format(language);
  format.items = &engine.context().items;
  const TableSpec* table = engine.records().table(kind->id);
  const auto column = table->find(kind->title);
  if (kind->title == 0 || !column || is_none((*row)->values[*column]) ||
      kind->id == fields::listing::kKind) {
    // Known by what it refers to, "Jatah: Bu Ani", or by more: "Warung Bu Ani (Telur asin)".
    const auto named = row_title(engine.records(), **row, format);
    return named ? *named : std::string(kind->label(language)) + " " + short_id;
  }
  return format_value(kind->field(kind->title), (*row)->values[*column], format);
}

}  // namespace rukun
