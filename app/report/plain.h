#pragma once
// A table as plain text for a chat or a terminal: the title, a line a row that says the heading of
// each value, sums, notes. Ends every line with a line feed. Errors: those of the rows and of the
// sink. One thread.

#include "app/report/csv.h"

namespace rukun {

Status write_plain(const Table& table, Language language, const TextSink& out);

}  // namespace rukun
