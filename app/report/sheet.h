#pragma once
// A page that people hold in their hands, as data: what it says, not where it stands. The same
// sheet becomes a PDF (pdf_sheet.h) or plain text for a chat. Pure; one thread.

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/domain/language.h"

namespace rukun {

namespace sheet {
enum class Tone : std::uint8_t { plain, strong, small, heading };
struct Paragraph {
  std::string text;
  Tone tone = Tone::plain;
};
struct Line {  // "Peran: Relawan"
  std::string label;
  std::string value;
};
struct Step {  // "1.  Pasang Rukun …"
  std::string marker;
  std::string text;
};
struct Code {  // large, to be read aloud and typed back
  std::string text;
};
struct Qr {
  std::string text;
  std::string caption;
};
// Words to be copied by hand, numbered, in columns.
struct Words {
  std::vector<std::string> words;
};
// A few short columns; the first row is the heading.
struct Grid {
  std::vector<std::vector<std::string>> rows;
};
// Places to sign, side by side: what for, and whose name stands below.
struct Signatures {
  std::vector<std::pair<std::string, std::string>> places;
};
using Block = std::variant<Paragraph, Line, Step, Code, Qr, Words, Grid, Signatures>;
}  // namespace sheet

struct Sheet {
  std::string title;
  std::string place;  // under the title: "RT 003/RW 007 Sukamaju"
  std::vector<sheet::Block> blocks;
  bool small = false;   // A6, else A4
  bool poster = false;  // large letters, to be read from a few steps away
};

// For a chat or a terminal: what is a picture on paper (QR, places to sign) is left out.
std::string text_of_sheet(const Sheet& sheet);

}  // namespace rukun
