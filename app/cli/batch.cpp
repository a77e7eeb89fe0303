// Many commands with one unlock: one a line, answers as they become durable.
#include <fstream>

#include "app/cli/session.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kMostLine = 1024 * 1024;

using Names = std::map<std::string, RecordId, std::less<>>;

struct Line {
  std::string name;  // of what it makes; empty
  std::vector<std::string> words;
};

bool is_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return text.size() > 1 && text[0] == '@' && std::all_of(text.begin() + 1, text.end(), fits);
}

// "@rice" and "need=@rice" become the id that the name stands for; other text stays as it is.
void fill_in(std::string& word, const Names& names) {
  const auto equals = word.find("=@");
  const auto at = word.starts_with('@')         ? 0
                  : equals == std::string::npos ? word.size()
                                                : equals + 1;
  if (at >= word.size()) return;
  const auto found = names.find(std::string_view(word).substr(at));
  if (found != names.end()) word = word.substr(0, at) + found->second.hex();
}

Result<Line> read_line(std::string_view text, const Names& names) {
  if (text.size() > kMostLine) return error(Code::bad_value, "a line longer than a megabyte");
  Line line;
  TRY(line.words, split_words(text));
  if (line.words.size() >= 2 && is_name(line.words[0]) && line.words[1] == "=") {
    line.name = line.words[0];
    line.words.erase(line.words.begin(), line.words.begin() + 2);
    if (line.words.empty()) return error(Code::bad_value, line.name + " = ...");
  }
  for (auto& word : line.words) fill_in(word, names);
  return line;
}

class Batch {
 public:
  Batch(Session& session, bool keep_going)
      : session_(session), globals_(session.globals()), keep_going_(keep_going) {}

  // False: stop here.
  bool take(std::string_view text) {
    ++number_;
    auto line = read_line(text, names_);
    if (line && line->words.empty()) return true;
    const int exit = line ? run(*line) : answer(tl::make_unexpected(line.error()), {});
    if (exit == kDone) return true;
    if (exit_ == kDone) exit_ = exit;
    return keep_going_;
  }
  int exit() const { return exit_; }

 private:
  int run(const Line& line) {
    const auto call = parse_line(line.words, globals_);
    if (!call) return answer(tl::make_unexpected(call.error()), {});
    session_.set_space(call->globals.space);
    std::string said;
    std::vector<std::string> remarked;
    Output out(
        {globals_.json, globals_.quiet, globals_.language},
        [&](std::string_view piece) { said += piece; },
        [&](std::string_view remark) { remarked.emplace_back(remark); });
    Output remarks({false, globals_.quiet, globals_.language}, {}, session_.world().err);
    (void)session_.take_made();
    const auto status = call->command->run(session_, call->arguments, out);
    const auto made = session_.take_made();
    const int exit = out.finish(status);
    // Its last remark is then the failure itself, which is answered below.
    if (!status && !remarked.empty()) remarked.pop_back();
    for (const auto& remark : remarked) session_.world().err(numbered(remark));
    if (status && !line.name.empty()) {
      if (made)
        names_.insert_or_assign(line.name, *made);
      else
        remarks.remark(line.name + std::string(session_.pick(": perintah ini tidak membuat catatan",
                                                             ": this command makes no record")));
    }
    return answer(status, said, exit);
  }

  // "rukunctl: 12: ...", so that a remark is found in the file.
  std::string numbered(const std::string& remark) const {
    constexpr std::string_view kFrom = "rukunctl: ";
    if (!remark.starts_with(kFrom)) return remark;
    return std::string(kFrom) + std::to_string(number_) + ": " + remark.substr(kFrom.size());
  }

  int answer(const Status& status, std::string said, int exit = kDone) {
    if (!status) exit = exit_of(status.error().code);
    auto& world = session_.world();
    if (!status) {
      world.err("rukunctl: " + std::to_string(number_) + ": " +
                sentence(status.error(), globals_.language) + "\n");
    }
    if (!globals_.json) {
      world.out(said);
      return exit;
    }
    std::string text;
    {
      Json json([&](std::string_view piece) { text += piece; });
      json.object().key("line").number(number_).key("exit").number(exit);
      if (status) {
        while (!said.empty() && said.back() == '\n') said.pop_back();
        json.key("result").raw(said.empty() ? "{}" : std::string_view(said));
      } else {
        json.key("error");
        print_error(json, status.error(), globals_.language);
      }
      json.end_object();
    }
    world.out(text + "\n");
    return exit;
  }

  Session& session_;
  Globals globals_;
  bool keep_going_;
  Names names_;
  std::int64_t number_ = 0;
  int exit_ = kDone;
};

void take_all(Batch& batch, std::istream& in) {
  std::string line;
  while (std::getline(in, line)) {
    if (!batch.take(line)) return;
  }
}

Status batch(Session& session, const Arguments& given, Output& out) {
  // A wrong passphrase is one failure, not one a line.
  TRY_VOID(session.engine());
  Batch lines(session, given.has("--keep-going"));
  const auto& file = given.at("FILE");
  if (file == "-") {
    take_all(lines, session.world().in);
  } else {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
      return error(Code::not_found,
                   file + std::string(out.pick(": tidak dapat dibuka", ": cannot be opened")));
    }
    take_all(lines, in);
  }
  out.ends_with(static_cast<Exit>(lines.exit()));
  return {};
}

}  // namespace

Commands batch_commands() {
  return {
      {"batch",
       "FILE|- [--keep-going]",
       "menjalankan satu perintah per baris; @nama = add ... memberi nama pada catatan baru",
       "run one command a line; @name = add ... names a new record",
       {{"FILE", Param::one, true, "berkas, atau - untuk stdin", "a file, or - for stdin"},
        {"--keep-going", Param::flag, false, "teruskan setelah baris yang gagal",
         "go on after a line that fails"}},
       batch,
       false},
  };
}

}  // namespace rukun::cli
