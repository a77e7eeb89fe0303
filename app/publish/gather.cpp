#include "app/publish/gather.h"

#include <set>

#include "app/domain/fields.h"

namespace rukun {
namespace {

// The first kind whose balances hold those of `kind` too; 0 for one without any.
KindId balanced_with(KindId kind) {
  namespace k = fields;
  switch (kind) {
    case k::need::kKind:
    case k::offer::kKind:
    case k::pledge::kKind:
    case k::entitlement::kKind: return k::need::kKind;
    case k::household::kKind:
    case k::volunteer::kKind:
    case k::shift::kKind:
    case k::signup::kKind: return k::household::kKind;
    default: return derived_fields(kind).empty() ? KindId{0} : kind;
  }
}

constexpr std::size_t kIdsAtOnce = 500;  // in one statement

// Rows of some neighborhoods, made ready one table after the other.
class Gatherer {
 public:
  Gatherer(Projection& records, std::span<const SpaceInfo> spaces, const MemberId& office,
           bool personal)
      : records_(records), options_{{}, office.hex(), personal} {
    for (const auto& space : spaces) {
      numbers_.push_back(space.number);
      out_[space.number].tables.resize(published_tables().size());
      ids_[space.number] = space.id.hex();
    }
  }

  Status all() {
    for (std::size_t t = 0; !numbers_.empty() && t < published_tables().size(); ++t)
      TRY_VOID(read(t, {.kind = published_tables()[t].kind->id, .spaces = numbers_}));
    return {};
  }

  Status only(const AffectedSpaces& affected) {
    for (auto& [number, rows] : out_) {
      rows.partial = true;
      for (const auto& [kind, ids] : affected.at(number).records)
        for (const auto& id : ids) rows.named.push_back(id.hex());
    }
    for (std::size_t t = 0; t < published_tables().size(); ++t) TRY_VOID(only(t, affected));
    return {};
  }

  GatheredRows take() { return std::move(out_); }

 private:
  Status only(std::size_t t, const AffectedSpaces& affected) {
    const KindId kind = published_tables()[t].kind->id;
    Query whole{.kind = kind}, named{.kind = kind};
    std::set<RecordId> ids;
    for (const auto& [number, rows] : affected) {
      auto& table = out_.at(number).tables[t];
      table.whole = rows.whole.contains(kind);
      const auto found = rows.records.find(kind);
      table.looked_at = table.whole || found != rows.records.end();
      if (!table.looked_at) continue;
      (table.whole ? whole : named).spaces.push_back(number);
      if (!table.whole) ids.insert(found->second.begin(), found->second.end());
    }
    if (!whole.spaces.empty()) TRY_VOID(read(t, whole));
    for (auto id = ids.begin(); id != ids.end();) {
      named.ids.clear();
      for (; id != ids.end() && named.ids.size() < kIdsAtOnce; ++id) named.ids.push_back(*id);
      TRY_VOID(read(t, named, &affected));
    }
    return {};
  }

  // `among`: an id may be that of another neighborhood's record, too.
  Status read(std::size_t t, const Query& query, const AffectedSpaces* among = nullptr) {
    const auto& table = published_tables()[t];
    TRY(const auto* derived, derived_of(table.kind->id));
    return records_.each_row(query, [&](Row& row) -> Result<bool> {
      if (among != nullptr && !among->at(row.space).records.at(row.kind).contains(row.id))
        return true;
      options_.space = ids_.at(row.space);
      out_.at(row.space).tables[t].rows.push_back(published_row(table, row, *derived, options_));
      return true;
    });
  }

  Result<const Derived*> derived_of(KindId kind) {
    const auto with = balanced_with(kind);
    const auto [found, is_new] = derived_.try_emplace(with);
    if (is_new && with != 0) {
      TRY(found->second, Derived::load(records_, numbers_, with));
    }
    return &found->second;
  }

  Projection& records_;
  std::vector<std::uint32_t> numbers_;
  std::map<std::uint32_t, std::string> ids_;
  std::map<KindId, Derived> derived_;
  RowOptions options_;
  GatheredRows out_;
};

}  // namespace

std::size_t SpaceRows::count() const {
  std::size_t out = 0;
  for (const auto& table : tables) out += table.rows.size();
  return out;
}

Result<GatheredRows> gather_rows(Projection& records, std::span<const SpaceInfo> spaces,
                                 const MemberId& office, bool personal) {
  Gatherer gatherer(records, spaces, office, personal);
  TRY_VOID(gatherer.all());
  return gatherer.take();
}

Result<GatheredRows> gather_affected(Projection& records, std::span<const SpaceInfo> spaces,
                                     const AffectedSpaces& affected, const MemberId& office,
                                     bool personal) {
  Gatherer gatherer(records, spaces, office, personal);
  TRY_VOID(gatherer.only(affected));
  return gatherer.take();
}

Result<std::map<std::uint32_t, std::uint64_t>> records_by_space(Projection& records) {
  std::string kinds;
  for (const auto& table : published_tables())
    kinds += (kinds.empty() ? "" : ",") + std::to_string(table.kind->id);
  std::map<std::uint32_t, std::uint64_t> out;
  TRY(auto counts, records.db().prepare("SELECT space, count(*) FROM record WHERE life IN (1, 3)"
                                        " AND kind IN (" +
                                        kinds + ") GROUP BY space"));
  for (;;) {
    TRY(const bool more, counts.step());
    if (!more) return out;
    out[static_cast<std::uint32_t>(counts.integer(0))] =
        static_cast<std::uint64_t>(counts.integer(1));
  }
}

}  // namespace rukun
