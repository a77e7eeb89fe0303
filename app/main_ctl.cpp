// rukunctl: the composition root of the command line.
#include <cstdio>
#include <iostream>

#include "app/cli/run.h"
#include "platform/clock.h"
#include "platform/process.h"
#include "platform/random.h"

namespace rukun {
namespace {

constexpr std::size_t kMostAsset = 1024 * 1024;

struct Assets {
  ItemCatalogue items;
  WordList words;
};

Result<Assets> read_assets(FileSystem& files) {
  TRY(const auto folder, assets_dir());
  TRY(const auto items, files.read_file(folder / "items.tsv", kMostAsset));
  TRY(const auto words, files.read_file(folder / "wordlist.txt", kMostAsset));
  TRY(auto catalogue, ItemCatalogue::read(text_of(items)));
  TRY(auto list, WordList::read(text_of(words)));
  return Assets{std::move(catalogue), std::move(list)};
}

void write_to(std::FILE* file, std::string_view text) {
  // A reader that has gone away is no reason to stop in the middle of storing.
  (void)std::fwrite(text.data(), 1, text.size(), file);
  (void)std::fflush(file);
}

int run(int count, char** words) {
  SystemFiles files;
  SystemClock clock;
  SystemRandom random;
  const auto assets = read_assets(files);
  const auto program = program_path();
  if (!assets || !program) {
    const auto& failure = !assets ? assets.error() : program.error();
    write_to(stderr, "rukunctl: " + cli::sentence(failure, Language::id) + "\n");
    return cli::exit_of(failure.code);
  }
  std::ios::sync_with_stdio(false);
  cli::World world{files,
                   clock,
                   random,
                   assets->items,
                   assets->words,
                   Environment::read(),
                   *program,
                   std::cin,
                   [](std::string_view text) { write_to(stdout, text); },
                   [](std::string_view text) { write_to(stderr, text); }};
  return cli::run_program(world, {words + 1, words + count});
}

}  // namespace
}  // namespace rukun

int main(int count, char** words) {
  rukun::disable_core_dumps();
  rukun::ignore_broken_pipes();
  if (!rukun::crypto_ready()) {
    std::fputs("rukunctl: libsodium cannot start\n", stderr);
    return rukun::cli::kNotDone;
  }
  return rukun::run(count, words);
}
