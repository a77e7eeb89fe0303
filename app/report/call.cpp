#include "app/report/call.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/report/drive.h"

namespace rukun {
namespace {

namespace sft = fields::shift;
namespace act = fields::activity;
namespace drv = fields::drive;

std::optional<RecordId> named_in(const Row& row, FieldId field) {
  const auto* id = std::get_if<RecordId>(&value_in(row, field));
  return id == nullptr ? std::nullopt : std::optional(*id);
}

class Caller {
 public:
  Caller(Projection& records, const SpaceInfo& space, const CallOptions& options)
      : records_(records), space_(space), options_(options) {}

  Result<Call> make() {
    TRY_VOID(find_subject());
    const KindId kind = subject_ ? subject_->kind : KindId{0};
    if (kind != drv::kKind) TRY_VOID(add_shifts(kind));
    if (kind == 0 || kind == drv::kKind) TRY_VOID(add_drives());
    call_.title = say("Panggilan warga ", "A call to the neighbors of ") + space_.name;
    call_.how = say("Sanggup? Balas pesan ini atau hubungi pengurus. Sedikit pun berarti.",
                    "Can you? Answer here, or tell whoever coordinates. Little is much.");
    return std::move(call_);
  }

 private:
  std::string say(std::string_view id, std::string_view en) const {
    return std::string(pick(options_.showing.language, id, en));
  }

  Status find_subject() {
    if (!options_.about) return {};
    TRY(subject_, records_.row(space_.number, *options_.about));
    if (subject_ && subject_->kind == fields::training::kKind) {
      const auto shift = named_in(*subject_, fields::training::kShift);
      if (shift) {
        TRY(subject_, records_.row(space_.number, *shift));
      }
    }
    if (!subject_) return error(Code::not_found, options_.about->hex());
    const auto kind = subject_->kind;
    if (kind == act::kKind || kind == sft::kKind || kind == drv::kKind ||
        kind == fields::program::kKind)
      return {};
    return error(Code::bad_value,
                 options_.about->hex().substr(0, 8) +
                     say(" bukan sesuatu yang dapat diumumkan", " is nothing to call for"),
                 "activity, shift, training, program, drive");
  }

  // Whether a call for the subject means this shift.
  Result<bool> is_meant(const Row& shift, KindId kind) {
    if (kind == 0) return number_in(shift, sft::kStarts) < horizon_ms();
    if (kind == sft::kKind) return shift.id == subject_->id;
    const auto activity = named_in(shift, sft::kActivity);
    if (kind == act::kKind) return activity == subject_->id;
    if (!activity) return false;
    TRY(const auto row, records_.row(space_.number, *activity));
    if (!row) return false;
    if (const auto serves = named_in(*row, act::kProgram)) return *serves == subject_->id;
    return number_in(*row, act::kType) == act::kTypeDistribution;
  }

  std::int64_t horizon_ms() const {
    return options_.now.ms + std::int64_t{options_.days} * 24 * 60 * 60 * 1000;
  }

  Status add_shifts(KindId kind) {
    TRY(const auto derived, Derived::load(records_, {&space_.number, 1}, sft::kKind));
    const auto* duty = derived.duty(space_.number);
    const Query query{.kind = sft::kKind,
                      .spaces = {space_.number},
                      .where = {{sft::kEnds, Compare::greater, Value{options_.now.ms}},
                                {sft::kCancelled, Compare::equal, {}}},
                      .sort = sft::kStarts};
    return records_.each_row(query, [&](Row& row) -> Result<bool> {
      TRY(const bool meant, is_meant(row, kind));
      const bool hidden = value_in(row, sft::kPublished) == Value{std::int64_t{0}};
      const auto* balance = duty == nullptr ? nullptr : duty->shift(row.id);
      if (!meant || hidden || balance == nullptr) return true;
      const auto room = balance->slots ? *balance->slots - balance->joined : std::int64_t{1};
      if (room > 0) TRY_VOID(add_shift(row, balance->slots.has_value(), room));
      return true;
    });
  }

  Status add_shift(const Row& shift, bool counted, std::int64_t room) {
    const auto& showing = options_.showing;
    CallLine line;
    std::string skills;
    if (const auto activity = named_in(shift, sft::kActivity)) {
      TRY(line.what, record_title(records_, space_.number, *activity, showing));
      TRY(const auto row, records_.row(space_.number, *activity));
      if (row) line.where = text_in(*row, act::kPlace);
      if (row)
        for (const auto& skill : set_in(*row, act::kRequiredSkills))
          if (const auto* text = std::get_if<std::string>(&skill))
            skills += (skills.empty() ? "" : ", ") + *text;
    }
    if (const auto place = text_in(shift, sft::kPlace); !place.empty()) line.where = place;
    line.when =
        format_instant({number_in(shift, sft::kStarts)}, showing.utc_offset_min, showing.language);
    line.lacking = counted ? std::to_string(room) + say(" orang lagi", " more wanted")
                           : say("siapa saja", "anybody");
    if (!skills.empty()) line.how = say("yang bisa: ", "who can: ") + skills;
    call_.shifts.push_back(std::move(line));
    return {};
  }

  bool is_open(const Row& drive, std::int64_t today) const {
    if (subject_) return drive.id == subject_->id;
    const auto ends = number_in(drive, drv::kEnds);
    return is_none(value_in(drive, drv::kClosed)) &&
           (ends == 0 || ends >= today || ends % 100 == 0);
  }

  Status add_drives() {
    TRY(const auto derived, Derived::load(records_, {&space_.number, 1}, drv::kKind));
    const auto today = local_date(options_.now, options_.showing.utc_offset_min);
    return records_.each_row({.kind = drv::kKind, .spaces = {space_.number}},
                             [&](Row& row) -> Result<bool> {
                               if (is_open(row, today)) add_drive(row, derived);
                               return true;
                             });
  }

  void add_drive(const Row& drive, const Derived& derived) {
    const auto& showing = options_.showing;
    const auto amount = [&](std::string_view name) {
      const auto value = derived.value_of(drive, *find_derived(drv::kKind, name));
      const auto* number = std::get_if<std::int64_t>(&value);
      return number == nullptr ? std::string() : drive_amount(drive, *number, showing.language);
    };
    CallLine line;
    line.what = text_in(drive, drv::kTitle);
    if (const auto purpose = text_in(drive, drv::kPurpose); !purpose.empty())
      line.what += ": " + purpose;
    if (const auto ends = number_in(drive, drv::kEnds); ends != 0)
      line.when = say("sampai ", "until ") + format_date(ends, showing.language);
    if (const auto again = text_in(drive, drv::kRecurrence); !again.empty())
      line.when += (line.when.empty() ? "" : ", ") + again;
    line.lacking = say("terkumpul ", "collected ") + amount("collected");
    if (const auto remaining = amount("remaining"); !remaining.empty())
      line.lacking += say(", masih kurang ", ", still lacking ") + remaining;
    if (!options_.for_public) line.where = text_in(drive, drv::kAccountNote);
    call_.drives.push_back(std::move(line));
  }

  Projection& records_;
  const SpaceInfo& space_;
  const CallOptions& options_;
  std::optional<Row> subject_;
  Call call_;
};

}  // namespace

Result<Call> gather_call(Projection& records, const SpaceInfo& space, const CallOptions& options) {
  return Caller(records, space, options).make();
}

Table call_table(const Call& call) {
  Table table;
  table.title = call.title;
  table.columns = {{"Apa", "What", ""},
                   {"Kapan", "When", ""},
                   {"Di mana", "Where", ""},
                   {"Yang dicari", "Wanted", ""},
                   {"Keterangan", "Note", ""}};
  std::vector<TableRow> rows;
  for (const auto* lines : {&call.shifts, &call.drives})
    for (const auto& line : *lines)
      rows.push_back({line.what, line.when, line.where, line.lacking, line.how});
  table.rows = rows_of(std::move(rows));
  table.notes = {call.how};
  return table;
}

std::string call_text(const Call& call, Language language) {
  const auto say = [&](std::string_view id, std::string_view en) {
    return std::string(pick(language, id, en));
  };
  std::string out = "*" + call.title + "*\n";
  const auto add = [&](const std::string& heading, const std::vector<CallLine>& lines) {
    if (lines.empty()) return;
    out += "\n" + heading + "\n";
    for (const auto& line : lines) {
      out += "- " + line.what;
      for (const auto* part : {&line.when, &line.where, &line.how})
        if (!part->empty()) out += ", " + *part;
      out += ": " + line.lacking + "\n";
    }
  };
  add(say("Dicari relawan:", "Volunteers wanted:"), call.shifts);
  add(say("Gotong royong:", "Giving together:"), call.drives);
  if (call.shifts.empty() && call.drives.empty())
    return out + "\n" +
           say("Saat ini semua jadwal sudah terisi dan tidak ada penggalangan yang terbuka.",
               "All shifts are filled just now, and no drive is open.") +
           "\n";
  return out + "\n" + call.how + "\n";
}

}  // namespace rukun
