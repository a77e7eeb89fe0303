#include "tests/support/neighborhood.h"

#include <cstdio>
#include <fstream>
#include <sstream>

#include "platform/base/check.h"

namespace rukun::test {

namespace {
std::string asset(const char* name) {
  std::ifstream in(std::string(RUKUN_SOURCE_DIR) + "/assets/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// A test that cannot go on says why and ends.
template <class T>
T must(Result<T> result) {
  if (!result)
    std::fprintf(stderr, "unexpected: %s (%s)\n", result.error().message.c_str(),
                 name_of(result.error().code));
  CHECK_BUG(result.has_value());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

Secret key_of(const std::string& name) {
  std::string raw = name;
  raw.resize(32, '.');
  return Secret::copy_of(view(raw));
}
}  // namespace

const ItemCatalogue& test_items() {
  static const ItemCatalogue items = must(ItemCatalogue::read(asset("items.tsv")));
  return items;
}

const WordList& test_words() {
  static const WordList words = must(WordList::read(asset("wordlist.txt")));
  return words;
}

Laptop::Laptop(const std::filesystem::path& place, std::string name, std::uint64_t seed)
    : home_(place / name),
      state_(place / (name + ".state")),
      name_(std::move(name)),
      random_(seed) {
  CHECK_BUG(crypto_ready());
  must(create_profile_raw(files_, home_, name_, key_of(name_), random_));
}

Laptop::Laptop(const Laptop& original, const std::filesystem::path& place,
               const std::string& folder, std::uint64_t seed)
    : home_(place / folder),
      state_(place / (folder + ".state")),
      name_(original.name_),
      random_(seed) {
  original.copy_home(home_);
}

Engine& Laptop::engine() {
  if (engine_ == nullptr) {
    const EngineContext context{files_, clock_, random_, test_items(), test_words(), home_, state_};
    const auto profile = must(find_profile(files_, home_, ""));
    engine_ = std::make_unique<Engine>(must(Engine::unlock_raw(context, profile, key_of(name_))));
  }
  return *engine_;
}

SpaceId Laptop::found(std::string_view space_name) {
  return must(engine().create_space(space_name, "")).space;
}
Bytes Laptop::invite(const SpaceId& space, Role role) {
  return must(engine().create_invite(space, role, true)).file;
}
Joined Laptop::join(const Bytes& invitation) {
  return must(engine().join(invitation, std::nullopt));
}
ExchangeReport Laptop::sync(const std::filesystem::path& stick) {
  return must(engine().sync_folder(stick));
}

Result<Outcome> Laptop::try_run(const SpaceId& space, Action action) {
  clock_.pass(1000);
  return engine().execute(space, action);
}

Outcome Laptop::run(const SpaceId& space, Action action) {
  return must(try_run(space, std::move(action)));
}

RecordId Laptop::add_need(const SpaceId& space, std::int64_t thousandths, std::string title) {
  using namespace fields::need;
  AddRecord add{kKind,
                {{kTitle, OpType::put, std::move(title)},
                 {kCategory, OpType::put, std::int64_t{1}},
                 {kQuantity, OpType::put, thousandths},
                 {kUnit, OpType::put, std::string("kg")}}};
  return run(space, {{add}}).records.at(0);
}

void Laptop::set_title(const SpaceId& space, const RecordId& need, std::string title) {
  run(space, {{SetFields{need, {{fields::need::kTitle, OpType::put, std::move(title)}}}}});
}

std::string Laptop::title(const SpaceId& space, const RecordId& need) {
  const auto info = must(engine().space(space));
  const auto row = must(engine().records().row(info.number, need));
  if (!row) return "(belum tiba)";
  const auto* text = std::get_if<std::string>(&row->values.at(0));
  return text != nullptr ? *text : "";
}

std::size_t Laptop::count(const SpaceId& space, KindId kind) {
  Query query;
  query.kind = kind;
  query.spaces = {must(engine().space(space)).number};
  return must(engine().records().count(query));
}

std::string Laptop::digest(const SpaceId& space) {
  return must(engine().records().canonical_digest(must(engine().space(space)).number)).hex();
}

void Laptop::copy_home(const std::filesystem::path& to) const {
  std::filesystem::remove_all(to);
  std::filesystem::copy(home_, to, std::filesystem::copy_options::recursive);
}

void Laptop::put_back_home(const std::filesystem::path& from) {
  close();
  std::filesystem::remove_all(home_);
  std::filesystem::copy(from, home_, std::filesystem::copy_options::recursive);
}

ThreeNeighbors::ThreeNeighbors(std::uint64_t seed)
    : stick(dir / "stick"),
      head(dir.path(), "Pak Budi", seed * 10 + 1),
      volunteer(dir.path(), "Sari", seed * 10 + 2),
      office(dir.path(), "Kantor Desa", seed * 10 + 3) {
  std::filesystem::create_directories(stick);
  space = head.found("RT 003/RW 007 Sukamaju");
  volunteer.join(head.invite(space, Role::volunteer));
  office.join(head.invite(space, Role::office));
  round();
}

void ThreeNeighbors::round() {
  for (int turn = 0; turn < 2; ++turn)
    for (Laptop* laptop : {&head, &volunteer, &office}) laptop->sync(stick);
}

}  // namespace rukun::test
