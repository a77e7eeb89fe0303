#include "app/report/ledger.h"

#include <algorithm>
#include <limits>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/rules/receivers.h"
#include "app/domain/rules/titles.h"
#include "app/domain/rules/visits.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::size_t kHashShown = 16;

// What both lists are written from.
class ProgramLists {
 public:
  ProgramLists(Engine& engine, const SpaceInfo& space, const RecordId& program,
               const ProgramOptions& options)
      : engine_(engine), space_(space), program_(program), options_(options) {}

  Result<Table> ledger() {
    TRY(const auto book, program_book(engine_, space_, program_));
    Table table;
    TRY(const auto title, name_of_record(program_));
    table.title = say("Buku bantuan: ", "Aid ledger: ") + title;
    table.columns = ledger_columns();
    std::vector<TableRow> rows;
    std::uint64_t number = 0;
    for (const auto& entry : book.ledger.entries) TRY_VOID(add_rows(entry, ++number, rows));
    table.rows = rows_of(std::move(rows));
    for (const auto& balance : book.ledger.balances) table.footers.push_back(footer(balance));
    add_notes(book, table);
    return table;
  }

  Result<Table> visits() {
    TRY(const auto book, program_book(engine_, space_, program_));
    TRY_VOID(gather_receivers());
    std::vector<RecordId> all;
    for (const auto& [receiver, lines] : given_) all.push_back(receiver);
    const auto drawn = visit_sample(book.ledger.digest, all);
    Table table;
    TRY(const auto title, name_of_record(program_));
    table.title = say("Kunjungan pemeriksaan: ", "Visits: ") + title;
    table.columns = visit_columns();
    std::vector<TableRow> rows;
    for (std::size_t i = 0; i < drawn.size(); ++i)
      for (const auto& line : given_[drawn[i]]) {
        TRY(auto row, visit_row(i + 1, line));
        rows.push_back(std::move(row));
      }
    table.rows = rows_of(std::move(rows));
    table.notes = {
        say("Terpilih ", "Drawn: ") + std::to_string(drawn.size()) + say(" dari ", " of ") +
            std::to_string(all.size()) +
            say(" penerima, diundi dari sidik buku bantuan; tidak ada yang dapat memilih.",
                " receivers, by the ledger's digest; nobody can choose."),
        digest_note(book)};
    return table;
  }

 private:
  std::string say(std::string_view id, std::string_view en) const {
    return std::string(pick(options_.showing.language, id, en));
  }

  Result<std::string> name_of_record(const RecordId& id) {
    return record_title(engine_.records(), space_.number, id, options_.showing);
  }

  std::vector<Column> ledger_columns() const {
    const auto number = ColumnType::number;
    std::vector<Column> out{{"No.", "No.", "", number},
                            {"Waktu", "Time", ""},
                            {"Langkah", "Step", ""},
                            {"Barang", "Item", "#item+name"},
                            {"Satuan", "Unit", "#item+unit"},
                            {"Masuk", "In", "#item+num+received", number},
                            {"Keluar", "Out", "#item+num+delivered", number},
                            {"Saldo", "Balance", "#item+num+balance", number}};
    if (!options_.for_public) {
      out.push_back({"Untuk", "For", ""});
      out.push_back({"Diterima oleh", "Received by", ""});
    }
    const std::vector<Column> rest{{"Kode tanda terima", "Receipt code", ""},
                                   {"Dicatat oleh", "Recorded by", ""},
                                   {"Yang diubah", "What changed", ""},
                                   {"Transaksi", "Transaction", ""}};
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
  }

  // One row for each kind of goods that the entry moved, or one without an amount.
  Status add_rows(const LedgerEntry& entry, std::uint64_t number, std::vector<TableRow>& rows) {
    if (entry.after.empty()) return add_row(entry, number, nullptr, rows);
    for (const auto& after : entry.after) TRY_VOID(add_row(entry, number, &after, rows));
    return {};
  }

  Status add_row(const LedgerEntry& entry, std::uint64_t number, const GoodsBalance* after,
                 std::vector<TableRow>& rows) {
    const auto language = options_.showing.language;
    TableRow row{NumberCell{static_cast<std::int64_t>(number) * 1000},
                 format_instant(entry.at.wall(), options_.showing.utc_offset_min, language),
                 std::string(step_word(entry.step, language))};
    if (after == nullptr) {
      row.resize(row.size() + 5);
    } else {
      const auto moved = [&](const std::vector<GoodsAmount>& amounts) -> std::int64_t {
        for (const auto& one : amounts)
          if (one.goods == after->goods) return one.thousandths;
        return 0;
      };
      auto in = moved(entry.in), out = moved(entry.out), left = after->left();
      const auto unit = larger_unit(after->goods.unit, {&in, &out, &left});
      row.emplace_back(goods_name(after->goods));
      row.emplace_back(unit_word(unit, language));
      row.push_back(in == 0 ? Cell() : Cell(NumberCell{in}));
      row.push_back(out == 0 ? Cell() : Cell(NumberCell{out}));
      row.emplace_back(NumberCell{left});
    }
    const bool handover = entry.kind == k::handover::kKind;
    TRY(const auto about, engine_.records().row(space_.number, entry.record));
    if (!options_.for_public) {
      TRY(auto whom, handover&& about ? receiver_of(*about) : Result<std::string>(""));
      row.emplace_back(std::move(whom));
      row.emplace_back(handover && about ? text_in(*about, k::handover::kReceivedBy)
                                         : std::string());
    }
    row.emplace_back(handover ? receipt_code(entry.record) : std::string());
    row.emplace_back(entry.by_name);
    row.emplace_back(fields_word(entry));
    row.emplace_back(entry.txn.hex().substr(0, kHashShown));
    rows.push_back(std::move(row));
    return {};
  }

  std::string goods_name(const LedgerGoods& goods) const {
    return goods_word(goods, options_.showing.items, options_.showing.language);
  }

  std::string fields_word(const LedgerEntry& entry) const {
    std::string out;
    const auto* kind = find_kind(entry.kind);
    for (const auto field : entry.changed) {
      const auto* spec = kind == nullptr ? nullptr : kind->find_field(field);
      if (spec != nullptr)
        out += (out.empty() ? "" : ", ") + std::string(spec->label(options_.showing.language));
    }
    return out;
  }

  Result<std::string> receiver_of(const Row& handover) {
    const auto* id = std::get_if<RecordId>(&value_in(handover, k::handover::kEntitlement));
    if (id == nullptr) return std::string();
    TRY(const auto entitlement, engine_.records().row(space_.number, *id));
    if (!entitlement) return std::string();
    for (const auto field : {k::entitlement::kResident, k::entitlement::kHousehold})
      if (const auto* who = std::get_if<RecordId>(&value_in(*entitlement, field)))
        return name_of_record(*who);
    return std::string();
  }

  TableRow footer(GoodsBalance balance) const {
    auto left = balance.left();
    const auto unit = larger_unit(balance.goods.unit, {&balance.in, &balance.out, &left});
    TableRow row(ledger_columns().size());
    row[2] = say("Jumlah", "Total");
    row[3] = goods_name(balance.goods);
    row[4] = unit_word(unit, options_.showing.language);
    row[5] = NumberCell{balance.in};
    row[6] = NumberCell{balance.out};
    row[7] = NumberCell{left};
    return row;
  }

  std::string digest_note(const ProgramBook& book) const {
    return say("Sidik buku: ", "The ledger's digest: ") + book.ledger.digest.hex();
  }

  void add_notes(const ProgramBook& book, Table& table) const {
    table.notes = {
        say("Buku ini membuktikan bahwa catatan tidak diubah diam-diam, bukan bahwa barang sampai.",
            "This ledger proves that records were not changed in secret, not that goods arrived."),
        say("Koreksi berdiri sebagai langkah sendiri; langkah terdahulu tidak pernah diubah. "
            "Satuan yang tidak dapat disamakan dihitung terpisah.",
            "A correction is an entry of its own; earlier ones never change. Units that do not "
            "convert are counted apart."),
        digest_note(book)};
    if (book.erased > 0)
      table.notes.push_back(
          std::to_string(book.erased) +
          say(" serah terima di kelompok ini telah dihapus untuk selamanya; jumlahnya tidak "
              "diketahui lagi.",
              " hand-overs of this neighborhood were erased for good; how much they were is not "
              "known any more."));
  }

  // Every receiver to whom something was handed over, with the entitlements by which.
  struct Given {
    Row entitlement;
    std::int64_t quantity = 0;
    std::optional<Row> last;  // hand-over
  };

  Status gather_receivers() {
    auto& records = engine_.records();
    TRY(const auto receivers, Receivers::load(records, {&space_.number, 1}));
    const Query query{.kind = k::entitlement::kKind,
                      .spaces = {space_.number},
                      .where = {{k::entitlement::kProgram, Compare::equal, Value{program_}}}};
    TRY(const auto entitlements, records.rows(query));
    for (const auto& row : entitlements) {
      Given given{row, 0, {}};
      const Query handovers{.kind = k::handover::kKind,
                            .spaces = {space_.number},
                            .where = {{k::handover::kEntitlement, Compare::equal, Value{row.id}}},
                            .sort = k::handover::kAt};
      TRY_VOID(records.each_row(handovers, [&](Row& one) -> Result<bool> {
        const auto quantity = std::max<std::int64_t>(0, number_in(one, k::handover::kQuantity));
        if (__builtin_add_overflow(given.quantity, quantity, &given.quantity))
          given.quantity = std::numeric_limits<std::int64_t>::max();
        given.last = std::move(one);
        return true;
      }));
      if (!given.last) continue;
      const auto receiver = receivers.of(reference(row, k::entitlement::kHousehold),
                                         reference(row, k::entitlement::kResident));
      if (!receiver.is_zero()) given_[receiver].push_back(std::move(given));
    }
    return {};
  }

  std::vector<Column> visit_columns() const {
    const auto number = ColumnType::number;
    std::vector<Column> out{{"No.", "No.", "", number}};
    if (!options_.for_public) {
      out.push_back({"Penerima", "Receiver", ""});
      out.push_back({"Alamat", "Address", ""});
    }
    const std::vector<Column> rest{{"RT", "RT", "#loc+rt"},
                                   {"Barang", "Item", "#item+name"},
                                   {"Jumlah tercatat", "Recorded quantity", "#item+num", number},
                                   {"Satuan", "Unit", "#item+unit"},
                                   {"Serah terima terakhir", "Last handed over", ""},
                                   {"Kode tanda terima", "Receipt code", ""},
                                   {"Ditemui? (ya/tidak)", "Met? (yes/no)", ""},
                                   {"Menerima sebanyak", "Says to have got", ""}};
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
  }

  Result<TableRow> visit_row(std::size_t number, const Given& given) {
    const auto language = options_.showing.language;
    TableRow row{NumberCell{static_cast<std::int64_t>(number) * 1000}};
    const Row& entitlement = given.entitlement;
    TRY(const auto house, house_of(entitlement));
    if (!options_.for_public) {
      const auto person = reference(entitlement, k::entitlement::kResident);
      const auto home = reference(entitlement, k::entitlement::kHousehold);
      TRY(auto name, name_of_record(person ? *person : home.value_or(RecordId{})));
      row.emplace_back(std::move(name));
      row.emplace_back(house ? text_in(*house, k::household::kAddress) : std::string());
    }
    row.emplace_back(house ? format_rt_rw(number_in(*house, k::household::kRt),
                                          number_in(*house, k::household::kRw))
                           : std::string());
    row.emplace_back(goods_name({text_in(entitlement, k::entitlement::kItem),
                                 text_in(entitlement, k::entitlement::kUnit)}));
    row.emplace_back(NumberCell{given.quantity});
    row.emplace_back(unit_word(text_in(entitlement, k::entitlement::kUnit), language));
    row.emplace_back(format_instant({number_in(*given.last, k::handover::kAt)},
                                    options_.showing.utc_offset_min, language));
    row.emplace_back(receipt_code(given.last->id));
    row.emplace_back();
    row.emplace_back();
    return row;
  }

  static std::optional<RecordId> reference(const Row& row, FieldId field) {
    const auto* id = std::get_if<RecordId>(&value_in(row, field));
    return id == nullptr ? std::nullopt : std::optional(*id);
  }

  // Where the receiver lives: the household that is named, else that of the resident.
  Result<std::optional<Row>> house_of(const Row& entitlement) {
    auto home = reference(entitlement, k::entitlement::kHousehold);
    const auto person = reference(entitlement, k::entitlement::kResident);
    if (!home && person) {
      TRY(const auto resident, engine_.records().row(space_.number, *person));
      if (resident) home = reference(*resident, k::resident::kHousehold);
    }
    if (!home) return std::optional<Row>();
    return engine_.records().row(space_.number, *home);
  }

  Engine& engine_;
  const SpaceInfo& space_;
  RecordId program_;
  const ProgramOptions& options_;
  std::map<RecordId, std::vector<Given>> given_;
};

}  // namespace

Result<Table> ledger_table(Engine& engine, const SpaceInfo& space, const RecordId& program,
                           const ProgramOptions& options) {
  return ProgramLists(engine, space, program, options).ledger();
}

Result<Table> visits_table(Engine& engine, const SpaceInfo& space, const RecordId& program,
                           const ProgramOptions& options) {
  return ProgramLists(engine, space, program, options).visits();
}

}  // namespace rukun
