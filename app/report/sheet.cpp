#include "app/report/sheet.h"

namespace rukun {
namespace {

struct Teller {
  std::string out;

  void line(const std::string& text) { out += text + "\n"; }

  void operator()(const sheet::Paragraph& one) {
    const bool bold = one.tone == sheet::Tone::strong || one.tone == sheet::Tone::heading;
    if (one.tone == sheet::Tone::heading) line("");
    // Chats show what stands between asterisks in bold.
    line(bold && !one.text.empty() ? "*" + one.text + "*" : one.text);
  }
  void operator()(const sheet::Line& one) { line(one.label + ": " + one.value); }
  void operator()(const sheet::Step& one) { line(one.marker + " " + one.text); }
  void operator()(const sheet::Code& one) { line("*" + one.text + "*"); }
  void operator()(const sheet::Qr&) {}
  void operator()(const sheet::Words& one) {
    std::string all;
    for (const auto& word : one.words) all += (all.empty() ? "" : " ") + word;
    line(all);
  }
  void operator()(const sheet::Grid& one) {
    for (const auto& row : one.rows) {
      std::string all;
      for (const auto& cell : row) all += (all.empty() ? "" : " · ") + cell;
      line(all);
    }
  }
  void operator()(const sheet::Signatures&) {}
};

}  // namespace

std::string text_of_sheet(const Sheet& sheet) {
  Teller teller;
  teller.line("*" + sheet.title + "*");
  if (!sheet.place.empty()) teller.line(sheet.place);
  teller.line("");
  for (const auto& block : sheet.blocks) std::visit(teller, block);
  return teller.out;
}

}  // namespace rukun
