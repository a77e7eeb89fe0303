// The engine's own thread: commands, background work and meetings with another laptop over
// loopback. Runs without a window, so that the thread sanitizer can look on.
#include "app/ui/engine_thread.h"

#include <atomic>
#include <functional>
#include <thread>

#include "tests/support/catch.h"
#include "tests/ui/laptop.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

constexpr int kTurns = 1500;
constexpr std::chrono::milliseconds kTurn{20};

Result<std::unique_ptr<SystemNetwork>> loopback() {
  return SystemNetwork::open({.listen_on = "127.0.0.1"});
}

// The latest picture that fits; the last one when none does in time.
std::shared_ptr<const Views> wait_for(EngineThread& thread,
                                      const std::function<bool(const Views&)>& fits) {
  for (int i = 0; i < kTurns; ++i) {
    if (const auto views = thread.latest(); fits(*views)) return views;
    std::this_thread::sleep_for(kTurn);
  }
  return thread.latest();
}

std::shared_ptr<const Views> wait_for_receipt(EngineThread& thread) {
  return wait_for(thread, [](const Views& views) {
    return views.exchange.receipt.has_value() || !views.exchange.failed.empty();
  });
}

// A head and a volunteer of one neighborhood who have met over a stick.
struct Pair {
  SystemClock clock;
  Laptop head{1, loopback, &clock};
  Laptop volunteer{2, loopback, &clock};
  Pair() {
    head.begin("Bu Sari");
    const auto stick = head.folder() / "FLASHDISK";
    std::filesystem::create_directory(stick);
    head.presenter().execute(MakeInvite{"volunteer", stick.string()});
    const auto made = head.presenter().views()->members.made.value();
    volunteer.join("Pak Budi", made.file, made.code);
    for (Laptop* one : {&volunteer, &head, &volunteer}) {
      one->presenter().execute(ExchangeWith{stick.string()});
      one->presenter().execute(CloseReceipt{});
    }
  }
};

}  // namespace

TEST_CASE("the engine's thread carries out everything that was posted before it ends",
          "[ui][thread]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  std::atomic<int> woken{0};
  {
    EngineThread thread(laptop.presenter(), [&woken] { ++woken; });
    for (const char* giver : {"a", "b", "c"}) {
      EntryDraft draft;
      draft.offer = true;
      draft.who = std::string("Warung ") + giver;
      draft.item = draft.title = "rice";
      draft.category = "food";
      draft.quantity = "1";
      draft.unit = "kg";
      thread.post(AddEntry{draft});
    }
    thread.post(Go{Screen::offers});
  }
  CHECK(woken >= 4);
  CHECK(laptop.presenter().views()->records.rows.size() == 3);
}

TEST_CASE("two windows meet over the network, and what is new later goes by itself",
          "[ui][thread]") {
  Pair pair;
  pair.head.add_need("Bu Ani", "rice", "5", "kg");
  EngineThread head(pair.head.presenter(), {});
  EngineThread volunteer(pair.volunteer.presenter(), {});
  head.post(Go{Screen::exchange});
  const auto there = wait_for(head, [](const Views& v) { return !v.exchange.lan.port.empty(); });
  REQUIRE(there->exchange.lan.on);
  volunteer.post(Go{Screen::exchange});
  volunteer.post(MeetAddress{"127.0.0.1:" + there->exchange.lan.port});

  const auto met = wait_for_receipt(volunteer);
  CAPTURE(met->exchange.failed);
  REQUIRE(met->exchange.receipt);
  CHECK(met->exchange.receipt->place == "Bu Sari");
  CHECK(met->exchange.receipt->fresh == 2);
  CHECK(met->exchange.receipt->to_decide == 0);
  CHECK(!met->exchange.receipt->device);
  CHECK(met->exchange.receipt->reached.empty());  // there was nothing of its own to bring
  REQUIRE(met->exchange.lan.neighbors.size() == 1);
  CHECK(met->exchange.lan.neighbors[0].name == "Bu Sari");

  volunteer.post(CloseReceipt{});
  volunteer.post(Go{Screen::home});
  const auto home = wait_for(volunteer, [](const Views& v) { return v.home.open_needs == 1; });
  REQUIRE(home->home.open_needs == 1);
  volunteer.post(CloseNeed{home->home.needs.at(0).id, "sudah cukup"});
  head.post(Go{Screen::home});
  CHECK(wait_for(head, [](const Views& v) {
          return v.screen == Screen::home && v.home.open_needs == 0;
        })->home.open_needs == 0);
}

TEST_CASE("a laptop that is not there is told with what to do, and commands do not wait for it",
          "[ui][thread]") {
  Pair pair;
  EngineThread thread(pair.head.presenter(), {});
  thread.post(Go{Screen::exchange});
  thread.post(MeetAddress{"127.0.0.1:1"});
  const auto failed = wait_for_receipt(thread);
  CHECK_FALSE(failed->exchange.failed.empty());
  CHECK_FALSE(failed->exchange.lan.looking);
  thread.post(MeetAddress{"di sebelah"});
  const auto refused = wait_for(thread, [](const Views& v) { return !v.shell.refused.empty(); });
  CHECK(refused->shell.refused.find("Di sebelah") != std::string::npos);
}

TEST_CASE("a locked window meets nobody, an unlocked one does again", "[ui][thread]") {
  Pair pair;
  EngineThread thread(pair.head.presenter(), {});
  thread.post(Go{Screen::exchange});
  CHECK(wait_for(thread, [](const Views& v) { return v.exchange.lan.on; })->exchange.lan.on);
  thread.post(LockNow{});
  const auto locked =
      wait_for(thread, [](const Views& v) { return v.stage == Views::Stage::lock; });
  REQUIRE(locked->stage == Views::Stage::lock);
  CHECK_FALSE(locked->exchange.lan.on);
  Unlock unlock{locked->lock.profiles.at(0).id, {}};
  unlock.passphrase.set(pair.head.passphrase());
  thread.post(unlock);
  thread.post(Go{Screen::exchange});
  CHECK(wait_for(thread, [](const Views& v) { return v.exchange.lan.on; })->exchange.lan.on);
}

TEST_CASE("who does not want to be met is not, until it is wanted again", "[ui][thread]") {
  Pair pair;
  EngineThread thread(pair.head.presenter(), {});
  const auto shown = [&](bool on) {
    const auto views = wait_for(thread, [&](const Views& v) {
      return v.screen == Screen::exchange && v.exchange.lan.on == on && v.exchange.lan.off == !on;
    });
    return views->exchange.lan.on == on && views->exchange.lan.off == !on;
  };
  thread.post(Go{Screen::exchange});
  CHECK(shown(true));
  thread.post(ChooseNearby{false});
  CHECK(shown(false));
  thread.post(LockNow{});
  const auto locked =
      wait_for(thread, [](const Views& v) { return v.stage == Views::Stage::lock; });
  Unlock unlock{locked->lock.profiles.at(0).id, {}};
  unlock.passphrase.set(pair.head.passphrase());
  thread.post(unlock);
  thread.post(Go{Screen::exchange});
  CHECK(shown(false));
  thread.post(ChooseNearby{true});
  CHECK(shown(true));
}

TEST_CASE("a network that cannot be opened is told and stops nothing", "[ui][thread]") {
  Laptop laptop(1, []() -> Result<std::unique_ptr<SystemNetwork>> {
    return error(Code::io, "no network here");
  });
  laptop.begin("Bu Sari");
  EngineThread thread(laptop.presenter(), {});
  thread.post(Go{Screen::exchange});
  thread.post(LookForNeighbors{});
  const auto views = wait_for(thread, [](const Views& v) { return !v.shell.refused.empty(); });
  CHECK(views->exchange.lan.trouble.find("no network here") != std::string::npos);
  CHECK_FALSE(views->exchange.lan.on);
  CHECK(views->shell.refused.find("Flashdisk") != std::string::npos);
  CHECK(views->shell.status.failed.empty());
}

}  // namespace rukun::test
