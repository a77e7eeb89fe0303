#include "app/domain/values.h"

#include <algorithm>

#include "app/domain/fold.h"
#include "app/domain/items.h"
#include "app/domain/units.h"
#include "app/domain/value_parts.h"

namespace rukun {
namespace {

constexpr std::size_t kMaxItemBytes = 200;
constexpr std::size_t kShownBytes = 60;
constexpr std::size_t kMostExplained = 12;  // of a choice's values, with their words

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The start of what was written, cut between characters.
std::string shown(std::string_view text) {
  if (!is_utf8(text)) return "?";
  if (text.size() <= kShownBytes) return std::string(text);
  auto end = kShownBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

// "Segera (3 hari)" is said "Segera".
std::string said_briefly(std::string_view label) {
  return std::string(label.substr(0, label.find(" (")));
}

// What would have been right, as the end of a sentence.
std::string expectation(const FieldSpec& field, Language language) {
  const auto say = [&](std::string_view id, std::string_view en) {
    return std::string(pick(language, id, en));
  };
  switch (field.type) {
    case FieldType::text:
      return say("teks biasa, paling banyak 16 KiB", "plain text, at most 16 KiB");
    case FieldType::integer:
      return say("bilangan bulat dari 0 sampai 1.000.000.000",
                 "a whole number from 0 to 1,000,000,000");
    case FieldType::boolean: return say("ya atau tidak", "yes or no");
    case FieldType::date:
      return say("tanggal seperti besok, 17/11/2025 atau 17 November 2025",
                 "a date such as 2025-11-17, 17/11/2025 or 17 November 2025");
    case FieldType::instant:
      return say("waktu seperti besok 16.20 atau 17/11/2025 16.20",
                 "a time such as 2025-11-17T16:20 or 17/11/2025 16.20");
    case FieldType::quantity:
      return field.positive
                 ? say("angka lebih dari 0 seperti 5 atau 2,5, paling banyak tiga desimal",
                       "a number above 0 such as 5 or 2.5, with at most three decimals")
                 : say("angka seperti 5 atau 2,5, paling banyak tiga desimal",
                       "a number such as 5 or 2.5, with at most three decimals");
    case FieldType::money:
      return say("rupiah bulat seperti Rp25.000", "whole rupiah such as Rp25.000");
    case FieldType::enumeration:
    case FieldType::category:
    case FieldType::weekday_part: {
      std::string out = say("salah satu dari: ", "one of: ");
      std::string_view before;
      for (const auto& value : field.values) {
        out += before;
        out += value.name;
        if (field.values.size() <= kMostExplained)
          out += " (" + said_briefly(value.label(language)) + ")";
        before = ", ";
      }
      return out;
    }
    case FieldType::reference: {
      const auto kind = kind_of(field.target).label(language);
      return say("catatan ", "a record of ") + std::string(kind) + say(" yang ada", "");
    }
    case FieldType::item:
      return say("nama barang, paling banyak 200 huruf", "an item's name, at most 200 letters");
    case FieldType::unit:
      return say("satuan seperti kg, liter, buah, bungkus, dus isi 40, karung 50 kg, lembar, paket",
                 "a unit such as kg, liter, piece, pack, box:40, sack:50, sheet, parcel");
    case FieldType::rt: return say("RT antara 001 dan 999", "an RT from 001 to 999");
    case FieldType::rw: return say("RW antara 001 dan 999", "an RW from 001 to 999");
    case FieldType::phone:
      return say("nomor telepon seperti 0812…, 62… atau +62…",
                 "a phone number such as 0812…, 62… or +62…");
    case FieldType::location:
      return say("lintang dan bujur seperti -6.200000,106.816666",
                 "latitude and longitude such as -6.200000,106.816666");
    case FieldType::identifier: return say("16 angka", "16 digits");
  }
  return {};
}

tl::unexpected<Error> refused(const FieldSpec& field, std::string_view text, Language language) {
  // Messages end up in lists and logs, where no identifier belongs; its length is what helps.
  const bool secret = field.type == FieldType::identifier && text.size() > 8;
  const auto value = secret ? masked(text) : shown(text);
  std::string message(field.label(language));
  message += " (" + std::string(field.name) + "): \"" + value + "\" ";
  message += pick(language, "tidak dapat dibaca; yang diharapkan ", "cannot be read; expected ");
  message += expectation(field, language);
  const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
  if (field.type == FieldType::identifier)
    message +=
        std::string(pick(language, ", yang tertulis ", ", there are ")) + std::to_string(digits);
  std::string hint;
  if (field.type == FieldType::quantity && digits > 0 && digits < text.size() &&
      std::any_of(text.begin(), text.end(), [](char c) { return is_letter(c); }))
    hint = read_rupiah(text, false)
               ? pick(language, "angkanya saja, tanpa Rp", "the number alone, without Rp")
               : pick(language, "satuannya diisi tersendiri: unit=kg",
                      "the unit goes into a field of its own: unit=kg");
  if (field.type == FieldType::quantity && digits > kMaxWholeDigits)
    hint = pick(language, "paling banyak 15 angka di depan koma",
                "at most 15 digits before the point");
  return error(Code::bad_value, std::move(message), std::move(hint));
}

// "#7": a code that this version has no name for.
std::optional<std::int64_t> read_raw_code(std::string_view text) {
  if (text.size() < 2 || text.size() > 10 || text.front() != '#') return std::nullopt;
  std::int64_t code = 0;
  for (const char c : text.substr(1)) {
    if (c < '0' || c > '9') return std::nullopt;
    code = code * 10 + (c - '0');
  }
  if (code == 0) return std::nullopt;
  return code;
}

// How lists of residents write it.
struct Shorthand {
  std::string_view written, name;
};
constexpr Shorthand kShorthands[] = {{"l", "male"},       {"lk", "male"},  {"laki", "male"},
                                     {"pria", "male"},    {"p", "female"}, {"pr", "female"},
                                     {"wanita", "female"}};

std::optional<std::int64_t> read_enumeration(const FieldSpec& field, std::string_view text) {
  if (const auto raw = read_raw_code(text)) return raw;
  const auto key = folded_key(text);
  if (key.empty()) return std::nullopt;
  const auto means = [&](std::string_view label) {
    // "Segera (3 hari)" may be written "segera".
    return folded_key(label) == key || folded_key(label.substr(0, label.find(" ("))) == key;
  };
  std::int64_t code = 0;
  for (const auto& value : field.values) {
    ++code;
    if (folded_key(value.name) == key) return code;
  }
  code = 0;
  for (const auto& value : field.values) {
    ++code;
    if (means(value.label_id) || means(value.label_en)) return code;
  }
  for (const auto& one : kShorthands) {
    if (one.written != key) continue;
    const auto named = std::find_if(field.values.begin(), field.values.end(),
                                    [&](const EnumValue& value) { return value.name == one.name; });
    if (named != field.values.end()) return named - field.values.begin() + 1;
  }
  return std::nullopt;
}

template <class T>
std::optional<Value> as_value(std::optional<T> read) {
  if (!read) return std::nullopt;
  if constexpr (std::is_same_v<T, std::string>) {
    if (read->empty()) return Value{};
  }
  return Value{std::move(*read)};
}

std::optional<Value> read_value(const FieldSpec& field, std::string_view text,
                                const ParseContext& context) {
  switch (field.type) {
    case FieldType::text: return as_value(read_text(text));
    case FieldType::integer: return as_value(read_count(text, context.plain_numbers));
    case FieldType::boolean: return as_value(read_boolean(text));
    case FieldType::date: return as_value(read_date(text, context.now, context.utc_offset_min));
    case FieldType::instant:
      return as_value(read_instant(text, context.now, context.utc_offset_min));
    case FieldType::quantity: {
      const auto value = read_thousandths(text, context.plain_numbers);
      if (value && field.positive && *value <= 0) return std::nullopt;
      return as_value(value);
    }
    case FieldType::money: return as_value(read_rupiah(text, context.plain_numbers));
    case FieldType::enumeration:
    case FieldType::category:
    case FieldType::weekday_part: return as_value(read_enumeration(field, text));
    case FieldType::item: {
      const auto clean = read_text(text);
      if (!clean || clean->size() > kMaxItemBytes) return std::nullopt;
      return Value{item_value(*clean, context.items)};
    }
    case FieldType::unit: {
      auto unit = parse_unit(text, context.language);
      if (!unit) return std::nullopt;
      return Value{std::move(*unit)};
    }
    case FieldType::rt: return as_value(read_rt_rw(text, false));
    case FieldType::rw: return as_value(read_rt_rw(text, true));
    case FieldType::phone: return as_value(read_phone(text));
    case FieldType::location: return as_value(read_location(text));
    case FieldType::identifier: return as_value(read_identifier(text));
    case FieldType::reference: break;
  }
  return std::nullopt;
}

Result<Value> read_reference(const FieldSpec& field, std::string_view text,
                             const ParseContext& context) {
  if (context.resolve) {
    TRY(const auto id, context.resolve(field, text));
    return Value{id};
  }
  const auto bytes = from_hex(text);
  const auto id = bytes ? RecordId::from(*bytes) : std::nullopt;
  if (!id) return refused(field, text, context.language);
  return Value{*id};
}

// A value whose shape is not the field's: shown, never lost.
std::string raw_text(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return "#" + std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* id = std::get_if<RecordId>(&value)) return id->hex();
  return {};
}

const EnumValue* enum_value(const FieldSpec& field, std::int64_t code) {
  if (code < 1 || code > static_cast<std::int64_t>(field.values.size())) return nullptr;
  return &field.values[static_cast<std::size_t>(code - 1)];
}

std::string three_digits(std::int64_t number) {
  if (number < 0 || number > 999) return "#" + std::to_string(number);
  return std::to_string(1000 + number).substr(1);
}

std::string format_number(const FieldSpec& field, std::int64_t number,
                          const FormatContext& context) {
  const auto language = context.language;
  switch (field.type) {
    case FieldType::boolean:
      if (number == 1) return std::string(pick(language, "Ya", "Yes"));
      return number == 0 ? std::string(pick(language, "Tidak", "No")) : raw_text(Value{number});
    case FieldType::date: return format_date(number, language);
    case FieldType::instant: return format_instant({number}, context.utc_offset_min, language);
    case FieldType::quantity: return format_thousandths(number, language);
    case FieldType::money: return format_rupiah(number);
    case FieldType::rt:
    case FieldType::rw: return three_digits(number);
    case FieldType::enumeration:
    case FieldType::category:
    case FieldType::weekday_part:
      if (const auto* value = enum_value(field, number)) return std::string(value->label(language));
      return raw_text(Value{number});
    default: return std::to_string(number);
  }
}

std::string machine_number(const FieldSpec& field, std::int64_t number) {
  switch (field.type) {
    case FieldType::boolean:
      return number == 1 ? "true" : number == 0 ? "false" : raw_text(Value{number});
    case FieldType::date: return iso_date(number);
    case FieldType::instant:
      return is_printable_instant(number) ? rfc3339_utc({number}) : raw_text(Value{number});
    case FieldType::quantity: {
      auto out = decimal_text(number);
      if (read_thousandths(out, false) != number) out += '0';
      return out;
    }
    case FieldType::rt:
    case FieldType::rw: return three_digits(number);
    case FieldType::enumeration:
    case FieldType::category:
    case FieldType::weekday_part:
      if (const auto* value = enum_value(field, number)) return std::string(value->name);
      return raw_text(Value{number});
    default: return std::to_string(number);
  }
}

}  // namespace

ValueType carried_as(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::item:
    case FieldType::unit:
    case FieldType::phone:
    case FieldType::location:
    case FieldType::identifier: return ValueType::text;
    case FieldType::reference: return ValueType::reference;
    default: return ValueType::integer;
  }
}

Result<Value> parse_value(const FieldSpec& field, std::string_view text,
                          const ParseContext& context) {
  text = trimmed(text);
  if (text.empty()) return Value{};
  if (text.size() > kMaxTextBytes || !is_utf8(text)) return refused(field, text, context.language);
  if (field.type == FieldType::reference) return read_reference(field, text, context);
  auto value = read_value(field, text, context);
  if (!value) return refused(field, text, context.language);
  return std::move(*value);
}

Value default_value(const FieldSpec& field, const ParseContext& context) {
  auto value = parse_value(field, field.default_text, context);
  return value ? std::move(*value) : Value{};
}

bool fits(const FieldSpec& field, const Value& value) {
  return is_none(value) || type_of(value) == carried_as(field.type);
}

std::string format_value(const FieldSpec& field, const Value& value, const FormatContext& context) {
  if (!fits(field, value)) return raw_text(value);
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return format_number(field, *number, context);
  if (const auto* id = std::get_if<RecordId>(&value))
    return context.name_of_record ? context.name_of_record(field, *id) : id->hex().substr(0, 8);
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return {};
  switch (field.type) {
    case FieldType::item: return item_word(*text, context.items, context.language);
    case FieldType::unit: return unit_word(*text, context.language);
    case FieldType::identifier: return masked(*text);
    default: return *text;
  }
}

std::string machine_value(const FieldSpec& field, const Value& value) {
  if (!fits(field, value)) return raw_text(value);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return machine_number(field, *number);
  if (const auto* id = std::get_if<RecordId>(&value)) return id->hex();
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return {};
  if (field.type == FieldType::item && is_free_item(*text)) return text->substr(1);
  return *text;
}

}  // namespace rukun
