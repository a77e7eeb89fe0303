#pragma once
// A backend of made-up data, for pictures: shows the screen it is given and carries nothing out. UI
// thread.

#include "app/ui/demo_views.h"
#include "app/ui/views.h"

namespace rukun::ui {

// Names of screens for --screenshot: "home", "needs", "need" (with its detail), "need_entry",
// "offers", "offer_entry", "volunteers", "households", "members", "schedule", "exchange", "decide",
// "settings", "first_run", "lock".
struct NamedScreen {
  const char* name;
  Views::Stage stage;
  Screen screen;
};
const NamedScreen* find_screen(std::string_view name);  // nullptr when there is none
std::string screen_names();

class DemoBackend final : public Backend {
 public:
  DemoBackend(const NamedScreen& screen, std::string_view language, int percent, bool dark = false);
  void post(Command) override {}
  std::shared_ptr<const Views> latest() override { return views_; }

 private:
  std::shared_ptr<const Views> views_;
};

}  // namespace rukun::ui
