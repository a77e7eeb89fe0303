#pragma once
// The help pages of F1: one short text a topic and language (assets/help/<language>/<topic>.md),
// read once at the start, each at most 32 KiB. Of Markdown they use a title (#), headings (##),
// points (-), paragraphs, and *words of the screen*, which become “words of the screen”. Errors:
// damaged with file and line for anything else; those of files. Immutable afterwards; any thread.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/view_records.h"
#include "platform/files.h"

namespace rukun::ui {

struct HelpLine {
  enum class Kind : std::uint8_t { heading, point, text } kind = Kind::text;
  std::string words;
};
struct HelpPage {
  std::string topic;
  std::string title;
  std::vector<HelpLine> lines;
};
Result<HelpPage> parse_help(std::string_view topic, std::string_view text);

class HelpBook {
 public:
  HelpBook() = default;
  // `folder` holds a folder for each language.
  static Result<HelpBook> read(FileSystem& files, const Path& folder,
                               const std::vector<std::string>& languages);

  const std::vector<HelpPage>& pages(const std::string& language) const;  // in a fixed order
  // Null without such a topic.
  const HelpPage* find(const std::string& language, std::string_view topic) const;
  // Every letter in it, for the fonts.
  std::string characters(const std::string& language) const;

 private:
  std::map<std::string, std::vector<HelpPage>> pages_;
};

// The page that F1 opens on a screen.
std::string_view help_topic(Screen screen);

}  // namespace rukun::ui
