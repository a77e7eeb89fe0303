#pragma once
// Reads printed pages back through poppler's tools, as text in reading order and as facts about the
// file, so that tests see what paper would show. Empty when the machine lacks the tools. Tests
// only.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace rukun::test {

inline std::string said_by(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  char piece[4096];
  while (const auto size = std::fread(piece, 1, sizeof piece, pipe)) out.append(piece, size);
  pclose(pipe);
  return out;
}

// One text a page, laid out as on paper.
inline std::vector<std::string> pages_of(const std::filesystem::path& pdf) {
  const auto all = said_by("pdftotext -layout '" + pdf.string() + "' -");
  std::vector<std::string> out;
  for (std::size_t from = 0; from < all.size();) {
    const auto end = std::min(all.find('\f', from), all.size());
    out.push_back(all.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

inline std::string pdf_facts(const std::filesystem::path& pdf) {
  return said_by("pdfinfo '" + pdf.string() + "'") + said_by("pdffonts '" + pdf.string() + "'");
}

// Words without regard to how lines were broken or columns set.
inline std::string flat(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool gap = c == ' ' || c == '\n' || c == '\f';
    if (!gap) out += c;
    if (gap && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

inline std::size_t times(std::string_view text, std::string_view what) {
  std::size_t out = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++out;
  return out;
}

}  // namespace rukun::test
