#include "tests/ui/scenes.h"

#include <algorithm>

#include "app/domain/memory_words.h"

namespace rukun::test {
namespace {

using namespace rukun::ui;

Language spoken(const Ui& ui) { return ui.words.language() == "en" ? Language::en : Language::id; }

// As many words as a code of a neighborhood has, or an invitation.
constexpr const char* kWords =
    "suplai granit alun tinjau harga pugar kaldu kurma kutip unduh urai kantin "
    "ladang payung rotan sabar tenun ulang warta yakin bakul cermin dahan empang";

EntryState entry_on(int page) {
  EntryState state;
  state.page = page;
  state.draft.who = "Bu Ani";
  state.draft.household = "h1";
  state.draft.item = "beras";
  state.draft.title = "Beras";
  state.draft.category = "food";
  state.draft.unit = "kg";
  state.draft.quantity = "5";
  return state;
}

FirstRunState first_run_on(int page, bool chosen = false) {
  FirstRunState state;
  state.page = page;
  state.chosen = chosen;
  return state;
}

void add_home(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  add("home", in_shell(Screen::home, [](Ui& ui, const DemoViews& v, Commands& out) {
        draw_home(ui, v.home, out);
      }));
  add("home_bars", [state = ShellState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
    ShellView shell = v.shell;
    shell.status.failed = ui.tr("exchange.not_safe");
    shell.refused = ui.tr("first.mistyped");
    shell.undo = UndoView{ui.tr("print.next_secret")};
    draw_shell(
        ui, shell, state, Screen::home, [&] { draw_home(ui, v.home, out); }, out);
  });
  add("help",
      [state = ShellState{.help_open = true}](Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_shell(
            ui, v.shell, state, Screen::home, [&] { draw_home(ui, v.home, out); }, out);
      });
  add("menu",
      [state = ShellState{.menu_open = true}](Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_shell(
            ui, v.shell, state, Screen::home, [&] { draw_home(ui, v.home, out); }, out);
      });
}

void add_needs(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  add("needs", in_shell(Screen::needs,
                        [s = NeedsState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                          draw_needs(ui, v.needs, s, out);
                        }));
  add("need", in_shell(Screen::needs,
                       [s = NeedsState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                         NeedsView needs = v.needs;
                         needs.detail = v.need;
                         s.selected = 1;
                         draw_needs(ui, needs, s, out);
                       }));
  using List = ListState;
  static const std::pair<const char*, List> kLists[] = {
      {"needs_marking", {.marking = true}},
      {"needs_arranging", {.arranging = true}},
      {"needs_changing", {.marking = true, .asking = true, .deed = "urgency", .value = "normal"}},
      {"needs_more", {.more = true}},
      {"needs_closing", {.marking = true, .asking = true, .deed = "closed"}}};
  for (const auto& [name, list] : kLists)
    add(name, in_shell(Screen::needs, [s = NeedsState{.list = list}](Ui& ui, const DemoViews& v,
                                                                     Commands& out) mutable {
          NeedsView needs = v.needs;
          needs.tools.sort = "urgency";
          needs.tools.descending = true;
          needs.tools.marked = 2;
          needs.rows[0].marked = needs.rows[1].marked = true;
          draw_needs(ui, needs, s, out);
        }));
  add("needs_chart", in_shell(Screen::needs, [s = NeedsState()](Ui& ui, const DemoViews& v,
                                                                Commands& out) mutable {
        NeedsView needs = v.needs;
        needs.charts = v.need_charts;
        draw_needs(ui, needs, s, out);
      }));
  add("drives_chart", in_shell(Screen::community, [s = RecordsState()](Ui& ui, const DemoViews& v,
                                                                       Commands& out) mutable {
        RecordsView drives = v.community;
        drives.detail.reset();
        drives.charts = v.drive_charts;
        draw_records(ui, drives, s, out);
      }));
  add("handover", in_shell(Screen::needs, [s = NeedsState{.asking = NeedsState::Asking::hand_over,
                                                          .quantity = "6"}](
                                              Ui& ui, const DemoViews& v, Commands& out) mutable {
        NeedsView needs = v.needs;
        needs.detail = v.need;
        draw_needs(ui, needs, s, out);
      }));
  for (int page = 0; page < 3; ++page) {
    static const char* names[] = {"entry_who", "entry_what", "entry_quantity"};
    add(names[page], in_shell(Screen::need_entry, [s = entry_on(page)](Ui& ui, const DemoViews& v,
                                                                       Commands& out) mutable {
          if (!v.entry.items.empty()) s.draft.title = v.entry.items[0].name;  // in its language
          draw_entry(ui, v.entry, s, out);
        }));
  }
}

void add_recap(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  add("recap", in_shell(Screen::recap,
                        [s = RecapState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                          draw_recap(ui, v.recap, s, out);
                        }));
  add("recap_chart",
      in_shell(Screen::recap,
               [s = RecapState{.chart = true}](Ui& ui, const DemoViews& v, Commands& out) mutable {
                 draw_recap(ui, v.recap, s, out);
               }));
  add("recap_records", in_shell(Screen::recap, [s = RecapState()](Ui& ui, const DemoViews& v,
                                                                  Commands& out) mutable {
        draw_recap(ui, v.recap_records, s, out);
      }));
  add("recap_changes", in_shell(Screen::recap, [s = RecapState()](Ui& ui, const DemoViews& v,
                                                                  Commands& out) mutable {
        draw_recap(ui, v.recap_changes, s, out);
      }));
  add("recap_export",
      in_shell(Screen::recap, [s = RecapState{.exporting = true, .folder = "/media"}](
                                  Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_recap(ui, v.recap, s, out);
      }));
  add("recap_publish",
      in_shell(Screen::recap, [s = RecapState{.publishing = true, .database = "host=db.kecamatan"}](
                                  Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_recap(ui, v.recap, s, out);
      }));
}

void add_files(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  add("picker", in_shell(Screen::exchange, [s = PickerState(), p = Picked()](
                                               Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_picker(ui, v.picker, s, p, out);
      }));
  add("picker_folder",
      in_shell(Screen::exchange, [s = PickerState(), p = Picked()](Ui& ui, const DemoViews& v,
                                                                   Commands& out) mutable {
        PickerView view = v.picker;
        view.wanted = PickFor::folder;
        view.failed = ui.tr("picker.empty");
        draw_picker(ui, view, s, p, out);
      }));
  add("import",
      in_shell(Screen::households, [s = ImportState{.file = "/media/warga.xlsx"}](
                                       Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_import(ui, v.import, s, out);
      }));
  add("import_done", in_shell(Screen::households, [s = ImportState()](Ui& ui, const DemoViews& v,
                                                                      Commands& out) mutable {
        ImportView view = v.import;
        view.done = view.preview;
        draw_import(ui, view, s, out);
      }));
}

void add_lists(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  struct ListScene {
    const char* name;
    Screen screen;
    RecordsView DemoViews::*view;
    bool household = false;
  };
  static constexpr ListScene kLists[] = {
      {"offers", Screen::offers, &DemoViews::offers},
      {"volunteers", Screen::volunteers, &DemoViews::volunteers},
      {"households", Screen::households, &DemoViews::households},
      {"household", Screen::households, &DemoViews::households, true},
      {"pairs", Screen::households, &DemoViews::pairs},
      {"distribution", Screen::distribution, &DemoViews::distribution},
      {"community", Screen::community, &DemoViews::community}};
  for (const ListScene& scene : kLists)
    add(scene.name, in_shell(scene.screen, [&scene, s = RecordsState()](Ui& ui, const DemoViews& v,
                                                                        Commands& out) mutable {
          RecordsView view = v.*scene.view;
          if (scene.household) view.detail = v.household;
          draw_records(ui, view, s, out);
        }));
  add("form", in_shell(Screen::distribution,
                       [s = FormState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                         s.more = s.number != 0;
                         draw_form(ui, v.form, s, out);
                       }));
  add("shift", in_shell(Screen::schedule,
                        [s = ScheduleState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                          ScheduleView view = v.schedule;
                          view.open = v.shift;
                          draw_schedule(ui, view, s, out);
                        }));
  add("members", in_shell(Screen::members,
                          [s = MembersState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                            draw_members(ui, v.members, s, out);
                          }));
  add("inviting", in_shell(Screen::members,
                           [s = MembersState{.inviting = true, .folder = "/media/budi/FLASHDISK"}](
                               Ui& ui, const DemoViews& v, Commands& out) mutable {
                             draw_members(ui, v.members, s, out);
                           }));
  add("invited", in_shell(Screen::members, [s = MembersState()](Ui& ui, const DemoViews& v,
                                                                Commands& out) mutable {
        MembersView view = v.members;
        view.made = MadeInvite{"/media/budi/FLASHDISK/undangan.rukun", "melati sungai", kWords};
        draw_members(ui, view, s, out);
      }));
  add("schedule", in_shell(Screen::schedule, [s = ScheduleState()](Ui& ui, const DemoViews& v,
                                                                   Commands& out) mutable {
        draw_schedule(ui, v.schedule, s, out);
      }));
  add("roster", in_shell(Screen::schedule,
                         [s = ScheduleState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                           ScheduleView view = v.schedule;
                           view.roster = v.roster;
                           draw_schedule(ui, view, s, out);
                         }));
  add("sign_up", in_shell(Screen::schedule, [s = ScheduleState{.signing_up = "s1"}](
                                                Ui& ui, const DemoViews& v, Commands& out) mutable {
        ScheduleView view = v.schedule;
        view.open = v.shift;
        draw_schedule(ui, view, s, out);
      }));
}

void add_exchange(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  add("exchange", in_shell(Screen::exchange, [s = ExchangeState()](Ui& ui, const DemoViews& v,
                                                                   Commands& out) mutable {
        draw_exchange(ui, v.exchange, s, out);
      }));
  add("exchange_running",
      in_shell(Screen::exchange,
               [s = ExchangeState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                 ExchangeView view = v.exchange;
                 view.running = true;
                 view.fraction = 0.4F;
                 view.progress = ui.tr("exchange.writing", {{"done", "12,4"}, {"total", "30,9"}}) +
                                 " · " + ui.tr("exchange.seconds_left", {{"n", "20"}});
                 draw_exchange(ui, view, s, out);
               }));
  add("receipt", in_shell(Screen::exchange, [s = ExchangeState()](Ui& ui, const DemoViews& v,
                                                                  Commands& out) mutable {
        ExchangeView view = v.exchange;
        view.receipt =
            ExchangeReceipt{"FLASHDISK",
                            12,
                            3,
                            1,
                            4,
                            {"Pak Budi"},
                            {ui.tr("exchange.not_reached", {{"n", "3"}, {"member", "Bu Tini"}})},
                            {"Mbak Rini"},
                            {},
                            true};
        view.receipt->stick = true;
        draw_exchange(ui, view, s, out);
      }));
  add("exchange_address",
      in_shell(Screen::exchange, [s = ExchangeState{.address_open = true}](
                                     Ui& ui, const DemoViews& v, Commands& out) mutable {
        ExchangeView view = v.exchange;
        view.lan.trouble = ui.words.tr("lan.deaf", {{"why", "porta 47300"}});
        view.lan.neighbors.clear();
        draw_exchange(ui, view, s, out);
      }));
  add("receipt_deleted",
      in_shell(Screen::exchange, [s = ExchangeState()](Ui& ui, const DemoViews& v,
                                                       Commands& out) mutable {
        ExchangeView view = v.exchange;
        view.receipt = ExchangeReceipt{"Pak Budi", 0, 12, 1, 4, {"Pak Budi"}, {}, {}, {}, false};
        view.receipt->device = false;
        view.receipt->deleted = {ui.words.tr(
            "exchange.deleted", {{"n", "12"}, {"total", "40"}, {"kind", ui.tr("needs.title")}})};
        draw_exchange(ui, view, s, out);
      }));
}

void add_settings(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  add("decide", in_shell(Screen::decide,
                         [s = DecideState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                           draw_decide(ui, v.decide, s, out);
                         }));
  for (const bool asking : {false, true}) {
    add(asking ? "settings_pin" : "settings",
        in_shell(Screen::settings, [s = SettingsState{.asking_pin = asking}](
                                       Ui& ui, const DemoViews& v, Commands& out) mutable {
          SettingsView view = v.settings;
          view.has_pin = true;
          view.memory = memory_warnings({true, true}, spoken(ui));
          draw_settings(ui, view, s, out);
        }));
  }
  for (const bool changing : {false, true}) {
    add(changing ? "safety_changing" : "safety",
        in_shell(Screen::safety, [s = SafetyState{.changing = changing}](Ui& ui, const DemoViews& v,
                                                                         Commands& out) mutable {
          draw_safety(ui, v.safety, s, out);
        }));
  }
  add("access", in_shell(Screen::access, [](Ui& ui, const DemoViews& v, Commands& out) {
        draw_access(ui, v.access, out);
      }));
  for (const auto thing :
       {LostState::Thing::asked, LostState::Thing::stick, LostState::Thing::laptop}) {
    static const char* const kNames[] = {"lost", "lost_stick", "lost_laptop"};
    add(kNames[static_cast<int>(thing)],
        in_shell(Screen::lost,
                 [s = LostState{thing}](Ui& ui, const DemoViews&, Commands& out) mutable {
                   draw_lost(ui, s, out);
                 }));
  }
}

void add_first_and_lock(Scenes& all) {
  const auto add = [&all](const char* name, auto draw) { all.push_back({name, draw}); };
  static const char* firsts[] = {"first_language", "first_name", "first_group", "first_passphrase"};
  for (int page = 0; page < 4; ++page) {
    add(firsts[page], [s = first_run_on(page)](Ui& ui, const DemoViews& v, Commands& out) mutable {
      draw_first_run(ui, v.first_run, s, out);
    });
  }
  add("first_found",
      [s = first_run_on(2, true)](Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_first_run(ui, v.first_run, s, out);
      });
  add("first_recovery", [s = first_run_on(4)](Ui& ui, const DemoViews& v, Commands& out) mutable {
    FirstRunView view = v.first_run;
    view.recovery = "K7QF-9M2X-WT4R-AA81-PLM3";
    view.root_code = kWords;
    view.sheet = ui.tr("first.printed", {{"file", "/home/budi/Dokumen/Kode pemulihan.pdf"}});
    draw_first_run(ui, view, s, out);
  });
  add("lock", [s = LockState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
    draw_lock(ui, v.lock, s, out);
  });
  add("lock_recovery",
      [s = LockState{.recovering = true}](Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_lock(ui, v.lock, s, out);
      });
  add("first_restore",
      [s = FirstRunState{.restoring = true}](Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_first_run(ui, v.first_run, s, out);
      });
  add("first_own", [s = first_run_on(3)](Ui& ui, const DemoViews& v, Commands& out) mutable {
    s.passphrase.own = true;
    draw_first_run(ui, v.first_run, s, out);
  });
  add("lock_pin", [s = LockState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
    LockView view = v.lock;
    view.pin_of = "Bu Sari";
    draw_lock(ui, view, s, out);
  });
  add("lock_who",
      [s = LockState{.choosing = true}](Ui& ui, const DemoViews& v, Commands& out) mutable {
        draw_lock(ui, v.lock, s, out);
      });
}

void add_member(Scenes& all) {
  using Asking = MembersState::Asking;
  static const char* const kNames[] = {"member", "member_lost", "member_removal"};
  for (const auto asking : {Asking::nothing, Asking::lost, Asking::removal})
    all.push_back(
        {kNames[static_cast<int>(asking)],
         in_shell(Screen::members,
                  [s = MembersState{.chosen = "m2", .asking = asking, .new_role = "volunteer"}](
                      Ui& ui, const DemoViews& v, Commands& out) mutable {
                    draw_members(ui, v.members, s, out);
                  })});
  all.push_back({"member_sheet",
                 in_shell(Screen::members, [s = MembersState{.asking = Asking::sheet}](
                                               Ui& ui, const DemoViews& v, Commands& out) mutable {
                   MembersView view = v.members;
                   view.may_decide = view.may_invite = view.lone_head = false;
                   view.may_use_sheet = true;
                   view.masked.clear();
                   view.rows[0].me = false;
                   view.rows[1].me = true;
                   draw_members(ui, view, s, out);
                 })});
  all.push_back({"member_again",
                 in_shell(Screen::members, [s = MembersState{.chosen = "m3"}](
                                               Ui& ui, const DemoViews& v, Commands& out) mutable {
                   draw_members(ui, v.members, s, out);
                 })});
}

// The dialog of Cetak: which of several, done, failed.
void add_print(Scenes& all) {
  static const char* const kNames[] = {"print", "print_busy", "print_saved", "print_failed"};
  for (int step = 0; step < 4; ++step)
    all.push_back(
        {kNames[step],
         [step, state = ShellState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
           PrintView print{.title = ui.tr("print.title"), .busy = step == 1};
           const std::string file = "/media/budi/FLASHDISK/Laporan penggalangan 2026-11-23 (2).pdf";
           if (step == 0)
             for (const auto& words : {ui.tr("print.with_names"), ui.tr("print.ledger_board")})
               print.choices.push_back({Icon::print, words, {}});
           if (step == 2) print.saved = ui.tr("print.saved", {{"file", file}, {"n", "12"}});
           if (step == 2) print.next = ui.tr("print.next_secret");
           if (step == 3)
             print.failed =
                 said(ui, {Code::full, "cannot write " + file + ": No space left on device",
                           "make room on the device and try again"});
           ShellView shell = v.shell;
           shell.print = print;
           draw_shell(
               ui, shell, state, Screen::needs, [&] { draw_home(ui, v.home, out); }, out);
         }});
  all.push_back({"lost_done",
                 in_shell(Screen::members,
                          [s = MembersState()](Ui& ui, const DemoViews& v, Commands& out) mutable {
                            MembersView view = v.members;
                            view.lost = LostLaptop{"m2", "Pak Budi"};
                            draw_members(ui, view, s, out);
                          })});
}

void add_erase(Scenes& all) {
  for (const bool done : {false, true})
    all.push_back({done ? "erased" : "erase",
                   in_shell(Screen::households, [done, s = EraseState()](Ui& ui, const DemoViews& v,
                                                                         Commands& out) mutable {
                     EraseView view = v.erase;
                     if (done) view = EraseView{.listing = true, .done = v.erase.done};
                     draw_erase(ui, view, s, out);
                   })});
}

}  // namespace

Scenes scenes() {
  Scenes all;
  add_home(all);
  add_needs(all);
  add_files(all);
  add_lists(all);
  add_recap(all);
  add_exchange(all);
  add_settings(all);
  add_member(all);
  add_erase(all);
  add_print(all);
  add_first_and_lock(all);
  add_trouble(all);
  return all;
}

}  // namespace rukun::test
