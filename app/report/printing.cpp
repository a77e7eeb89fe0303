#include "app/report/printing.h"

#include <array>
#include <cstdio>

#include "app/domain/values.h"
#include "platform/paths.h"

namespace rukun {
namespace {

constexpr std::size_t kMostNamed = 3;                 // neighborhoods in a title
constexpr std::size_t kMostNameBytes = 80;            // of a file, before its date
constexpr int kMostCopies = 999;                      // of one name and day
constexpr std::string_view kNowhere = "<>:\"/\\|?*";  // no stick takes these

// Never a part of a letter: what begins beyond the limit is left out whole.
std::string safe_name(std::string_view title) {
  std::string out;
  for (std::size_t i = 0; i < title.size();) {
    std::size_t end = i + 1;
    while (end < title.size() && (static_cast<unsigned char>(title[end]) & 0xC0) == 0x80) ++end;
    if (out.size() + (end - i) > kMostNameBytes) break;
    const auto letter = title.substr(i, end - i);
    const bool control = static_cast<unsigned char>(letter.front()) < 0x20;
    if (control || kNowhere.find(letter.front()) != std::string_view::npos)
      out += '-';
    else
      out += letter;
    i = end;
  }
  const auto first = out.find_first_not_of(" .");
  if (first == std::string::npos) return "Rukun";
  return out.substr(first, out.find_last_not_of(" .") - first + 1);
}

}  // namespace

Result<FontFiles> report_fonts() {
  std::vector<Path> folders;
  if (const auto assets = assets_dir()) folders.push_back(*assets / "fonts");
  return find_fonts(folders);
}

PrintedBy printed_by(Engine& engine, const std::vector<SpaceInfo>& spaces, Language language,
                     WallTime now) {
  std::string place;
  for (const auto& space : spaces)
    if (spaces.size() <= kMostNamed) place += (place.empty() ? "" : ", ") + space.name;
  if (spaces.size() > kMostNamed)
    place =
        std::to_string(spaces.size()) + std::string(pick(language, " kelompok", " neighborhoods"));
  return PrintedBy{language, std::move(place), engine.my_name(), now, kWibOffset_min};
}

std::string paper_name(std::string_view title, WallTime now, int utc_offset_min, int copy) {
  const auto date = local_date(now, utc_offset_min);
  std::array<char, 32> day{};
  std::snprintf(day.data(), day.size(), "%04d-%02d-%02d", static_cast<int>(date / 10'000),
                static_cast<int>(date / 100 % 100), static_cast<int>(date % 100));
  const std::string again = copy > 1 ? " (" + std::to_string(copy) + ")" : std::string();
  return safe_name(title) + " " + day.data() + again + ".pdf";
}

Result<Path> write_paper(FileSystem& files, const Path& folder, std::string_view title,
                         const PrintedBy& printed, ByteView bytes) {
  for (int copy = 1; copy <= kMostCopies; ++copy) {
    const Path file = folder / paper_name(title, printed.at, printed.utc_offset_min, copy);
    TRY(const auto taken, files.exists(file));
    if (taken) continue;
    TRY_VOID(files.write_new_verified(file, bytes));
    return file;
  }
  return error(Code::busy,
               (folder / paper_name(title, printed.at, printed.utc_offset_min)).string() + ": " +
                   std::to_string(kMostCopies) + "x");
}

}  // namespace rukun
