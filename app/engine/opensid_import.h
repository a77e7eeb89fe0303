#pragma once
// The population sheet of OpenSID: one row a resident, read twice. First its families: who heads
// them, where they live, how many live there and who of them is vulnerable; then the residents,
// each in the family of its card number. Card numbers and NIK are natural keys, so the same sheet
// twice changes nothing and what is here is brought up to date. Both are one import, undone as one.
// Who has died or moved is kept with that status and not counted. Errors: bad_value (not such a
// sheet); otherwise as import_rows. One thread.

#include "app/engine/importer.h"

namespace rukun {

// How many of its headings are OpenSID's; below kOpensidLeast it is no population sheet.
std::size_t known_opensid_headings(const std::vector<std::string>& headings);
inline constexpr std::size_t kOpensidLeast = 3;

Result<ImportReport> import_opensid(Engine& engine, const SpaceInfo& space,
                                    const ImportSource& source, const ImportOptions& options);

}  // namespace rukun
