// Receipts: from the code on a paper back to what was recorded, and what has become of it since.
#include "app/domain/rules/receipt.h"

#include <algorithm>

#include "app/cli/records.h"
#include "app/domain/fields.h"
#include "app/domain/rules/derived_office.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/engine/access_log.h"
#include "app/engine/authors.h"
#include "app/engine/ledger_log.h"

namespace rukun::cli {
namespace {

namespace ho = fields::handover;
namespace ent = fields::entitlement;

// What is known of the hand-over that a code names.
struct Receipt {
  std::string code;
  FoundRecord found;
  Row handover;
  std::optional<Row> entitlement = {};
  std::string unit = {};
  LedgerWrite made = {};
  std::vector<LedgerWrite> later = {};  // that changed what the receipt says
  Confirmation confirmation = Confirmation::open;
  std::string confirmed_by = {};
};

Result<FoundRecord> find_handover(Session& session, const ReceiptCode& code,
                                  const std::string& text) {
  auto found = session.record(code.hex());
  const bool missing = !found && found.error().code == Code::not_found;
  if (!missing && !found) return found;
  if (missing || !code.names(found->id) || found->kind->id != ho::kKind) {
    return error(Code::not_found,
                 text + std::string(session.pick(": tidak ada serah terima dengan kode ini di sini",
                                                 ": no hand-over here has this code")),
                 std::string(session.pick(
                     "kodenya tertulis benar; mungkin belum tiba: tukar data dahulu, atau tanda "
                     "terima ini dari kelompok lain",
                     "the code is well typed; it may not have arrived: exchange data first, or "
                     "the receipt is another neighborhood's")));
  }
  return found;
}

bool says_confirmed(const LedgerWrite& write) {
  return std::any_of(write.changes.begin(), write.changes.end(), [](const FieldChange& change) {
    return change.field == ho::kConfirmed && change.value == Value{std::int64_t{1}};
  });
}

// Whether a write changed what a receipt says; a confirmation alone does not.
bool changes_receipt(const LedgerWrite& write, const RecordId& handover) {
  return std::any_of(write.changes.begin(), write.changes.end(), [&](const FieldChange& change) {
    if (write.record == handover) return change.field != ho::kConfirmed;
    return change.field == ent::kProgram || change.field == ent::kItem ||
           change.field == ent::kUnit || change.field == ent::kHousehold ||
           change.field == ent::kResident;
  });
}

Result<Receipt> read_receipt(Session& session, const FoundRecord& found) {
  TRY(auto* engine, session.engine());
  TRY(auto row, engine->records().row(found.space.number, found.id));
  if (!row) return error(Code::not_found, found.id.hex());
  Receipt out{receipt_code(found.id), found, std::move(*row)};
  std::set<RecordId> about{found.id};
  if (const auto* id = std::get_if<RecordId>(&value_in(out.handover, ho::kEntitlement))) {
    about.insert(*id);
    TRY(out.entitlement, engine->records().row(found.space.number, *id));
    if (out.entitlement) out.unit = text_in(*out.entitlement, ent::kUnit);
  }
  auto need = value_in(out.handover, ho::kNeed);
  if (const auto* pledge = std::get_if<RecordId>(&value_in(out.handover, ho::kPledge))) {
    TRY(const auto pledged, engine->records().row(found.space.number, *pledge));
    if (pledged) need = value_in(*pledged, fields::pledge::kNeed);
  }
  if (const auto* id = std::get_if<RecordId>(&need)) {
    TRY(const auto needed, engine->records().row(found.space.number, *id));
    if (needed) out.unit = text_in(*needed, fields::need::kUnit);
  }
  TRY(const auto writes, writes_to(*engine, found.space.id, about));
  for (const auto& write : writes)
    if (write.record == found.id && write.made) out.made = write;
  for (const auto& write : writes) {
    if (write.record == found.id && says_confirmed(write) && write.by != out.made.by)
      out.confirmed_by = write.by_name;
    if (write.made || write.at.ticks < out.made.at.ticks) continue;
    if (changes_receipt(write, found.id)) out.later.push_back(write);
  }
  TRY(out.confirmation,
      confirmation_of(engine->records(), found.space.number, found.id, same_author(*engine)));
  return out;
}

std::string change_words(const LedgerWrite& write, const RecordId& handover,
                         const FormatContext& showing) {
  std::string out;
  const auto& kind = kind_of(write.record == handover ? ho::kKind : ent::kKind);
  for (const auto& change : write.changes) {
    if (!out.empty()) out += "; ";
    if (change.field == kLife) {
      out += change.value == Value{std::int64_t{1}}
                 ? pick(showing.language, "dihapus", "deleted")
                 : pick(showing.language, "dikembalikan", "brought back");
      continue;
    }
    const auto* field = kind.find_field(change.field);
    if (field == nullptr) continue;
    out += std::string(field->label(showing.language)) + ": " +
           (is_none(change.value) ? "-" : format_value(*field, change.value, showing));
  }
  return out;
}

void print_receipt(const Receipt& receipt, Json& json) {
  const auto& handover = receipt.handover;
  json.object().pair("code", receipt.code).pair("handover", handover.id.hex());
  json.pair("space", receipt.found.space.id.hex()).pair("txn", receipt.made.txn.hex());
  json.pair("by", receipt.made.by.hex()).pair("name", receipt.made.by_name);
  print_stamp(json, "at", receipt.made.at);
  json.pair("quantity", decimal_text(number_in(handover, ho::kQuantity)));
  json.pair("unit", receipt.unit);
  json.pair("received_by", text_in(handover, ho::kReceivedBy));
  if (receipt.entitlement) {
    const auto* program = std::get_if<RecordId>(&value_in(*receipt.entitlement, ent::kProgram));
    json.pair("item", text_in(*receipt.entitlement, ent::kItem));
    if (program != nullptr) json.pair("program", program->hex());
  }
  json.flag("unchanged", receipt.later.empty());
  json.flag("deleted", handover.life == Life::deleted);
  json.flag("confirmed", receipt.confirmation == Confirmation::confirmed);
  json.key("changes").array();
  for (const auto& write : receipt.later) {
    json.object().pair("txn", write.txn.hex()).pair("by", write.by.hex());
    json.pair("name", write.by_name).pair("record", write.record.hex());
    print_stamp(json, "at", write.at);
    json.end_object();
  }
  json.end_array().pair("proves", "records, not that goods arrived").end_object();
}

Status tell_receipt(Session& session, const Receipt& receipt, Output& out) {
  TRY(auto* engine, session.engine());
  const auto language = out.language();
  const auto showing = session.showing(receipt.found.space);
  const auto& handover = receipt.handover;
  TRY(const auto title, row_title(engine->records(), handover, showing));
  const auto say = [&](std::string_view id, std::string_view en) {
    return "  " + std::string(out.pick(id, en));
  };
  auto amount = format_thousandths(number_in(handover, ho::kQuantity), language);
  if (!receipt.unit.empty())
    amount += " " + unit_word(receipt.unit, language, number_in(handover, ho::kQuantity));
  if (receipt.entitlement)
    if (const auto item = text_in(*receipt.entitlement, ent::kItem); !item.empty())
      amount += " " + item_word(item, showing.items, language);
  out.line(receipt.code + "  " + title + "  (" + handover.id.hex().substr(0, 8) + ")");
  out.line(say("Jumlah: ", "Quantity: ") + amount);
  out.line(say("Diterima oleh: ", "Received by: ") + text_in(handover, ho::kReceivedBy));
  out.line(say("Dicatat oleh: ", "Recorded by: ") + receipt.made.by_name + ", " +
           stamp_text(receipt.made.at, language));
  out.line(say("Bersandar pada transaksi: ", "Rests on transaction: ") + receipt.made.txn.hex());
  if (receipt.confirmation == Confirmation::confirmed) {
    out.line(say("Dikonfirmasi oleh: ", "Confirmed by: ") + receipt.confirmed_by);
  } else {
    out.line(say("Belum dikonfirmasi anggota lain  -> rukunctl confirm ",
                 "Not confirmed by another member yet  -> rukunctl confirm ") +
             handover.id.hex().substr(0, 8));
  }
  if (receipt.later.empty()) {
    out.line(say("Sejak dicatat tidak diubah.", "Not changed since it was recorded."));
  } else {
    out.line(say("Diubah sejak dicatat:", "Changed since it was recorded:"));
  }
  for (const auto& write : receipt.later)
    out.line("    " + stamp_text(write.at, language) + "  " + write.by_name + "  " +
             change_words(write, handover.id, showing));
  out.line(say("Ini membuktikan bahwa catatan tidak diubah diam-diam, bukan bahwa barang sampai.",
               "This proves that the record was not changed in secret, not that goods arrived."));
  return {};
}

Status verify_receipt(Session& session, const Arguments& given, Output& out) {
  const auto& text = given.at("CODE");
  TRY(const auto code, read_receipt_code(text, session.language()));
  TRY(const auto found, find_handover(session, code, text));
  if (found.life == Life::erased) {
    if (out.json()) {
      out.document().object().pair("code", receipt_code(found.id));
      out.document().pair("handover", found.id.hex()).flag("erased", true).end_object();
    }
    out.line(receipt_code(found.id) +
             std::string(out.pick("  serah terima ini ada, tetapi datanya telah dihapus untuk "
                                  "selamanya",
                                  "  this hand-over exists, but its data was erased for good")));
    return {};
  }
  TRY(const auto receipt, read_receipt(session, found));
  TRY(auto* engine, session.engine());
  // Before it is shown: what was opened is on record even if the pipe breaks.
  TRY_VOID(note_access(engine->local(), session.world().clock, Access::show,
                       "handover " + found.id.hex(), 1));
  if (out.json()) {
    print_receipt(receipt, out.document());
    return {};
  }
  return tell_receipt(session, receipt, out);
}

}  // namespace

Commands receipt_commands() {
  return {
      {"receipt verify",
       "CODE",
       "memeriksa kode pada tanda terima: bersandar pada apa, sudah diubah atau belum, oleh siapa",
       "check the code on a receipt: what it rests on, whether it was changed since, and by whom",
       {{"CODE", Param::one, true, "12 huruf dan angka pada tanda terima",
         "the 12 letters and digits on the receipt"}},
       verify_receipt},
  };
}

}  // namespace rukun::cli
