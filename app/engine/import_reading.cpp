#include "app/engine/import_reading.h"

#include <algorithm>

#include "app/domain/fold.h"
#include "app/domain/rules/check.h"

namespace rukun {
namespace {

constexpr std::size_t kLeastPrefix = 6;

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Elements of a set stand in one cell, parted by semicolons, bars or line breaks.
std::vector<std::string_view> elements_in(std::string_view cell) {
  std::vector<std::string_view> out;
  while (!cell.empty()) {
    const auto end = std::min(cell.find_first_of(";|\n"), cell.size());
    if (const auto one = trimmed(cell.substr(0, end)); !one.empty()) out.push_back(one);
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return out;
}

}  // namespace

Result<RowReader::Column> RowReader::column_for(const std::string& heading,
                                                const ImportOptions& options) const {
  for (const auto& [from, to] : options.map) {
    if (folded_key(from) != folded_key(heading)) continue;
    if (to.empty()) return Column{heading};
    if (folded_key(to) == "id") return Column{heading, nullptr, true};
    if (const auto* field = kind_->find_field(to)) return Column{heading, field};
    return error(
        Code::bad_value, "--map " + from + "=" + to,
        std::string(pick(language_, "isian ini tidak ada pada ", "there is no such field of ")) +
            std::string(kind_->name));
  }
  if (folded_key(heading) == "id") return Column{heading, nullptr, true};
  return Column{heading, kind_->find_field(heading)};
}

Result<RowReader> RowReader::prepare(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                     const std::vector<std::string>& headings,
                                     const ImportOptions& options) {
  RowReader reader(engine, space, kind, options.language);
  for (const auto& [from, to] : options.map) {
    const bool there = std::any_of(
        headings.begin(), headings.end(),
        [&, &name = from](const auto& one) { return folded_key(one) == folded_key(name); });
    if (!there) {
      return error(Code::bad_value, "--map " + from + "=" + to,
                   std::string(pick(options.language, "judul kolom ini tidak ada di berkas",
                                    "the file has no column with this heading")));
    }
  }
  bool any = false;
  for (const auto& heading : headings) {
    TRY(auto column, reader.column_for(heading, options));
    if (column.field == nullptr && !column.is_id && !trimmed(heading).empty())
      reader.ignored_.push_back(heading);
    any = any || column.field != nullptr;
    reader.columns_.push_back(std::move(column));
  }
  if (any) return reader;
  std::string names;
  for (const auto& field : kind.fields)
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  return error(
      Code::bad_value,
      std::string(pick(options.language, "tidak ada judul kolom yang dikenal di baris pertama",
                       "the first row has no heading that is known")),
      std::string(pick(options.language, "yang dikenal: ", "known are: ")) + names);
}

std::optional<ReadRow> RowReader::read(const ImportRow& row, std::vector<RefusedRow>& refused) {
  ReadRow out;
  out.identity = row.identity;
  bool fine = true;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    out.bytes += row.cells[i].size();
    const auto cell = trimmed(row.cells[i]);
    if (cell.empty()) continue;
    if (i >= columns_.size()) {
      refused.push_back({row.number,
                         {},
                         {Code::bad_value,
                          std::string(pick(language_, "baris ini lebih panjang daripada judulnya",
                                           "this row is longer than the headings")),
                          {}}});
      return std::nullopt;
    }
    if (auto taken = take(columns_[i], cell, out); !taken) {
      refused.push_back({row.number, columns_[i].heading, std::move(taken.error())});
      fine = false;
    }
  }
  if (!fine || (out.fields.empty() && !out.record)) return std::nullopt;
  if (const auto key = natural_key({kind_->id, out.fields})) out.natural_key = *key;
  for (const auto& column : columns_) {
    if (column.field != nullptr && column.field->natural_key) out.key_column = column.heading;
  }
  return out;
}

Status RowReader::take(const Column& column, std::string_view cell, ReadRow& into) {
  if (column.is_id) {
    TRY(const auto id, by_id(kind_->id, cell));
    if (!id) {
      return error(Code::not_found,
                   "id: " + std::string(cell) +
                       std::string(pick(language_, " tidak ada di sini", " is not here")));
    }
    into.record = id;
    return {};
  }
  if (column.field == nullptr || column.field->made_by_program) return {};
  ParseContext reading;
  reading.now = engine_->context().clock.now();
  reading.language = language_;
  reading.items = &engine_->context().items;
  reading.resolve = [this](const FieldSpec& field, std::string_view text) {
    return record_called(field, text);
  };
  const auto parts = column.field->set ? elements_in(cell) : std::vector<std::string_view>{cell};
  for (const auto part : parts) {
    TRY(auto value, parse_value(*column.field, part, reading));
    if (is_none(value)) continue;
    into.fields.push_back(
        {column.field->id, column.field->set ? OpType::add : OpType::put, std::move(value)});
  }
  return {};
}

Result<std::optional<RecordId>> RowReader::by_id(KindId kind, std::string_view text) {
  if (text.size() < kLeastPrefix || text.size() > 2 * RecordId::kSize || !is_hex(text)) {
    return std::optional<RecordId>();
  }
  TRY(const auto ids, engine_->records().find_prefix(space_->number, text));
  if (ids.size() != 1) return std::optional<RecordId>();
  TRY(const auto record, engine_->records().record(space_->number, ids.front()));
  const bool fits = record && record->state.kind == kind &&
                    (record->life == Life::alive || record->life == Life::disputed);
  return fits ? std::optional(ids.front()) : std::nullopt;
}

Result<const RowReader::Names*> RowReader::names_of(KindId kind) {
  const auto known = names_.find(kind);
  if (known != names_.end()) return &known->second;
  auto& names = names_[kind];
  const auto title = kind_of(kind).title;
  const auto* table = engine_->records().table(kind);
  const auto column = table == nullptr || title == 0 ? std::nullopt : table->find(title);
  if (!column) return &names;
  TRY(const auto rows, engine_->records().rows({.kind = kind, .spaces = {space_->number}}));
  for (const auto& row : rows) {
    if (const auto* name = std::get_if<std::string>(&row.values[*column]))
      names.emplace(folded(*name), row.id);
  }
  return &names;
}

Result<RecordId> RowReader::record_called(const FieldSpec& field, std::string_view text) {
  TRY(const auto id, by_id(field.target, text));
  if (id) return *id;
  TRY(const auto* names, names_of(field.target));
  const auto [first, last] = names->equal_range(folded(text));
  if (first == last) {
    return error(Code::not_found,
                 std::string(field.label(language_)) + ": " + std::string(text) +
                     std::string(pick(language_, " tidak ada di sini", " is not here")));
  }
  if (std::next(first) != last) {
    return error(Code::ambiguous,
                 std::string(field.label(language_)) + ": " + std::string(text) +
                     std::string(pick(language_, " ada lebih dari satu", " fits several")));
  }
  return first->second;
}

}  // namespace rukun
