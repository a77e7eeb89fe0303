#include "app/engine/import_memory.h"

#include <sstream>

namespace rukun {
namespace {

template <class IdType>
Result<IdType> read_id(std::string_view hex) {
  const auto raw = from_hex(hex);
  const auto id = raw ? IdType::from(*raw) : std::nullopt;
  if (!id) return error(Code::damaged, "what earlier imports made cannot be read");
  return *id;
}

std::string text_of(const ImportPiece& piece) {
  std::string text = piece.txn.hex() + '\n';
  for (const auto& [print, record] : piece.rows) text += print.hex() + ' ' + record.hex() + '\n';
  return text;
}

}  // namespace

std::string ImportMemory::piece_name(const std::string& import, std::uint32_t number) const {
  return "import/" + space_.hex() + "/" + import + "/" + std::to_string(number);
}

Result<ImportMemory> ImportMemory::read(LocalStore& store, const SpaceId& space) {
  ImportMemory memory(store, space);
  TRY(const auto text, store.setting(memory.index_name()));
  std::istringstream lines(text.value_or(""));
  Entry entry;
  while (lines >> entry.id >> entry.kind >> entry.pieces >> entry.undone) {
    memory.imports_.push_back(entry);
  }
  if (!lines.eof()) return error(Code::damaged, "the list of earlier imports cannot be read");
  return memory;
}

Status ImportMemory::write_index() {
  std::ostringstream text;
  for (const auto& one : imports_) {
    text << one.id << ' ' << one.kind << ' ' << one.pieces << ' ' << one.undone << '\n';
  }
  return store_->set_setting(index_name(), text.str());
}

Result<std::unordered_map<RowPrint, RecordId, IdHash>> ImportMemory::known_rows(KindId kind) {
  std::unordered_map<RowPrint, RecordId, IdHash> out;
  for (const auto& import : imports_) {
    if (import.kind != kind || import.undone) continue;
    TRY(const auto all, pieces(import));
    for (const auto& piece : all) {
      for (const auto& [print, record] : piece.rows) out.insert_or_assign(print, record);
    }
  }
  return out;
}

Status ImportMemory::add_piece(const std::string& import, KindId kind, const ImportPiece& piece) {
  if (imports_.empty() || imports_.back().id != import)
    imports_.push_back({import, kind, 0, false});
  auto& entry = imports_.back();
  TRY_VOID(store_->set_setting(piece_name(import, entry.pieces), text_of(piece)));
  ++entry.pieces;
  return write_index();
}

Result<std::vector<ImportPiece>> ImportMemory::pieces(const Entry& import) {
  std::vector<ImportPiece> out;
  for (std::uint32_t number = 0; number < import.pieces; ++number) {
    TRY(const auto text, store_->setting(piece_name(import.id, number)));
    std::istringstream lines(text.value_or(""));
    std::string first, second;
    lines >> first;
    ImportPiece piece;
    TRY(piece.txn, read_id<TxnHash>(first));
    while (lines >> first >> second) {
      TRY(const auto print, read_id<RowPrint>(first));
      TRY(const auto record, read_id<RecordId>(second));
      piece.rows.emplace_back(print, record);
    }
    out.push_back(std::move(piece));
  }
  return out;
}

Status ImportMemory::forget(const std::set<RecordId>& records) {
  for (const auto& import : imports_) {
    if (import.undone) continue;
    TRY(auto all, pieces(import));
    for (std::uint32_t number = 0; number < all.size(); ++number) {
      const auto gone = std::erase_if(
          all[number].rows, [&](const auto& row) { return records.contains(row.second); });
      if (gone > 0)
        TRY_VOID(store_->set_setting(piece_name(import.id, number), text_of(all[number])));
    }
  }
  return {};
}

Status ImportMemory::mark_undone(const std::string& import) {
  for (auto& one : imports_) {
    if (one.id != import) continue;
    one.undone = true;
    TRY_VOID(write_index());
    for (std::uint32_t number = 0; number < one.pieces; ++number) {
      TRY_VOID(store_->clear_setting(piece_name(import, number)));
    }
  }
  return {};
}

}  // namespace rukun
