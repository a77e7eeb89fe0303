#pragma once
// The Rekap as tables that leave: by RT with who has reported and how old that is, by RW, category
// and urgency, vulnerable groups, what RTs lack against what is offered, and the records behind the
// numbers with who wrote them on which laptop. A neighborhood that has not reported shows "belum
// lapor", never a zero. Errors: io. One thread.

#include "app/report/recap.h"
#include "app/report/recap_records.h"

namespace rukun {

// Where numbers would be: words for an RT without any, or with old ones.
std::string state_of_line(const SpaceReport& report, bool has_needs, Language language);

std::vector<Table> recap_tables(const Recap& recap, const Consolidated& sums,
                                const std::vector<SpaceSource>& sources,
                                const ConsolidatedOptions& options);

// Those behind all lines; at most `most`, and a note when that leaves some out. Read when the table
// is written, so the engine and what it shows must stay as they are until then.
Table provenance_table(Engine& engine, const Recap& recap, const std::vector<SpaceSource>& sources,
                       std::size_t most, const ConsolidatedOptions& options);

}  // namespace rukun
