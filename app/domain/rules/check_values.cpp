// One value on its own, and what a reference leads to.

#include <algorithm>

#include "app/domain/fold.h"
#include "app/domain/rules/check_parts.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

// A million million of anything: what sums of many stay far below.
constexpr std::int64_t kMostThousandths = 1'000'000'000'000'000;

tl::unexpected<Error> refuse(const FieldSpec& field, const CheckContext& context,
                             std::string_view id, std::string_view en) {
  return error(Code::bad_value,
               called(field, context.language) + " " + std::string(pick(context.language, id, en)));
}

bool is_coded(FieldType type) {
  return type == FieldType::enumeration || type == FieldType::category ||
         type == FieldType::weekday_part;
}

Status check_text(const FieldSpec& field, const std::string& text, const CheckContext& context) {
  if (text.size() > kMaxTextBytes || !is_utf8(text))
    return refuse(field, context, "harus berupa teks biasa, paling banyak 16 KiB",
                  "must be plain text of at most 16 KiB");
  if (trimmed(text).empty()) return refuse(field, context, "kosong", "is empty");
  return {};
}

Status check_item(const FieldSpec& field, const std::string& item, const CheckContext& context) {
  TRY_VOID(check_text(field, item, context));
  const bool known = context.items == nullptr || context.items->by_id(item) != nullptr;
  if (!is_free_item(item) && !known)
    return refuse(field, context, "tidak ada dalam daftar barang", "is not in the catalogue");
  return {};
}

bool in_range(const FieldSpec& field, std::int64_t number) {
  switch (field.type) {
    case FieldType::integer:
    case FieldType::money: return number >= 0;
    case FieldType::boolean: return number == 0 || number == 1;
    case FieldType::quantity:
      return number >= -kMostThousandths && number <= kMostThousandths &&
             (!field.positive || number > 0);
    default: break;
  }
  if (is_coded(field.type))
    return number >= 1 && number <= static_cast<std::int64_t>(field.values.size());
  return true;
}

// What a reference leads to, and is not there to be referred to.
tl::unexpected<Error> gone(const FieldSpec& field, const RecordId& id, const CheckContext& context,
                           Life life) {
  const auto language = context.language;
  const auto what =
      life == Life::deleted
          ? pick(language,
                 " menunjuk catatan yang sudah dihapus: ", " points at a record that was deleted: ")
      : life == Life::erased ? pick(language, " menunjuk data yang telah dihapus untuk selamanya: ",
                                    " points at data that was erased for good: ")
                             : pick(language, " menunjuk catatan yang tidak ada atau belum tiba: ",
                                    " points at a record that is not here, or not yet: ");
  const std::string name(kind_of(field.target).name);
  return error(Code::not_found, called(field, language) + std::string(what) + id.hex().substr(0, 8),
               std::string(pick(language, "yang diharapkan: ", "expected: ")) +
                   std::string(kind_of(field.target).label(language)) +
                   std::string(pick(language, "; lihat rukunctl list ", "; see rukunctl list ")) +
                   name);
}

tl::unexpected<Error> other_kind(const FieldSpec& field, const KindSpec* found,
                                 const CheckContext& context) {
  const auto language = context.language;
  auto message = called(field, language) +
                 std::string(pick(language, " harus menunjuk ", " must point at ")) +
                 std::string(kind_of(field.target).label(language));
  if (found != nullptr)
    message +=
        std::string(pick(language, ", bukan ", ", not ")) + std::string(found->label(language));
  return error(Code::bad_value, std::move(message));
}

Status check_reference(const Proposal& proposal, const Sketch& sketch, const FieldSpec& field,
                       const Value& value) {
  const auto& context = proposal.context;
  if (const auto* local = std::get_if<LocalRef>(&value)) {
    const auto made =
        std::find_if(proposal.drafts.begin(), proposal.drafts.end(), [&](const Sketch& one) {
          return one.adds && one.change == local->part && one.change < sketch.change;
        });
    if (made == proposal.drafts.end())
      return refuse(field, context, "menunjuk catatan yang tidak dibuat di sini",
                    "points at a record that is not made here");
    return made->kind->id == field.target ? Status{}
                                          : Status{other_kind(field, made->kind, context)};
  }
  const auto* id = std::get_if<RecordId>(&value);
  if (id == nullptr) return {};
  TRY(const auto row, context.records.row(context.space, *id));
  if (!row || row->life == Life::absent) return gone(field, *id, context, Life::absent);
  if (row->life == Life::erased) return gone(field, *id, context, Life::erased);
  if (row->kind != field.target) return other_kind(field, find_kind(row->kind), context);
  if (row->life == Life::deleted) return gone(field, *id, context, Life::deleted);
  return {};
}

}  // namespace

Status check_value(const FieldSpec& field, const Value& value, const CheckContext& context) {
  if (is_none(value)) {
    if (field.set) return refuse(field, context, "kosong", "is empty");
    return {};
  }
  const bool local = field.type == FieldType::reference && type_of(value) == ValueType::local;
  if (local) return {};
  if (!fits(field, value))
    return refuse(field, context, "berisi nilai yang bukan " + type_text(field),
                  "holds a value that is no " + type_text(field));
  if (field.type == FieldType::reference) return {};
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (field.type == FieldType::text) return check_text(field, *text, context);
    if (field.type == FieldType::item) return check_item(field, *text, context);
  }
  // What is wrong and what was expected is said by the reader of typed values, for which an
  // impossible number is written as people would have typed it.
  const ParseContext parse{.now = context.now,
                           .utc_offset_min = context.utc_offset_min,
                           .language = context.language,
                           .plain_numbers = true};
  const auto* number = std::get_if<std::int64_t>(&value);
  const bool possible = number == nullptr || in_range(field, *number);
  if (!possible && (is_coded(field.type) || field.type == FieldType::boolean)) {
    const auto read = parse_value(field, "?" + std::to_string(*number), parse);
    if (!read) return tl::make_unexpected(read.error());
  }
  if (!possible && field.type == FieldType::quantity && *number > 0)
    return refuse(field, context, "terlalu besar", "is too large");
  const auto read = parse_value(field, machine_value(field, value), parse);
  if (!read) return tl::make_unexpected(read.error());
  if (*read != value || !possible)
    return refuse(field, context, "tidak dapat dibaca sebagai " + type_text(field),
                  "cannot be read as " + type_text(field));
  return {};
}

Status check_references(const Proposal& proposal, const Sketch& sketch) {
  for (const auto field : sketch.touched) {
    const auto& spec = sketch.kind->field(field);
    if (spec.type == FieldType::reference)
      TRY_VOID(check_reference(proposal, sketch, spec, sketch.value(field)));
  }
  for (const auto& [field, value] : sketch.added) {
    const auto& spec = sketch.kind->field(field);
    if (spec.type == FieldType::reference) TRY_VOID(check_reference(proposal, sketch, spec, value));
  }
  return {};
}

}  // namespace rukun
