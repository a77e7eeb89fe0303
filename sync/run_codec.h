#pragma once
// A run as columns of bytes and back. What comes back is bounded and well formed, but its hashes
// are not yet computed: segment.* does that, and compares. Layout: PROTOCOL.md, "Columns of a run".
// Errors: damaged. Pure; any thread.

#include "sync/columns.h"
#include "sync/run.h"

namespace rukun {

void write_run(ColumnWriter& out, const Run& run);
Result<Run> read_run(ByteView bytes, const SpaceId& space, Seq first, Seq last);

}  // namespace rukun
