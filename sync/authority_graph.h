#pragma once
// Authority entries as a graph: which entry was in whose past. Only entries whose whole past is
// here are in it; what hangs on an entry that is missing, or that never existed, waits outside. The
// order of nodes depends on the set of entries alone, and every node stands after its past. Logs
// that forked are taken apart into branches, so that a past is one number a branch. Pure; any
// thread.

#include <map>
#include <memory>

#include "sync/acts.h"

namespace rukun {

inline constexpr int kNone = -1;

struct AuthorityNode {
  const AuthorityEntry* first = nullptr;  // log, position, hash
  LogId log;
  std::vector<const Act*> acts;  // in order of number and bytes
  std::vector<bool> proven;      // by act
  int parent = kNone;            // the entry before
  std::vector<int> deps;
  std::uint32_t branch = 0;
  std::uint32_t place = 0;  // in the branch, from 1
};

class AuthorityGraph {
 public:
  explicit AuthorityGraph(const std::vector<AuthorityEntry>& entries);

  int size() const { return static_cast<int>(nodes_.size()); }
  const AuthorityNode& operator[](int node) const { return nodes_[static_cast<std::size_t>(node)]; }
  // x is y, or was known to y's author when it wrote y.
  bool in_past(int x, int y) const;
  // How many entries of a branch are in y's past, y among them.
  std::uint32_t seen_of(std::uint32_t branch, int y) const;
  // Of a log: its entries with this position, one for each branch that reaches so far.
  std::vector<int> at(const LogId& log, Seq seq) const;
  // The last entries of each branch.
  std::vector<Head> heads() const;

 private:
  struct Raw;
  using Clock = std::vector<std::uint32_t>;  // by branch: how many of its entries are in the past

  static std::vector<Raw> gather(const std::vector<AuthorityEntry>& entries);
  void place(Raw& raw, const std::vector<Raw>& all);

  std::vector<AuthorityNode> nodes_;
  std::vector<std::shared_ptr<const Clock>> clocks_;  // by node; its own branch is not in it
  std::vector<int> last_of_branch_;
  std::map<std::pair<LogId, Seq>, std::vector<int>> at_;
};

}  // namespace rukun
