#pragma once
// Whose logs are one member's: people write on several laptops, and a restored copy begins a log of
// its own. The function stays valid as long as the engine does. One thread.

#include "app/domain/rules/attention.h"
#include "app/engine/engine.h"

namespace rukun {

SameAuthor same_author(Engine& engine);
// What derived values depend on besides the records, here and now.
DerivedContext derived_context(Engine& engine);
// Who wrote something, on which of their laptops.
struct Wrote {
  MemberId member;
  std::string name;
  std::string device;  // the first six digits of the laptop's name in the log
  Stamp at;
};
struct LaptopName {
  std::string name;   // as Wrote::device; empty when the log is not here
  bool here = false;  // this laptop, as it is now
};
LaptopName laptop_of(Engine& engine, const LogId& log);
struct Origin {
  Wrote made;     // by whom the record was declared first
  Wrote changed;  // the latest write that stands
};
// Of a record that is here; not_found for others.
Result<Origin> origin_of(Engine& engine, std::uint32_t space, const RecordId& record);

// Who asks what needs a person.
void add_asker(Engine& engine, AttentionContext& context);

}  // namespace rukun
