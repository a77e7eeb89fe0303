#include "app/ui/presenter/places.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace rukun::ui {
void fill_places(Desk& desk) {
  const Speaking how = desk.speaking();
  auto& places = desk.now.exchange.places;
  places.clear();
  std::set<std::string> known;
  for (const StickPlace& stick :
       desk.setup().sticks ? desk.setup().sticks() : std::vector<StickPlace>()) {
    std::string detail = stick.path.string();
    if (const auto free = desk.setup().files.free_bytes(stick.path)) {
      const std::string gigabytes = megabytes_words(*free / 1000, desk.language());
      detail = how.words.tr("exchange.free", {{"size", gigabytes}}) + " · " + detail;
    }
    places.push_back({stick.path.string(), stick.label, detail, true});
    known.insert(stick.path.string());
  }
  if (desk.now.folder.empty() || known.count(desk.now.folder) != 0) return;
  if (const auto there = desk.setup().files.exists(Path(desk.now.folder)); there && *there) {
    places.push_back({desk.now.folder, Path(desk.now.folder).filename().string(),
                      how.words.tr("exchange.last_used") + " · " + desk.now.folder, false});
  }
}

bool notice_places(Desk& desk) {
  const auto sticks = [&desk] {
    std::set<std::string> out;
    for (const PlaceButton& place : desk.now.exchange.places)
      if (place.stick) out.insert(place.path);
    return out;
  };
  const auto before = sticks();
  fill_places(desk);
  const auto now = sticks();
  if (now == before) return false;
  if (desk.now.screen == Screen::members) desk.now.members.folder = paper_place(desk);
  // Another stick: what the last one was told to be does not hold for it.
  auto& receipt = desk.now.exchange.receipt;
  const bool came = !std::includes(before.begin(), before.end(), now.begin(), now.end());
  if (came && receipt && receipt->device) receipt.reset();
  if (came) desk.now.exchange.failed.clear();
  return true;
}

bool is_stick(Desk& desk, const std::string& path) {
  const auto sticks = desk.setup().sticks ? desk.setup().sticks() : std::vector<StickPlace>();
  return std::any_of(sticks.begin(), sticks.end(),
                     [&](const StickPlace& one) { return one.path == Path(path); });
}

std::string paper_place(Desk& desk) {
  const auto& places = desk.now.exchange.places;
  if (!places.empty()) return places.front().path;
  return desk.now.folder.empty() ? desk.setup().papers.string() : desk.now.folder;
}

Result<Path> paper_folder(Desk& desk) {
  const auto sticks = desk.setup().sticks ? desk.setup().sticks() : std::vector<StickPlace>();
  if (!sticks.empty()) return sticks.front().path;
  if (desk.setup().papers.empty())
    return error(Code::not_found, desk.speaking().words.tr("print.no_folder"),
                 desk.speaking().words.tr("print.no_folder_hint"));
  TRY_VOID(desk.setup().files.make_dirs(desk.setup().papers));
  return desk.setup().papers;
}

bool notice_invitations(Desk& desk) {
  std::vector<PlaceButton> found;
  for (const StickPlace& stick :
       desk.setup().sticks ? desk.setup().sticks() : std::vector<StickPlace>()) {
    const auto entries = desk.setup().files.list_dir(stick.path);
    if (!entries) continue;
    for (const DirEntry& entry : *entries) {
      const Path path = stick.path / entry.name;
      if (!entry.is_dir && path.extension() == ".rukun")
        found.push_back({path.string(), entry.name, stick.label, true});
    }
  }
  const auto same = [](const PlaceButton& a, const PlaceButton& b) { return a.path == b.path; };
  auto& known = desk.now.first_run.invitations;
  if (std::equal(found.begin(), found.end(), known.begin(), known.end(), same)) return false;
  known = std::move(found);
  return true;
}

std::string megabytes_words(std::uint64_t bytes, Language language) {
  char size[32];
  std::snprintf(size, sizeof size, "%.1f", static_cast<double>(bytes) / 1e6);
  std::string number = size;
  if (language == Language::id) std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

std::string size_words(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  if (bytes < 1'000'000) return std::to_string(bytes / 1000) + " kB";
  return std::to_string(bytes / 1'000'000) + " MB";
}

}  // namespace rukun::ui
