// Choosing a file or a folder: the places people mean, and what is in one folder, however full.
#include <algorithm>
#include <set>
#include <tuple>

#include "app/domain/fold.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostPickerRows = 500;
constexpr std::size_t kMostRecent = 5;

// Of folders it is no matter.
bool is_meant(PickFor wanted, const std::string& name) {
  const auto dot = name.rfind('.');
  const std::string end = dot == std::string::npos ? std::string() : folded(name.substr(dot));
  switch (wanted) {
    case PickFor::invitation: return end == ".rukun";
    case PickFor::spreadsheet: return end == ".xlsx" || end == ".csv" || end == ".txt";
    case PickFor::folder: return false;
  }
  return false;
}

std::string size_words(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  if (bytes < 1'000'000) return std::to_string(bytes / 1000) + " kB";
  return std::to_string(bytes / 1'000'000) + " MB";
}

std::string last_part(const Path& path) {
  const auto name = path.filename();
  return name.empty() ? path.string() : name.string();
}

}  // namespace

bool Presenter::run_picker(const Command& command) {
  if (const auto* open = std::get_if<OpenPicker>(&command)) {
    open_picker(*open);
  } else if (const auto* go = std::get_if<PickerGo>(&command)) {
    if (now_.picker) show_folder(Path(go->folder));
  } else if (const auto* find = std::get_if<PickerFind>(&command)) {
    picker_typed_ = find->typed;
    if (now_.picker) fill_picker();
  } else if (const auto* closed = std::get_if<ClosePicker>(&command)) {
    if (now_.picker && !closed->chosen.empty()) remember_folder(*now_.picker, closed->chosen);
    close_picker();
  } else {
    return false;
  }
  return true;
}

void Presenter::close_picker() {
  now_.picker.reset();
  picker_listing_.clear();
  picker_typed_.clear();
}

std::vector<PickerPlace> Presenter::places_to_pick() {
  std::vector<PickerPlace> places;
  std::set<std::string> known;
  const auto add = [&](const Path& path, std::string label, bool stick) {
    if (path.empty() || !known.insert(path.string()).second) return;
    const auto there = setup_.files.exists(path);
    if (there && *there) places.push_back({path.string(), std::move(label), stick});
  };
  for (const StickPlace& stick : setup_.sticks ? setup_.sticks() : std::vector<StickPlace>())
    add(stick.path, stick.label, true);
  for (const std::string& path : picker_recent_) add(Path(path), last_part(path), false);
  if (!now_.folder.empty()) add(Path(now_.folder), last_part(now_.folder), false);
  if (!setup_.papers.empty()) {
    add(setup_.papers, last_part(setup_.papers), false);
    add(setup_.papers.parent_path(), last_part(setup_.papers.parent_path()), false);
  }
  add(Path("/"), speaking().words.tr("picker.computer"), false);
  return places;
}

// Where what was typed is, if it is somewhere, else the first place that can be read.
void Presenter::open_picker(const OpenPicker& command) {
  PickerView view;
  view.field = command.field;
  view.wanted = command.wanted;
  view.places = places_to_pick();
  now_.picker = std::move(view);
  const Path typed(command.at);
  for (Path at = typed; at.is_absolute() && at.has_relative_path(); at = at.parent_path()) {
    show_folder(at);
    if (now_.picker->failed.empty()) return;
  }
  show_first_readable();
}

void Presenter::show_first_readable() {
  for (const PickerPlace& place : std::vector<PickerPlace>(now_.picker->places)) {
    show_folder(Path(place.path));
    if (now_.picker->failed.empty()) return;
  }
}

// True when a stick was plugged in or pulled. What is being looked at stays, unless it was on the
// one that is gone.
bool Presenter::notice_sticks_to_pick() {
  const auto sticks_among = [](const std::vector<PickerPlace>& places) {
    std::vector<std::string> out;
    for (const PickerPlace& place : places)
      if (place.stick) out.push_back(place.path);
    return out;
  };
  const auto before = sticks_among(now_.picker->places);
  std::vector<std::string> now;
  for (const StickPlace& stick : setup_.sticks ? setup_.sticks() : std::vector<StickPlace>())
    now.push_back(stick.path.string());
  if (now == before) return false;
  now_.picker->places = places_to_pick();
  const std::string& shown = now_.picker->folder;
  const bool gone = std::any_of(before.begin(), before.end(), [&](const std::string& path) {
    return std::find(now.begin(), now.end(), path) == now.end() &&
           (shown + "/").rfind(path + "/", 0) == 0;
  });
  if (gone) show_first_readable();
  return true;
}

void Presenter::show_folder(const Path& folder) {
  PickerView& view = *now_.picker;
  view.number = ++picker_number_;
  view.folder = folder.string();
  view.up = folder.has_relative_path() ? folder.parent_path().string() : std::string();
  view.failed.clear();
  picker_typed_.clear();
  picker_listing_.clear();
  auto listing = setup_.files.list_dir(folder);
  if (!listing) {
    view.failed = error_words(listing.error(), speaking());
  } else {
    for (DirEntry& entry : *listing) {
      const bool hidden = !entry.name.empty() && entry.name[0] == '.';
      if (!hidden && (entry.is_dir || is_meant(view.wanted, entry.name)))
        picker_listing_.push_back({folded(entry.name), std::move(entry)});
    }
    std::sort(picker_listing_.begin(), picker_listing_.end(),
              [](const PickerEntry& a, const PickerEntry& b) {
                return std::tie(b.entry.is_dir, a.folded, a.entry.name) <
                       std::tie(a.entry.is_dir, b.folded, b.entry.name);
              });
  }
  fill_picker();
}

// What begins with the letters typed comes first, then what has them within.
void Presenter::fill_picker() {
  PickerView& view = *now_.picker;
  const std::string typed = folded(picker_typed_);
  const Translator& words = speaking().words;
  view.rows.clear();
  view.hidden = 0;
  const auto add = [&](const PickerEntry& one) {
    if (view.rows.size() >= kMostPickerRows) {
      ++view.hidden;
      return;
    }
    const DirEntry& entry = one.entry;
    view.rows.push_back({(Path(view.folder) / entry.name).string(), entry.name,
                         entry.is_dir ? words.tr("picker.folder") : size_words(entry.size),
                         entry.is_dir});
  };
  for (const PickerEntry& one : picker_listing_)
    if (one.folded.compare(0, typed.size(), typed) == 0) add(one);
  for (const PickerEntry& one : picker_listing_)
    if (!typed.empty() && one.folded.find(typed, 1) != std::string::npos &&
        one.folded.compare(0, typed.size(), typed) != 0)
      add(one);
}

// For as long as the program runs: a list of folders on the disk would say where people have been.
void Presenter::remember_folder(const PickerView& view, const std::string& chosen) {
  const std::string folder =
      view.wanted == PickFor::folder ? chosen : Path(chosen).parent_path().string();
  picker_recent_.erase(std::remove(picker_recent_.begin(), picker_recent_.end(), folder),
                       picker_recent_.end());
  picker_recent_.insert(picker_recent_.begin(), folder);
  if (picker_recent_.size() > kMostRecent) picker_recent_.resize(kMostRecent);
}

}  // namespace rukun::ui
