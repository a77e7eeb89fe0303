// Rules about who includes whom.
#include <algorithm>
#include <array>
#include <functional>
#include <span>

#include "tests/tidy/rules.h"

namespace rukun::tidy {
namespace {

struct Room {
  std::string_view folder;
  std::vector<std::string_view>
      may_include;  // folders; the longest folder that fits a path is its room
};

const std::vector<Room>& rooms() {
  static const std::vector<Room> kRooms{
      {"platform/base/", {"platform/base/"}},
      {"platform/", {"platform/base/", "platform/"}},
      {"sync/", {"platform/base/", "sync/"}},
      {"storage/", {"platform/base/", "platform/", "sync/", "storage/"}},
      {"app/domain/", {"platform/base/", "platform/", "sync/", "storage/", "app/domain/"}},
      {"app/engine/",
       {"platform/base/", "platform/", "sync/", "storage/", "app/domain/", "app/engine/"}},
      {"app/report/",
       {"platform/base/", "platform/", "sync/", "storage/", "app/domain/", "app/engine/",
        "app/report/"}},
      {"app/publish/",
       {"platform/base/", "platform/", "sync/", "storage/", "app/domain/", "app/engine/",
        "app/report/", "app/publish/"}},
      {"app/cli/",
       {"platform/base/", "platform/", "sync/", "storage/", "app/domain/", "app/engine/",
        "app/report/", "app/publish/", "app/cli/"}},
      {"app/ui/",
       {"platform/base/", "platform/", "sync/", "storage/", "app/domain/", "app/engine/",
        "app/report/", "app/publish/", "app/ui/"}},
      {"app/",
       {"platform/base/", "platform/", "sync/", "storage/", "app/domain/", "app/engine/",
        "app/report/", "app/cli/", "app/ui/", "app/"}},
      {"tests/",
       {"platform/base/", "platform/", "sync/", "storage/", "app/domain/", "app/engine/",
        "app/report/", "app/publish/", "app/cli/", "app/ui/", "app/", "tests/"}},
  };
  return kRooms;
}

const Room* room_of(std::string_view path) {
  const Room* best = nullptr;
  for (const auto& room : rooms()) {
    const bool longer = best == nullptr || room.folder.size() > best->folder.size();
    if (path.starts_with(room.folder) && longer) best = &room;
  }
  return best;
}

struct Door {
  std::string_view header;               // beginning of the name
  std::vector<std::string_view> behind;  // beginnings of paths
};

const std::vector<Door>& doors() {
  static const std::vector<Door> kDoors{
      {"tl/expected.hpp", {"platform/base/result.h"}},
      {"sqlite3.h", {"storage/sqlite"}},
      {"sodium.h", {"sync/crypto", "storage/vault"}},
      {"cereal/", {"sync/wire", "storage/local_store"}},
      {"zstd.h", {"sync/segment"}},
      {"GLFW/", {"platform/window"}},
      {"GL/", {"platform/window"}},
      {"backends/imgui_impl_", {"platform/window"}},
      {"imgui_impl_", {"platform/window"}},
      {"imgui", {"platform/window", "platform/fonts", "app/ui/"}},
      {"stb/", {"platform/window", "platform/fonts"}},
      {"asio", {"platform/tcp_link", "platform/lan_beacon"}},
      {"xlsxwriter", {"app/report/"}},
      {"hpdf", {"app/report/pdf"}},
      {"qrencode.h", {"app/report/pdf"}},
      {"libpq", {"app/publish/postgres"}},
      {"minizip/", {"app/report/zip_reader"}},
      {"expat.h", {"app/report/xml_stream"}},
      {"zxcvbn.h", {"app/domain/passphrase"}},
      {"CLI/", {"app/cli/", "app/main_ctl"}},
      {"rapidjson/", {"app/cli/", "app/main_ctl"}},
      {"catch2/", {"tests/support/catch.h", "tests/catch_main.cpp"}},
  };
  return kDoors;
}

bool begins_with_any(std::string_view path, std::span<const std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view b) { return path.starts_with(b); });
}

const Source* find(const Tree& tree, std::string_view path) {
  const auto found =
      std::find_if(tree.begin(), tree.end(), [&](const Source& s) { return s.path == path; });
  return found == tree.end() ? nullptr : &*found;
}

}  // namespace

Findings wrong_directions(const Tree& tree) {
  Findings out;
  for (const auto& source : tree) {
    const Room* from = room_of(source.path);
    for (const auto& include : source.includes) {
      if (!include.quoted) continue;
      if (find(tree, include.name) == nullptr) {
        out.push_back(place(source, include.line, "no such file from the top: " + include.name));
        continue;
      }
      const Room* to = room_of(include.name);
      const bool allowed = from != nullptr && to != nullptr &&
                           std::find(from->may_include.begin(), from->may_include.end(),
                                     to->folder) != from->may_include.end();
      if (!allowed) out.push_back(place(source, include.line, "may not know " + include.name));
    }
  }
  return out;
}

Findings include_circles(const Tree& tree) {
  Findings out;
  std::set<const Source*> done;
  std::vector<const Source*> trail;
  const std::function<void(const Source*)> visit = [&](const Source* source) {
    const auto seen = std::find(trail.begin(), trail.end(), source);
    if (seen != trail.end()) {
      std::string circle;
      for (auto step = seen; step != trail.end(); ++step) circle += (*step)->path + " -> ";
      out.push_back("circle: " + circle + source->path);
      return;
    }
    if (done.contains(source)) return;
    trail.push_back(source);
    for (const auto& include : source->includes) {
      const Source* next = include.quoted ? find(tree, include.name) : nullptr;
      if (next != nullptr) visit(next);
    }
    trail.pop_back();
    done.insert(source);
  };
  for (const auto& source : tree) visit(&source);
  return out;
}

Findings outside_doors(const Tree& tree) {
  Findings out;
  for (const auto& source : tree) {
    for (const auto& include : source.includes) {
      // Tests may look behind a door; only Catch2 has its own there.
      if (source.is_under("tests/") && !include.name.starts_with("catch2/")) continue;
      const auto door = std::find_if(doors().begin(), doors().end(), [&](const Door& d) {
        return include.name.starts_with(d.header);
      });
      if (door != doors().end()) {
        if (!begins_with_any(source.path, door->behind)) {
          out.push_back(place(source, include.line, "not the door of <" + include.name + ">"));
        }
      } else if (!include.quoted && include.name.find_first_of("./") != std::string::npos &&
                 !(source.is_under("platform/") && !source.is_under("platform/base/"))) {
        out.push_back(place(
            source, include.line,
            "<" + include.name + "> belongs to an operating system (platform/) or needs a door"));
      }
    }
  }
  return out;
}

Findings orphan_headers(const Tree& tree) {
  std::set<std::string, std::less<>> included;
  for (const auto& source : tree) {
    for (const auto& include : source.includes) {
      // Its own .cpp does not count: something that nobody else knows is not used.
      const auto own = source.path.substr(0, source.path.size() - 3) + "h";
      if (source.is_header() || own != include.name) included.insert(include.name);
    }
  }
  Findings out;
  for (const auto& source : tree) {
    if (source.is_header() && !included.contains(source.path)) {
      out.push_back(source.path + ": nobody includes it");
    }
  }
  return out;
}

}  // namespace rukun::tidy
