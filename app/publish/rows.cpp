#include "app/publish/rows.h"

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/report/need_sums.h"
#include "sync/crypto.h"
#include "sync/wire.h"

namespace rukun {
namespace {

using Cell = std::optional<std::string>;

constexpr std::int64_t kYear1_ms = -62'135'596'800'000;
constexpr std::int64_t kYear9999End_ms = 253'402'300'799'999;
constexpr std::int64_t kLastDate = 9999'12'31;
constexpr std::size_t kIdentifierDigits = 16;
constexpr std::size_t kDigitsShown = 4;

// The length of the sound UTF-8 sequence that text begins with; 0 when it does not. PostgreSQL
// takes no overlong forms, surrogates or NUL.
std::size_t sound_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = at(0);
  if (first < 0x80) return first == 0 ? 0 : 1;
  const std::size_t length = first >= 0xc2 && first <= 0xdf   ? 2
                             : (first & 0xf0) == 0xe0         ? 3
                             : first >= 0xf0 && first <= 0xf4 ? 4
                                                              : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((at(i) & 0xc0) != 0x80) return 0;
  if (first == 0xe0 && at(1) < 0xa0) return 0;
  if (first == 0xed && at(1) > 0x9f) return 0;
  if (first == 0xf0 && at(1) < 0x90) return 0;
  if (first == 0xf4 && at(1) > 0x8f) return 0;
  return length;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string hide_identifiers(std::string text) {
  for (std::size_t from = 0; from < text.size(); ++from) {
    std::size_t end = from;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - from >= kIdentifierDigits)
      for (auto i = from; i < end - kDigitsShown; ++i) text[i] = '*';
    from = end;
  }
  return text;
}

Cell whole(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number == nullptr ? Cell() : std::to_string(*number);
}

Cell quantity(std::int64_t thousandths) { return decimal_text(thousandths); }

bool is_sound_date(std::int64_t number) {
  return number > 0 && number <= kLastDate && is_valid(civil_of(number));
}

Cell date_cell(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || !is_sound_date(*number)) return {};
  return iso_date(date_number(civil_of(*number)));
}

Cell precision_cell(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || !is_sound_date(*number)) return {};
  return *number % 10000 == 0 ? "year" : *number % 100 == 0 ? "month" : "day";
}

Cell boolean_cell(const Value& value) {
  if (value == Value(std::int64_t{1})) return "t";
  if (value == Value(std::int64_t{0})) return "f";
  return {};
}

// An id is no text that somebody wrote: its digits stay.
std::string element_text(const FieldSpec& field, const Value& value) {
  if (const auto* record = std::get_if<RecordId>(&value)) return record->hex();
  return sound_text(machine_value(field, value));
}

Cell value_cell(const FieldSpec& field, const Value& value) {
  if (is_none(value)) return {};
  switch (field.type) {
    case FieldType::integer:
    case FieldType::money:
    case FieldType::rt:
    case FieldType::rw: return whole(value);
    case FieldType::boolean: return boolean_cell(value);
    case FieldType::date: return date_cell(value);
    case FieldType::instant: {
      const auto* number = std::get_if<std::int64_t>(&value);
      return number == nullptr ? Cell() : sound_time({*number});
    }
    case FieldType::quantity: {
      const auto* number = std::get_if<std::int64_t>(&value);
      return number == nullptr ? Cell() : quantity(*number);
    }
    case FieldType::identifier: return {};
    default: return element_text(field, value);
  }
}

Cell field_cell(const FieldSpec& field, const Row& row, const Derived& derived, bool personal) {
  if (field.privacy == PrivacyClass::personal && !personal) return {};
  if (field.set) {
    std::vector<std::string> elements;
    for (const auto& one : set_in(row, field.id)) elements.push_back(element_text(field, one));
    return elements.empty() ? Cell() : array_text(elements);
  }
  const Value& value = value_in(row, field.id);
  if (!is_none(value)) return value_cell(field, value);
  for (const auto& computed : derived_fields(row.kind))
    if (computed.name == field.name) return value_cell(computed, derived.value_of(row, computed));
  return {};
}

// The sums of a need; of anything else, nothing.
std::optional<NeedSums> sums_of(const Row& row, const Derived& derived) {
  namespace need = fields::need;
  if (row.kind != need::kKind) return {};
  const auto* aid = derived.aid(row.space);
  const auto* balance = aid == nullptr ? nullptr : aid->need(row.id);
  if (balance == nullptr) return {};
  return need_sums(text_in(row, need::kUnit), number_in(row, need::kQuantity),
                   !is_none(value_in(row, need::kClosed)), *balance);
}

Cell sum_cell(SumColumn column, const std::optional<NeedSums>& sums) {
  if (!sums) return {};
  switch (column) {
    case SumColumn::unit: return sums->unit.empty() ? Cell() : sound_text(sums->unit);
    case SumColumn::needed: return quantity(sums->needed);
    case SumColumn::promised: return quantity(sums->promised);
    case SumColumn::delivered: return quantity(sums->delivered);
    case SumColumn::remaining: return quantity(sums->remaining);
  }
  return {};
}

void append_cell(std::string& line, const Cell& cell) {
  if (!cell) {
    line += "\\N";
    return;
  }
  for (const char c : *cell) {
    if (c == '\\')
      line += "\\\\";
    else if (c == '\n')
      line += "\\n";
    else if (c == '\r')
      line += "\\r";
    else if (c == '\t')
      line += "\\t";
    else
      line += c;
  }
}

// Of what a reader sees, by the columns' names, so that a column that is new and empty changes
// nothing.
std::int64_t hash_of(const std::vector<PublishedColumn>& columns, const std::vector<Cell>& cells) {
  Writer out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i] || columns[i].from == From::office) continue;
    out.blob(view(columns[i].name));
    out.blob(view(*cells[i]));
  }
  const auto digest = hash_to<RecordId>(Label("rukun/pub/row/1"), out.out);
  return static_cast<std::int64_t>(Reader(digest).u64());
}

}  // namespace

std::optional<std::string> sound_time(WallTime at) {
  if (at.ms < kYear1_ms || at.ms > kYear9999End_ms) return {};
  return rfc3339_utc(at);
}

std::string sound_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto length = sound_length(text);
    if (length == 0) out += "\xef\xbf\xbd";  // U+FFFD
    out += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return hide_identifiers(std::move(out));
}

std::string array_text(const std::vector<std::string>& elements) {
  std::string out = "{";
  for (const auto& element : elements) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : element) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

std::vector<const PublishedColumn*> copied_columns(const PublishedTable& table) {
  std::vector<const PublishedColumn*> out;
  for (const auto& column : table.columns)
    if (column.from != From::published_at) out.push_back(&column);
  return out;
}

PublishedRow published_row(const PublishedTable& table, const Row& row, const Derived& derived,
                           const RowOptions& options) {
  const auto& columns = table.columns;
  const auto sums = sums_of(row, derived);
  std::vector<Cell> cells(columns.size());
  std::size_t hash_at = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& column = columns[i];
    auto& cell = cells[i];
    switch (column.from) {
      case From::space: cell = options.space; break;
      case From::record: cell = row.id.hex(); break;
      case From::created: cell = sound_time(row.created.wall()); break;
      case From::changed: cell = sound_time(row.changed.wall()); break;
      case From::doubtful: cell = row.created.doubtful || row.changed.doubtful ? "t" : "f"; break;
      case From::conflicts: cell = std::to_string(row.conflicts); break;
      case From::office: cell = options.office; break;
      case From::row_hash: hash_at = i; break;
      case From::field: cell = field_cell(*column.field, row, derived, options.personal); break;
      case From::precision:
        if (column.field->privacy != PrivacyClass::personal || options.personal)
          cell = precision_cell(value_in(row, column.field->id));
        break;
      case From::derived:
        cell = value_cell(*column.field, derived.value_of(row, *column.field));
        break;
      case From::sum: cell = sum_cell(column.sum, sums); break;
      case From::published_at: break;
    }
  }
  PublishedRow out{row.id, hash_of(columns, cells), {}};
  cells[hash_at] = std::to_string(out.hash);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (columns[i].from == From::published_at) continue;
    if (!out.line.empty()) out.line += '\t';
    append_cell(out.line, cells[i]);
  }
  out.line += '\n';
  return out;
}

}  // namespace rukun
