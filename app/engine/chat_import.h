#pragma once
// Needs from a copied chat (app/domain/chat.h) become records, as an import: it says what it would
// do, it can be taken back as one step, and the same text twice changes nothing, also when whom it
// names has come on record since. A household, else a resident, is meant when exactly one bears the
// name, in the RT where one is told; otherwise the name stays as free text in the note. Errors:
// those of read_chat and import_rows. One thread.

#include <map>

#include "app/domain/chat.h"
#include "app/engine/importer.h"

namespace rukun {

// A wish with whom it is for.
struct ChatNeed {
  std::uint64_t row = 0;
  std::string text;
  std::string goods;  // "Beras 5 kg"
  std::optional<RecordId> household, resident;
  std::string whom;  // as it will be shown; empty: the whole RT
  std::vector<Phrase> remarks;
};
struct ChatImport {
  ImportReport report;
  std::vector<ChatNeed> understood;
  std::map<std::uint64_t, std::string> texts;  // of every row
};

Result<ChatImport> import_chat(Engine& engine, const SpaceInfo& space, std::string_view text,
                               const ImportOptions& options);

}  // namespace rukun
