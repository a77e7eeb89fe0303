#include "tests/tidy/source.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

namespace rukun::tidy {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

namespace {

// Walks once through a file and blanks what is not code; line breaks stay, so that positions and
// lines do too.
class Blanker {
 public:
  explicit Blanker(Source& source) : text_(source.text), source_(source) { source_.code = text_; }

  void run() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        blank_to(text_.find('\n', at_));
      } else if (starts("/*")) {
        blank_to(after(text_.find("*/", at_ + 2), 2));
      } else if (text_[at_] == '#' && is_first_on_line()) {
        preprocessor_line();
      } else if (starts("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) {
        raw_literal();
      } else if (text_[at_] == '"') {
        literal('"');
      } else if (text_[at_] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) {
        literal('\'');
      } else {
        ++at_;
      }
    }
  }

 private:
  bool starts(std::string_view what) const {
    return std::string_view(text_).substr(at_).starts_with(what);
  }
  static std::size_t after(std::size_t found, std::size_t more) {
    return found == std::string::npos ? found : found + more;
  }
  bool is_first_on_line() const {
    std::size_t i = at_;
    while (i > 0 && (text_[i - 1] == ' ' || text_[i - 1] == '\t')) --i;
    return i == 0 || text_[i - 1] == '\n';
  }
  void blank_to(std::size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) {
      if (text_[at_] != '\n') source_.code[at_] = ' ';
    }
  }
  void preprocessor_line() {
    std::size_t end = text_.find('\n', at_);
    while (end != std::string::npos && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    end = std::min(end, text_.size());
    const std::string_view line(text_.data() + at_, end - at_);
    const std::size_t open = line.find_first_of("<\"");
    if (line.starts_with("#include") && open != std::string_view::npos) {
      const std::size_t close = line.find(line[open] == '<' ? '>' : '"', open + 1);
      source_.includes.push_back({std::string(line.substr(open + 1, close - open - 1)),
                                  line[open] == '"', source_.line_of(at_)});
    }
    blank_to(end);
  }
  void raw_literal() {
    const std::size_t open = text_.find('(', at_);
    const auto mark = ')' + text_.substr(at_ + 2, open - at_ - 2) + '"';
    const std::size_t close = text_.find(mark, open);
    if (close == std::string::npos) return blank_to(close);
    source_.literals.push_back({text_.substr(open + 1, close - open - 1), at_});
    blank_to(close + mark.size());
  }
  void literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
      end += text_[end] == '\\' ? 2 : 1;
    if (quote == '"') source_.literals.push_back({text_.substr(at_ + 1, end - at_ - 1), at_});
    blank_to(end + 1);
  }

  const std::string& text_;
  Source& source_;
  std::size_t at_ = 0;
};

}  // namespace

Source::Source(std::string the_path, std::string the_text)
    : path(std::move(the_path)), text(std::move(the_text)) {
  Blanker(*this).run();
}

std::vector<std::string_view> Source::lines() const {
  std::vector<std::string_view> out;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    out.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return out;
}

std::size_t Source::line_of(std::size_t at) const {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Tree read_tree(const std::filesystem::path& root) {
  std::vector<std::string> paths;
  for (const char* room : {"platform", "sync", "storage", "app", "tests"}) {
    if (!std::filesystem::exists(root / room)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / room)) {
      const auto ending = entry.path().extension();
      if (ending == ".h" || ending == ".cpp")
        paths.push_back(entry.path().lexically_relative(root));
    }
  }
  std::sort(paths.begin(), paths.end());
  Tree tree;
  for (const auto& path : paths) tree.emplace_back(path, read_text(root / path));
  return tree;
}

std::string place(const Source& source, std::size_t line, std::string_view what) {
  return source.path + ':' + std::to_string(line) + ": " + std::string(what);
}

}  // namespace rukun::tidy
