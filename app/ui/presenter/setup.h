#pragma once
// What a presenter is given from outside: files, time, chance, words, where things are, and what is
// plugged in. The references outlive it. Any thread.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/engine/engine.h"
#include "app/ui/i18n.h"
#include "app/ui/nearby.h"
#include "app/ui/presenter/list_index.h"

namespace rukun::ui {

struct StickPlace {
  Path path;
  std::string label;
};

struct PresenterSetup {
  FileSystem& files;
  Clock& clock;
  Random& random;
  const ItemCatalogue& items;
  const WordList& words;
  Path home;
  Path state;
  std::map<std::string, Translator> languages;  // "id" and "en" at least
  std::string language = "id";                  // until the home says otherwise
  bool language_is_fixed = false;               // the home does not
  std::optional<bool> dark = {};                // likewise; empty: as the home says
  std::string profile;                          // name or id; empty: the only one, or asked for
  std::string space;                            // name; empty: the first
  int utc_offset_min = kWibOffset_min;
  std::int64_t unlock_goal_ms = 1000;  // of new profiles
  std::string version;
  std::function<std::vector<StickPlace>()> sticks;  // what is plugged in now
  Path papers = {};                                 // where prints go when nothing is plugged in
  Nearby::Open network = {};                        // empty: other laptops are not met
  std::string vfs = {};                             // EngineContext::vfs
  ListSizes lists = {};
};

}  // namespace rukun::ui
