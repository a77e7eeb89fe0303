// Mutual aid and duty: short forms of records that people make every day.
#include "app/cli/records.h"
#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun::cli {
namespace {

using Fields = std::vector<FieldChange>;

// "500 g" of a need in kg is 0.5: what people hold in their hands need not be what was asked for.
Status take_quantity(Fields& fields, const KindSpec& kind, FieldId field, const Arguments& given,
                     std::string_view unit, const ParseContext& reading) {
  const auto& text = given.at("--quantity");
  const auto last_digit = text.find_last_of(
      "0123456789", text.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  const bool measured = !text.empty() && is_digit(text.front()) && last_digit != text.npos &&
                        !trimmed(std::string_view(text).substr(last_digit + 1)).empty();
  if (!measured) {
    TRY(auto change, read_field(kind, field, text, reading));
    if (!is_none(change.value)) fields.push_back(std::move(change));
    return {};
  }
  const auto language = reading.language;
  TRY(const auto typed, parse_unit(std::string_view(text).substr(last_digit + 1), language));
  TRY(auto change, read_field(kind, field, text.substr(0, last_digit + 1), reading));
  const auto* number = std::get_if<std::int64_t>(&change.value);
  if (number == nullptr) return {};
  if (unit.empty()) {
    return error(Code::bad_value,
                 "--quantity: " + text +
                     std::string(pick(language, ": satuannya tidak diketahui di sini",
                                      ": its unit is not known here")),
                 std::string(pick(language, "tulis angkanya saja", "write the number alone")));
  }
  const auto converted = convert(*number, typed, unit, language);
  if (!converted) {
    return error(Code::bad_value, "--quantity: " + converted.error().message,
                 std::string(pick(language, "satuan kebutuhan ini: ", "the unit here is: ")) +
                     unit_word(unit, language));
  }
  change.value = *converted;
  fields.push_back(std::move(change));
  return {};
}

// The unit that quantities about this record are in: a need's, an entitlement's, that of a
// pledge's need; empty where none is known.
Result<std::string> unit_of(Session& session, const FoundRecord& found) {
  TRY(auto* engine, session.engine());
  auto id = found.id;
  TRY(auto row, engine->records().row(found.space.number, id));
  if (row && row->kind == fields::pledge::kKind) {
    const auto* need = std::get_if<RecordId>(&value_in(*row, fields::pledge::kNeed));
    if (need == nullptr) return std::string();
    TRY(row, engine->records().row(found.space.number, *need));
  }
  if (!row) return std::string();
  return row->kind == fields::need::kKind          ? text_in(*row, fields::need::kUnit)
         : row->kind == fields::entitlement::kKind ? text_in(*row, fields::entitlement::kUnit)
                                                   : std::string();
}

Status pledge(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::pledge;
  TRY(const auto need, record_of(session, given.at("NEED"), fields::need::kKind));
  const auto reading = session.reading(need.space);
  Fields made{{f::kNeed, OpType::put, need.id}};
  TRY_VOID(take_option(made, f::kKind, f::kOffer, given, "--offer", reading));
  TRY(const auto unit, unit_of(session, need));
  TRY_VOID(take_quantity(made, kind_of(f::kKind), f::kQuantity, given, unit, reading));
  TRY_VOID(take_option(made, f::kKind, f::kCarrier, given, "--carrier", reading));
  return act_and_say(session, out, need.space, {{AddRecord{f::kKind, std::move(made)}}},
                     "Disanggupi, tersimpan di sini:", "Pledged, stored here:");
}

Status handover(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::handover;
  TRY(const auto of, session.record(given.at("OF")));
  Fields made;
  switch (of.kind->id) {
    case fields::pledge::kKind: made.push_back({f::kPledge, OpType::put, of.id}); break;
    case fields::need::kKind: made.push_back({f::kNeed, OpType::put, of.id}); break;
    case fields::entitlement::kKind: made.push_back({f::kEntitlement, OpType::put, of.id}); break;
    default: return unexpected_kind(of, "pledge, need, entitlement", session.language());
  }
  const auto reading = session.reading(of.space);
  TRY(const auto unit, unit_of(session, of));
  TRY_VOID(take_quantity(made, kind_of(f::kKind), f::kQuantity, given, unit, reading));
  TRY_VOID(take_option(made, f::kKind, f::kReceivedBy, given, "--received-by", reading));
  TRY_VOID(take_option(made, f::kKind, f::kWitness, given, "--witness", reading));
  TRY(const auto outcome, act(session, out, of.space, {{AddRecord{f::kKind, std::move(made)}}}));
  const auto& id = outcome.records.front();
  session.made(id);
  const auto code = receipt_code(id);
  if (out.json()) {
    out.document().object().pair("id", id.hex()).pair("receipt_code", code).end_object();
  }
  out.line(std::string(out.pick("Serah terima tersimpan di sini: ", "Hand-over stored here: ")) +
           id.hex());
  out.line(std::string(out.pick("Kode tanda terima: ", "Receipt code: ")) + code);
  return {};
}

Status confirm(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::handover;
  TRY(const auto found, record_of(session, given.at("HANDOVER"), f::kKind));
  const Action action{{SetFields{found.id, {{f::kConfirmed, OpType::put, std::int64_t{1}}}}}};
  return act_and_say(session, out, found.space, action, "Dikonfirmasi:", "Confirmed:");
}

void print_match(Session& session, const Match& one, Output& out) {
  const auto remaining = format_thousandths(one.remaining, out.language()) + " " +
                         unit_word(one.unit, out.language(), one.remaining);
  if (out.json()) {
    out.document().object().pair("id", one.record.hex()).pair("title", one.title);
    out.document().pair("remaining", decimal_text(one.remaining)).pair("unit", one.unit);
    out.document().pair("fits", decimal_text(one.fits)).flag("same_item", one.same_item);
    out.document().flag("same_rt", one.same_rt).pair("why", one.why.in(session.language()));
    out.document().end_object();
  }
  out.line(one.record.hex().substr(0, 8) + "  " + one.title + "  (" +
           std::string(out.pick("sisa ", "left: ")) + remaining + ")  " +
           one.why.in(out.language()));
}

Status match(Session& session, const Arguments& given, Output& out) {
  TRY(const auto found, session.record(given.at("RECORD")));
  TRY(auto* engine, session.engine());
  const MatchContext context{engine->records(),
                             {found.space.number},
                             session.world().clock.now(),
                             kWibOffset_min,
                             &session.world().items};
  std::vector<Match> matches;
  if (found.kind->id == fields::need::kKind) {
    TRY(matches, offers_for_need(context, found.space.number, found.id));
  } else if (found.kind->id == fields::offer::kKind) {
    TRY(matches, needs_for_offer(context, found.space.number, found.id));
  } else {
    return unexpected_kind(found, "need, offer", session.language());
  }
  if (out.json()) out.document().array();
  for (const auto& one : matches) print_match(session, one, out);
  if (out.json()) out.document().end_array();
  if (matches.empty()) out.line(out.pick("Belum ada yang cocok.", "Nothing fits yet."));
  return {};
}

}  // namespace

Commands aid_commands() {
  const Param quantity{"--quantity", Param::one, true,
                       "jumlah; boleh dengan satuan lain: \"500 g\"",
                       "how much; in another unit, too: \"500 g\""};
  return {
      {"pledge",
       "NEED [--offer OFFER] --quantity N [--carrier VOLUNTEER]",
       "menyanggupi kebutuhan",
       "promise something to a need",
       {{"NEED", Param::one, true, "kebutuhan", "the need"},
        {"--offer", Param::one, false, "dari tawaran ini", "from this offer"},
        quantity,
        {"--carrier", Param::one, false, "relawan yang mengantar", "the volunteer who carries it"}},
       pledge},
      {"handover",
       "PLEDGE|NEED|ENTITLEMENT --quantity N --received-by NAME [--witness NAME]",
       "mencatat serah terima",
       "record that goods were handed over",
       {{"OF", Param::one, true, "kesanggupan, kebutuhan atau jatah",
         "a pledge, need or entitlement"},
        quantity,
        {"--received-by", Param::one, true, "nama penerima", "who received it"},
        {"--witness", Param::one, false, "nama saksi", "who saw it"}},
       handover},
      {"confirm",
       "HANDOVER",
       "mengonfirmasi serah terima orang lain",
       "confirm another's hand-over",
       {{"HANDOVER", Param::one, true, "serah terima", "the hand-over"}},
       confirm},
      {"match",
       "NEED|OFFER",
       "yang cocok dengannya",
       "what fits it",
       {{"RECORD", Param::one, true, "kebutuhan atau tawaran", "a need or an offer"}},
       match},
  };
}

}  // namespace rukun::cli
