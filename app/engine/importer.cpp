#include "app/engine/importer.h"

#include <algorithm>

#include "app/engine/import_writing.h"
#include "app/engine/undo.h"

namespace rukun {

std::size_t known_headings(const KindSpec& kind, const ImportOptions& options,
                           const std::vector<std::string>& headings) {
  std::size_t known = 0;
  for (const auto& heading : headings) known += RowReader::knows(kind, options, heading) ? 1 : 0;
  return known;
}

Result<ImportReport> import_rows(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                 const ImportSource& source, const ImportOptions& options) {
  TRY(auto writer, ImportWriter::open(engine, space, kind.id, options));
  TRY(auto reader, RowReader::prepare(engine, space, kind, source.headings, options));
  TRY_VOID(writer.begin(kind));
  reader.look_elsewhere(
      [&](KindId target, std::string_view hex) { return writer.from_elsewhere(target, hex); });
  bool stopped = false;
  std::uint64_t taken_to = 0;
  const auto read_all = source.rows([&](ImportRow& row) -> Status {
    stopped = !writer.goes_on();
    if (stopped) return error(Code::busy, "stopped");
    taken_to = row.number;
    auto read = reader.read(row, writer.report().refused);
    return read ? writer.add(row.number, std::move(*read)) : Status();
  });
  if (!stopped) TRY_VOID(read_all);
  TRY(auto report, stopped ? writer.stop(taken_to) : writer.finish());
  report.ignored = reader.ignored();
  const auto remarks = reader.remarks();
  report.remarks.insert(report.remarks.begin(), remarks.begin(), remarks.end());
  return report;
}

Result<ImportReport> import_rows(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                 const ImportTable& table, const ImportOptions& options) {
  ImportSource source;
  source.headings = table.headings;
  source.rows = [&table](const ImportRowUse& use) -> Status {
    for (auto row : table.rows) TRY_VOID(use(row));
    return {};
  };
  return import_rows(engine, space, kind, source, options);
}

Result<ImportUndone> undo_import(Engine& engine, const SpaceId& space, std::string_view id,
                                 const UndoWatch& goes_on) {
  TRY(auto memory, ImportMemory::read(engine.local(), space));
  const auto& imports = memory.imports();
  const auto found = std::find_if(
      imports.rbegin(), imports.rend(),
      [&](const ImportMemory::Entry& one) { return !one.undone && (id.empty() || one.id == id); });
  if (found == imports.rend()) {
    return error(Code::not_found, "there is no such import that could be taken back",
                 "imports are known on the laptop that made them");
  }
  const auto import = *found;
  TRY(const auto pieces, memory.pieces(import));
  std::vector<TxnHash> txns;
  for (const auto& piece : pieces) txns.push_back(piece.txn);
  ImportUndone out;
  out.of = pieces.size();
  TRY_VOID(undo_all(engine, space, txns, [&](const TxnHash&) -> bool {
    out.stopped = goes_on && !goes_on(out.steps, out.of);
    if (!out.stopped) ++out.steps;
    return !out.stopped;
  }));
  if (!out.stopped) TRY_VOID(memory.mark_undone(import.id));
  return out;
}

}  // namespace rukun
