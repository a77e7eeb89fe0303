// Rules and warnings about programs and stock, drives, the market, notices and report marks.

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/check_parts.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/ledger.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

// Only what this change touches is judged.
bool is_asked(const Sketch& sketch, std::initializer_list<FieldId> fields) {
  return sketch.adds || std::any_of(fields.begin(), fields.end(),
                                    [&](FieldId field) { return sketch.touches(field); });
}

std::int64_t today_in(const Proposal& proposal) {
  return local_date(proposal.context.now, proposal.context.utc_offset_min);
}

// "Target (target): -5: yang diharapkan …"
tl::unexpected<Error> wrong(const Proposal& proposal, const Sketch& sketch, FieldId field,
                            std::string_view id, std::string_view en) {
  const auto& spec = sketch.kind->field(field);
  const auto language = proposal.context.language;
  return error(
      Code::bad_value,
      called(spec, language) + ": " + format_value(spec, sketch.value(field), proposal.format()),
      proposal.say(id, en));
}

Status drive_values(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::drive;
  if (is_asked(sketch, {kTarget}) && sketch.has(kTarget) && sketch.number(kTarget) <= 0)
    return wrong(proposal, sketch, kTarget, "yang diharapkan: lebih dari 0",
                 "expected: more than 0");
  const auto goal = sketch.number(kGoalType);
  const auto unit = sketch.text(kUnit);
  if (is_asked(sketch, {kUnit, kGoalType}) && goal == kGoalTypeMoney && !unit.empty() &&
      unit != "rupiah")
    return wrong(proposal, sketch, kUnit, "penggalangan uang dihitung dalam rupiah",
                 "a drive for money counts rupiah");
  const auto dimension = dimension_of(unit);
  if (is_asked(sketch, {kUnit, kGoalType}) && goal == kGoalTypeHours && !unit.empty() &&
      dimension != Dimension::time)
    return wrong(proposal, sketch, kUnit, "penggalangan jam kerja dihitung dalam jam",
                 "a drive for hours counts hours");
  if (is_asked(sketch, {kClosed, kStarts}) && sketch.has(kClosed) && sketch.has(kStarts) &&
      sketch.number(kClosed) < sketch.number(kStarts))
    return wrong(proposal, sketch, kClosed, "yang diharapkan: tidak sebelum mulainya",
                 "expected: not before it starts");
  return {};
}

// Rupiah come whole, whoever counts them.
Status rupiah_values(const Proposal& proposal, const Sketch& sketch, FieldId quantity,
                     FieldId unit) {
  if (!is_asked(sketch, {quantity, unit}) || sketch.text(unit) != "rupiah" ||
      sketch.number(quantity) % 1000 == 0)
    return {};
  return wrong(proposal, sketch, quantity, "yang diharapkan: rupiah bulat",
               "expected: whole rupiah");
}

Status report_mark_values(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::report_mark;
  if (!is_asked(sketch, {kPeriod}) || !sketch.has(kPeriod)) return {};
  const auto period = sketch.number(kPeriod);
  if (period % 100 == 0)
    return wrong(proposal, sketch, kPeriod, "yang diharapkan: tanggal lengkap, misalnya hari ini",
                 "expected: a whole date, for example today");
  if (period > today_in(proposal))
    return wrong(proposal, sketch, kPeriod, "yang diharapkan: hari ini atau sebelumnya",
                 "expected: today or earlier");
  return {};
}

std::string goods_text(const Proposal& proposal, const GoodsBalance& balance) {
  auto left = balance.left();
  const auto unit = larger_unit(balance.goods.unit, {&left});
  return format_thousandths(left, proposal.context.language) + " " +
         unit_word(unit, proposal.context.language, left);
}

// What the program holds of these goods, as it would be after `more` (negative: handed out).
Status warn_stock_short(Proposal& proposal, const Sketch& sketch, const RecordId& program,
                        GoodsAmount more) {
  auto& context = proposal.context;
  if (!context.look_for_duplicates) return {};
  TRY(auto facts, load_ledger_facts(context.records, {&context.space, 1}));
  std::erase_if(facts, [&](const LedgerFact& one) {
    return !sketch.record.is_zero() && one.record == sketch.record;
  });
  GoodsBalance held{more.goods};
  for (const auto& one : goods_balances(program, facts))
    if (one.goods == more.goods) held = one;
  // Who does not keep stock is not told so at every hand-over.
  if (held.in == 0) return {};
  std::int64_t after = 0;
  if (__builtin_add_overflow(held.left(), more.thousandths, &after) || after >= 0) return {};
  const auto left = goods_text(proposal, held);
  proposal.warn("Lebih banyak daripada persediaan program ini; menurut catatan sisanya " + left +
                    ". Catat yang masuk dengan add stock",
                "More than this program has in stock; by the records " + left +
                    " is left. Record what arrived with add stock");
  return {};
}

Status warn_stock(Proposal& proposal, const Sketch& sketch) {
  using namespace k::stock;
  const auto* program = Proposal::here(sketch, kProgram);
  if (sketch.adds && !sketch.has(kProgram))
    proposal.warn("Tanpa program, barang ini tidak masuk buku bantuan mana pun",
                  "Without a program these goods stand in no ledger");
  if (program == nullptr || !is_asked(sketch, {kQuantity, kUnit, kItem, kProgram})) return {};
  if (sketch.number(kQuantity) > 0 && sketch.adds) return {};
  return warn_stock_short(
      proposal, sketch, *program,
      counted_as(sketch.text(kItem), sketch.text(kUnit), sketch.number(kQuantity)));
}

Status warn_handed_out(Proposal& proposal, const Sketch& sketch) {
  using namespace k::handover;
  if (!is_asked(sketch, {kQuantity})) return {};
  const auto quantity = sketch.number(kQuantity);
  if (sketch.has(kEntitlement)) {
    const auto& of = sketch.value(kEntitlement);
    TRY(const auto program, proposal.through(of, k::entitlement::kProgram));
    TRY(const auto item, proposal.through(of, k::entitlement::kItem));
    TRY(const auto unit, proposal.through(of, k::entitlement::kUnit));
    const auto* id = std::get_if<RecordId>(&program);
    const auto text = [](const Value& value) {
      const auto* held = std::get_if<std::string>(&value);
      return held == nullptr ? std::string() : *held;
    };
    if (id == nullptr) return {};
    return warn_stock_short(proposal, sketch, *id, counted_as(text(item), text(unit), -quantity));
  }
  const auto* pledge = Proposal::here(sketch, kPledge);
  if (pledge == nullptr) return {};
  auto& context = proposal.context;
  TRY(const auto promised, proposal.through(Value{*pledge}, k::pledge::kQuantity));
  TRY(const auto facts, load_aid_around(context.records, context.space, *pledge));
  const AidBalances balances(facts);
  const auto* balance = balances.pledge(*pledge);
  std::int64_t handed = quantity;
  if (balance != nullptr && sketch.adds &&
      __builtin_add_overflow(handed, balance->handed_over, &handed))
    handed = quantity;
  const auto* most = std::get_if<std::int64_t>(&promised);
  if (most == nullptr || handed <= *most) return {};
  proposal.warn("Melebihi kesanggupannya: disanggupi " +
                    format_thousandths(*most, context.language) + ", diserahkan " +
                    format_thousandths(handed, context.language),
                "More than was pledged: " + format_thousandths(*most, context.language) +
                    " pledged, " + format_thousandths(handed, context.language) + " handed over");
  return {};
}

Status warn_entitlement(Proposal& proposal, const Sketch& sketch) {
  using namespace k::entitlement;
  if (!is_asked(sketch, {kItem, kUnit, kProgram, kHousehold, kResident})) return {};
  const bool money = sketch.text(kUnit) == "rupiah";
  if (sketch.adds && !money && (!sketch.has(kItem) || !sketch.has(kUnit)))
    proposal.warn("Tanpa barang dan satuan, jatah ini berdiri terpisah dalam buku bantuan",
                  "Without an item and a unit this entitlement stands apart in the ledger");
  TRY(const auto target, proposal.through(sketch.value(kProgram), k::program::kTarget));
  if (target == Value{k::program::kTargetPerson} && !sketch.has(kResident))
    proposal.warn("Program ini untuk perorangan; isi resident",
                  "This program is for persons; name the resident");
  if (target == Value{k::program::kTargetHousehold} && !sketch.has(kHousehold))
    proposal.warn("Program ini untuk keluarga; isi household",
                  "This program is for households; name the household");
  TRY(const auto ends, proposal.through(sketch.value(kProgram), k::program::kEnds));
  const auto* last = std::get_if<std::int64_t>(&ends);
  if (sketch.adds && last != nullptr && *last % 100 != 0 && *last < today_in(proposal))
    proposal.warn("Program ini sudah selesai", "This program is over");
  return {};
}

Status warn_contribution(Proposal& proposal, const Sketch& sketch) {
  using namespace k::contribution;
  auto& context = proposal.context;
  const auto* drive = Proposal::here(sketch, kDrive);
  if (drive == nullptr || !is_asked(sketch, {kDrive, kDirection, kAmount})) return {};
  TRY(const auto row, context.records.row(context.space, *drive));
  if (!row) return {};
  if (sketch.adds && !is_none(value_in(*row, k::drive::kClosed)))
    proposal.warn("Penggalangan ini sudah ditutup", "This drive has been closed");
  if (sketch.number(kDirection) != kDirectionOut) return {};
  if (!sketch.has(kNeed) && !sketch.has(kEvidenceNote))
    proposal.warn(
        "Untuk apa? Isi need atau evidence_note, supaya laporan penutup dapat "
        "menunjukkannya",
        "What for? Give need or evidence_note, so that the closing report can show it");
  TRY(const auto derived, Derived::load(context.records, {&context.space, 1}, k::drive::kKind));
  const auto value = derived.value_of(*row, *find_derived(k::drive::kKind, "balance"));
  const auto* balance = std::get_if<std::int64_t>(&value);
  if (!sketch.adds || balance == nullptr || sketch.number(kAmount) <= *balance) return {};
  const auto left = format_thousandths(*balance, context.language);
  proposal.warn("Melebihi saldo penggalangan ini: " + left,
                "More than this drive's balance: " + left);
  return {};
}

void warn_past(Proposal& proposal, const Sketch& sketch, FieldId until) {
  const auto last = sketch.number(until);
  if (!is_asked(sketch, {until}) || last % 100 == 0 || last >= today_in(proposal)) return;
  const auto field = called(sketch.kind->field(until), proposal.context.language);
  proposal.warn(field + " sudah lewat; daftar biasa tidak menampilkannya",
                field + " is past; ordinary lists leave it out");
}

Status warn_order(Proposal& proposal, const Sketch& sketch) {
  using namespace k::order;
  if (!sketch.adds || !sketch.has(kListing)) return {};
  TRY(const auto until, proposal.through(sketch.value(kListing), k::listing::kPreorderUntil));
  TRY(const auto paused, proposal.through(sketch.value(kListing), k::listing::kPaused));
  const auto* last = std::get_if<std::int64_t>(&until);
  if (last != nullptr && *last % 100 != 0 && *last < today_in(proposal))
    proposal.warn("Batas pesan sudah lewat: " + format_date(*last, proposal.context.language),
                  "Orders closed on " + format_date(*last, proposal.context.language));
  if (paused == Value{std::int64_t{1}})
    proposal.warn("Usaha ini sedang libur", "This business is paused");
  return {};
}

}  // namespace

Status check_giving(const Proposal& proposal, const Sketch& sketch) {
  switch (sketch.kind->id) {
    case k::drive::kKind: return drive_values(proposal, sketch);
    case k::stock::kKind:
      return rupiah_values(proposal, sketch, k::stock::kQuantity, k::stock::kUnit);
    case k::entitlement::kKind:
      return rupiah_values(proposal, sketch, k::entitlement::kQuantity, k::entitlement::kUnit);
    case k::report_mark::kKind: return report_mark_values(proposal, sketch);
    default: return {};
  }
}

Status add_giving_warnings(Proposal& proposal, const Sketch& sketch) {
  switch (sketch.kind->id) {
    case k::stock::kKind: return warn_stock(proposal, sketch);
    case k::handover::kKind: return warn_handed_out(proposal, sketch);
    case k::entitlement::kKind: return warn_entitlement(proposal, sketch);
    case k::contribution::kKind: return warn_contribution(proposal, sketch);
    case k::order::kKind: return warn_order(proposal, sketch);
    case k::notice::kKind: warn_past(proposal, sketch, k::notice::kValidUntil); return {};
    case k::resource::kKind: warn_past(proposal, sketch, k::resource::kDeadline); return {};
    case k::listing::kKind: warn_past(proposal, sketch, k::listing::kPreorderUntil); return {};
    default: return {};
  }
}

}  // namespace rukun
