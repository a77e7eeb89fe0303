#pragma once
// Writes the blocks of one sheet in one language, one after the other. One thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/report/sheet.h"

namespace rukun {

class SheetBlocks {
 public:
  explicit SheetBlocks(Language language) : language_(language) {}

  std::string say(std::string_view id, std::string_view en) const {
    return std::string(pick(language_, id, en));
  }
  void paragraph(std::string_view id, std::string_view en, sheet::Tone tone = sheet::Tone::plain) {
    if (tone == sheet::Tone::heading) steps_ = 0;
    blocks.emplace_back(sheet::Paragraph{say(id, en), tone});
  }
  void line(std::string_view id, std::string_view en, std::string value) {
    blocks.emplace_back(sheet::Line{say(id, en), std::move(value)});
  }
  // Numbered from 1 after each heading.
  void step(std::string_view id, std::string_view en) {
    blocks.emplace_back(sheet::Step{std::to_string(++steps_) + ".", say(id, en)});
  }

  std::vector<sheet::Block> blocks;

 private:
  Language language_;
  int steps_ = 0;
};

}  // namespace rukun
