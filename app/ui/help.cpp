#include "app/ui/help.h"

#include <algorithm>

namespace rukun::ui {
namespace {

constexpr std::size_t kMostPageBytes = 32 * 1024;
constexpr std::string_view kTopics[] = {
    "home",     "needs",        "entry",     "offers",   "households", "volunteers",
    "schedule", "distribution", "community", "exchange", "decide",     "members",
    "recap",    "settings",     "access",    "lost",     "keys"};

// *Cetak* becomes “Cetak”; false when one is not closed.
bool quote_words(std::string_view text, std::string& out) {
  bool open = false;
  for (const char c : text) {
    if (c != '*') {
      out += c;
      continue;
    }
    out += open ? "”" : "“";
    open = !open;
  }
  return !open;
}

}  // namespace

Result<HelpPage> parse_help(std::string_view topic, std::string_view text) {
  HelpPage page{std::string(topic), {}, {}};
  bool ended = true;  // the paragraph above
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto wrong = [&] {
      return error(Code::damaged, std::string(topic) + ".md, line " + std::to_string(number) +
                                      ": " + std::string(line));
    };
    auto kind = HelpLine::Kind::text;
    const bool title = line.rfind("# ", 0) == 0;
    if (line.rfind("## ", 0) == 0) kind = HelpLine::Kind::heading;
    if (line.rfind("- ", 0) == 0) kind = HelpLine::Kind::point;
    if (title != (number == 1)) return wrong();
    if (line.empty()) {
      ended = true;
      continue;
    }
    line.remove_prefix(title || kind == HelpLine::Kind::point ? 2
                       : kind == HelpLine::Kind::heading      ? 3
                                                              : 0);
    std::string words;
    if (line.empty() || !quote_words(line, words)) return wrong();
    if (title)
      page.title = std::move(words);
    else if (kind == HelpLine::Kind::text && !ended)
      page.lines.back().words += " " + words;
    else
      page.lines.push_back({kind, std::move(words)});
    ended = title || kind == HelpLine::Kind::heading;
  }
  if (page.title.empty() || page.lines.empty())
    return error(Code::damaged, std::string(topic) + ".md: empty");
  return page;
}

Result<HelpBook> HelpBook::read(FileSystem& files, const Path& folder,
                                const std::vector<std::string>& languages) {
  HelpBook book;
  for (const std::string& language : languages) {
    auto& pages = book.pages_[language];
    for (const std::string_view topic : kTopics) {
      TRY(const auto text,
          files.read_file(folder / language / (std::string(topic) + ".md"), kMostPageBytes));
      TRY(auto page, parse_help(topic, text_of(text)));
      pages.push_back(std::move(page));
    }
  }
  return book;
}

const std::vector<HelpPage>& HelpBook::pages(const std::string& language) const {
  static const std::vector<HelpPage> kNone;
  const auto found = pages_.find(language);
  return found == pages_.end() ? kNone : found->second;
}

const HelpPage* HelpBook::find(const std::string& language, std::string_view topic) const {
  const auto& all = pages(language);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const HelpPage& one) { return one.topic == topic; });
  return found == all.end() ? nullptr : &*found;
}

std::string HelpBook::characters(const std::string& language) const {
  std::string out;
  for (const HelpPage& page : pages(language)) {
    out += page.title;
    for (const HelpLine& line : page.lines) out += line.words;
  }
  return out;
}

std::string_view help_topic(Screen screen) {
  switch (screen) {
    case Screen::needs: return "needs";
    case Screen::need_entry:
    case Screen::offer_entry: return "entry";
    case Screen::offers: return "offers";
    case Screen::households: return "households";
    case Screen::volunteers: return "volunteers";
    case Screen::schedule: return "schedule";
    case Screen::distribution: return "distribution";
    case Screen::community: return "community";
    case Screen::exchange: return "exchange";
    case Screen::decide: return "decide";
    case Screen::recap: return "recap";
    case Screen::members: return "members";
    case Screen::settings: return "settings";
    case Screen::access: return "access";
    case Screen::lost: return "lost";
    case Screen::safety: return "safety";
    default: return "home";
  }
}

}  // namespace rukun::ui
