#include "app/ui/presenter/picker.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "app/domain/fold.h"
#include "app/ui/presenter/places.h"

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
    case PickFor::backup: return end == ".cadangan";
    case PickFor::spreadsheet: return end == ".xlsx" || end == ".csv" || end == ".txt";
    case PickFor::folder: return false;
  }
  return false;
}

std::string last_part(const Path& path) {
  const auto name = path.filename();
  return name.empty() ? path.string() : name.string();
}

}  // namespace

bool PickerPart::run(const Command& command) {
  if (const auto* open = std::get_if<OpenPicker>(&command)) {
    open_at(*open);
  } else if (const auto* go = std::get_if<PickerGo>(&command)) {
    if (desk_.now.picker) show_folder(Path(go->folder));
  } else if (const auto* find = std::get_if<PickerFind>(&command)) {
    typed_ = find->typed;
    if (desk_.now.picker) fill();
  } else if (const auto* closed = std::get_if<ClosePicker>(&command)) {
    if (desk_.now.picker && !closed->chosen.empty()) remember(*desk_.now.picker, closed->chosen);
    close();
  } else {
    return false;
  }
  return true;
}

void PickerPart::close() {
  desk_.now.picker.reset();
  listing_.clear();
  typed_.clear();
}

std::vector<PickerPlace> PickerPart::places() {
  std::vector<PickerPlace> out;
  std::set<std::string> known;
  const auto add = [&](const Path& path, std::string label, bool stick) {
    if (path.empty() || !known.insert(path.string()).second) return;
    const auto there = desk_.setup().files.exists(path);
    if (there && *there) out.push_back({path.string(), std::move(label), stick});
  };
  for (const StickPlace& stick :
       desk_.setup().sticks ? desk_.setup().sticks() : std::vector<StickPlace>())
    add(stick.path, stick.label, true);
  for (const std::string& path : recent_) add(Path(path), last_part(path), false);
  if (!desk_.now.folder.empty()) add(Path(desk_.now.folder), last_part(desk_.now.folder), false);
  if (!desk_.setup().papers.empty()) {
    add(desk_.setup().papers, last_part(desk_.setup().papers), false);
    add(desk_.setup().papers.parent_path(), last_part(desk_.setup().papers.parent_path()), false);
  }
  add(Path("/"), desk_.speaking().words.tr("picker.computer"), false);
  return out;
}

// Where what was typed is, if it is somewhere, else the first place that can be read.
void PickerPart::open_at(const OpenPicker& command) {
  PickerView view;
  view.field = command.field;
  view.wanted = command.wanted;
  view.places = places();
  desk_.now.picker = std::move(view);
  const Path typed(command.at);
  for (Path at = typed; at.is_absolute() && at.has_relative_path(); at = at.parent_path()) {
    show_folder(at);
    if (desk_.now.picker->failed.empty()) return;
  }
  show_first_readable();
}

void PickerPart::show_first_readable() {
  for (const PickerPlace& place : std::vector<PickerPlace>(desk_.now.picker->places)) {
    show_folder(Path(place.path));
    if (desk_.now.picker->failed.empty()) return;
  }
}

bool PickerPart::notice_sticks() {
  const auto sticks_among = [](const std::vector<PickerPlace>& places) {
    std::vector<std::string> out;
    for (const PickerPlace& place : places)
      if (place.stick) out.push_back(place.path);
    return out;
  };
  const auto before = sticks_among(desk_.now.picker->places);
  std::vector<std::string> now;
  for (const StickPlace& stick :
       desk_.setup().sticks ? desk_.setup().sticks() : std::vector<StickPlace>())
    now.push_back(stick.path.string());
  if (now == before) return false;
  desk_.now.picker->places = places();
  const std::string& shown = desk_.now.picker->folder;
  const bool gone = std::any_of(before.begin(), before.end(), [&](const std::string& path) {
    return std::find(now.begin(), now.end(), path) == now.end() &&
           (shown + "/").rfind(path + "/", 0) == 0;
  });
  if (gone) show_first_readable();
  return true;
}

void PickerPart::show_folder(const Path& folder) {
  PickerView& view = *desk_.now.picker;
  view.number = ++number_;
  view.folder = folder.string();
  view.up = folder.has_relative_path() ? folder.parent_path().string() : std::string();
  view.failed.clear();
  typed_.clear();
  listing_.clear();
  auto listing = desk_.setup().files.list_dir(folder);
  if (!listing) {
    view.failed = error_words(listing.error(), desk_.speaking());
  } else {
    for (DirEntry& entry : *listing) {
      const bool hidden = !entry.name.empty() && entry.name[0] == '.';
      if (!hidden && (entry.is_dir || is_meant(view.wanted, entry.name)))
        listing_.push_back({folded(entry.name), std::move(entry)});
    }
    std::sort(listing_.begin(), listing_.end(), [](const Entry& a, const Entry& b) {
      return std::tie(b.entry.is_dir, a.folded, a.entry.name) <
             std::tie(a.entry.is_dir, b.folded, b.entry.name);
    });
  }
  fill();
}

// What begins with the letters typed comes first, then what has them within.
void PickerPart::fill() {
  PickerView& view = *desk_.now.picker;
  const std::string typed = folded(typed_);
  const Translator& words = desk_.speaking().words;
  view.rows.clear();
  view.hidden = 0;
  const auto add = [&](const Entry& one) {
    if (view.rows.size() >= kMostPickerRows) {
      ++view.hidden;
      return;
    }
    const DirEntry& entry = one.entry;
    view.rows.push_back({(Path(view.folder) / entry.name).string(), entry.name,
                         entry.is_dir ? words.tr("picker.folder") : size_words(entry.size),
                         entry.is_dir});
  };
  for (const Entry& one : listing_)
    if (one.folded.compare(0, typed.size(), typed) == 0) add(one);
  for (const Entry& one : listing_)
    if (!typed.empty() && one.folded.find(typed, 1) != std::string::npos &&
        one.folded.compare(0, typed.size(), typed) != 0)
      add(one);
}

// For as long as the program runs: a list of folders on the disk would say where people have been.
void PickerPart::remember(const PickerView& view, const std::string& chosen) {
  const std::string folder =
      view.wanted == PickFor::folder ? chosen : Path(chosen).parent_path().string();
  recent_.erase(std::remove(recent_.begin(), recent_.end(), folder), recent_.end());
  recent_.insert(recent_.begin(), folder);
  if (recent_.size() > kMostRecent) recent_.resize(kMostRecent);
}

}  // namespace rukun::ui
