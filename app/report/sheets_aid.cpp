#include "app/report/sheets_aid.h"

#include <array>

#include "app/domain/fields.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/rules/roles.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/report/sheet_blocks.h"

namespace rukun {
namespace {

namespace k = fields;
using sheet::Tone;

std::string day_name(std::int64_t days, Language language) {
  constexpr std::array<std::array<std::string_view, 2>, 7> kNames{{{"Kamis", "Thursday"},
                                                                   {"Jumat", "Friday"},
                                                                   {"Sabtu", "Saturday"},
                                                                   {"Minggu", "Sunday"},
                                                                   {"Senin", "Monday"},
                                                                   {"Selasa", "Tuesday"},
                                                                   {"Rabu", "Wednesday"}}};
  const auto& name = kNames[static_cast<std::size_t>(((days % 7) + 7) % 7)];  // 1970 began so
  return std::string(pick(language, name[0], name[1]));
}

class HandoverReader {
 public:
  HandoverReader(Engine& engine, const SpaceInfo& space, const FormatContext& showing)
      : engine_(engine), space_(space), showing_(showing) {}

  Result<HandoverPaper> read(const RecordId& record) {
    TRY(const auto row, engine_.records().row(space_.number, record));
    if (!row || row->life == Life::absent || row->life == Life::erased)
      return error(Code::not_found, record.hex() + ": catatan belum tiba (not here)", "");
    if (row->kind != k::handover::kKind) {
      return error(Code::bad_value,
                   record.hex() + ": bukan serah terima (no handover), " +
                       std::string(find_kind(row->kind) == nullptr ? "?" : kind_of(row->kind).name),
                   "rukunctl list handover");
    }
    paper_.space = space_.name;
    paper_.code = receipt_code(row->id);
    paper_.received_by = text_in(*row, k::handover::kReceivedBy);
    paper_.witness = text_in(*row, k::handover::kWitness);
    paper_.note = text_in(*row, k::handover::kNote);
    paper_.quantity =
        format_thousandths(number_in(*row, k::handover::kQuantity), showing_.language);
    const WallTime at{number_in(*row, k::handover::kAt)};
    paper_.at = format_instant(at, showing_.utc_offset_min, showing_.language);
    const auto date = local_date(at, showing_.utc_offset_min);
    paper_.day = day_name(days_from_civil(civil_of(date)), showing_.language);
    TRY_VOID(writer(record));
    TRY_VOID(goods(*row));
    return std::move(paper_);
  }

 private:
  Result<std::optional<Row>> referred(const Row& row, FieldId field) {
    const auto* id = std::get_if<RecordId>(&value_in(row, field));
    if (id == nullptr) return std::optional<Row>();
    TRY(auto found, engine_.records().row(space_.number, *id));
    if (found && (found->life == Life::absent || found->life == Life::erased)) found.reset();
    return found;
  }

  Result<std::string> title(const Row& row) { return row_title(engine_.records(), row, showing_); }

  // Whoever wrote the hand-over down gave the goods away, as far as records know.
  Status writer(const RecordId& record) {
    TRY(const auto history, engine_.history(space_.id, record));
    if (history.empty()) return {};
    paper_.given_by = history.front().by_name;
    TRY(const auto* authority, engine_.authority(space_.id));
    if (const auto* member = authority->find(history.front().by))
      paper_.given_role = role_word(member->role, showing_.language);
    return {};
  }

  Status goods(const Row& handover) {
    TRY(const auto pledge, referred(handover, k::handover::kPledge));
    TRY(auto need,
        pledge ? referred(*pledge, k::pledge::kNeed) : referred(handover, k::handover::kNeed));
    TRY(const auto entitlement, referred(handover, k::handover::kEntitlement));
    if (need) {
      paper_.goods = goods_title(number_in(*need, k::need::kCategory),
                                 text_in(*need, k::need::kItem), 0, {}, showing_);
      if (text_in(*need, k::need::kItem).empty()) {
        TRY(paper_.goods, title(*need));
      }
      paper_.unit = unit_word(text_in(*need, k::need::kUnit), showing_.language);
      TRY_VOID(receiver(*need, k::need::kHousehold, k::need::kResident));
    }
    if (entitlement) {
      paper_.goods = item_word(text_in(*entitlement, k::entitlement::kItem), showing_.items,
                               showing_.language);
      paper_.unit = unit_word(text_in(*entitlement, k::entitlement::kUnit), showing_.language);
      TRY_VOID(receiver(*entitlement, k::entitlement::kHousehold, k::entitlement::kResident));
      TRY(const auto program, referred(*entitlement, k::entitlement::kProgram));
      if (program) {
        TRY(paper_.source, title(*program));
      }
    }
    if (!pledge) return {};
    TRY(const auto offer, referred(*pledge, k::pledge::kOffer));
    return offer ? giver(*offer) : Status();
  }

  Status giver(const Row& offer) {
    paper_.source = text_in(offer, k::offer::kGiver);
    TRY(const auto household, referred(offer, k::offer::kHousehold));
    if (household && paper_.source.empty()) {
      TRY(paper_.source, title(*household));
    }
    return {};
  }

  Status receiver(const Row& row, FieldId household_field, FieldId resident_field) {
    TRY(auto household, referred(row, household_field));
    TRY(const auto resident, referred(row, resident_field));
    if (resident && !household) {
      TRY(household, referred(*resident, k::resident::kHousehold));
    }
    if (household) {
      TRY(paper_.whom, title(*household));
      const auto rt = number_in(*household, k::household::kRt),
                 rw = number_in(*household, k::household::kRw);
      paper_.address = text_in(*household, k::household::kAddress);
      if (rt > 0) paper_.address += (paper_.address.empty() ? "" : ", ") + format_rt_rw(rt, rw);
    }
    if (resident) {
      TRY(paper_.whom, title(*resident));
    }
    return {};
  }

  Engine& engine_;
  const SpaceInfo& space_;
  const FormatContext& showing_;
  HandoverPaper paper_;
};

std::string or_dots(const std::string& text) { return text.empty() ? "………………………" : text; }

}  // namespace

Result<HandoverPaper> read_handover(Engine& engine, const SpaceInfo& space, const RecordId& record,
                                    const FormatContext& showing) {
  return HandoverReader(engine, space, showing).read(record);
}

Sheet receipt_sheet(const HandoverPaper& paper, Language language) {
  SheetBlocks out(language);
  out.line("Barang", "Goods", paper.goods + " " + paper.quantity + " " + paper.unit);
  out.line("Diterima oleh", "Received by", paper.received_by);
  if (!paper.whom.empty() && paper.whom != paper.received_by) out.line("Untuk", "For", paper.whom);
  if (!paper.source.empty()) out.line("Dari", "From", paper.source);
  out.line("Diserahkan oleh", "Handed over by", paper.given_by);
  if (!paper.witness.empty()) out.line("Saksi", "Witness", paper.witness);
  out.line("Waktu", "Time", paper.at);
  out.paragraph("Kode tanda terima", "Receipt code");
  out.blocks.emplace_back(sheet::Code{paper.code});
  if (!paper.code.empty()) out.blocks.emplace_back(sheet::Qr{paper.code, ""});
  out.paragraph(
      "Simpan lembar ini. Dengan kodenya, anggota dapat mencari catatan serah terima ini. Kode "
      "membuktikan catatan, bukan bahwa barang sampai.",
      "Keep this sheet. With its code a member finds the record of this hand-over. The code proves "
      "the record, not that goods arrived.",
      Tone::small);
  out.blocks.emplace_back(
      sheet::Signatures{{{out.say("Yang menyerahkan", "Handed over by"), paper.given_by},
                         {out.say("Yang menerima", "Received by"), paper.received_by}}});
  return {out.say("Tanda terima", "Receipt"), paper.space, std::move(out.blocks), true};
}

Sheet bast_sheet(const HandoverPaper& paper, Language language) {
  SheetBlocks out(language);
  if (!paper.code.empty()) out.line("Kode tanda terima", "Receipt code", paper.code);
  if (!paper.source.empty()) out.line("Sumber bantuan", "Source of the aid", paper.source);
  out.paragraph("Pada hari " + paper.day + ", " + paper.at + ", yang bertanda tangan di bawah ini:",
                "On " + paper.day + ", " + paper.at + ", the undersigned:");
  out.paragraph("PIHAK PERTAMA, yang menyerahkan", "FIRST PARTY, who hands over", Tone::heading);
  out.line("Nama", "Name", or_dots(paper.given_by));
  out.line("Sebagai", "As", or_dots(paper.given_role));
  out.paragraph("PIHAK KEDUA, yang menerima", "SECOND PARTY, who receives", Tone::heading);
  out.line("Nama", "Name", or_dots(paper.received_by));
  if (!paper.whom.empty() && paper.whom != paper.received_by) out.line("Untuk", "For", paper.whom);
  out.line("Alamat", "Address", or_dots(paper.address));
  out.paragraph(
      "PIHAK PERTAMA menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA menerima dari PIHAK PERTAMA, "
      "barang sebagai berikut:",
      "The FIRST PARTY hands over to the SECOND PARTY, and the SECOND PARTY receives, these "
      "goods:");
  out.blocks.emplace_back(sheet::Grid{{{out.say("Barang", "Goods"), out.say("Jumlah", "Quantity"),
                                        out.say("Satuan", "Unit"), out.say("Keterangan", "Note")},
                                       {paper.goods, paper.quantity, paper.unit, paper.note}}});
  out.paragraph(
      "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
      "This record was made truthfully, to be used as is proper.");
  out.blocks.emplace_back(
      sheet::Signatures{{{out.say("PIHAK PERTAMA", "FIRST PARTY"), paper.given_by},
                         {out.say("PIHAK KEDUA", "SECOND PARTY"), paper.received_by}}});
  out.blocks.emplace_back(
      sheet::Signatures{{{out.say("Saksi", "Witness"), paper.witness},
                         {out.say("Mengetahui, Ketua RT", "Seen by the head"), ""}}});
  return {out.say("Berita Acara Serah Terima", "Record of hand-over"), paper.space,
          std::move(out.blocks)};
}

}  // namespace rukun
