#pragma once
// The scenes of the layout tests: every screen in each state that people see, drawn from the made
// neighbors of demo_views.h. A scene keeps the state of its screen as long as it lives.

#include <functional>
#include <string>
#include <vector>

#include "app/ui/demo_views.h"
#include "app/ui/screens/screens.h"

namespace rukun::test {

struct Scene {
  const char* name;
  std::function<void(ui::Ui&, const ui::DemoViews&, ui::Commands&)> draw;
};
using Scenes = std::vector<Scene>;

// A screen in its shell, with a state of its own that lives as long as the scene.
template <class Content>
auto in_shell(ui::Screen screen, Content content) {
  return [screen, content, state = ui::ShellState()](ui::Ui& ui, const ui::DemoViews& views,
                                                     ui::Commands& out) mutable {
    draw_shell(
        ui, views.shell, state, screen, [&] { content(ui, views, out); }, out);
  };
}

Scenes scenes();  // all of them
// What went wrong, in the words that the program has for it.
std::string said(const ui::Ui& ui, const Error& failure);
// What nobody wishes to see, but must understand: a stick pulled out, a full disk, a wrong
// passphrase, a damaged file.
void add_trouble(Scenes& all);

}  // namespace rukun::test
