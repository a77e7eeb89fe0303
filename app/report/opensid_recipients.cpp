#include "app/report/opensid_recipients.h"

#include <set>

#include "app/domain/fields.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace household = fields::household;
namespace resident = fields::resident;
namespace entitlement = fields::entitlement;
namespace program = fields::program;

class Recipients {
 public:
  Recipients(Projection& records, std::uint32_t space, bool families)
      : records_(records), space_(space), families_(families) {}

  Status add(const Row& given) {
    TRY(auto person, row_of(given, entitlement::kResident));
    TRY(auto home, row_of(given, entitlement::kHousehold));
    if (!home && person) {
      TRY(home, row_of(*person, resident::kHousehold));
    }
    // A family is handed out to who heads it.
    if (!person && home) {
      TRY(person, head_of(*home));
    }
    const auto& who = families_ && home ? home : person ? person : home;
    if (!who) {
      ++unknown_;
      return {};
    }
    if (!here_.insert(who->id).second) return {};
    const auto nik = person ? text_in(*person, resident::kNik) : std::string();
    const auto kk = home ? text_in(*home, household::kKkNumber) : std::string();
    const auto participant = families_ ? kk : nik;
    if (participant.empty()) ++numberless_;
    const auto name = person ? text_in(*person, resident::kName) : text_in(*home, household::kName);
    const auto born = person ? number_in(*person, resident::kBirthDate) : 0;
    rows_.push_back({participant, std::string(), nik, name,
                     person ? text_in(*person, resident::kBirthPlace) : std::string(),
                     born == 0 ? std::string() : iso_date(born), home ? address(*home) : ""});
    return {};
  }

  std::vector<TableRow> take_rows() { return std::move(rows_); }
  std::uint64_t unknown() const { return unknown_; }
  std::uint64_t numberless() const { return numberless_; }

 private:
  Result<std::optional<Row>> row_of(const Row& from, FieldId reference) {
    const auto* id = std::get_if<RecordId>(&value_in(from, reference));
    if (id == nullptr) return std::optional<Row>();
    TRY(auto row, records_.row(space_, *id));
    const bool there = row && row->life != Life::erased && row->life != Life::absent;
    return there ? std::move(row) : std::nullopt;
  }

  Result<std::optional<Row>> head_of(const Row& home) {
    Query query{.kind = resident::kKind, .spaces = {space_}};
    query.where = {{resident::kHousehold, Compare::equal, Value(home.id)},
                   {resident::kFamilyRole, Compare::equal, Value(resident::kFamilyRoleHead)}};
    TRY(auto rows, records_.rows(query));
    for (auto& row : rows) {
      const auto status = number_in(row, resident::kStatus);
      if (status == 0 || status == resident::kStatusHere) return std::optional(std::move(row));
    }
    return std::optional<Row>();
  }

  static std::string address(const Row& home) {
    std::string out = text_in(home, household::kAddress);
    if (const auto dusun = text_in(home, household::kDusun); !dusun.empty())
      out += (out.empty() ? "" : ", ") + dusun;
    return out + (out.empty() ? "" : ", ") +
           format_rt_rw(number_in(home, household::kRt), number_in(home, household::kRw));
  }

  Projection& records_;
  std::uint32_t space_;
  bool families_;
  std::set<RecordId> here_;
  std::vector<TableRow> rows_;
  std::uint64_t unknown_ = 0;
  std::uint64_t numberless_ = 0;
};

}  // namespace

Result<Table> opensid_recipients(Engine& engine, const SpaceInfo& space, const RecordId& id,
                                 Language language) {
  if (space.role != Role::head && space.role != Role::office)
    return error(Code::not_allowed,
                 std::string(pick(language, "NIK utuh hanya untuk ketua dan kantor desa",
                                  "whole NIKs are for heads and the office only")));
  auto& records = engine.records();
  TRY(const auto row, records.row(space.number, id));
  if (!row || row->kind != program::kKind)
    return error(Code::not_found,
                 "--program " + id.hex() +
                     std::string(pick(language, ": bukan program bantuan", ": is no aid program")));
  Recipients recipients(records, space.number,
                        number_in(*row, program::kTarget) == program::kTargetHousehold);
  Query query{.kind = entitlement::kKind, .spaces = {space.number}};
  query.where = {{entitlement::kProgram, Compare::equal, Value(id)}};
  TRY(const auto all, records.rows(query));
  for (const auto& one : all) TRY_VOID(recipients.add(one));
  Table table;
  table.title = text_in(*row, program::kTitle);
  for (const auto* heading :
       {"Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"})
    table.columns.push_back({heading, heading, {}});
  const auto note = [&](std::uint64_t count, std::string_view indonesian,
                        std::string_view english) {
    if (count > 0)
      table.notes.push_back(std::to_string(count) +
                            std::string(pick(language, indonesian, english)));
  };
  note(recipients.numberless(), " peserta tanpa NIK atau No. KK", " recipients without a number");
  note(recipients.unknown(), " jatah tanpa orang yang dikenal di sini",
       " entitlements of nobody known here");
  table.rows = rows_of(recipients.take_rows());
  return table;
}

}  // namespace rukun
