#pragma once
// Lists of one kind as people work with them on paper: offers, households, and the sign-off form of
// an aid program. Which columns a notice board may show follows from the privacy class of their
// fields. Identifiers are in none of them. Errors: not_found, bad_value for what is no program, io.
// One thread.

#include <vector>

#include "app/engine/engine.h"
#include "app/report/only.h"
#include "app/report/table.h"

namespace rukun {

struct ListOptions {
  Language language = Language::id;
  bool for_public = false;
  const ItemCatalogue* items = nullptr;
  bool on_paper = false;  // a form leaves room to sign
  OnlyThese only = {};    // of offers and households
};

// What may still be given; for the notice board without what was withdrawn or given away.
Result<Table> offers_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                           const ListOptions& options);

// By RT, then name, with vulnerable groups summed below. Who moved away or died is left out, and so
// is a household that was linked to another one as the same.
Result<Table> households_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                               const ListOptions& options);

// Who is to receive what of a program, with room to sign, and each entitlement's short code.
Result<Table> form_table(Projection& records, const SpaceInfo& space, const RecordId& program,
                         const ListOptions& options);

}  // namespace rukun
