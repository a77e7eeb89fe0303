#include "app/cli/bench_tools.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>

namespace rukun::cli {

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Scratch::Scratch(Random& random) {
  std::array<std::uint8_t, 8> raw{};
  random.fill(raw);
  path_ = std::filesystem::temp_directory_path() / ("rukun-bench-" + to_hex(raw));
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Result<Engine> bench_engine(const World& world, const Scratch& scratch) {
  const Bytes raw_key(32, 1);
  TRY(const auto made, create_profile_raw(world.files, scratch.path(), "Bench",
                                          Secret::copy_of(raw_key), world.random));
  const EngineContext context{world.files,
                              world.clock,
                              world.random,
                              world.items,
                              world.words,
                              scratch.path(),
                              scratch.path() / "state"};
  return Engine::unlock_raw(context, made.profile, Secret::copy_of(raw_key));
}

void print(Output& out, std::string_view bench, const std::vector<Figure>& figures) {
  if (out.json()) out.document().object().pair("bench", bench);
  for (const auto& figure : figures) {
    char text[48];
    std::snprintf(text, sizeof text, figure.value >= 1000 ? "%.0f" : "%.4g", figure.value);
    if (out.json()) out.document().key(figure.name).raw(text);
    out.line(std::string(figure.name) + "  " + text);
  }
  if (out.json()) out.document().end_object();
}

double percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

}  // namespace rukun::cli
