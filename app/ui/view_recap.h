#pragma once
// The picture of Rekap: all neighborhoods of this profile together, as lines that open into the
// records behind them. Texts are already in the language of the moment; an RT that has not reported
// says so in words where numbers would stand. Immutable while a frame is drawn.

#include <string>
#include <vector>

#include "app/ui/view_records.h"

namespace rukun::ui {

struct RecapLineView {
  std::string key;
  std::string label;
  bool counted = true;  // false: nothing is known to count; `state` says why
  std::size_t needs = 0, open = 0, urgent = 0, covered = 0, done = 0;
  std::string amount;  // of items: "sisa 40 dari 100 kg"
  Mark state;          // of RTs: "belum lapor"
  std::string age;     // of RTs, since the last exchange: "kemarin pukul 16.20"
};

struct RecapRecordView {
  std::string id;
  std::string title;
  std::string place;
  std::string amount;
  std::string author;  // and on which laptop
  std::string heard;   // when that laptop was last heard of
};

// What is not as it was in a list that was handed in; amounts in words, empty where there are none.
struct RecapChangeView {
  std::string place;
  std::string goods;   // "Beras (kg)"; or "Laporan"; empty: of the neighborhood itself
  std::string change;  // "baru", "berubah", "sudah lapor"
  std::string needed;  // "8 (dulu 5)"
  std::string remaining;
  std::string difference;  // "+3"
};

struct RecapView {
  std::vector<RecordTab> tabs;  // by RT, RW, category …, `fits` and `changes`
  std::string tab;
  std::string reported;  // "10 dari 12 kelompok sudah lapor"
  std::string silent;    // who has not; empty: nobody
  std::vector<RecapLineView> lines;
  std::vector<std::string> fits;    // sentences, on their own tab
  std::vector<RecordTab> versions;  // that were handed in, the latest first; on the tab `changes`
  std::string version;              // which of them is compared with; empty: there is none
  std::string compared;             // since when, how much has changed and how much has not
  std::vector<RecapChangeView> changes;
  std::size_t more_changes = 0;
  std::vector<std::string> missing;  // sentences: neighborhoods that are not here any more
  std::string opened;                // the line that stands open, by its label; empty: none
  std::vector<RecapRecordView> records;
  std::size_t more_records = 0;
  std::string folder;                  // where a file would be written
  std::string written;                 // the file that was just written
  std::string database;                // that was published into last, as for psql
  std::string publishing;              // how far it is; empty: nothing is on its way
  std::vector<std::string> published;  // what came of it; sentences
  std::string publish_failed;          // why not, and what to do
};

struct RecapState {
  bool chart = false;
  bool exporting = false;
  bool handed_in = false;
  bool choosing = false;  // by what it is drawn up, where the window is narrow
  ListState list;         // of its tools, the same
  std::string folder;
  bool publishing = false;  // is asked for
  bool personal = false;
  std::string database;
};

}  // namespace rukun::ui
