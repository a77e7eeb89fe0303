#include "app/engine/opensid_import.h"

#include <algorithm>
#include <array>
#include <optional>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/opensid.h"
#include "app/domain/rules/check.h"
#include "app/engine/import_writing.h"

namespace rukun {
namespace {

namespace household = fields::household;
namespace resident = fields::resident;

constexpr int kInfantYears = 5;    // balita: below
constexpr int kElderlyYears = 60;  // lansia: from here on
constexpr std::size_t kFamiliesBetweenLooks = 64;

// Where a column goes.
struct Place {
  KindId kind = 0;
  FieldId field = 0;
};

Place place_of(OpensidColumn column) {
  switch (column) {
    case OpensidColumn::address: return {household::kKind, household::kAddress};
    case OpensidColumn::dusun: return {household::kKind, household::kDusun};
    case OpensidColumn::rw: return {household::kKind, household::kRw};
    case OpensidColumn::rt: return {household::kKind, household::kRt};
    case OpensidColumn::kk_number: return {household::kKind, household::kKkNumber};
    case OpensidColumn::name: return {resident::kKind, resident::kName};
    case OpensidColumn::nik: return {resident::kKind, resident::kNik};
    case OpensidColumn::sex: return {resident::kKind, resident::kSex};
    case OpensidColumn::birth_place: return {resident::kKind, resident::kBirthPlace};
    case OpensidColumn::birth_date: return {resident::kKind, resident::kBirthDate};
    case OpensidColumn::family_role: return {resident::kKind, resident::kFamilyRole};
    case OpensidColumn::disability: return {resident::kKind, resident::kDisability};
    case OpensidColumn::pregnant: return {resident::kKind, resident::kPregnant};
    case OpensidColumn::status: return {resident::kKind, resident::kStatus};
    default: return {};
  }
}

// A row of the sheet.
struct Person {
  std::uint64_t row = 0;
  std::string kk;
  std::vector<FieldChange> own;  // of the resident
  std::vector<FieldChange> home;
  std::string latitude, longitude;
  std::size_t bytes = 0;

  Value at(FieldId field) const {
    for (const auto& one : own)
      if (one.field == field) return one.value;
    return {};
  }
  std::int64_t number(FieldId field) const {
    const auto value = at(field);
    const auto* found = std::get_if<std::int64_t>(&value);
    return found == nullptr ? 0 : *found;
  }
};

// What the rows of one card number say together.
struct Family {
  std::uint64_t row = 0;
  std::string kk;
  std::vector<FieldChange> home;
  std::string name;
  int name_rank = 0;  // of whose name it is
  std::string location;
  std::int64_t people = 0, infants = 0, elderly = 0, disabled = 0, pregnant = 0;
  bool moved = false;
};

void put(std::vector<FieldChange>& into, FieldId field, Value value) {
  into.push_back({field, OpType::put, std::move(value)});
}

class OpensidReader {
 public:
  OpensidReader(Engine& engine, const std::vector<std::string>& headings, Language language)
      : language_(language) {
    for (const auto& heading : headings) columns_.push_back(opensid_column(heading));
    reading_.now = engine.context().clock.now();
    reading_.language = language;
  }

  bool has(OpensidColumn column) const {
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  }
  WallTime now() const { return reading_.now; }

  // Nothing when the row is refused, and for an empty row. A refused cell is left out of what
  // `broken` gets, which says what else the row holds.
  std::optional<Person> read(const ImportRow& row, std::vector<RefusedRow>& refused,
                             Person* broken = nullptr) const {
    Person out;
    out.row = row.number;
    const auto before = refused.size();
    for (const auto& [at, why] : row.unreadable)
      if (at < columns_.size() && columns_[at] != OpensidColumn::other)
        refuse(row, columns_[at], why, refused);
    for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
      if (columns_[i] == OpensidColumn::other) continue;
      const bool number = std::find(row.numbers.begin(), row.numbers.end(), i) != row.numbers.end();
      if (auto taken = take(columns_[i], row.cells[i], number, out); !taken)
        refuse(row, columns_[i], std::move(taken).error(), refused);
      out.bytes += row.cells[i].size();
    }
    if (refused.size() == before && out.bytes == 0) return std::nullopt;
    const bool nameless = is_none(out.at(resident::kName));
    if (nameless && refused.size() == before)
      refuse(
          row, OpensidColumn::name,
          {Code::bad_value, std::string(pick(language_, "nama kosong", "the name is empty")), {}},
          refused);
    if (broken != nullptr) *broken = out;
    if (refused.size() != before) return std::nullopt;
    return out;
  }

 private:
  static void refuse(const ImportRow& row, OpensidColumn column, Error why,
                     std::vector<RefusedRow>& refused) {
    refused.push_back({row.number, std::string(opensid_heading(column)), std::move(why)});
  }

  Status take(OpensidColumn column, std::string_view cell, bool number, Person& into) const {
    TRY(const auto text, opensid_value(column, cell, language_));
    if (text.empty()) return {};
    if (column == OpensidColumn::latitude) into.latitude = text;
    if (column == OpensidColumn::longitude) into.longitude = text;
    const auto place = place_of(column);
    if (place.kind == 0) return {};
    auto reading = reading_;
    reading.plain_numbers = number;
    TRY(auto value, parse_value(kind_of(place.kind).field(place.field), text, reading));
    if (is_none(value)) return {};
    if (column == OpensidColumn::kk_number) into.kk = std::get<std::string>(value);
    put(place.kind == household::kKind ? into.home : into.own, place.field, std::move(value));
    return {};
  }

  Language language_;
  std::vector<OpensidColumn> columns_;
  ParseContext reading_;
};

int whole_years(std::int64_t born, std::int64_t today) {
  const auto year = born / 10'000;
  // Where the day is not known, the age of most of that year.
  const auto day = born % 10'000 == 0 ? 701 : born % 10'000;
  return static_cast<int>(today / 10'000 - year - (today % 10'000 < day ? 1 : 0));
}

class OpensidImport {
 public:
  OpensidImport(const ImportSource& source, const ImportOptions& options, OpensidReader reader,
                ImportWriter writer)
      : source_(source),
        options_(options),
        reader_(std::move(reader)),
        writer_(std::move(writer)) {}

  Result<ImportReport> run() {
    TRY_VOID(each_row([&](ImportRow& row) {
      gather(row);
      return Status();
    }));
    if (stopped_) return writer_.stop(0);
    TRY_VOID(writer_.begin(kind_of(household::kKind)));
    for (std::size_t i = 0; i < families_.size(); ++i) {
      if (i % kFamiliesBetweenLooks == 0 && !writer_.still_wanted()) return writer_.stop(0);
      TRY_VOID(write_family(families_[i]));
    }
    TRY_VOID(writer_.flush());
    for (auto& family : families_) {
      if (const auto id = writer_.known(family.kk)) homes_.emplace(family.kk, *id);
    }
    TRY_VOID(writer_.begin(kind_of(resident::kKind)));
    taken_to_ = 0;
    TRY_VOID(each_row([&](ImportRow& row) { return write_person(row); }));
    say_remarks();
    return stopped_ ? writer_.stop(taken_to_) : writer_.finish();
  }

 private:
  // Up to the mark that ends the data.
  Status each_row(const ImportRowUse& use) {
    bool ended = false;
    const auto read = source_.rows([&](ImportRow& row) -> Status {
      ended = row.cells.size() > 1 && ends_opensid(row.cells[1]);
      stopped_ = !writer_.goes_on();
      if (ended || stopped_) return error(Code::busy, "enough");
      taken_to_ = row.number;
      return use(row);
    });
    return ended || stopped_ ? Status() : read;
  }

  void gather(const ImportRow& row) {
    std::vector<RefusedRow> told_later;
    Person person;
    (void)reader_.read(row, told_later, &person);
    if (person.kk.empty() || is_none(person.at(resident::kName))) return;
    const auto [known, fresh] = index_.emplace(person.kk, families_.size());
    if (fresh) {
      families_.emplace_back();
      families_.back().kk = person.kk;
      families_.back().row = person.row;
    }
    join(families_[known->second], person);
  }

  void join(Family& family, const Person& person) const {
    for (const auto& one : person.home) {
      const bool there =
          std::any_of(family.home.begin(), family.home.end(),
                      [&](const FieldChange& had) { return had.field == one.field; });
      if (!there) family.home.push_back(one);
    }
    const auto status = person.number(resident::kStatus);
    const bool here = status == 0 || status == resident::kStatusHere;
    const auto role = person.number(resident::kFamilyRole);
    // The family bears the name of its head while one lives here, then of who is nearest.
    const int rank = (here ? 3 : 0) + (role == resident::kFamilyRoleHead     ? 3
                                       : role == resident::kFamilyRoleSpouse ? 2
                                                                             : 1);
    if (rank > family.name_rank) {
      family.name_rank = rank;
      family.name = std::get<std::string>(person.at(resident::kName));
      if (!person.latitude.empty() && !person.longitude.empty())
        family.location = person.latitude + "," + person.longitude;
    }
    if (status == resident::kStatusMoved) family.moved = true;
    if (here) count(family, person);
  }

  void count(Family& family, const Person& person) const {
    ++family.people;
    const auto born = person.number(resident::kBirthDate);
    if (born > 0) {
      const int years = whole_years(born, local_date(reader_.now(), kWibOffset_min));
      if (years >= 0 && years < kInfantYears) ++family.infants;
      if (years >= kElderlyYears) ++family.elderly;
    }
    if (person.number(resident::kDisability) > resident::kDisabilityNone) ++family.disabled;
    if (person.number(resident::kPregnant) == 1) ++family.pregnant;
  }

  Status write_family(Family& family) {
    ReadRow read;
    read.fields = std::move(family.home);
    put(read.fields, household::kName, family.name);
    put(read.fields, household::kPeople, family.people);
    put(read.fields, household::kInfants, family.infants);
    put(read.fields, household::kElderly, family.elderly);
    put(read.fields, household::kDisabled, family.disabled);
    put(read.fields, household::kPregnant, family.pregnant);
    put(read.fields, household::kStatus,
        family.people > 0 ? household::kStatusHere
        : family.moved    ? household::kStatusMoved
                          : household::kStatusGone);
    if (!family.location.empty()) {
      auto value =
          parse_value(kind_of(household::kKind).field(household::kLocation), family.location, {});
      if (value && !is_none(*value)) put(read.fields, household::kLocation, std::move(*value));
      if (!value) ++bad_locations_;
    }
    read.natural_key = family.kk;
    read.key_column = opensid_heading(OpensidColumn::kk_number);
    read.bytes = family.name.size() + 100;
    return writer_.add(family.row, std::move(read));
  }

  Status write_person(const ImportRow& row) {
    auto person = reader_.read(row, writer_.report().refused);
    if (!person) return {};
    ReadRow read;
    read.fields = std::move(person->own);
    read.bytes = person->bytes;
    if (person->kk.empty()) ++without_family_;
    const auto home = homes_.find(person->kk);
    if (home != homes_.end()) put(read.fields, resident::kHousehold, home->second);
    if (const auto key = natural_key({resident::kKind, read.fields})) read.natural_key = *key;
    read.key_column = opensid_heading(OpensidColumn::nik);
    return writer_.add(row.number, std::move(read));
  }

  void say_remarks() {
    auto& remarks = writer_.report().remarks;
    const auto say = [&](std::uint64_t count, std::string_view id, std::string_view en) {
      if (count > 0)
        remarks.push_back(std::to_string(count) + std::string(pick(options_.language, id, en)));
    };
    say(families_.size(), " keluarga dari No. KK", " families by their card number");
    say(without_family_, " warga tanpa No. KK: tidak dimasukkan ke keluarga mana pun",
        " residents without a card number: put into no family");
    say(bad_locations_, " titik lokasi tidak terbaca, dilewati",
        " locations could not be read, left out");
    remarks.emplace_back(pick(options_.language,
                              "Kolom lain (agama, pekerjaan, ...) tidak diperlukan dan tidak "
                              "disimpan",
                              "Other columns (religion, occupation, ...) are not needed and not "
                              "stored"));
  }

  const ImportSource& source_;
  const ImportOptions& options_;
  OpensidReader reader_;
  ImportWriter writer_;
  std::vector<Family> families_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_map<std::string, RecordId> homes_;
  std::uint64_t without_family_ = 0;
  std::uint64_t bad_locations_ = 0;
  std::uint64_t taken_to_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::size_t known_opensid_headings(const std::vector<std::string>& headings) {
  return static_cast<std::size_t>(std::count_if(
      headings.begin(), headings.end(),
      [](const std::string& one) { return opensid_column(one) != OpensidColumn::other; }));
}

Result<ImportReport> import_opensid(Engine& engine, const SpaceInfo& space,
                                    const ImportSource& source, const ImportOptions& options) {
  OpensidReader reader(engine, source.headings, options.language);
  std::string missing;
  for (const auto column : {OpensidColumn::name, OpensidColumn::kk_number, OpensidColumn::nik})
    if (!reader.has(column))
      missing += (missing.empty() ? "" : ", ") + std::string(opensid_heading(column));
  if (!missing.empty())
    return error(Code::bad_value,
                 std::string(pick(options.language, "ini bukan lembar penduduk OpenSID; tidak ada ",
                                  "this is no population sheet of OpenSID; there is no ")) +
                     missing,
                 std::string(pick(options.language,
                                  "judul kolomnya harus ada: alamat, dusun, rw, rt, nama, no_kk, "
                                  "nik, ...",
                                  "it has the headings alamat, dusun, rw, rt, nama, no_kk, nik, "
                                  "...")));
  TRY(auto writer, ImportWriter::open(engine, space, resident::kKind, options));
  return OpensidImport(source, options, std::move(reader), std::move(writer)).run();
}

}  // namespace rukun
