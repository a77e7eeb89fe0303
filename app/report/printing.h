#pragma once
// The last step of every print: the fonts, the line that says who printed, and a file under a name
// that was not there before, in a folder that people see (a stick, their documents). The file is
// on the device and has been read back when its name is told; when anything fails, nothing remains
// of it. Errors: not_found without fonts, those of files. One thread.

#include <string>
#include <vector>

#include "app/engine/engine.h"
#include "app/report/pdf_table.h"

namespace rukun {

// Fonts may come with the program; else they are the system's.
Result<FontFiles> report_fonts();

// Many neighborhoods are counted, not named.
PrintedBy printed_by(Engine& engine, const std::vector<SpaceInfo>& spaces, Language language,
                     WallTime now);

// "Daftar kebutuhan 2026-11-23.pdf", and with " (2)" before the dot when there is one already. Of
// `title` stays what any file system takes.
std::string paper_name(std::string_view title, WallTime now, int utc_offset_min, int copy = 1);

// The file's path. busy after 999 of one day.
Result<Path> write_paper(FileSystem& files, const Path& folder, std::string_view title,
                         const PrintedBy& printed, ByteView bytes);

}  // namespace rukun
