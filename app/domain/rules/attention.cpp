#include "app/domain/rules/attention.h"

#include <algorithm>
#include <iterator>

#include "app/domain/fields.h"
#include "app/domain/rules/double_aid.h"
#include "app/domain/rules/duplicates.h"
#include "app/domain/rules/duty_attention.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::size_t kMostAlternatives = 3;

class Gatherer {
 public:
  explicit Gatherer(const AttentionContext& context) : context_(context) {}

  Result<std::vector<AttentionItem>> run() {
    TRY_VOID(add_urgent_notices(context_, out_));
    TRY_VOID(conflicts());
    TRY_VOID(bumped());
    TRY_VOID(waiting_lists());
    TRY_VOID(duty());
    TRY_VOID(duplicates(k::household::kKind));
    TRY_VOID(duplicates(k::resident::kKind));
    TRY_VOID(double_aids());
    TRY_VOID(add_office_duties(context_, out_));
    TRY_VOID(doubtful_clocks());
    return std::move(out_);
  }

 private:
  // A title in each language, put into a sentence in each.
  Result<Phrase> title(std::uint32_t space, const RecordId& id) {
    return record_phrase(context_.records, space, id, context_.items, context_.utc_offset_min);
  }

  void add(std::string code, std::uint32_t space, const RecordId& record, KindId kind, Phrase text,
           std::string command, std::vector<RecordId> others = {}) {
    out_.push_back({std::move(code), space, record, kind, std::move(text), std::move(command),
                    std::move(others)});
  }

  std::vector<std::uint32_t> spaces() const {
    if (!context_.spaces.empty()) return context_.spaces;
    std::vector<std::uint32_t> all;
    for (std::uint32_t space = 0; space < context_.records.space_count(); ++space)
      all.push_back(space);
    return all;
  }

  Status conflicts() {
    for (const auto space : spaces()) {
      TRY(const auto ids, context_.records.in_conflict(space));
      for (const auto& id : ids) {
        TRY(const auto view, context_.records.record(space, id));
        if (!view) continue;
        TRY(const auto name, title(space, id));
        if (view->life == Life::disputed)
          add("deletion_disputed", space, id, view->state.kind,
              {name.id + " dihapus seseorang, sementara yang lain mengubah atau memakainya",
               name.en + " was deleted by one, while another changed or used it"},
              "resolve " + id.hex() + " deleted --take 1");
        add_fields(space, id, view->state, name);
      }
    }
    return {};
  }

  void add_fields(std::uint32_t space, const RecordId& id, const RecordState& state,
                  const Phrase& name) {
    const auto* kind = find_kind(state.kind);
    for (const auto& field : state.fields) {
      if (field.field == kLife || is_set(field)) continue;
      const auto count = distinct_values(field, context_.records.logs()).size();
      const auto* spec = kind == nullptr ? nullptr : kind->find_field(field.field);
      if (count < 2 || spec == nullptr) continue;
      const auto number = std::to_string(count);
      add("conflict", space, id, state.kind,
          {name.id + ": " + std::string(spec->label_id) + " diisi " + number + " cara berbeda",
           name.en + ": " + std::string(spec->label_en) + " has " + number + " different values"},
          "resolve " + id.hex() + " " + std::string(spec->name) + " --take 1");
    }
  }

  Status bumped() {
    TRY(const auto derived, Derived::load_from_offers(context_.records, spaces()));
    // Promised once and then forgotten is what hurts; those on the way come along to be called off.
    const Query query{
        .kind = k::pledge::kKind,
        .spaces = spaces(),
        .where = {{k::pledge::kOffer, Compare::unequal, {}},
                  {k::pledge::kState, Compare::unequal, Value{k::pledge::kStateFellThrough}}}};
    return context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      const auto* aid = derived.aid(row.space);
      const auto* pledge = aid == nullptr ? nullptr : aid->pledge(row.id);
      const auto* need = std::get_if<RecordId>(&value_in(row, k::pledge::kNeed));
      if (pledge == nullptr || !pledge->bumped || need == nullptr) return true;
      const auto* balance = aid->need(*need);
      const bool settled = balance == nullptr || balance->state == NeedState::closed ||
                           balance->state == NeedState::delivered;
      if (!settled) TRY_VOID(add_bumped(row, *pledge, *need, *balance, derived));
      return true;
    });
  }

  Status add_bumped(const Row& row, const PledgeBalance& pledge, const RecordId& need,
                    const NeedBalance& balance, const Derived& derived) {
    const auto* asked = std::get_if<std::int64_t>(&value_in(row, k::pledge::kQuantity));
    const auto lacking = (asked == nullptr ? 0 : *asked) - pledge.honored;
    TRY(const auto need_row, context_.records.row(row.space, need));
    if (!need_row) return {};
    const auto* unit = std::get_if<std::string>(&value_in(*need_row, k::need::kUnit));
    const auto amount = [&](Language language) {
      return format_thousandths(lacking, language) +
             (unit == nullptr ? "" : " " + unit_word(*unit, language, lacking));
    };
    // Sugar is food, too, but who needs rice is asked before sugar is promised.
    const MatchContext match{.records = context_.records,
                             .spaces = {row.space},
                             .now = context_.now,
                             .utc_offset_min = context_.utc_offset_min,
                             .items = context_.items,
                             .aid = &derived,
                             .same_item_only = true};
    std::vector<Match> found;
    if (balance.remaining > 0) {
      TRY(found, offers_for_need(match, row.space, need, kMostAlternatives));
    }
    std::erase_if(found, [](const Match& offer) { return offer.fits == 0; });
    std::vector<RecordId> others;
    std::string command = "match " + need.hex();
    const auto quantity_from = [&](const Match& offer) {
      return std::min({offer.fits, lacking, balance.remaining});
    };
    for (const auto& offer : found) others.push_back(offer.record);
    if (!found.empty()) {
      command = "pledge " + need.hex() + " --offer " + found.front().record.hex() + " --quantity " +
                decimal_text(quantity_from(found.front()));
    }
    TRY(const auto name, title(row.space, need));
    Phrase text{name.id + ": kesanggupan tidak kebagian " + amount(Language::id),
                name.en + ": a pledge lacks " + amount(Language::en)};
    if (balance.remaining == 0) {
      // Others have stepped in: what is left to do is to say so.
      command = pledge.honored == 0
                    ? "set " + row.id.hex() + " state=fell_through"
                    : "set " + row.id.hex() + " quantity=" + decimal_text(pledge.honored);
      text.id += "; kebutuhannya sudah tertutup, kesanggupan ini tinggal disesuaikan";
      text.en += "; the need is covered, so this pledge need only be put right";
    }
    if (!others.empty()) {
      const auto number = std::to_string(others.size());
      text.id += "; " + number + " tawaran lain cocok";
      text.en += "; " + number + (others.size() == 1 ? " other offer fits" : " other offers fit");
    }
    add("bumped", row.space, row.id, row.kind, std::move(text), std::move(command),
        std::move(others));
    return {};
  }

  Status waiting_lists() {
    TRY(const auto derived, Derived::load(context_.records, spaces(), k::shift::kKind));
    const Query query{.kind = k::shift::kKind,
                      .spaces = spaces(),
                      .where = {{k::shift::kEnds, Compare::greater, Value{context_.now.ms}},
                                {k::shift::kCancelled, Compare::equal, {}}},
                      .sort = k::shift::kStarts};
    return context_.records.each_row(query, [&](Row& row) -> Result<bool> {
      const auto* duty = derived.duty(row.space);
      const auto* shift = duty == nullptr ? nullptr : duty->shift(row.id);
      if (shift == nullptr || shift->waiting == 0) return true;
      TRY(const auto name, title(row.space, row.id));
      const auto number = std::to_string(shift->waiting);
      add("waiting_list", row.space, row.id, row.kind,
          {name.id + ": " + number + " orang dalam daftar tunggu",
           name.en + ": " + number + " on the waiting list"},
          "set " + row.id.hex() + " slots=" + std::to_string(shift->joined + shift->waiting));
      return true;
    });
  }

  Status duty() {
    TRY(auto found, duty_attention(context_, spaces()));
    std::move(found.begin(), found.end(), std::back_inserter(out_));
    return {};
  }

  Status duplicates(KindId kind) {
    TRY(const auto found, find_duplicates(context_.records, spaces(), kind));
    for (const auto& pair : found) {
      // A link lies within one neighborhood; across them the office settles it by word of mouth.
      const bool here = pair.a.space == pair.b.space;
      const auto why = in_common(pair.a, pair.b);
      add("duplicate", pair.a.space, pair.a.id, kind,
          {"Mungkin sama: " + pair.a.name + " dan " + pair.b.name + " (" + why.id + ")",
           "Possibly the same: " + pair.a.name + " and " + pair.b.name + " (" + why.en + ")"},
          here ? link_command(pair) : "show " + pair.b.id.hex(), {pair.b.id});
      if (here) out_.back().distinct = distinct_command(pair);
    }
    return {};
  }

  Status double_aids() {
    TRY(const auto found, find_double_aid(context_.records, spaces()));
    for (const auto& pair : found) {
      TRY(const auto name, title(pair.second.space, pair.second.id));
      add("double_aid", pair.second.space, pair.second.id, k::entitlement::kKind,
          {name.id + ": bantuan ganda", name.en + ": double aid"},
          "set " + pair.second.id.hex() + " exception_reason=…", {pair.first.id});
    }
    return {};
  }

  // What was last changed by a laptop whose clock was wrong; whoever saves it again settles it.
  Status doubtful_clocks() {
    for (const auto space : spaces()) {
      TRY(auto statement, context_.records.db().prepare(
                              "SELECT id, kind, count(*) OVER () FROM record WHERE space = ?1 AND "
                              "changed_doubtful = 1 AND life IN (1, 3) ORDER BY id LIMIT 1"));
      statement.bind(1, static_cast<std::int64_t>(space));
      TRY(const bool any, statement.step());
      if (!any) continue;
      const auto id = statement.id<RecordId>(0).value_or(RecordId{});
      const auto number = std::to_string(statement.integer(2));
      add("doubtful_clock", space, id, static_cast<KindId>(statement.integer(1)),
          {number + " catatan ditulis di laptop yang jamnya salah; periksa jam dan tanggalnya",
           number + " records were written on a laptop whose clock is wrong; check its date"},
          "show " + id.hex());
    }
    return {};
  }

  const AttentionContext& context_;
  std::vector<AttentionItem> out_;
};

}  // namespace

Result<std::vector<AttentionItem>> attention(const AttentionContext& context) {
  return Gatherer(context).run();
}

}  // namespace rukun
