#pragma once
// Who is one receiver of aid: a household, or a resident's household, or the resident alone. Links
// of same_as are followed, and across neighborhoods, as the office sees them, whoever carries the
// same family card or identity number is the same. A program of the same title, source and dates in
// several neighborhoods is one program. Reads the projection; errors: io. One thread.

#include <map>
#include <optional>
#include <span>

#include "storage/projection.h"

namespace rukun {

class Receivers {
 public:
  static Result<Receivers> load(Projection& records, std::span<const std::uint32_t> spaces);

  // Zero when neither is given.
  RecordId of(const std::optional<RecordId>& household,
              const std::optional<RecordId>& resident) const;
  RecordId program(const RecordId& program) const;

 private:
  using Numbers = std::map<std::string, std::vector<RecordId>>;
  void join(Numbers& numbers);
  RecordId last(RecordId id) const;

  std::map<RecordId, RecordId> same_, home_, programs_;
};

}  // namespace rukun
