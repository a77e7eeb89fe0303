#include "app/ui/demo_backend.h"

namespace rukun::ui {
namespace {

using Stage = Views::Stage;
constexpr NamedScreen kScreens[] = {
    {"home", Stage::open, Screen::home},
    {"needs", Stage::open, Screen::needs},
    {"need", Stage::open, Screen::needs},
    {"needs_chart", Stage::open, Screen::needs},
    {"drives_chart", Stage::open, Screen::community},
    {"need_entry", Stage::open, Screen::need_entry},
    {"offers", Stage::open, Screen::offers},
    {"offer_entry", Stage::open, Screen::offer_entry},
    {"volunteers", Stage::open, Screen::volunteers},
    {"households", Stage::open, Screen::households},
    {"erase", Stage::open, Screen::households},
    {"distribution", Stage::open, Screen::distribution},
    {"community", Stage::open, Screen::community},
    {"household", Stage::open, Screen::households},
    {"pairs", Stage::open, Screen::households},
    {"shift", Stage::open, Screen::schedule},
    {"form", Stage::open, Screen::distribution},
    {"members", Stage::open, Screen::members},
    {"schedule", Stage::open, Screen::schedule},
    {"roster", Stage::open, Screen::schedule},
    {"exchange", Stage::open, Screen::exchange},
    {"decide", Stage::open, Screen::decide},
    {"settings", Stage::open, Screen::settings},
    {"safety", Stage::open, Screen::safety},
    {"access", Stage::open, Screen::access},
    {"recap", Stage::open, Screen::recap},
    {"recap_changes", Stage::open, Screen::recap},
    {"recap_records", Stage::open, Screen::recap},
    {"lost", Stage::open, Screen::lost},
    {"picker", Stage::open, Screen::exchange},
    {"import", Stage::open, Screen::households},
    {"first_run", Stage::first_run, Screen::home},
    {"lock", Stage::lock, Screen::home},
};

}  // namespace

const NamedScreen* find_screen(std::string_view name) {
  for (const NamedScreen& one : kScreens) {
    if (name == one.name) return &one;
  }
  return nullptr;
}

std::string screen_names() {
  std::string out;
  for (const NamedScreen& one : kScreens) out += (out.empty() ? "" : ", ") + std::string(one.name);
  return out;
}

DemoBackend::DemoBackend(const NamedScreen& screen, std::string_view language, int percent,
                         bool dark) {
  DemoViews made = demo_views(language);
  Views views;
  views.stage = screen.stage;
  views.screen = screen.screen;
  views.visit = 1;
  views.shell = std::move(made.shell);
  views.home = std::move(made.home);
  views.needs = std::move(made.needs);
  if (std::string_view(screen.name) == "need") views.needs.detail = std::move(made.need);
  if (std::string_view(screen.name) == "needs_chart") views.needs.charts = made.need_charts;
  views.entry = std::move(made.entry);
  views.draft.offer = screen.screen == Screen::offer_entry;
  const std::string_view name = screen.name;
  views.records = std::move(screen.screen == Screen::offers         ? made.offers
                            : screen.screen == Screen::volunteers   ? made.volunteers
                            : screen.screen == Screen::distribution ? made.distribution
                            : screen.screen == Screen::community    ? made.community
                            : name == "pairs"                       ? made.pairs
                                                                    : made.households);
  if (name == "drives_chart") {
    views.records.detail.reset();
    views.records.charts = std::move(made.drive_charts);
  }
  if (name == "household") views.records.detail = std::move(made.household);
  if (name == "form") views.form = std::move(made.form);
  if (name == "picker") views.picker = std::move(made.picker);
  if (name == "import") views.import = std::move(made.import);
  if (name == "erase") views.erase = std::move(made.erase);
  views.members = std::move(made.members);
  views.schedule = std::move(made.schedule);
  if (name == "shift") views.schedule.open = std::move(made.shift);
  if (name == "roster") views.schedule.roster = std::move(made.roster);
  views.exchange = std::move(made.exchange);
  views.decide = std::move(made.decide);
  views.first_run = std::move(made.first_run);
  views.lock = std::move(made.lock);
  views.shell.has_recap = screen.screen == Screen::recap;
  views.access = std::move(made.access);
  views.recap = std::move(name == "recap_records"   ? made.recap_records
                          : name == "recap_changes" ? made.recap_changes
                                                    : made.recap);
  views.safety = std::move(made.safety);
  views.settings = std::move(made.settings);
  views.settings.percent = percent;
  views.settings.dark = dark;
  views_ = std::make_shared<const Views>(std::move(views));
}

}  // namespace rukun::ui
