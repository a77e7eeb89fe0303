#pragma once
// The window on a whole laptop: the presenter and the shell, drawn without a display. Tests only.

#include "app/ui/engine_thread.h"
#include "app/ui/shell.h"
#include "tests/ui/harness.h"
#include "tests/ui/laptop.h"

namespace rukun::test {

class WindowHarness final : public Player {
 public:
  explicit WindowHarness(ui::Presenter& presenter, const Stage& stage = {});

 protected:
  WindowClient& client() override { return shell_; }
  const ui::Translator& spoken() const override { return shell_.words(); }

 private:
  ui::HelpBook help_ = help_book();
  ui::DirectBackend backend_;
  ui::Shell shell_;
};

}  // namespace rukun::test
