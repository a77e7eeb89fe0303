#pragma once
// What imports on this laptop made of which rows, in the local store: so that the same row is known
// again and an import can be taken back. Written piece by piece, each durable with its
// transaction. Errors: those of the local store; damaged. One thread.

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/local_store.h"
#include "sync/txn.h"

namespace rukun {

using RowPrint = Id<struct RowPrintTag, 16>;  // hash of what a row says

struct ImportPiece {
  TxnHash txn;
  std::vector<std::pair<RowPrint, RecordId>> rows;
};

class ImportMemory {
 public:
  static Result<ImportMemory> read(LocalStore& store, const SpaceId& space);

  struct Entry {
    std::string id;
    KindId kind = 0;
    std::uint32_t pieces = 0;
    bool undone = false;
  };
  const std::vector<Entry>& imports() const { return imports_; }  // the oldest first

  Result<std::unordered_map<RowPrint, RecordId, IdHash>> known_rows(KindId kind);
  Status add_piece(const std::string& import, KindId kind, const ImportPiece& piece);
  Result<std::vector<ImportPiece>> pieces(const Entry& import);
  Status mark_undone(const std::string& import);
  // Of these records no print of a row is kept: it could be guessed from.
  Status forget(const std::set<RecordId>& records);

 private:
  ImportMemory(LocalStore& store, const SpaceId& space) : store_(&store), space_(space) {}
  std::string index_name() const { return "imports/" + space_.hex(); }
  std::string piece_name(const std::string& import, std::uint32_t number) const;
  Status write_index();

  LocalStore* store_;
  SpaceId space_;
  std::vector<Entry> imports_;
};

}  // namespace rukun
