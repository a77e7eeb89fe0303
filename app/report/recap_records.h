#pragma once
// The records behind a number of the Rekap, with where each came from: whose RT, who wrote and who
// changed it on which laptop, and when that laptop was last heard of here. Titles may name
// somebody: whoever shows them notes it in the access log. Errors: io. One thread.

#include "app/report/recap.h"

namespace rukun {

struct RecapOrigin {
  std::string author;  // who recorded it
  std::string device;  // the beginning of that laptop's name in the log
  std::string changed_by;
  WallTime changed;
  std::optional<WallTime>
      heard;  // of its author's laptops, by their clock; none: this laptop's own
};

// Asks where needs come from, one after the other.
class RecapOrigins {
 public:
  explicit RecapOrigins(Engine& engine) : engine_(engine) {}
  Result<RecapOrigin> of(const RecapNeed& need);

 private:
  using Heard = std::map<MemberId, WallTime>;
  Engine& engine_;
  std::map<std::uint32_t, Heard> heard_;  // by space
};

struct RecapRecord : RecapOrigin {
  RecapNeed need;
  std::string place;  // the line of its RT
  std::string title;  // "Beras 5 kg"
};

struct RecapRecords {
  std::vector<RecapRecord> rows;
  std::size_t more = 0;  // beyond `most`
};
Result<RecapRecords> recap_records(Engine& engine, const Recap& recap, const RecapWhere& where,
                                   std::size_t most, const FormatContext& showing);

}  // namespace rukun
