// What goes wrong, in the words that the program itself has for it.
#include "app/ui/formats.h"
#include "tests/ui/scenes.h"

namespace rukun::test {

using namespace rukun::ui;

std::string said(const Ui& ui, const Error& failure) {
  const Language language = ui.words.language() == "en" ? Language::en : Language::id;
  return error_words(failure, {.words = ui.words, .language = language, .now = {}});
}

namespace {

Error full_disk() {
  return {Code::full, "cannot write /home/sari/.local/share/rukun/shared: No space left on device",
          "make room on the device and try again"};
}

// An exchange that ended as `change` says.
template <class Change>
auto exchange_with(Change change) {
  return in_shell(Screen::exchange,
                  [change, s = ExchangeState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                    ExchangeView view = v.exchange;
                    change(ui, view);
                    draw_exchange(ui, view, s, out);
                  });
}

void add_exchanges(Scenes& all) {
  all.push_back({"exchange_pulled", exchange_with([](Ui& ui, ExchangeView& view) {
                   view.places.erase(view.places.begin());
                   view.failed = ui.tr("exchange.pulled", {{"place", "FLASHDISK"}});
                 })});
  all.push_back({"exchange_full", exchange_with([](Ui& ui, ExchangeView& view) {
                   Error full = full_disk();
                   full.message =
                       "cannot write /media/sari/FLASHDISK/rukun: No space left on device";
                   view.failed = said(ui, full);
                 })});
  all.push_back({"exchange_no_stick", exchange_with([](Ui&, ExchangeView& view) {
                   view.places.clear();
                   view.history.clear();
                   view.lan = {.off = true, .trouble = {}, .port = {}, .neighbors = {}};
                 })});
  all.push_back({"receipt_stopped", exchange_with([](Ui&, ExchangeView& view) {
                   view.receipt = ExchangeReceipt{.place = "FLASHDISK",
                                                  .fresh = 12,
                                                  .reached = {},
                                                  .refused = {},
                                                  .stick = true,
                                                  .deleted = {},
                                                  .stopped = true};
                 })});
  all.push_back(
      {"receipt_empty_stick", exchange_with([](Ui& ui, ExchangeView& view) {
         view.receipt = ExchangeReceipt{
             .place = "FLASHDISK",
             .sent = 4,
             .reached = {},
             .on_the_way = {ui.tr("exchange.not_reached", {{"n", "4"}, {"member", "Pak Budi"}})},
             .refused = {},
             .safe_to_remove = true,
             .stick = true,
             .deleted = {}};
       })});
}

void add_locked(Scenes& all) {
  all.push_back(
      {"lock_wrong", [s = LockState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
         LockView view = v.lock;
         view.failed = said(ui, {Code::locked, "that is not the passphrase of this vault",
                                 "try again; capital letters matter in a passphrase"});
         draw_lock(ui, view, s, out);
       }});
  all.push_back(
      {"lock_pin_wrong", [s = LockState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
         LockView view = v.lock;
         view.pin_of = "Bu Sari";
         view.failed = ui.tr("lock.pin_left", {{"n", "3"}});
         draw_lock(ui, view, s, out);
       }});
  all.push_back({"first_mistyped", [](Ui& ui, const DemoViews& v, Commands& out) {
                   FirstRunState state;
                   state.page = 3;
                   state.passphrase.mistyped = true;
                   state.field_wanted = false;
                   draw_first_run(ui, v.first_run, state, out);
                 }});
  all.push_back({"first_join", [](Ui& ui, const DemoViews& v, Commands& out) {
                   FirstRunState state;
                   state.page = 2;
                   state.chosen = state.joining = true;
                   state.field_wanted = false;
                   state.invitation = "/media/budi/FLASHDISK/undangan.rukun";
                   FirstRunView view = v.first_run;
                   view.failed =
                       said(ui, {Code::locked, "the two words do not open this invitation",
                                 "check their spelling"});
                   draw_first_run(ui, view, state, out);
                 }});
}

// A failed save stands above everything, on each kind of screen: a list, a form, a week, people.
template <class Content>
void add_full(Scenes& all, const char* name, Screen screen, Content content) {
  all.push_back({name, [screen, content, state = ShellState()](Ui& ui, const DemoViews& v,
                                                               Commands& out) mutable {
                   ShellView shell = v.shell;
                   shell.status.failed = said(ui, full_disk());
                   draw_shell(
                       ui, shell, state, screen, [&] { content(ui, v, out); }, out);
                 }});
}

void add_full_disk(Scenes& all) {
  add_full(all, "full_needs", Screen::needs,
           [s = NeedsState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
             draw_needs(ui, v.needs, s, out);
           });
  add_full(all, "full_form", Screen::distribution,
           [s = FormState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
             draw_form(ui, v.form, s, out);
           });
  add_full(all, "full_schedule", Screen::schedule,
           [s = ScheduleState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
             draw_schedule(ui, v.schedule, s, out);
           });
  add_full(all, "full_entry", Screen::need_entry,
           [s = EntryState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
             draw_entry(ui, v.entry, s, out);
           });
}

}  // namespace

void add_trouble(Scenes& all) {
  add_exchanges(all);
  add_locked(all);
  add_full_disk(all);
  all.push_back(
      {"import_failed",
       in_shell(Screen::households, [s = ImportState{.file = "/media/warga.xlsx"}](
                                        Ui& ui, const DemoViews& v, Commands& out) mutable {
         ImportView view = v.import;
         view.preview.reset();
         view.failed = said(ui, {Code::damaged, "cannot open /media/warga.xlsx: No such device",
                                 "check the name of the file or folder"});
         draw_import(ui, view, s, out);
       })});
}

}  // namespace rukun::test
