// Duty: signing up, standing in for each other, swapping, attendance.
#include "app/cli/records.h"
#include "app/domain/fields.h"
#include "app/domain/schema.h"

namespace rukun::cli {
namespace {

namespace joining = fields::signup;
using Fields = std::vector<FieldChange>;

tl::unexpected<Error> refuse(Session& session, const RecordId& id, std::string_view id_text,
                             std::string_view en_text, std::string hint = {}) {
  return error(Code::bad_value,
               id.hex().substr(0, 8) + ": " + std::string(session.pick(id_text, en_text)),
               std::move(hint));
}

SetFields withdrawal_of(const RecordId& signup) {
  return {signup, {{joining::kState, OpType::put, joining::kStateWithdrawn}}};
}

// A sign-up that holds, to be passed on.
struct Standing {
  FoundRecord found;
  Row row;
  RecordId shift;
};

Result<Standing> standing(Session& session, std::string_view text) {
  TRY(auto found, record_of(session, text, joining::kKind));
  TRY(auto* engine, session.engine());
  TRY(auto row, engine->records().row(found.space.number, found.id));
  const auto* shift = row ? std::get_if<RecordId>(&value_in(*row, joining::kShift)) : nullptr;
  if (shift == nullptr || number_in(*row, joining::kState) == joining::kStateWithdrawn)
    return refuse(session, found.id, "sudah mundur", "has withdrawn already");
  if (!is_none(value_in(*row, joining::kAttendance)))
    return refuse(session, found.id, "kehadirannya sudah dicatat", "attendance is recorded already",
                  std::string(session.pick("kosongkan dahulu: set ", "clear it first: set ")) +
                      found.id.hex().substr(0, 8) + " attendance=");
  const auto of = *shift;
  return Standing{std::move(found), std::move(*row), of};
}

// The shift that is meant: itself, or the one of a training.
Result<FoundRecord> shift_of(Session& session, std::string_view text) {
  TRY(auto found, session.record(text));
  if (found.kind->id == fields::shift::kKind) return found;
  if (found.kind->id != fields::training::kKind)
    return unexpected_kind(found, "shift, training", session.language());
  TRY(auto* engine, session.engine());
  TRY(const auto row, engine->records().row(found.space.number, found.id));
  const auto* shift =
      row ? std::get_if<RecordId>(&value_in(*row, fields::training::kShift)) : nullptr;
  if (shift == nullptr)
    return error(Code::bad_value,
                 std::string(session.pick("pelatihan ini belum punya jadwal",
                                          "this training has no shift yet")),
                 "set " + found.id.hex().substr(0, 8) + " shift=ID");
  return session.record(shift->hex());
}

Status signup(Session& session, const Arguments& given, Output& out) {
  if (given.has("--volunteer") == given.has("--household")) {
    return error(Code::bad_value,
                 std::string(out.pick("sebutkan satu: relawan atau keluarga",
                                      "name one: a volunteer or a household")),
                 "--volunteer ID | --household ID");
  }
  TRY(const auto shift, shift_of(session, given.at("SHIFT")));
  const auto reading = session.reading(shift.space);
  Fields made{{joining::kShift, OpType::put, shift.id}};
  TRY_VOID(take_option(made, joining::kKind, joining::kVolunteer, given, "--volunteer", reading));
  TRY_VOID(take_option(made, joining::kKind, joining::kHousehold, given, "--household", reading));
  Action action;
  if (!given.has("--replaces")) {
    action.changes.emplace_back(AddRecord{joining::kKind, std::move(made)});
  } else {
    TRY(const auto before, standing(session, given.at("--replaces")));
    if (before.shift != shift.id)
      return refuse(session, before.found.id, "terdaftar pada jadwal lain",
                    "is signed up for another shift",
                    std::string(session.pick("jadwalnya: ", "its shift: ")) + before.shift.hex());
    made.push_back({joining::kReplaces, OpType::put, before.found.id});
    action.changes = {AddRecord{joining::kKind, std::move(made)}, withdrawal_of(before.found.id)};
  }
  return act_and_say(session, out, shift.space, action,
                     "Terdaftar, tersimpan di sini:", "Signed up, stored here:");
}

Status attend(Session& session, const Arguments& given, Output& out) {
  TRY(const auto found, record_of(session, given.at("SIGNUP"), joining::kKind));
  TRY(auto change, read_field(kind_of(joining::kKind), joining::kAttendance, given.at("STATE"),
                              session.reading(found.space)));
  return act_and_say(session, out, found.space, {{SetFields{found.id, {std::move(change)}}}},
                     "Kehadiran tersimpan di sini:", "Attendance stored here:");
}

// `person` takes the place of `of`.
AddRecord in_place_of(const Standing& person, const Standing& of) {
  AddRecord out{joining::kKind, {{joining::kShift, OpType::put, of.shift}}};
  for (const auto field : {joining::kVolunteer, joining::kHousehold})
    if (const auto& who = value_in(person.row, field); !is_none(who))
      out.fields.push_back({field, OpType::put, who});
  out.fields.push_back({joining::kReplaces, OpType::put, of.found.id});
  return out;
}

Status swap(Session& session, const Arguments& given, Output& out) {
  TRY(const auto one, standing(session, given.at("SIGNUP")));
  TRY(const auto other, standing(session, given.at("OTHER")));
  if (one.shift == other.shift || one.found.space.id != other.found.space.id)
    return refuse(session, other.found.id, "bukan pendaftaran pada jadwal lain di kelompok ini",
                  "is no sign-up for another shift of this neighborhood");
  const Action action{{in_place_of(one, other), in_place_of(other, one),
                       withdrawal_of(one.found.id), withdrawal_of(other.found.id)}};
  TRY(const auto outcome, act(session, out, one.found.space, action));
  if (out.json()) {
    out.document().object().key("ids").array();
    for (std::size_t i = 0; i < 2; ++i) out.document().text(outcome.records[i].hex());
    out.document().end_array().end_object();
  }
  out.line(std::string(out.pick("Bertukar, tersimpan di sini: ", "Swapped, stored here: ")) +
           outcome.records[0].hex() + " " + outcome.records[1].hex());
  return {};
}

}  // namespace

Commands duty_commands() {
  const Param signed_up{"SIGNUP", Param::one, true, "pendaftaran", "the sign-up"};
  return {
      {"signup",
       "SHIFT|TRAINING (--volunteer ID | --household ID) [--replaces SIGNUP]",
       "mendaftar untuk tugas, atau menggantikan orang lain",
       "sign up for a shift, or stand in for somebody",
       {{"SHIFT", Param::one, true, "jadwal atau pelatihan", "the shift or training"},
        {"--volunteer", Param::one, false, "relawan", "the volunteer"},
        {"--household", Param::one, false, "keluarga", "the household"},
        {"--replaces", Param::one, false,
         "menggantikan pendaftaran ini, yang sekaligus mundur: tempatnya beralih",
         "stands in for this sign-up, which withdraws at once: its place passes on"}},
       signup},
      {"attend",
       "SIGNUP STATE",
       "mencatat atau membetulkan kehadiran",
       "record or correct attendance",
       {signed_up,
        {"STATE", Param::one, true, "present, absent atau excused (izin: tidak dihitung bolos)",
         "present, absent or excused (does not count as missed)"}},
       attend},
      {"roster swap",
       "SIGNUP OTHER",
       "menukar giliran dua orang",
       "swap the turns of two people",
       {signed_up,
        {"OTHER", Param::one, true, "pendaftaran orang lain pada jadwal lain",
         "another's sign-up for another shift"}},
       swap},
  };
}

}  // namespace rukun::cli
