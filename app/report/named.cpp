#include "app/report/named.h"

#include "app/report/distribution.h"
#include "app/report/drive.h"
#include "app/report/ledger.h"
#include "app/report/lists.h"
#include "app/report/needs.h"
#include "app/report/person.h"

namespace rukun {
namespace {

using MaybeTable = std::optional<Table>;

Result<MaybeTable> list_named(Engine& engine, std::string_view name, const ReportAsked& asked) {
  auto& records = engine.records();
  const auto language = asked.showing.language;
  const auto* items = asked.showing.items;
  const ListOptions list{language, asked.for_public, items, asked.on_paper, asked.only};
  if (name == "needs")
    return needs_table(records, asked.spaces, {language, asked.for_public, items, asked.only});
  if (name == "offers") return offers_table(records, asked.spaces, list);
  if (name == "households") return households_table(records, asked.spaces, list);
  if (name == "distribution")
    return distribution_table(records, asked.spaces, {language, asked.now, items});
  return MaybeTable();
}

Result<MaybeTable> table_about(Engine& engine, std::string_view name, const ReportAsked& asked) {
  auto& records = engine.records();
  const auto& space = asked.spaces.front();
  const ListOptions list{asked.showing.language, asked.for_public, asked.showing.items,
                         asked.on_paper};
  const ProgramOptions program{asked.for_public, asked.showing};
  if (name == "form") return form_table(records, space, asked.about, list);
  if (name == "ledger") return ledger_table(engine, space, asked.about, program);
  if (name == "visits") return visits_table(engine, space, asked.about, program);
  if (name == "person")
    return person_table(engine, space, asked.about, asked.showing, asked.on_paper);
  if (name == "roster")
    return roster_table(records, space.number, asked.about, asked.days, asked.showing,
                        {asked.for_public});
  return MaybeTable();
}

}  // namespace

Result<std::optional<std::vector<Table>>> named_tables(Engine& engine, std::string_view name,
                                                       const ReportAsked& asked) {
  using Found = std::optional<std::vector<Table>>;
  TRY(auto one, list_named(engine, name, asked));
  if (one) return Found(std::vector<Table>{std::move(*one)});
  if (asked.spaces.empty()) return Found();
  if (name == "drive") {
    TRY(auto tables, drive_tables(engine.records(), asked.spaces.front(), asked.about,
                                  {asked.for_public, asked.showing}));
    return Found(std::move(tables));
  }
  TRY(one, table_about(engine, name, asked));
  if (!one) return Found();
  return Found(std::vector<Table>{std::move(*one)});
}

}  // namespace rukun
