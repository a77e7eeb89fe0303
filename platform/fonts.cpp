#include "platform/fonts.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "platform/font_files.h"

namespace rukun {
namespace {

namespace fs = std::filesystem;
static_assert(sizeof(ImWchar) == sizeof(unsigned short), "the ranges assume 16-bit characters");

// Latin with its extensions and common punctuation, and whatever else the words need, as ImGui's
// zero-ended pairs.
std::vector<unsigned short> ranges_for(std::string_view characters) {
  std::set<unsigned short> wanted = {0x2013, 0x2014, 0x2018, 0x2019,
                                     0x201C, 0x201D, 0x2022, 0x2026};
  for (unsigned c = 0x20; c <= 0x17F; ++c) {
    if (c < 0x7F || c >= 0xA0) wanted.insert(static_cast<unsigned short>(c));
  }
  for (std::size_t i = 0; i < characters.size();) {
    const auto lead = static_cast<unsigned char>(characters[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < characters.size(); ++k) {
      code = code << 6 | (static_cast<unsigned char>(characters[i + k]) & 0x3FU);
    }
    if (code >= 0x20 && code <= 0xFFFF) wanted.insert(static_cast<unsigned short>(code));
    i += length;
  }
  std::vector<unsigned short> ranges;
  for (const unsigned short c : wanted) {
    if (!ranges.empty() && ranges.back() + 1 == c)
      ranges.back() = c;
    else
      ranges.insert(ranges.end(), {c, c});
  }
  ranges.push_back(0);
  return ranges;
}

ImFont* add_font(const std::optional<fs::path>& path, float size,
                 const std::vector<unsigned short>& ranges) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.SizePixels = size;
  if (path) {
    if (ImFont* font =
            atlas.AddFontFromFileTTF(path->string().c_str(), size, &config, ranges.data()))
      return font;
  }
  config.OversampleH = 1;
  config.PixelSnapH = true;
  return atlas.AddFontDefault(&config);
}

}  // namespace

Fonts FontSet::build(const FontChoice& choice) {
  const float scale = std::clamp(choice.scale, 0.5F, 4.0F);
  const auto regular = find_font(choice.folders, "NotoSans-Regular.ttf");
  const auto bold = find_font(choice.folders, "NotoSans-Bold.ttf");
  warning_ = regular && bold ? "" : "Noto Sans was not found; install the package fonts-noto-core";
  ranges_ = ranges_for(choice.characters);

  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  atlas.TexDesiredWidth = 1024;
  const auto whole = [scale](float size) { return std::round(size * scale); };
  Fonts fonts;
  fonts.body = add_font(regular, whole(kBodySize), ranges_);
  fonts.strong = add_font(bold, whole(kBodySize), ranges_);
  fonts.small = add_font(regular, whole(kSmallSize), ranges_);
  fonts.title = add_font(bold, whole(kTitleSize), ranges_);
  atlas.Build();
  return fonts;
}

}  // namespace rukun
