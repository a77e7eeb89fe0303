#pragma once
// The letters on the screen: Noto Sans at whole pixel sizes (size × scale), in four cuts, with the
// characters that the translation tables use plus Latin. Falls back to ImGui's built-in font and
// says so. build() changes the font atlas of the current ImGui context and must therefore be called
// between frames; afterwards the window uploads it again.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

struct ImFont;

namespace rukun {

struct Fonts {
  ImFont* body = nullptr;
  ImFont* strong = nullptr;
  ImFont* small = nullptr;
  ImFont* title = nullptr;
};

struct FontChoice {
  float scale = 1.0F;                          // text size times the monitor's own scale
  std::string_view characters;                 // UTF-8: what must be drawable besides Latin
  std::vector<std::filesystem::path> folders;  // looked through before the typical ones
};

// Sizes in pixels at scale 1.
inline constexpr float kBodySize = 20;
inline constexpr float kSmallSize = 17;
inline constexpr float kTitleSize = 28;

class FontSet {
 public:
  // Never fails: without a font file the built-in font is used and warning() says what to install.
  Fonts build(const FontChoice& choice);
  const std::string& warning() const { return warning_; }

 private:
  std::vector<unsigned short> ranges_;  // must live as long as the atlas
  std::string warning_;
};

}  // namespace rukun
