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

namespace {

EngineContext bench_context(const World& world, const Scratch& scratch) {
  return {world.files,
          world.clock,
          world.random,
          world.items,
          world.words,
          scratch.path(),
          scratch.path() / "state"};
}

const Bytes& bench_key() {
  static const Bytes kRaw(32, 1);
  return kRaw;
}

}  // namespace

Result<Engine> bench_engine(const World& world, const Scratch& scratch) {
  TRY(const auto made, create_profile_raw(world.files, scratch.path(), "Bench",
                                          Secret::copy_of(bench_key()), world.random));
  return Engine::unlock_raw(bench_context(world, scratch), made.profile,
                            Secret::copy_of(bench_key()));
}

Result<Engine> bench_engine_again(const World& world, const Scratch& scratch) {
  TRY(const auto profiles, list_profiles(world.files, scratch.path()));
  if (profiles.size() != 1) return error(Code::damaged, "the benchmark lost its profile");
  return Engine::unlock_raw(bench_context(world, scratch), profiles.front(),
                            Secret::copy_of(bench_key()));
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
