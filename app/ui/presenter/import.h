#pragma once
// A spreadsheet in: what would come of it is seen first, then it is stored, then it can be taken
// back as a whole; each says how far it is and can be stopped. One thread, the presenter's.

#include <optional>
#include <string>

#include "app/engine/importer.h"
#include "app/ui/presenter/desk.h"

namespace rukun::ui {

class ImportPart {
 public:
  explicit ImportPart(Desk& desk) : desk_(desk) {}

  std::optional<Status> run(const Command& command);  // empty: it is of another screen
  void open(const std::string& kind);

 private:
  Result<ImportReport> read(bool dry_run);
  void preview(const PreviewImport& command);
  void apply();
  Status take_back();

  Desk& desk_;
  std::string id_;  // of the one that may be taken back
};

// For lists of what can be read in, by whoever may.
void add_import_button(Desk& desk, KindId kind, RecordsView& view);

}  // namespace rukun::ui
