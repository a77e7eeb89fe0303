#pragma once
// One neighborhood's rows into the database, within the open transaction: what is not there, or is
// there with another hash, is copied in; what is there and should not be is deleted. Of a table of
// which only some rows were gathered, the others are neither asked for nor touched. A table that
// holds nothing of the neighborhood takes the rows directly, others by way of a temporary table.
// Errors: those of postgres.h. One thread.

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "app/publish/gather.h"
#include "app/publish/postgres.h"

namespace rukun {

struct Sent {
  std::uint64_t changed = 0;  // new ones too
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
};

class RowSender {
 public:
  // `step` is called between pieces with the number of rows since it was called last; false stops.
  using Step = std::function<bool(std::uint64_t)>;
  RowSender(Postgres& server, const std::string& schema, Step step);

  // Nothing when `step` stopped it: the transaction must be rolled back.
  Result<std::optional<Sent>> send(const std::string& space, const SpaceRows& rows);

 private:
  using Hashes = std::map<std::string, std::optional<std::int64_t>, std::less<>>;
  Result<std::vector<Hashes>> hashes_there(const std::string& space, const SpaceRows& rows);
  Result<bool> send_table(std::size_t table, const TableRows& rows, Hashes& there, Sent& sent);
  Status remove(std::size_t table, const std::string& space, const Hashes& gone);

  Postgres& server_;
  std::string place_;  // "schema".
  Step step_;
  std::set<std::size_t> temporary_;  // tables that have a temporary one
};

}  // namespace rukun
