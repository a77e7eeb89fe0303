// Any bytes as the columns of a run, as if a member had sealed and signed them. What is understood
// must hash, be written, cut and joined again, and say the same.
#include "platform/base/check.h"
#include "sync/run_codec.h"
#include "tests/sync/people.h"

using namespace rukun;
using namespace rukun::test;

namespace {
void survives(const Run& run) {
  ColumnWriter out;
  write_run(out, run);
  auto back = read_run(out.out.out, run.name.space, run.first, run.last());
  CHECK_BUG(back.has_value());
  CHECK_BUG(compute_hashes(*back).has_value());
  CHECK_BUG(back->end() == run.end());
  CHECK_BUG(back->parts.size() == run.parts.size());
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!crypto_ready() || size < 2 || data[1] == 0) return 0;
  const Seq first = data[0] == 0 ? 1 : data[0];
  const Seq last = first + data[1] - 1;
  auto run = read_run(ByteView(data, size).subspan(2), sukamaju(), first, last);
  if (!run || !compute_hashes(*run)) return 0;
  if (!check_fits(*run)) return 0;
  survives(*run);
  if (run->txns.size() < 2) return 0;
  Run tail = after(*run, first + data[size / 2] % (last - first));
  survives(tail);
  Run whole = *run;
  while (whole.last() >= tail.first) {
    whole.txns.pop_back();
    const auto parts = whole.txns.empty() ? 0 : run->part_end(whole.txns.size() - 1);
    whole.parts.resize(parts);
  }
  join(whole, *run);
  CHECK_BUG(whole.end() == run->end());
  for (std::size_t p = 0; p < run->parts.size(); ++p)
    CHECK_BUG(canonical_ops(part_of(whole, p).ops, whole.log) ==
              canonical_ops(part_of(*run, p).ops, run->log));
  return 0;
}
