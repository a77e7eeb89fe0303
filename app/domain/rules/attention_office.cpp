// Duties that programs, drives, the market, notices and reporting bring, each with the command that
// settles it.

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/attention.h"
#include "app/domain/rules/derived_office.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/ledger.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::int64_t kWeek_days = 7;
// A duty is somebody else's when so many of its parts are one's own; then nobody looks further.
constexpr std::size_t kMostLookedAt = 200;

class OfficeDuties {
 public:
  OfficeDuties(const AttentionContext& context, std::vector<AttentionItem>& out)
      : context_(context), out_(out) {
    today_ = local_date(context.now, context.utc_offset_min);
  }

  Status notices() {
    const Query query{
        .kind = k::notice::kKind,
        .spaces = context_.spaces,
        .where = {{k::notice::kUrgency, Compare::at_least, Value{k::notice::kUrgencyImportant}}},
        .sort = k::notice::kUrgency,
        .descending = true};
    return each_valid(query, k::notice::kValidUntil, [&](const Row& row) -> Status {
      return add("notice", row, "Pengumuman: ", "Notice: ", "", "", "show " + row.id.hex());
    });
  }

  Status all() {
    TRY_VOID(entitlements());
    TRY_VOID(programs());
    TRY_VOID(aid_handed_over());
    TRY_VOID(drives());
    TRY_VOID(unexplained());
    TRY_VOID(orders());
    TRY_VOID(deadlines());
    return report_marks();
  }

 private:
  using Key = std::pair<std::uint32_t, RecordId>;

  Result<Phrase> name_of(std::uint32_t space, const RecordId& id) {
    Phrase out;
    for (const auto language : {Language::id, Language::en}) {
      FormatContext format(language);
      format.items = context_.items;
      format.utc_offset_min = context_.utc_offset_min;
      TRY(auto text, record_title(context_.records, space, id, format));
      (language == Language::id ? out.id : out.en) = std::move(text);
    }
    return out;
  }

  Status add_at(std::string code, std::uint32_t space, const RecordId& id, KindId kind,
                Phrase before, Phrase after, std::string command,
                std::vector<RecordId> others = {}) {
    TRY(const auto name, name_of(space, id));
    out_.push_back({std::move(code),
                    space,
                    id,
                    kind,
                    {before.id + name.id + after.id, before.en + name.en + after.en},
                    std::move(command),
                    std::move(others)});
    return {};
  }
  Status add(std::string code, const Row& row, std::string before_id, std::string before_en,
             std::string after_id, std::string after_en, std::string command) {
    return add_at(std::move(code), row.space, row.id, row.kind,
                  {std::move(before_id), std::move(before_en)},
                  {std::move(after_id), std::move(after_en)}, std::move(command));
  }

  bool may(std::uint32_t space, std::initializer_list<Role> roles) const {
    if (!context_.role) return true;
    const auto role = context_.role(space);
    return role && std::find(roles.begin(), roles.end(), *role) != roles.end();
  }

  std::int64_t days_until(std::int64_t date) const {
    return days_from_civil(civil_of(date)) - days_from_civil(civil_of(today_));
  }

  Status each_valid(const Query& query, FieldId until,
                    const std::function<Status(const Row&)>& each) {
    return context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      const auto last = number_in(row, until);
      if (last == 0 || last % 100 == 0 || last >= today_) TRY_VOID(each(row));
      return true;
    });
  }

  // More was handed over than somebody was entitled to, and nobody said why.
  Status entitlements() {
    TRY(facts_, load_ledger_facts(context_.records, context_.spaces));
    std::map<Key, std::int64_t> handed;
    for (const auto& fact : facts_) {
      if (fact.kind != k::handover::kKind || !fact.counts) continue;
      auto& total = handed[{fact.space, fact.refers}];
      if (__builtin_add_overflow(total, std::max<std::int64_t>(0, fact.quantity), &total))
        total = fact.quantity;
    }
    for (const auto& fact : facts_) {
      if (fact.kind != k::entitlement::kKind || !fact.counts) continue;
      const auto found = handed.find({fact.space, fact.record});
      if (found == handed.end() || found->second <= fact.quantity) continue;
      if (!may(fact.space, {Role::head, Role::office})) continue;
      TRY(const auto row, context_.records.row(fact.space, fact.record));
      if (!row || !is_none(value_in(*row, k::entitlement::kExceptionReason))) continue;
      TRY_VOID(add("over_entitlement", *row, "", "", ": diserahkan melebihi jatah",
                   ": more was handed over than entitled",
                   "set " + fact.record.hex() + " exception_reason=…"));
    }
    return {};
  }

  Status programs() {
    std::map<std::uint32_t, std::vector<LedgerFact>> by_space;
    for (const auto& fact : facts_) by_space[fact.space].push_back(fact);
    for (const auto& [space, all] : by_space) {
      std::map<RecordId, RecordId> program_of;  // by entitlement
      std::set<RecordId> programs;
      for (const auto& fact : all) {
        if (fact.kind == k::handover::kKind || fact.refers.is_zero()) continue;
        programs.insert(fact.refers);
        if (fact.kind == k::entitlement::kKind) program_of[fact.record] = fact.refers;
      }
      for (const auto& program : programs) TRY_VOID(stock_of(space, program, all));
      std::map<RecordId, std::vector<RecordId>> open;  // hand-overs by program
      for (const auto& fact : all) {
        const auto of = program_of.find(fact.refers);
        if (fact.kind != k::handover::kKind || !fact.counts || of == program_of.end()) continue;
        auto state = Confirmation::open;
        if (fact.confirmed) {
          TRY(state, confirmation_of(context_.records, space, fact.record, context_.same_author));
        }
        if (state != Confirmation::confirmed) open[of->second].push_back(fact.record);
      }
      for (const auto& [program, handovers] : open)
        TRY_VOID(unconfirmed(space, program, handovers));
    }
    return {};
  }

  Status stock_of(std::uint32_t space, const RecordId& program,
                  const std::vector<LedgerFact>& facts) {
    if (!may(space, {Role::head, Role::office})) return {};
    for (auto goods : goods_balances(program, facts)) {
      auto lacking = -goods.left();
      const bool money = goods.goods.unit == "rupiah";
      // Who does not keep stock is not told so.
      if (goods.in == 0 || lacking <= 0 || (goods.goods.item.empty() && !money)) continue;
      const auto unit = larger_unit(goods.goods.unit, {&lacking});
      const auto amount = [&](Language language) {
        return goods_word(goods.goods, context_.items, language) + " " +
               format_thousandths(lacking, language) + " " + unit_word(unit, language, lacking);
      };
      TRY_VOID(add_at(
          "stock_negative", space, program, k::program::kKind, {},
          {": diserahkan melebihi yang tercatat masuk, " + amount(Language::id),
           ": more was handed out than is recorded as arrived, " + amount(Language::en)},
          "add stock program=" + program.hex() + " item=" + (money ? "uang" : goods.goods.item) +
              " quantity=" + decimal_text(lacking) + " unit=" + unit));
    }
    return {};
  }

  // The duty is a second member's: whoever recorded all of them is not asked.
  Result<std::optional<RecordId>> first_to_confirm(std::uint32_t space,
                                                   const std::vector<RecordId>& handovers) {
    using Found = std::optional<RecordId>;
    if (!may(space, {Role::head, Role::volunteer, Role::office})) return Found();
    for (std::size_t i = 0; i < std::min(handovers.size(), kMostLookedAt); ++i) {
      TRY(const auto view, context_.records.record(space, handovers[i]));
      const bool mine =
          context_.is_mine && view && view->state.maker && context_.is_mine(*view->state.maker);
      if (!mine) return Found(handovers[i]);
    }
    return Found();
  }

  Status unconfirmed(std::uint32_t space, const RecordId& program,
                     const std::vector<RecordId>& handovers) {
    TRY(const auto first, first_to_confirm(space, handovers));
    if (!first) return {};
    const auto number = std::to_string(handovers.size());
    return add_at("unconfirmed", space, program, k::program::kKind, {},
                  {": " + number + " serah terima belum dikonfirmasi anggota kedua",
                   ": " + number + " hand-overs without a second member's confirmation"},
                  "confirm " + first->hex(), handovers);
  }

  // Hand-overs of needs and pledges, which no program lists: the first of them, and how many more.
  Status aid_handed_over() {
    const FactFilter filter{
        .spaces = context_.spaces,
        .such_that = "t." + column_name(k::handover::kKind, k::handover::kConfirmed) + " IS NOT 1"};
    std::map<std::uint32_t, std::vector<RecordId>> open;
    TRY_VOID(each_fact(context_.records, k::handover::kKind, {k::handover::kEntitlement}, filter,
                       [&](const FactRow& row) {
                         if (!row.is_set(0)) open[row.space()].push_back(row.id());
                       }));
    for (const auto& [space, handovers] : open) {
      TRY(const auto first, first_to_confirm(space, handovers));
      if (!first) continue;
      const auto more = std::to_string(handovers.size() - 1);
      const bool one = handovers.size() == 1;
      TRY_VOID(
          add_at("unconfirmed", space, *first, k::handover::kKind,
                 {"Belum dikonfirmasi anggota kedua: ", "Without a second member's confirmation: "},
                 {one ? "" : ", dan " + more + " serah terima lain",
                  one ? "" : ", and " + more + " other hand-overs"},
                 "confirm " + first->hex(), handovers));
    }
    return {};
  }

  Status drives() {
    TRY(const auto derived, Derived::load(context_.records, context_.spaces, k::drive::kKind));
    const auto* balance_field = find_derived(k::drive::kKind, "balance");
    const Query query{.kind = k::drive::kKind,
                      .spaces = context_.spaces,
                      .where = {{k::drive::kClosed, Compare::equal, {}}}};
    return context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      if (!may(row.space, {Role::head, Role::volunteer})) return true;
      const auto value = derived.value_of(row, *balance_field);
      const auto* balance = std::get_if<std::int64_t>(&value);
      if (balance != nullptr && *balance < 0)
        TRY_VOID(add("drive_overspent", row, "", "", ": keluar melebihi yang masuk",
                     ": more went out than came in",
                     "add contribution drive=" + row.id.hex() +
                         " direction=in amount=" + decimal_text(-*balance)));
      const auto ends = number_in(row, k::drive::kEnds);
      if (ends != 0 && ends % 100 != 0 && ends < today_)
        TRY_VOID(add("drive_ended", row, "", "", ": sudah berakhir dan belum ditutup",
                     ": is over and not closed yet",
                     "set " + row.id.hex() + " closed=" + iso_date(today_) + " closing_note=…"));
      return true;
    });
  }

  // What went out of a drive, and nobody said for what.
  Status unexplained() {
    const Query query{.kind = k::contribution::kKind,
                      .spaces = context_.spaces,
                      .where = {{k::contribution::kDirection, Compare::equal,
                                 Value{k::contribution::kDirectionOut}},
                                {k::contribution::kNeed, Compare::equal, {}},
                                {k::contribution::kEvidenceNote, Compare::equal, {}}}};
    return context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      if (!may(row.space, {Role::head, Role::volunteer})) return true;
      TRY_VOID(add("drive_unexplained", row, "", "", ": keluar tanpa keterangan untuk apa",
                   ": went out, and nothing says what for",
                   "set " + row.id.hex() + " evidence_note=…"));
      return true;
    });
  }

  // Orders that wait though ordering is over, by product.
  Status orders() {
    const Query query{
        .kind = k::order::kKind,
        .spaces = context_.spaces,
        .where = {{k::order::kState, Compare::equal, Value{k::order::kStateOrdered}}}};
    std::map<Key, std::vector<RecordId>> waiting;
    TRY_VOID(context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      if (const auto* listing = std::get_if<RecordId>(&value_in(row, k::order::kListing)))
        waiting[{row.space, *listing}].push_back(row.id);
      return true;
    }));
    for (const auto& [listing, all] : waiting) {
      TRY(const auto row, context_.records.row(listing.first, listing.second));
      const auto until = row ? number_in(*row, k::listing::kPreorderUntil) : 0;
      if (until == 0 || until % 100 == 0 || until >= today_) continue;
      if (!may(listing.first, {Role::head, Role::volunteer})) continue;
      const auto number = std::to_string(all.size());
      TRY_VOID(add_at("orders_due", listing.first, listing.second, k::listing::kKind, {},
                      {": " + number + " pesanan menunggu, batas pesan sudah lewat",
                       ": " + number + " orders wait, and ordering is over"},
                      "set " + all.front().hex() + " state=ready", all));
    }
    return {};
  }

  Status deadlines() {
    const Query query{.kind = k::resource::kKind,
                      .spaces = context_.spaces,
                      .where = {{k::resource::kDeadline, Compare::at_least, Value{today_}}},
                      .sort = k::resource::kDeadline};
    return context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      const auto last = number_in(row, k::resource::kDeadline);
      if (last % 100 == 0 || days_until(last) > kWeek_days) return true;
      TRY_VOID(add("resource_deadline", row, "Batas waktu ", "Deadline ",
                   ": " + format_date(last, Language::id), ": " + format_date(last, Language::en),
                   "show " + row.id.hex()));
      return true;
    });
  }

  // Whoever has reported before is expected to go on.
  Status report_marks() {
    struct Mark {
      std::int64_t period = 0;
      RecordId record;
    };
    std::map<std::tuple<std::uint32_t, std::int64_t, std::int64_t>, Mark> latest;
    TRY_VOID(context_.records.each_row(
        {.kind = k::report_mark::kKind, .spaces = context_.spaces}, [&](Row& row) -> Result<bool> {
          auto& mark = latest[{row.space, number_in(row, k::report_mark::kRw),
                               number_in(row, k::report_mark::kRt)}];
          const auto period = number_in(row, k::report_mark::kPeriod);
          if (period > mark.period) mark = {period, row.id};
          return true;
        }));
    for (const auto& [where, mark] : latest) {
      const auto& [space, rw, rt] = where;
      const auto age = -days_until(mark.period);
      if (age <= kWeek_days || !may(space, {Role::head})) continue;
      const auto place = format_rt_rw(rt, rw), number = std::to_string(age);
      out_.push_back({"report_due",
                      space,
                      mark.record,
                      k::report_mark::kKind,
                      {place + ": laporan terakhir " + number + " hari yang lalu",
                       place + ": last reported " + number + " days ago"},
                      "add report_mark rt=" + std::to_string(rt) + " rw=" + std::to_string(rw) +
                          " period=" + iso_date(today_) + " state=complete",
                      {}});
    }
    return {};
  }

  const AttentionContext& context_;
  std::vector<AttentionItem>& out_;
  std::int64_t today_ = 0;
  std::vector<LedgerFact> facts_;
};

}  // namespace

Status add_urgent_notices(const AttentionContext& context, std::vector<AttentionItem>& out) {
  return OfficeDuties(context, out).notices();
}

Status add_office_duties(const AttentionContext& context, std::vector<AttentionItem>& out) {
  return OfficeDuties(context, out).all();
}

}  // namespace rukun
