#include "app/engine/importer.h"

#include <algorithm>
#include <unordered_set>

#include "app/domain/fold.h"
#include "app/engine/import_memory.h"
#include "app/engine/import_reading.h"

namespace rukun {
namespace {

constexpr std::size_t kRowsInStep = 256;
constexpr std::size_t kBytesInStep = 256 * 1024;

// A row that will be written.
struct Planned {
  std::uint64_t number = 0;
  Change change;
  std::optional<RowPrint> print;  // of a new record without a name of its own
  bool fresh = false;
  std::size_t bytes = 0;
};

class Import {
 public:
  Import(Engine& engine, const SpaceInfo& space, const KindSpec& kind, const ImportOptions& options,
         ImportMemory memory)
      : engine_(engine),
        space_(space),
        kind_(kind),
        options_(options),
        memory_(std::move(memory)) {}

  Result<ImportReport> run(const ImportTable& table) {
    TRY(auto reader, RowReader::prepare(engine_, space_, kind_, table.headings, options_));
    report_.ignored = reader.ignored();
    TRY_VOID(load_known());
    for (const auto& row : table.rows) {
      auto read = reader.read(row, report_.refused);
      if (!read) continue;
      TRY_VOID(plan(row.number, std::move(*read)));
    }
    if (!options_.dry_run) TRY_VOID(apply_all());
    std::stable_sort(report_.refused.begin(), report_.refused.end(),
                     [](const RefusedRow& a, const RefusedRow& b) { return a.row < b.row; });
    return std::move(report_);
  }

 private:
  // Natural keys of what is here, and rows of earlier imports whose records are still here.
  Status load_known() {
    TRY(const auto rows, engine_.records().rows({.kind = kind_.id, .spaces = {space_.number}}));
    table_ = engine_.records().table(kind_.id);
    TRY(const auto imported, memory_.known_rows(kind_.id));
    std::unordered_set<RecordId, IdHash> alive;
    for (const auto& row : rows) {
      alive.insert(row.id);
      for (const auto& field : kind_.fields) {
        const auto column = table_->find(field.id);
        if (!field.natural_key || !column) continue;
        if (const auto* text = std::get_if<std::string>(&row.values[*column])) {
          by_key_.emplace(*text, row.id);
        }
      }
    }
    for (const auto& [print, record] : imported) {
      if (alive.contains(record)) by_print_.emplace(print, record);
    }
    return {};
  }

  void refuse(std::uint64_t row, std::string column, Error why) {
    report_.refused.push_back({row, std::move(column), std::move(why)});
  }

  Status plan(std::uint64_t number, ReadRow read) {
    if (read.record) return plan_change(number, *read.record, read);
    if (!read.natural_key.empty()) {
      if (!keys_here_.insert(read.natural_key).second) {
        refuse(number, read.key_column,
               {Code::ambiguous,
                std::string(pick(options_.language, "nomor ini sudah ada di baris sebelumnya",
                                 "an earlier row has this number already")),
                {}});
        return {};
      }
      const auto known = by_key_.find(read.natural_key);
      if (known != by_key_.end()) return plan_change(number, known->second, read);
    }
    std::optional<RowPrint> print;
    if (read.natural_key.empty()) {
      print = print_of(read);
      if (by_print_.contains(*print)) {
        ++report_.same;
        return {};
      }
    }
    if (const auto* missing = first_missing(read.fields)) {
      refuse(number, std::string(missing->name),
             {Code::bad_value,
              std::string(pick(options_.language,
                               "isian wajib ini kosong: ", "this field must not be empty: ")) +
                  std::string(missing->label(options_.language)),
              {}});
      return {};
    }
    ++report_.fresh;
    planned_.push_back(
        {number, AddRecord{kind_.id, std::move(read.fields)}, print, true, read.bytes});
    return {};
  }

  Status plan_change(std::uint64_t number, const RecordId& record, const ReadRow& read) {
    TRY(const auto row, engine_.records().row(space_.number, record));
    std::vector<FieldChange> changes;
    for (const auto& change : read.fields) {
      const auto column = table_->find(change.field);
      if (!row || !column) continue;
      const auto& elements = row->sets[*column];
      const bool has = change.type == OpType::add ? std::find(elements.begin(), elements.end(),
                                                              change.value) != elements.end()
                                                  : row->values[*column] == change.value;
      if (!has) changes.push_back(change);
    }
    if (changes.empty()) {
      ++report_.same;
      return {};
    }
    ++report_.changed;
    planned_.push_back(
        {number, SetFields{record, std::move(changes)}, std::nullopt, false, read.bytes});
    return {};
  }

  const FieldSpec* first_missing(const std::vector<FieldChange>& fields) const {
    for (const auto& field : kind_.fields) {
      const bool given = std::any_of(fields.begin(), fields.end(),
                                     [&](const FieldChange& one) { return one.field == field.id; });
      if (field.required && field.default_text.empty() && !given) return &field;
    }
    return nullptr;
  }

  // Equal rows of one file are told apart by how many came before.
  RowPrint print_of(const ReadRow& row) {
    std::vector<std::string> parts;
    if (!row.identity.empty()) parts.push_back("=" + row.identity);
    for (const auto& one : row.fields) {
      if (!row.identity.empty()) break;
      parts.push_back(std::to_string(one.field) + '=' +
                      machine_value(kind_.field(one.field), one.value));
    }
    std::sort(parts.begin(), parts.end());
    std::string text = std::to_string(kind_.id);
    for (const auto& part : parts) text += '\n' + part;
    const auto before = seen_[text]++;
    return hash_to<RowPrint>(Label("rukun/import/1"), view(text + '\n' + std::to_string(before)));
  }

  Status apply_all() {
    Bytes raw(8);
    engine_.context().random.fill(raw);
    id_ = to_hex(raw);
    for (std::size_t first = 0; first < planned_.size();) {
      std::size_t end = first, bytes = 0;
      while (end < planned_.size() && end - first < kRowsInStep && bytes < kBytesInStep) {
        bytes += planned_[end++].bytes;
      }
      TRY_VOID(apply(first, end));
      first = end;
    }
    return {};
  }

  // A step that the rules refuse is tried again in halves, until the rows that are wrong stand
  // alone.
  Status apply(std::size_t first, std::size_t end) {
    Action action;
    for (auto i = first; i < end; ++i) action.changes.push_back(planned_[i].change);
    const auto outcome = engine_.execute(space_.id, action);
    if (outcome) return remember(first, end, *outcome);
    const auto code = outcome.error().code;
    const bool of_a_row = code == Code::bad_value || code == Code::not_allowed ||
                          code == Code::not_found || code == Code::ambiguous;
    if (!of_a_row) return tl::make_unexpected(outcome.error());
    if (end - first == 1) {
      const auto& row = planned_[first];
      --(row.fresh ? report_.fresh : report_.changed);
      refuse(row.number, {}, outcome.error());
      return {};
    }
    const auto middle = first + (end - first) / 2;
    TRY_VOID(apply(first, middle));
    return apply(middle, end);
  }

  Status remember(std::size_t first, std::size_t end, const Outcome& outcome) {
    report_.id = id_;
    ImportPiece piece{outcome.txn, {}};
    for (auto i = first; i < end; ++i) {
      if (planned_[i].print)
        piece.rows.emplace_back(*planned_[i].print, outcome.records[i - first]);
    }
    return memory_.add_piece(id_, kind_.id, piece);
  }

  Engine& engine_;
  const SpaceInfo& space_;
  const KindSpec& kind_;
  const ImportOptions& options_;
  ImportMemory memory_;
  const TableSpec* table_ = nullptr;
  std::unordered_map<std::string, RecordId> by_key_;
  std::unordered_map<RowPrint, RecordId, IdHash> by_print_;
  std::unordered_set<std::string> keys_here_;
  std::unordered_map<std::string, std::size_t> seen_;
  std::vector<Planned> planned_;
  std::string id_;
  ImportReport report_;
};

}  // namespace

Result<ImportReport> import_rows(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                 const ImportTable& table, const ImportOptions& options) {
  TRY(auto memory, ImportMemory::read(engine.local(), space.id));
  return Import(engine, space, kind, options, std::move(memory)).run(table);
}

Result<std::uint64_t> undo_import(Engine& engine, const SpaceId& space, std::string_view id) {
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
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    TRY_VOID(engine.undo(space, piece->txn));
  }
  TRY_VOID(memory.mark_undone(import.id));
  return static_cast<std::uint64_t>(pieces.size());
}

}  // namespace rukun
