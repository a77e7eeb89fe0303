#include "app/engine/import_writing.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rt_rw.h"
#include "app/engine/beside.h"

namespace rukun {
namespace {

constexpr std::size_t kRowsInStep = 256;
constexpr std::size_t kBytesInStep = 256 * 1024;
constexpr std::uint64_t kRowsBetweenLooks = 64;

RowPrint print_of_id(KindId kind, std::string_view hex) {
  return hash_to<RowPrint>(Label("rukun/import/id"),
                           view(std::to_string(kind) + ' ' + std::string(hex)));
}

}  // namespace

Result<ImportWriter> ImportWriter::open(Engine& engine, const SpaceInfo& space,
                                        KindId remembered_as, const ImportOptions& options) {
  TRY(auto memory, ImportMemory::read(engine.local(), space.id));
  ImportWriter writer(engine, space, remembered_as, options, std::move(memory));
  Bytes raw(8);
  engine.context().random.fill(raw);
  writer.id_ = to_hex(raw);
  return writer;
}

Status ImportWriter::begin(const KindSpec& kind) {
  TRY_VOID(flush());
  kind_ = &kind;
  table_ = engine_.records().table(kind.id);
  by_key_.clear();
  by_print_.clear();
  keys_here_.clear();
  seen_.clear();
  return load_known();
}

// Natural keys of what is here, and rows of earlier imports whose records are still here.
Status ImportWriter::load_known() {
  std::optional<std::size_t> key_column;
  for (const auto& field : kind_->fields)
    if (field.natural_key) key_column = table_->find(field.id);
  std::unordered_set<RecordId, IdHash> alive;
  const Query all{.kind = kind_->id, .spaces = {space_.number}};
  TRY_VOID(engine_.records().each_row(all, [&](Row& row) -> Result<bool> {
    alive.insert(row.id);
    const auto* key = key_column ? std::get_if<std::string>(&row.values[*key_column]) : nullptr;
    if (key != nullptr) by_key_.emplace(*key, row.id);
    return true;
  }));
  TRY(const auto imported, memory_.known_rows(remembered_as_));
  for (const auto& [print, record] : imported)
    if (alive.contains(record)) by_print_.emplace(print, record);
  return {};
}

void ImportWriter::refuse(std::uint64_t row, std::string column, Error why) {
  report_.refused.push_back({row, std::move(column), std::move(why)});
}

std::optional<RecordId> ImportWriter::known(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) return found->second;
  if (!options_.dry_run || !keys_here_.contains(key)) return std::nullopt;
  return by_key_.emplace(key, engine_.context().random.draw<RecordId>()).first->second;
}

Result<std::optional<RecordId>> ImportWriter::from_elsewhere(KindId kind, std::string_view hex) {
  const auto print = print_of_id(kind, hex);
  const auto in = [&](const auto& prints) -> std::optional<RecordId> {
    const auto found = prints.find(print);
    return found == prints.end() ? std::nullopt : std::optional(found->second);
  };
  if (kind_ != nullptr && kind == kind_->id) {
    const bool waits = std::any_of(planned_.begin(), planned_.end(),
                                   [&](const Planned& one) { return one.print == print; });
    if (waits) TRY_VOID(flush());
    return in(by_print_);
  }
  auto known = elsewhere_.find(kind);
  if (known == elsewhere_.end()) {
    TRY(auto rows, memory_.known_rows(kind));
    known = elsewhere_.emplace(kind, std::move(rows)).first;
  }
  return in(known->second);
}

// Only another member can confirm a hand-over: what is recorded by this import is its member's
// word.
void ImportWriter::leave_out_confirmation(ReadRow& read) {
  namespace handover = fields::handover;
  if (kind_->id != handover::kKind) return;
  unconfirmed_ += std::erase_if(read.fields, [](const FieldChange& change) {
    return change.field == handover::kConfirmed && change.value == Value{std::int64_t{1}};
  });
}

// A new household lives where this neighborhood is, unless its row says otherwise.
void ImportWriter::place_here(ReadRow& read) {
  namespace household = fields::household;
  if (kind_->id != household::kKind) return;
  const auto says = [&](FieldId field) {
    return std::any_of(read.fields.begin(), read.fields.end(),
                       [&](const FieldChange& change) { return change.field == field; });
  };
  const RtRw named = rt_rw_in(space_.name);
  const std::pair<FieldId, std::optional<std::int64_t>> places[] = {{household::kRt, named.rt},
                                                                    {household::kRw, named.rw}};
  bool any = false;
  for (const auto& [field, number] : places) {
    if (!number || says(field)) continue;
    read.fields.push_back({field, OpType::put, *number});
    any = true;
  }
  placed_ += any ? 1 : 0;
}

Status ImportWriter::add(std::uint64_t number, ReadRow read) {
  if (!read.record) leave_out_confirmation(read);
  std::optional<RowPrint> print;
  if (!read.foreign_id.empty()) {
    print = print_of_id(kind_->id, read.foreign_id);
    const auto made = by_print_.find(*print);
    if (made != by_print_.end()) read.record = made->second;
  }
  if (read.record) return plan_change(number, *read.record, read, std::nullopt);
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
    if (known != by_key_.end()) return plan_change(number, known->second, read, print);
  } else if (!print) {
    print = print_of(read);
    if (by_print_.contains(*print)) {
      ++report_.same;
      return {};
    }
  }
  place_here(read);
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
  return plan({number, AddRecord{kind_->id, std::move(read.fields)}, print,
               std::move(read.natural_key), true},
              read.bytes);
}

Status ImportWriter::plan(Planned planned, std::size_t bytes) {
  if (options_.dry_run) return {};
  planned_.push_back(std::move(planned));
  planned_bytes_ += bytes;
  const bool step_is_full = planned_.size() == kRowsInStep || planned_bytes_ >= kBytesInStep;
  return step_is_full ? flush() : Status();
}

Status ImportWriter::plan_change(std::uint64_t number, const RecordId& record, const ReadRow& read,
                                 std::optional<RowPrint> print) {
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
  return plan({number, SetFields{record, std::move(changes)}, print, {}, false}, read.bytes);
}

const FieldSpec* ImportWriter::first_missing(const std::vector<FieldChange>& fields) const {
  for (const auto& field : kind_->fields) {
    const bool given = std::any_of(fields.begin(), fields.end(),
                                   [&](const FieldChange& one) { return one.field == field.id; });
    if (field.required && field.default_text.empty() && !given) return &field;
  }
  return nullptr;
}

// Equal rows of one file are told apart by how many came before.
RowPrint ImportWriter::print_of(const ReadRow& row) {
  std::vector<std::string> parts;
  if (!row.identity.empty()) parts.push_back("=" + row.identity);
  for (const auto& one : row.fields) {
    if (!row.identity.empty()) break;
    parts.push_back(std::to_string(one.field) + '=' +
                    machine_value(kind_->field(one.field), one.value));
  }
  std::sort(parts.begin(), parts.end());
  std::string text = std::to_string(kind_->id);
  for (const auto& part : parts) text += '\n' + part;
  const auto before = seen_[hash_to<RowPrint>(Label("rukun/import/row"), view(text))]++;
  return hash_to<RowPrint>(Label("rukun/import/1"), view(text + '\n' + std::to_string(before)));
}

Status ImportWriter::flush() {
  if (!planned_.empty()) TRY_VOID(apply(0, planned_.size()));
  planned_.clear();
  planned_bytes_ = 0;
  return {};
}

// A step that the rules refuse is tried again in halves, until the rows that are wrong stand alone.
Status ImportWriter::apply(std::size_t first, std::size_t end) {
  Action action;
  for (auto i = first; i < end; ++i) action.changes.push_back(planned_[i].change);
  // Together: rows that are stored and not remembered would come twice with the next import.
  const auto outcome = execute_beside(engine_, space_.id, action, [&](const Outcome& made) {
    return memory_.add_piece(id_, remembered_as_, piece_of(first, end, made));
  });
  if (outcome) {
    learn(first, end, *outcome);
    return {};
  }
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

ImportPiece ImportWriter::piece_of(std::size_t first, std::size_t end,
                                   const Outcome& outcome) const {
  ImportPiece piece{outcome.txn, {}};
  for (auto i = first; i < end; ++i)
    if (planned_[i].print) piece.rows.emplace_back(*planned_[i].print, outcome.records[i - first]);
  return piece;
}

// Later rows may be these again, or name them.
void ImportWriter::learn(std::size_t first, std::size_t end, const Outcome& outcome) {
  report_.id = id_;
  for (auto i = first; i < end; ++i) {
    const auto& row = planned_[i];
    const auto& record = outcome.records[i - first];
    if (row.print) by_print_.insert_or_assign(*row.print, record);
    if (!row.key.empty()) by_key_.insert_or_assign(row.key, record);
  }
}

bool ImportWriter::goes_on() {
  if (++rows_ % kRowsBetweenLooks != 0 || !options_.watch) return true;
  return options_.watch(rows_);
}

Result<ImportReport> ImportWriter::finish() {
  TRY_VOID(flush());
  if (unconfirmed_ > 0)
    report_.remarks.push_back(
        std::to_string(unconfirmed_) +
        std::string(
            pick(options_.language,
                 " serah terima dibaca tanpa konfirmasinya, sebab di sini Anda pencatatnya: "
                 "minta anggota lain mengonfirmasinya",
                 " hand-overs came without their confirmation, since you are who recorded "
                 "them here: ask another member to confirm them")));
  if (placed_ > 0)
    report_.remarks.push_back(
        std::to_string(placed_) +
        std::string(pick(options_.language, " keluarga tanpa RT atau RW dicatat di ",
                         " households without RT or RW were put into ")) +
        space_.name);
  std::stable_sort(report_.refused.begin(), report_.refused.end(),
                   [](const RefusedRow& a, const RefusedRow& b) { return a.row < b.row; });
  return std::move(report_);
}

Result<ImportReport> ImportWriter::stop(std::uint64_t taken_to) {
  report_.stopped = true;
  report_.taken_to = taken_to;
  return finish();
}

}  // namespace rukun
