#include "app/engine/import_reading.h"

#include <algorithm>

#include "app/domain/fold.h"
#include "app/domain/headings.h"
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

bool is_whole_id(std::string_view text) {
  return text.size() == 2 * RecordId::kSize && is_hex(text);
}

// "3,20412E+15": what a spreadsheet makes of a long number before it writes CSV.
bool is_scientific(std::string_view text) {
  const auto e = text.find_first_of("eE");
  return e != text.npos && e > 0 && e + 1 < text.size() &&
         text.substr(0, e).find_first_not_of("0123456789.,") == text.npos &&
         text.substr(e + 1).find_first_not_of("0123456789+") == text.npos;
}

}  // namespace

bool RowReader::knows(const KindSpec& kind, const ImportOptions& options,
                      const std::string& heading) {
  if (trimmed(heading).empty()) return false;
  for (const auto& [from, to] : options.map)
    if (folded_key(from) == folded_key(heading)) return true;
  return kind.find_field(heading) != nullptr || field_headed(kind, heading) != nullptr ||
         heads_rt_and_rw(kind, heading);
}

Result<RowReader::Column> RowReader::column_for(const std::string& heading,
                                                const ImportOptions& options) const {
  for (const auto& [from, to] : options.map) {
    if (folded_key(from) != folded_key(heading)) continue;
    if (to.empty()) return Column{heading};
    if (folded_key(to) == "id") return Column{.heading = heading, .is_id = true};
    if (const auto* field = kind_->find_field(to)) return Column{heading, field};
    return error(
        Code::bad_value, "--map " + from + "=" + to,
        std::string(pick(language_, "isian ini tidak ada pada ", "there is no such field of ")) +
            std::string(kind_->name));
  }
  if (folded_key(heading) == "id") return Column{.heading = heading, .is_id = true};
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
    reader.columns_.push_back(std::move(column));
  }
  reader.read_everyday_headings(options);
  for (const auto& column : reader.columns_) {
    if (column.field == nullptr && !column.is_id && !trimmed(column.heading).empty())
      reader.ignored_.push_back(column.heading);
    any = any || column.field != nullptr;
  }
  TRY_VOID(reader.refuse_doubles());
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

// Where no column has the field's own name, and nobody said what the column is.
void RowReader::read_everyday_headings(const ImportOptions& options) {
  const auto named = columns_;
  const auto is_named = [&](const FieldSpec* field) {
    return field != nullptr && std::any_of(named.begin(), named.end(),
                                           [&](const Column& one) { return one.field == field; });
  };
  for (auto& column : columns_) {
    const bool mapped = std::any_of(options.map.begin(), options.map.end(), [&](const auto& one) {
      return folded_key(one.first) == folded_key(column.heading);
    });
    if (column.field != nullptr || column.is_id || mapped) continue;
    if (heads_rt_and_rw(*kind_, column.heading)) {
      const auto *rt = kind_->find_field("rt"), *rw = kind_->find_field("rw");
      if (is_named(rt) || is_named(rw)) continue;
      column.field = rt;
      column.also = rw;
    } else if (const auto* field = field_headed(*kind_, column.heading); !is_named(field)) {
      column.field = field;
    }
  }
}

// Two columns for one field: nobody can say which is meant.
Status RowReader::refuse_doubles() const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto* field = columns_[i].field;
    for (std::size_t j = 0; j < i; ++j) {
      const auto& before = columns_[j];
      const bool same = columns_[i].is_id ? before.is_id
                                          : field != nullptr && !field->set &&
                                                (before.field == field || before.also == field);
      if (!same) continue;
      return error(
          Code::bad_value,
          std::string(pick(language_, "kolom ", "the columns ")) + columns_[j].heading + " (" +
              std::to_string(j + 1) + ")" + std::string(pick(language_, " dan ", " and ")) +
              columns_[i].heading + " (" + std::to_string(i + 1) + ")" +
              std::string(pick(language_, " berarti isian yang sama", " mean the same field")),
          std::string(pick(language_, "beri judul lain, atau lewati salah satunya: --map '",
                           "change a heading, or leave one out: --map '")) +
              columns_[i].heading + "='");
    }
  }
  return {};
}

std::vector<std::string> RowReader::remarks() const {
  std::vector<std::string> out;
  for (const auto& column : columns_) {
    if (column.lost_zeros == 0) continue;
    out.push_back(column.heading + ": " + std::to_string(column.lost_zeros) +
                  std::string(pick(language_, " nomor kehilangan 0 di depan; dibaca sebagai 08…",
                                   " numbers lost the 0 in front; read as 08…")));
  }
  return out;
}

// Cells that the sheet itself could not give, where they matter.
bool RowReader::refuse_unreadable(const ImportRow& row, std::vector<RefusedRow>& refused) const {
  bool any = false;
  for (const auto& [at, why] : row.unreadable) {
    const bool matters =
        at < columns_.size() && (columns_[at].field != nullptr || columns_[at].is_id);
    if (matters) refused.push_back({row.number, columns_[at].heading, why});
    any = any || matters;
  }
  return any;
}

std::optional<ReadRow> RowReader::read(const ImportRow& row, std::vector<RefusedRow>& refused) {
  ReadRow out;
  out.identity = row.identity;
  bool fine = !refuse_unreadable(row, refused);
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
    const bool number = std::find(row.numbers.begin(), row.numbers.end(), i) != row.numbers.end();
    if (auto taken = take(columns_[i], {cell, number}, out); !taken) {
      auto& wrong = taken.error();
      if (wrong.code == Code::not_found && wrong.hint.empty() && columns_[i].field != nullptr)
        wrong.hint = std::string(pick(language_, "catat dulu, atau lewati kolomnya: --map '",
                                      "record it first, or leave the column out: --map '")) +
                     columns_[i].heading + "='";
      refused.push_back({row.number, columns_[i].heading, std::move(taken.error())});
      fine = false;
    }
  }
  const bool says_something = !out.fields.empty() || out.record;
  if (!fine || !says_something) return std::nullopt;
  if (const auto key = natural_key({kind_->id, out.fields})) out.natural_key = *key;
  for (const auto& column : columns_) {
    if (column.field != nullptr && column.field->natural_key) out.key_column = column.heading;
  }
  return out;
}

Status RowReader::take_id(std::string_view cell, ReadRow& into) {
  TRY(into.record, by_id(kind_->id, cell));
  if (into.record) return {};
  // What was deleted or erased here does not come back by an old list.
  bool was_here = !is_whole_id(cell);
  if (!was_here) {
    const auto raw = from_hex(cell);
    const auto id = RecordId::from(*raw);
    TRY(const auto record, engine_->records().record(space_->number, *id));
    was_here = record && record->life != Life::absent;
  }
  if (!was_here) {
    into.foreign_id = cell;
    return {};
  }
  return error(Code::not_found,
               "id: " + std::string(cell) +
                   std::string(pick(language_, " tidak ada di sini", " is not here")));
}

Status RowReader::take(Column& column, const Given& given, ReadRow& into) {
  const auto cell = given.text;
  if (column.is_id) return take_id(cell, into);
  if (column.field == nullptr || column.field->made_by_program) return {};
  if (column.field->type == FieldType::identifier && is_scientific(cell))
    return error(Code::bad_value,
                 std::string(cell) +
                     std::string(pick(language_, ": lembar kerja sudah membulatkan nomor ini",
                                      ": the sheet has rounded this number")),
                 std::string(pick(language_, "Jadikan kolom itu Teks, lalu ketik lagi nomornya",
                                  "Make the column Text and type the number again")));
  if (column.field->type == FieldType::phone && cell.front() == '8') ++column.lost_zeros;
  ParseContext reading;
  reading.now = engine_->context().clock.now();
  reading.language = language_;
  reading.items = &engine_->context().items;
  reading.plain_numbers = given.number;
  reading.resolve = [this](const FieldSpec& field, std::string_view text) {
    return record_called(field, text);
  };
  if (column.also != nullptr) {
    // "3" alone would be read as both.
    if (cell.find('/') == cell.npos)
      return error(Code::bad_value,
                   column.heading + ": \"" + std::string(cell) + "\"; " +
                       std::string(pick(language_, "yang diharapkan: ", "expected: ")) + "003/007");
    TRY(auto value, parse_value(*column.also, cell, reading));
    into.fields.push_back({column.also->id, OpType::put, std::move(value)});
  }
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
  if (is_whole_id(text) && elsewhere_) {
    TRY(const auto made, elsewhere_(field.target, text));
    if (made) return *made;
  }
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
