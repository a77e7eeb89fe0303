#pragma once
// What the measurements share: a steady clock, a folder that goes away again, and how figures are
// printed. Numbers stand under names that end in their unit.

#include <string_view>
#include <vector>

#include "app/cli/session.h"

namespace rukun::cli {

double seconds();  // of a steady clock

// A folder beside the system's other temporary ones, removed with everything in it.
class Scratch {
 public:
  explicit Scratch(Random& random);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const Path& path() const { return path_; }

 private:
  Path path_;
};

// A profile in that folder that is opened without a passphrase.
Result<Engine> bench_engine(const World& world, const Scratch& scratch);
// The same one, opened anew.
Result<Engine> bench_engine_again(const World& world, const Scratch& scratch);

struct Figure {
  const char* name;
  double value;
};
void print(Output& out, std::string_view bench, const std::vector<Figure>& figures);

double percentile(std::vector<double> values, double part);

// bench_delta.cpp
Status measure_delta(Session& session, std::size_t scale, Output& out);
// bench_authority.cpp
Status measure_authority(Session& session, std::size_t scale, Output& out);
// bench_unlock.cpp
Status measure_unlock(Session& session, std::size_t scale, Output& out);
// bench_bundle.cpp
Status measure_bundle(Session& session, std::size_t scale, Output& out);
// bench_roster.cpp
Status measure_roster(std::size_t scale, Output& out);
// bench_query.cpp
Status measure_queries(Session& session, std::size_t scale, Output& out);
// bench_consolidated.cpp
Status measure_consolidated(Session& session, std::size_t scale, Output& out);
// bench_publish.cpp; into a schema of its own in that database
Status measure_publish(Session& session, std::size_t scale, const std::string& conninfo,
                       Output& out);

}  // namespace rukun::cli
