#include "tests/ui/window_harness.h"

namespace rukun::test {

WindowHarness::WindowHarness(ui::Presenter& presenter, const Stage& stage)
    : Player(stage.width, stage.height, stage.scale),
      backend_(presenter),
      shell_(backend_, both_languages(), {}, stage.scale) {
  shell_.set_help(help_);
  shell_.record_into(&recording_);
  settle();
}

}  // namespace rukun::test
