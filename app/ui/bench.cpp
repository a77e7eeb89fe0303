#include "app/ui/bench.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <deque>

#include "app/engine/made_space.h"
#include "app/ui/engine_thread.h"
#include "platform/process.h"
#include "platform/random.h"
#include "platform/window_raster.h"

namespace rukun::ui {
namespace {

constexpr std::uint64_t kSeed = 20261124;
constexpr std::string_view kPassphrase = "hanya untuk mengukur saja";
constexpr int kSettling = 8;      // frames after something was asked for
constexpr int kListFrames = 300;  // that scroll

double now_wall_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}
double now_processor_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

// Both clocks at once: on a machine that does other things, the processor's says more.
struct Moment {
  double wall_ms = now_wall_ms();
  double processor_ms = now_processor_ms();
  Moment since() const {
    const Moment now;
    return {now.wall_ms - wall_ms, now.processor_ms - processor_ms};
  }
};

double part_of(std::vector<double> values, double part) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

// Commands wait until the frame that posted them is over, as they do for the engine's thread: so a
// frame's figure is its own.
class WaitingBackend final : public Backend {
 public:
  explicit WaitingBackend(Presenter& presenter) : presenter_(presenter) {}
  void post(Command command) override { posted_.push_back(std::move(command)); }
  std::shared_ptr<const Views> latest() override { return presenter_.views(); }
  void carry_out() {
    for (; !posted_.empty(); posted_.pop_front()) presenter_.execute(posted_.front());
  }

 private:
  Presenter& presenter_;
  std::deque<Command> posted_;
};

class Drawing {
 public:
  explicit Drawing(const BenchPlace& place)
      : presenter_(place.setup),
        backend_(presenter_),
        shell_(backend_, place.languages, {place.fonts}),
        window_(1280, 800) {
    shell_.set_help(place.help);
    presenter_.start(std::nullopt);
    settle();
  }

  Status unlock() {
    SecretText wrong, right;
    wrong.set("bukan kata sandinya");
    right.set(kPassphrase);
    const std::string profile = presenter_.views()->lock.profiles.at(0).id;
    Moment at;
    presenter_.execute(Unlock{profile, wrong});
    const Moment deriving = at.since();
    at = Moment();
    presenter_.execute(Unlock{profile, right});
    frame();
    const Moment all = at.since();
    figure("argon2_s", deriving.wall_ms / 1000);
    figure("unlock_to_first_frame_s", (all.wall_ms - deriving.wall_ms) / 1000);
    figure("unlock_to_first_frame_processor_s", (all.processor_ms - deriving.processor_ms) / 1000);
    if (presenter_.views()->stage == Views::Stage::open) return {};
    return error(Code::locked, presenter_.views()->lock.failed);
  }

  void home() {
    for (int i = 0; i < kListFrames; ++i) {
      window_.input().mouse_move(300.0F + static_cast<float>(i), 400);
      frame();
    }
  }

  void list(Screen screen, const std::string& name, std::string_view typed) {
    const Moment at;
    presenter_.execute(Go{screen});
    settle();
    figure(name + "_screen_ms", at.since().wall_ms);
    std::vector<double> frames;
    window_.input().mouse_move(760, 600);
    for (int i = 0; i < kListFrames; ++i) {
      window_.input().mouse_wheel(0, i % 3 == 0 ? -9.0F : -1.0F);
      frames.push_back(frame());
    }
    for (int i = 0; i < kListFrames; ++i) {
      key(i % 40 < 30 ? Key::page_down : Key::down);
      frames.push_back(frame());
    }
    figure(name + "_frame_p50_ms", part_of(frames, 0.5));
    figure(name + "_frame_p99_ms", part_of(frames, 0.99));
    key(Key::f3);
    settle();
    std::vector<double> answers, worked;
    const auto answered = [&] {
      const Moment taken = answer();
      answers.push_back(taken.wall_ms);
      worked.push_back(taken.processor_ms);
    };
    for (const char letter : typed) {
      window_.input().character(static_cast<unsigned char>(letter));
      answered();
    }
    for (std::size_t i = 0; i < typed.size(); ++i) {
      key(Key::backspace);
      answered();
    }
    figure(name + "_typing_p50_ms", part_of(answers, 0.5));
    figure(name + "_typing_most_ms", part_of(answers, 1));
    figure(name + "_typing_most_processor_ms", part_of(worked, 1));
  }

  // From the pressed heading to the picture in that order; then a letter typed in it.
  void orders(const std::string& name, std::initializer_list<const char*> columns) {
    for (const char* column : columns) {
      const Moment at;
      presenter_.execute(ArrangeList{{}, column, false});
      frame();
      const Moment taken = at.since();
      figure(name + "_by_" + column + "_ms", taken.wall_ms);
      figure(name + "_by_" + column + "_processor_ms", taken.processor_ms);
    }
    presenter_.execute(ArrangeList{});
  }

  // All of them marked, then one field written in each, then taken back.
  void change_all(const std::string& name, const std::string& field, const std::string& value) {
    Moment at;
    presenter_.execute(MarkAll{});
    figure(name + "_mark_all_ms", at.since().wall_ms);
    at = Moment();
    presenter_.execute(DoWithMarked{field, presenter_.views()->records.tools.marked, value});
    figure(name + "_change_all_s", at.since().wall_ms / 1000);
    at = Moment();
    presenter_.execute(Undo{});
    figure(name + "_undo_all_s", at.since().wall_ms / 1000);
  }

  void entry() {
    EntryDraft draft;
    draft.who = "Bu Ani";
    draft.new_household = true;
    draft.item = "rice";
    draft.title = "Beras";
    draft.category = "food";
    draft.quantity = "5";
    draft.unit = "kg";
    for (const Screen back : {Screen::home, Screen::needs}) {
      presenter_.execute(Go{back});
      settle();
      const Moment at;
      presenter_.execute(AddEntry{draft});
      presenter_.execute(Go{back});
      frame();
      figure(back == Screen::home ? "entry_then_home_ms" : "entry_then_needs_ms",
             at.since().wall_ms);
    }
  }

  BenchFigures take() {
    figure("frames", static_cast<double>(frames_.size()));
    figure("frame_p50_ms", part_of(frames_, 0.5));
    figure("frame_p99_ms", part_of(frames_, 0.99));
    figure("frame_most_ms", part_of(frames_, 1));
    figure("resident_bytes", static_cast<double>(resident_bytes()));
    return std::move(figures_);
  }

 private:
  void figure(std::string name, double value) { figures_.emplace_back(std::move(name), value); }
  void key(Key key) {
    window_.input().key(key, true);
    window_.input().key(key, false);
  }
  // One frame's processor time; what it asked for is carried out after it.
  double frame() {
    const double at = now_processor_ms();
    window_.frame(shell_);
    frames_.push_back(now_processor_ms() - at);
    backend_.carry_out();
    return frames_.back();
  }
  void settle() {
    for (int i = 0; i < kSettling || !window_.input().empty(); ++i) frame();
  }
  // From the key to the frame that shows what came of it.
  Moment answer() {
    const Moment at;
    while (!window_.input().empty()) frame();
    frame();
    const Moment taken = at.since();
    settle();
    return taken;
  }

  Presenter presenter_;
  WaitingBackend backend_;
  Shell shell_;
  HeadlessWindow window_;
  std::vector<double> frames_;
  BenchFigures figures_;
};

// Lets the window rest, then has it minimised, then closes it.
class Resting final : public WindowClient {
 public:
  Resting(Shell& shell, Window& window, double idle_s)
      : shell_(shell), window_(window), idle_s_(idle_s) {}

  bool between_frames() override { return shell_.between_frames(); }

  FrameWish draw(const FrameInput& input) override {
    FrameWish wish = shell_.draw(input);
    const double now_s = input.now_s;
    if (phase_ == Phase::starting && begun_s_ == 0) begun_s_ = now_s;
    if (phase_ == Phase::starting && now_s - begun_s_ >= kStarting_s) {
      begin(Phase::idle, now_s);
    } else if (phase_ == Phase::idle && now_s - begun_s_ >= idle_s_) {
      // This frame is the measurement's own.
      figures_.emplace_back("idle_s", now_s - begun_s_);
      figures_.emplace_back("idle_frames",
                            static_cast<double>(window_.frames_drawn() - frames_before_));
      figures_.emplace_back("idle_processor_percent",
                            (now_processor_ms() - processor_before_ms_) / (now_s - begun_s_) / 10);
      window_.minimise();
      begin(Phase::minimising, now_s);
    } else if (phase_ == Phase::minimising && now_s - begun_s_ >= kToMinimise_s) {
      wish.close = true;
    } else if (phase_ == Phase::hidden) {
      figures_.emplace_back("minimised_s", now_s - begun_s_);
      figures_.emplace_back("minimised_frames",
                            static_cast<double>(window_.frames_drawn() - frames_before_));
      figures_.emplace_back("minimised_processor_percent",
                            (now_processor_ms() - processor_before_ms_) / (now_s - begun_s_) / 10);
      wish.close = true;
    }
    const double lasts_s = phase_ == Phase::starting ? kStarting_s
                           : phase_ == Phase::idle   ? idle_s_
                                                     : kToMinimise_s;
    const double left_s = std::max(0.001, begun_s_ + lasts_s - now_s);
    wish.next_timer_s = wish.next_timer_s < 0 ? left_s : std::min(wish.next_timer_s, left_s);
    return wish;
  }

  void tick_hidden(double now_s) override {
    shell_.tick_hidden(now_s);
    if (phase_ == Phase::minimising) begin(Phase::hidden, now_s);
  }

  BenchFigures take() { return std::move(figures_); }

 private:
  enum class Phase : std::uint8_t { starting, idle, minimising, hidden };
  static constexpr double kStarting_s = 3;
  static constexpr double kToMinimise_s = 3;

  void begin(Phase phase, double now_s) {
    phase_ = phase;
    begun_s_ = now_s;
    // With the one that is being drawn, if one is.
    frames_before_ = window_.frames_drawn() + (phase == Phase::hidden ? 0 : 1);
    processor_before_ms_ = now_processor_ms();
  }

  Shell& shell_;
  Window& window_;
  double idle_s_;
  Phase phase_ = Phase::starting;
  double begun_s_ = 0;
  std::uint64_t frames_before_ = 0;
  double processor_before_ms_ = 0;
  BenchFigures figures_;
};

}  // namespace

Status make_bench_home(const PresenterSetup& setup, BenchOf of, std::size_t count) {
  TRY_VOID(setup.files.make_dirs(setup.home));
  TRY(const auto profiles, list_profiles(setup.files, setup.home));
  if (!profiles.empty()) return {};
  TRY(const auto made, create_profile(setup.files, setup.home, "Bench", view(kPassphrase),
                                      kArgonLeast, setup.random));
  const EngineContext context{setup.files, setup.clock, setup.random, setup.items,
                              setup.words, setup.home,  setup.state};
  TRY(auto engine, Engine::unlock(context, made.profile, view(kPassphrase)));
  TRY(const auto space, engine.create_space("RT 001/RW 001", ""));
  SeededRandom random(kSeed);
  MadeSpace made_space(engine, space.space, random);
  TRY_VOID(of == BenchOf::needs ? made_space.fill(count) : made_space.fill_households(count));
  for (bool more = true; more;) {
    TRY(more, engine.step());
  }
  return {};
}

Result<BenchFigures> measure_drawing(const BenchPlace& place) {
  const auto before = static_cast<double>(resident_bytes());
  Drawing drawing(place);
  TRY_VOID(drawing.unlock());
  drawing.home();
  drawing.list(Screen::needs, "needs", "beras keluarga");
  drawing.orders("needs", {"title", "for", "remaining", "age", "urgency"});
  drawing.entry();
  auto out = drawing.take();
  out.insert(out.begin(), {"resident_before_bytes", before});
  return out;
}

Result<BenchFigures> measure_households(const BenchPlace& place) {
  Drawing drawing(place);
  TRY_VOID(drawing.unlock());
  drawing.list(Screen::households, "households", "keluarga 77");
  drawing.orders("households", {"name", "rt_rw", "people", "groups"});
  drawing.change_all("households", "status", "moved");
  BenchFigures out;
  for (auto& one : drawing.take())
    if (one.first.rfind("households_", 0) == 0) out.push_back(std::move(one));
  return out;
}

Result<BenchFigures> measure_resting(const BenchPlace& place, double idle_s) {
  Presenter presenter(place.setup);
  presenter.start(kPassphrase);
  TRY(const auto window, Window::open({.title = "Rukun"}));
  EngineThread engine(presenter, [&window = *window] { window.wake(); });
  Shell shell(engine, place.languages, {place.fonts});
  shell.set_help(place.help);
  Resting resting(shell, *window, idle_s);
  window->run(resting);
  return resting.take();
}

std::string json_of(const BenchFigures& figures) {
  std::string out = "{\"bench\":\"window\"";
  for (const auto& [name, value] : figures) {
    char number[48];
    std::snprintf(number, sizeof number, value >= 1000 ? "%.0f" : "%.4g", value);
    out += ",\"" + name + "\":" + number;
  }
  return out + "}";
}

}  // namespace rukun::ui
