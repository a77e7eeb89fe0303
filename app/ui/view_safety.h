#pragma once
// What keeps one's records one's own, as values: a passphrase that is being chosen, backups, and
// the folders that this program knows. Drawn words and what is typed are wiped with the picture.

#include <array>
#include <string>

#include "app/ui/typed.h"

namespace rukun::ui {

using DrawnWords = std::array<std::string, 4>;

// One that is being chosen: the drawn words typed back, or one's own twice.
struct NewPassphraseState {
  PassphraseState typed;
  PassphraseState again;
  bool own = false;
  bool mistyped = false;
};

struct SafetyView {
  DrawnWords passphrase;  // for the next one
  bool busy = false;
  std::string changed;          // the passphrase was, in words
  std::string failed;           // why not
  std::string folder;           // where a backup is offered to go
  std::string last;             // the latest backup, in words; empty: none was made here
  std::string done;             // the one just made: where it is, and how large
  std::string backup_failed;    // why there is none
  std::string exchange_folder;  // the last one exchanged with; empty: none
  std::string papers;           // where prints go
};
struct SafetyState {
  bool changing = false;
  PassphraseState now;
  NewPassphraseState next;
  bool folder_offered = false;
  std::string folder;
};

}  // namespace rukun::ui
