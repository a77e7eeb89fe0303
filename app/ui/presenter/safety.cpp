#include "app/ui/presenter/safety.h"

#include "app/domain/passphrase.h"
#include "app/domain/values.h"
#include "app/ui/presenter/places.h"
#include "app/ui/typed.h"

namespace rukun::ui {
namespace {

constexpr const char* kLastBackup = "last_backup";  // milliseconds since 1970

// "cadangan-pak-budi-1a2b3c4d-2026-11-23.cadangan": of several people, none takes another's place
// on a stick.
std::string backup_name(Desk& desk) {
  std::string name;
  for (const char c : desk.engine().my_name()) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9'))
      name += small;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  if (!name.empty() && name.back() != '-') name += '-';
  const Speaking how = desk.speaking();
  return "cadangan-" + name + desk.engine().member().hex().substr(0, 8) + "-" +
         iso_date(local_date(how.now, how.utc_offset_min)) + ".cadangan";
}

Status change_passphrase(Desk& desk, const ChangePassphrase& command) {
  SafetyView& view = desk.now.safety;
  view.changed.clear();
  view.failed.clear();
  if (command.own) {
    const auto weak = passphrase_warning(command.next.view(), desk.engine().my_name(),
                                         desk.setup().words, desk.language());
    if (!weak.empty()) {
      view.failed = weak;
      return {};
    }
  }
  view.busy = true;
  desk.publish();
  const auto done = desk.engine().change_passphrase(rukun::view(command.now.view()),
                                                    rukun::view(command.next.view()));
  view.busy = false;
  if (!done) {
    view.failed = error_words(done.error(), desk.speaking());
    return {};
  }
  enter_safety(desk);
  view.changed = desk.speaking().words.tr("safety.changed");
  ++desk.now.visit;  // nothing that was typed stays
  return {};
}

// Bytes written. A folder that is missing is a stick that was pulled: it is not made.
Result<std::uint64_t> backup_into(Desk& desk, const std::string& folder, const Path& file) {
  TRY(const bool there, desk.setup().files.exists(Path(folder)));
  if (!there)
    return error(Code::not_found,
                 desk.speaking().words.tr("safety.no_folder", {{"folder", folder}}));
  return desk.engine().backup(file);
}

Status make_backup(Desk& desk, const MakeBackup& command) {
  SafetyView& view = desk.now.safety;
  view.done.clear();
  view.backup_failed.clear();
  view.busy = true;
  desk.publish();
  const Speaking how = desk.speaking();
  const Path file = Path(command.folder) / backup_name(desk);
  const auto written = backup_into(desk, command.folder, file);
  view.busy = false;
  if (!written) {
    view.backup_failed = error_words(written.error(), how);
    return {};
  }
  view.done =
      how.words.tr("safety.done", {{"file", file.string()}, {"size", size_words(*written)}});
  return desk.engine().local().set_setting(kLastBackup, std::to_string(how.now.ms));
}

}  // namespace

std::optional<Status> run_safety(Desk& desk, const Command& command) {
  if (const auto* next = std::get_if<ChangePassphrase>(&command))
    return change_passphrase(desk, *next);
  if (const auto* wanted = std::get_if<MakeBackup>(&command)) return make_backup(desk, *wanted);
  if (std::get_if<ForgetFolder>(&command) == nullptr) return std::nullopt;
  desk.now.folder.clear();
  return desk.engine().local().set_setting("last_folder", "");
}

DrawnWords draw_passphrase(Desk& desk) {
  const std::string drawn = desk.setup().words.draw(desk.setup().random, kDrawnPassphraseWords);
  DrawnWords out;
  std::size_t at = 0;
  for (std::string& word : out) {
    const auto space = drawn.find(' ', at);
    word = drawn.substr(at, space - at);
    at = space + 1;
  }
  return out;
}

void enter_safety(Desk& desk) {
  desk.now.safety = SafetyView();
  desk.now.safety.passphrase = draw_passphrase(desk);
}

void fill_safety(Desk& desk) {
  SafetyView& view = desk.now.safety;
  fill_places(desk);
  view.folder = paper_place(desk);
  view.exchange_folder = desk.now.folder;
  view.papers = desk.setup().papers.string();
  const auto last = desk.engine().local().setting(kLastBackup);
  if (!last) return desk.refuse(last.error());
  const auto at = *last ? whole_number(**last) : std::nullopt;
  const Speaking how = desk.speaking();
  view.last =
      at ? how.words.tr("safety.last", {{"when", when_words(WallTime{*at}, how)}}) : std::string();
}

Result<std::string> restore_backup(Desk& desk, const std::string& file) {
  TRY(const auto made, restore_profile(desk.setup().files, desk.setup().home, Path(file)));
  return made.name;
}

}  // namespace rukun::ui
