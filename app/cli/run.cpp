#include "app/cli/run.h"

namespace rukun::cli {
namespace {

Globals from_environment(const Environment& environment) {
  Globals out;
  if (environment.language.starts_with("en")) out.language = Language::en;
  return out;
}

OutputMode mode_of(const Globals& globals) {
  return {globals.json, globals.quiet, globals.language};
}

}  // namespace

int run_program(World& world, const std::vector<std::string>& words) {
  auto globals = from_environment(world.environment);
  auto parsed = parse_program(words, globals);
  if (!parsed) {
    Output out(mode_of(peek_globals(words, globals)), world.out, world.err);
    return out.finish(tl::make_unexpected(parsed.error()));
  }
  if (const auto* help = std::get_if<Help>(&*parsed)) {
    world.out(help->text);
    return kDone;
  }
  const auto& call = std::get<Call>(*parsed);
  Session session(world, call.globals);
  Output out(mode_of(call.globals), world.out, world.err);
  const auto status = call.command->run(session, call.arguments, out);
  const int exit = out.finish(status);
  for (const auto& remark : session.close()) out.remark(remark);
  return exit;
}

}  // namespace rukun::cli
