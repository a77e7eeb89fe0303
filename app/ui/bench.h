#pragma once
// Measures the window with very many needs: what a frame costs the processor, how soon typing in a
// search is answered, how long it is from the passphrase to the first frame, and, where there is a
// screen, what an idle and a minimised window cost. Without a screen frames are made headless, so a
// renderer is not in their figures. Figures stand under names that end in their unit. Its home
// holds made-up records only. Errors: those of the engine and of Window::open. UI thread.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/presenter.h"
#include "app/ui/shell.h"

namespace rukun::ui {

struct BenchPlace {
  PresenterSetup setup;
  const std::map<std::string, Translator>& languages;
  const HelpBook& help;
  Path fonts;
};
using BenchFigures = std::vector<std::pair<std::string, double>>;

// A profile with a neighborhood of so many needs, or of so many households, unless the home has one
// already.
enum class BenchOf : std::uint8_t { needs, households };
Status make_bench_home(const PresenterSetup& setup, BenchOf of, std::size_t count);
// Headless frames: unlocking, lists, typing, orders, an entry.
Result<BenchFigures> measure_drawing(const BenchPlace& place);
// Likewise of a list of another kind that is as long.
Result<BenchFigures> measure_households(const BenchPlace& place);
// A real window that nobody touches, then minimised. Without a window manager nothing minimises it;
// then that figure is left out.
Result<BenchFigures> measure_resting(const BenchPlace& place, double idle_s);

std::string json_of(const BenchFigures& figures);

}  // namespace rukun::ui
