#include "app/domain/rules/titles.h"

#include "app/domain/fields.h"
#include "app/domain/items.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

// References lead at most this far; records that a hostile writer made refer in circles end here.
constexpr int kDeepest = 4;

class Titles {
 public:
  Titles(Projection& records, const FormatContext& format) : records_(records), format_(format) {}

  Result<std::string> of(std::uint32_t space, const RecordId& id, int depth) {
    TRY(const auto row, records_.row(space, id));
    if (row && row->life == Life::erased)
      return std::string(pick(format_.language, "(data telah dihapus)", "(erased)"));
    if (!row || row->life == Life::absent || depth > kDeepest)
      return std::string(pick(format_.language, "(belum tiba)", "(not here yet)"));
    return of(*row, depth);
  }

  Result<std::string> of(const Row& row, int depth) {
    const auto* kind = find_kind(row.kind);
    if (kind == nullptr) return row.id.hex().substr(0, 8);
    if (row.kind == k::listing::kKind) return listing(row);
    if (kind->title != 0) {
      auto title = text_in(row, kind->title);
      if (!title.empty() && !is_made_up(row, title)) return title;
    }
    switch (row.kind) {
      case k::need::kKind:
        return goods_title(number_in(row, k::need::kCategory), text_in(row, k::need::kItem),
                           number_in(row, k::need::kQuantity), text_in(row, k::need::kUnit),
                           format_);
      case k::offer::kKind:
        return goods_title(number_in(row, k::offer::kCategory), text_in(row, k::offer::kItem),
                           number_in(row, k::offer::kQuantity), text_in(row, k::offer::kUnit),
                           format_);
      case k::volunteer::kKind: return first_of(row, {k::volunteer::kResident}, depth);
      case k::shift::kKind: return shift(row, depth);
      case k::signup::kKind: return signup(row, depth);
      case k::report_mark::kKind: return report_mark(row);
      case k::pledge::kKind: return labeled(*kind, row, {k::pledge::kNeed}, depth);
      case k::handover::kKind:
        return labeled(*kind, row,
                       {k::handover::kPledge, k::handover::kNeed, k::handover::kEntitlement},
                       depth);
      case k::contribution::kKind: return labeled(*kind, row, {k::contribution::kDrive}, depth);
      case k::stock::kKind: return labeled(*kind, row, {k::stock::kProgram}, depth);
      case k::entitlement::kKind:
        return labeled(*kind, row, {k::entitlement::kResident, k::entitlement::kHousehold}, depth);
      case k::order::kKind: return labeled(*kind, row, {k::order::kListing}, depth);
      default: return std::string(kind->label(format_.language));
    }
  }

 private:
  // One business sells several things: "Warung Bu Ani (Telur asin)".
  static std::string listing(const Row& row) {
    auto out = text_in(row, k::listing::kBusiness);
    const auto product = text_in(row, k::listing::kProduct);
    if (!product.empty()) out += (out.empty() ? "" : " (") + product + (out.empty() ? "" : ")");
    return out;
  }

  // A need or offer whose title only repeats what it is made of, as check.h fills it in.
  bool is_made_up(const Row& row, const std::string& title) const {
    FormatContext plain(Language::id);
    plain.items = format_.items;
    const bool need = row.kind == k::need::kKind;
    if (!need && row.kind != k::offer::kKind) return false;
    return title == goods_title(number_in(row, need ? k::need::kCategory : k::offer::kCategory),
                                text_in(row, need ? k::need::kItem : k::offer::kItem), 0, {},
                                plain);
  }

  // The title of what the first of these fields that is set refers to.
  Result<std::string> first_of(const Row& row, std::initializer_list<FieldId> fields, int depth) {
    for (const auto field : fields)
      if (const auto* id = std::get_if<RecordId>(&value_in(row, field)))
        return of(row.space, *id, depth + 1);
    return std::string();
  }

  Result<std::string> labeled(const KindSpec& kind, const Row& row,
                              std::initializer_list<FieldId> fields, int depth) {
    TRY(const auto what, first_of(row, fields, depth));
    std::string out(kind.label(format_.language));
    // A hand-over of a pledge is named by the need alone: "Serah terima: Beras 5 kg".
    const auto before = what.find(": ");
    if (!what.empty()) out += ": " + (before == what.npos ? what : what.substr(before + 2));
    return out;
  }

  Result<std::string> shift(const Row& row, int depth) {
    TRY(auto out, first_of(row, {k::shift::kActivity}, depth));
    const auto* starts = std::get_if<std::int64_t>(&value_in(row, k::shift::kStarts));
    if (starts == nullptr) return out;
    return out + ", " + format_instant({*starts}, format_.utc_offset_min, format_.language);
  }

  Result<std::string> signup(const Row& row, int depth) {
    TRY(const auto who, first_of(row, {k::signup::kVolunteer, k::signup::kHousehold}, depth));
    TRY(const auto when, first_of(row, {k::signup::kShift}, depth));
    return who + ": " + when;
  }

  std::string report_mark(const Row& row) const {
    return format_rt_rw(number_in(row, k::report_mark::kRt), number_in(row, k::report_mark::kRw)) +
           ", " + format_date(number_in(row, k::report_mark::kPeriod), format_.language);
  }

  Projection& records_;
  const FormatContext& format_;
};

}  // namespace

std::string goods_title(std::int64_t category, std::string_view item, std::int64_t thousandths,
                        std::string_view unit, const FormatContext& format) {
  std::string out;
  if (!item.empty()) {
    out = item_word(item, format.items, format.language);
  } else if (const auto* known = find_category(category)) {
    out = known->label(format.language);
  }
  if (thousandths != 0) {
    out += (out.empty() ? "" : " ") + format_thousandths(thousandths, format.language);
    if (!unit.empty()) out += " " + unit_word(unit, format.language, thousandths);
  }
  return out;
}

Result<Phrase> record_phrase(Projection& records, std::uint32_t space, const RecordId& record,
                             const ItemCatalogue* items, int utc_offset_min) {
  Phrase out;
  for (const auto language : {Language::id, Language::en}) {
    FormatContext format(language);
    format.items = items;
    format.utc_offset_min = utc_offset_min;
    TRY(auto text, record_title(records, space, record, format));
    (language == Language::id ? out.id : out.en) = std::move(text);
  }
  return out;
}

Result<std::string> row_title(Projection& records, const Row& row, const FormatContext& format) {
  return Titles(records, format).of(row, 0);
}

Result<std::string> record_title(Projection& records, std::uint32_t space, const RecordId& record,
                                 const FormatContext& format) {
  return Titles(records, format).of(space, record, 0);
}

}  // namespace rukun
