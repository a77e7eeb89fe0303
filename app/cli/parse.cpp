#include "app/cli/parse.h"

#include <CLI/CLI.hpp>
#include <deque>

#include "platform/base/check.h"

namespace rukun::cli {
namespace {

// Where CLI11 puts what it read, per parameter; must stay in place while it reads.
struct Slot {
  const Param* param = nullptr;
  std::string value;                // of a parameter given once
  std::vector<std::string> values;  // of one that may be repeated
  bool flag = false;
  CLI::Option* option = nullptr;
};

struct Declared {
  const Command* command = nullptr;
  CLI::App* app = nullptr;
  std::deque<Slot> slots;
};

void translate(CLI::App& app, Language language) {
  const auto formatter = app.get_formatter();
  formatter->column_width(34);
  app.option_defaults()->group(std::string(pick(language, "Pilihan", "Options")));
  if (language == Language::en) return;
  formatter->label("Usage", "Pemakaian");
  formatter->label("Positionals", "Isian");
  formatter->label("OPTIONS", "PILIHAN");
  formatter->label("SUBCOMMAND", "PERINTAH");
  formatter->label("SUBCOMMANDS", "PERINTAH");
  formatter->label("REQUIRED", "(wajib)");
  formatter->label("TEXT", "TEKS");
}

void declare_params(CLI::App& app, const Command& command, Language language, Declared& declared) {
  declared.command = &command;
  declared.app = &app;
  translate(app, language);
  app.set_help_flag("-h,--help", std::string(pick(language, "cara memakai", "how to use it")));
  for (const auto& param : command.params) {
    auto& slot = declared.slots.emplace_back();
    slot.param = &param;
    const std::string name(param.name), text(param.text(language));
    if (param.shape == Param::flag) {
      slot.option = app.add_flag(name, slot.flag, text);
      continue;
    }
    if (param.shape == Param::one) {
      slot.option = app.add_option(name, slot.value, text);
    } else {
      slot.option = app.add_option(name, slot.values, text);
      if (param.is_option()) slot.option->allow_extra_args(false);
    }
    slot.option->type_name(param.is_option() ? "TEXT" : "")->required(param.required);
  }
}

Arguments arguments_of(const Declared& declared) {
  Arguments out;
  for (const auto& slot : declared.slots) {
    if (slot.option->count() == 0) continue;
    const bool once = slot.param->shape == Param::one;
    out.set(slot.param->name, once ? std::vector<std::string>{slot.value} : slot.values);
  }
  return out;
}

std::string commands_title(Language language) {
  return std::string(pick(language, "Perintah", "Commands"));
}

// "invite create" is a command of the group "invite".
CLI::App* place_for(CLI::App& root, const Command& command, Language language) {
  CLI::App* at = &root;
  std::string_view rest = command.name;
  const std::string description(pick(language, command.id, command.en));
  for (auto space = rest.find(' '); space != rest.npos; space = rest.find(' ')) {
    const std::string group(rest.substr(0, space));
    const auto groups =
        at->get_subcommands([&](CLI::App* one) { return one->get_name() == group; });
    CLI::App* found = groups.empty() ? nullptr : groups.front();
    if (found == nullptr) {
      found = at->add_subcommand(group, description);
      found->require_subcommand(1)->fallthrough()->group(commands_title(language));
      translate(*found, language);
      found->set_help_flag("-h,--help",
                           std::string(pick(language, "cara memakai", "how to use it")));
    } else {
      found->description(found->get_description() + "; " + description);
    }
    at = found;
    rest.remove_prefix(space + 1);
  }
  auto* app = at->add_subcommand(std::string(rest), description);
  app->fallthrough()->group(commands_title(language));
  return app;
}

void declare_globals(CLI::App& app, Globals& globals, std::string& language) {
  const auto t = [&](const char* id, const char* en) {
    return std::string(pick(globals.language, id, en));
  };
  app.add_option("--home", globals.home, t("folder data Rukun", "where Rukun keeps its data"));
  app.add_option("--profile", globals.profile, t("nama atau id profil", "a profile's name or id"));
  app.add_option("--space", globals.space,
                 t("nama atau id kelompok RT", "a neighborhood's name or id"));
  app.add_option("--passphrase-file", globals.passphrase_file,
                 t("berkas berisi kata sandi (atau $RUKUN_PASSPHRASE)",
                   "file that holds the passphrase (or $RUKUN_PASSPHRASE)"));
  app.add_flag("--json", globals.json, t("jawaban sebagai JSON", "answer in JSON"));
  app.add_option("--lang", language, t("bahasa: id atau en", "language: id or en"))
      ->check(CLI::IsMember({"id", "en"}));
  app.add_flag("--quiet", globals.quiet, t("tanpa keterangan di stderr", "no remarks on stderr"));
  app.set_version_flag("--version", RUKUN_VERSION, t("versi program", "version of the program"));
  app.set_help_flag("-h,--help", t("cara memakai", "how to use it"));
}

const Command* command_in(const std::vector<std::string>& words) {
  const Command* best = nullptr;
  for (const auto& command : all_commands()) {
    const auto parts = split_words(command.name);
    std::size_t matched = 0;
    for (const auto& word : words) {
      if (matched < parts->size() && word == (*parts)[matched]) ++matched;
    }
    if (matched != parts->size()) continue;
    if (best == nullptr || command.name.size() > best->name.size()) best = &command;
  }
  return best;
}

tl::unexpected<Error> wrong_line(const std::string& what, const Command* command,
                                 Language language) {
  const std::string expected(command != nullptr ? "rukunctl " + command->usage()
                                                : "rukunctl [--home DIR] ... COMMAND ...; "
                                                  "rukunctl --help");
  return error(
      Code::bad_value,
      std::string(pick(language, "baris perintah keliru: ", "wrong command line: ")) + what,
      std::string(pick(language, "yang diharapkan: ", "expected: ")) + expected);
}

// What the parser found wrong, in the reader's language where its own words are known.
std::string told(const CLI::ParseError& wrong, Language language) {
  const std::string text = wrong.what();
  if (dynamic_cast<const CLI::RequiredError*>(&wrong) != nullptr) {
    const auto name = text.substr(0, text.find(" is required"));
    if (name.starts_with("A subcommand")) {
      return std::string(pick(language, "perintahnya kurang atau tidak dikenal",
                              "the command is missing or unknown"));
    }
    return name + std::string(pick(language, " belum diisi", " is missing"));
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&wrong) != nullptr) {
    const auto at = text.rfind(": ");
    return (at == text.npos ? text : text.substr(at + 2)) +
           std::string(pick(language, " tidak dikenal di sini", " is not known here"));
  }
  return text;
}

std::vector<std::string> reversed(std::vector<std::string> words) {
  std::reverse(words.begin(), words.end());
  return words;
}

}  // namespace

Globals peek_globals(const std::vector<std::string>& words, Globals globals) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--json") globals.json = true;
    if (words[i] == "--quiet") globals.quiet = true;
    std::string language;
    if (words[i] == "--lang" && i + 1 < words.size()) language = words[i + 1];
    if (words[i].starts_with("--lang=")) language = words[i].substr(7);
    if (language == "en") globals.language = Language::en;
    if (language == "id") globals.language = Language::id;
  }
  return globals;
}

Result<Parsed> parse_program(const std::vector<std::string>& words, Globals globals) {
  globals = peek_globals(words, std::move(globals));
  const auto language = globals.language;
  CLI::App app(std::string(pick(language, "Rukun: tetangga saling membantu, juga tanpa internet.",
                                "Rukun: neighbors help each other, also without the internet.")),
               "rukunctl");
  translate(app, language);
  app.require_subcommand(1);
  std::string language_word;
  declare_globals(app, globals, language_word);
  std::deque<Declared> declared;
  for (const auto& command : all_commands()) {
    declare_params(*place_for(app, command, language), command, language, declared.emplace_back());
  }
  try {
    app.parse(reversed(words));
  } catch (const CLI::CallForHelp&) {
    return Help{app.help()};
  } catch (const CLI::CallForVersion&) {
    return Help{std::string("rukunctl ") + RUKUN_VERSION + "\n"};
  } catch (const CLI::ParseError& wrong) {
    return wrong_line(told(wrong, language), command_in(words), language);
  }
  for (const auto& one : declared) {
    if (one.app->parsed()) return Call{globals, one.command, arguments_of(one)};
  }
  return wrong_line(std::string(pick(language, "perintah kurang", "a command is missing")), nullptr,
                    language);
}

Result<Call> parse_line(const std::vector<std::string>& words, Globals globals) {
  const Command* command = nullptr;
  std::size_t taken = 0;
  for (const auto& one : all_commands()) {
    TRY(const auto parts, split_words(one.name));
    const bool fits =
        parts.size() <= words.size() && std::equal(parts.begin(), parts.end(), words.begin());
    if (fits && parts.size() > taken) {
      command = &one;
      taken = parts.size();
    }
  }
  const auto language = globals.language;
  if (command == nullptr) {
    return wrong_line(
        words.front() + std::string(pick(language, " bukan perintah", " is no command")), nullptr,
        language);
  }
  if (!command->in_batch) {
    return error(Code::bad_value,
                 std::string(command->name) +
                     std::string(pick(language, " tidak dapat dijalankan di dalam batch",
                                      " cannot be run inside a batch")));
  }
  CLI::App app;
  Declared declared;
  declare_params(app, *command, language, declared);
  app.add_option("--space", globals.space);
  try {
    app.parse(reversed({words.begin() + static_cast<std::ptrdiff_t>(taken), words.end()}));
  } catch (const CLI::ParseError& wrong) {
    return wrong_line(told(wrong, language), command, language);
  }
  return Call{std::move(globals), command, arguments_of(declared)};
}

Result<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool has_next = i + 1 < line.size();
    if (quote == '\'') {
      if (c == '\'')
        quote = 0;
      else
        word += c;
    } else if (c == '\\' && has_next && (quote == 0 || line[i + 1] == '"' || line[i + 1] == '\\')) {
      word += line[++i];
      in_word = true;
    } else if (quote == '"') {
      if (c == '"')
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else if (c == '#' && !in_word) {
      break;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (quote != 0) return error(Code::bad_value, "a quotation mark in the line is not closed");
  if (in_word) words.push_back(std::move(word));
  return words;
}

}  // namespace rukun::cli
