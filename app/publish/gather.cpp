#include "app/publish/gather.h"

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

}  // namespace

Result<std::map<std::uint32_t, SpaceRows>> gather_rows(Projection& records,
                                                       std::span<const SpaceInfo> spaces,
                                                       const MemberId& office, bool personal) {
  const auto& tables = published_tables();
  std::vector<std::uint32_t> numbers;
  std::map<std::uint32_t, SpaceRows> out;
  std::map<std::uint32_t, std::string> ids;
  for (const auto& space : spaces) {
    numbers.push_back(space.number);
    out[space.number].resize(tables.size());
    ids[space.number] = space.id.hex();
  }
  if (numbers.empty()) return out;
  std::map<KindId, Derived> balances;
  RowOptions options{{}, office.hex(), personal};
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const KindId kind = tables[t].kind->id;
    auto& derived = balances[balanced_with(kind)];
    if (const auto with = balanced_with(kind); with == kind) {
      TRY(derived, Derived::load(records, numbers, with));
    }
    TRY_VOID(records.each_row({.kind = kind, .spaces = numbers}, [&](Row& row) -> Result<bool> {
      options.space = ids.at(row.space);
      out.at(row.space)[t].push_back(published_row(tables[t], row, derived, options));
      return true;
    }));
  }
  return out;
}

Result<std::map<std::uint32_t, std::uint64_t>> records_by_space(Projection& records) {
  std::map<std::uint32_t, std::uint64_t> out;
  TRY(auto counts, records.db().prepare("SELECT space, count(*) FROM record WHERE life IN (1, 3)"
                                        " GROUP BY space"));
  for (;;) {
    TRY(const bool more, counts.step());
    if (!more) return out;
    out[static_cast<std::uint32_t>(counts.integer(0))] =
        static_cast<std::uint64_t>(counts.integer(1));
  }
}

}  // namespace rukun
