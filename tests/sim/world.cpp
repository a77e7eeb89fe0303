#include "tests/sim/world.h"

#include <algorithm>
#include <cstdio>

#include "app/domain/fields.h"
#include "app/engine/engine_works.h"
#include "platform/base/check.h"

namespace rukun::test {

namespace {

template <class T>
T must(Result<T> result) {
  if (!result) std::fprintf(stderr, "unexpected: %s\n", result.error().message.c_str());
  CHECK_BUG(result.has_value());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

Secret disk_key() {
  const Bytes raw(32, 9);
  return Secret::copy_of(raw);
}

constexpr std::int64_t kYear_ms = 365 * kDay_ms;

}  // namespace

World::World(std::uint64_t seed, std::size_t nodes) : random_(seed) {
  CHECK_BUG(crypto_ready());
  must(sticks_.make_dirs("/stick/a"));
  must(sticks_.make_dirs("/stick/b"));
  for (std::size_t i = 0; i < nodes; ++i) {
    auto node =
        std::make_unique<Node>("sim" + std::to_string(seed) + "-" + std::to_string(i), sticks_);
    node->name = "Warga " + std::to_string(i + 1);
    node->random = std::make_unique<SeededRandom>(seed * 100 + i);
    nodes_.push_back(std::move(node));
  }
}

World::World(const Founding& founding, std::uint64_t seed) : World(seed, founding.laptops.size()) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    nodes_[i]->vfs.restore(founding.laptops[i].disk);
    nodes_[i]->own = founding.laptops[i].own;
  }
  space_ = founding.space;
  empty_view_ = founding.empty_view;
}

Founding found(std::size_t nodes) {
  World world(0, nodes);
  for (auto& node : world.nodes_)
    must(create_profile_raw(node->files, "/home", node->name, disk_key(), *node->random,
                            node->vfs.name()));
  auto& first = world.engine(*world.nodes_[0]);
  world.space_ = must(first.create_space("RT 003/RW 007", "")).space;
  for (std::size_t i = 1; i < nodes; ++i) {
    const auto role = i % 3 == 0 ? Role::head : i == 1 ? Role::office : Role::volunteer;
    const auto file = must(first.create_invite(world.space_, role, true)).file;
    must(world.engine(*world.nodes_[i]).join(file, std::nullopt));
  }
  world.heal();
  Founding out;
  out.space = world.space_;
  out.empty_view = image_of_nothing();
  for (auto& node : world.nodes_) {
    node->engine.reset();
    out.laptops.push_back({node->vfs.save(), node->own});
  }
  return out;
}

void World::open(Node& node) {
  const EngineContext context{node.files, node.clock, *node.random, test_items(),    test_words(),
                              "/home",    "/state",   Language::id, node.vfs.name(), empty_view_};
  const auto profile = must(find_profile(node.files, "/home", ""));
  node.engine = std::make_unique<Engine>(must(Engine::unlock_raw(context, profile, disk_key())));
}

Engine& World::engine(Node& node) {
  if (node.engine == nullptr) open(node);
  return *node.engine;
}

std::vector<RecordId> World::needs(Node& node) {
  Query query;
  query.kind = fields::need::kKind;
  std::vector<RecordId> out;
  for (const auto& row : must(engine(node).records().rows(query))) out.push_back(row.id);
  return out;
}

std::map<RecordId, std::vector<Value>> World::shown(Node& node) {
  std::map<RecordId, std::vector<Value>> out;
  Query query;
  query.kind = fields::need::kKind;
  for (auto& row : must(engine(node).records().rows(query))) {
    row.values.push_back(std::int64_t{row.conflicts});
    out.emplace(row.id, std::move(row.values));
  }
  return out;
}

void World::run(std::size_t steps) {
  for (std::size_t step = 0; step < steps; ++step) {
    Node& node = *nodes_[random_.below(nodes_.size())];
    node.clock.pass(static_cast<std::int64_t>(random_.below(600'000)));
    act(node);
  }
}

void World::act(Node& node) {
  const auto dice = random_.below(100);
  if (dice < 58) return edit(node);
  if (dice < 86) return exchange(node);
  if (dice < 88) return govern(node);
  if (dice < 89) return lie(node);
  if (dice < 90) return erase(node);
  upset(node);
}

// Who was removed may not have heard of it.
std::set<MemberId> World::members() {
  std::vector<AuthorityEntry> said;
  for (auto& other : nodes_) {
    const auto& acts = engine(*other).works().find(space_)->acts;
    said.insert(said.end(), acts.begin(), acts.end());
  }
  std::set<MemberId> out;
  for (const auto& member : evaluate(space_, std::move(said)).members)
    if (!member.removed) out.insert(member.id);
  return out;
}

void World::govern(Node& node) {
  if (must(engine(node).space(space_)).role != Role::head) return;
  const auto& other = engine(*nodes_[random_.below(nodes_.size())]).member();
  const auto* authority = must(engine(node).authority(space_));
  const auto* member = authority->find(other);
  if (member == nullptr) return;
  if (member->removed) {
    if (random_.below(2) == 0) must(engine(node).admit_again(space_, other, Role::volunteer));
    return;
  }
  // The last head stays: then nothing is done.
  if (random_.below(2) == 0) {
    if (engine(node).remove_member(space_, other, "pindah", random_.below(2) == 0)) ++met.removals;
    return;
  }
  const Role roles[] = {Role::volunteer, Role::reader, Role::office, Role::head};
  if (engine(node).set_role(space_, other, roles[random_.below(4)])) ++met.demotions;
}

void World::erase(Node& node) {
  const auto known = needs(node);
  if (known.empty()) return;
  if (engine(node).erase(space_, known[random_.below(known.size())], "diminta")) ++met.erasures;
}

// A program of one's own asks no rule: a program that only heads and offices may make.
void World::lie(Node& node) {
  auto& works = engine(node).works();
  auto* space = works.find(space_);
  const auto role = must(engine(node).space(space_)).role;
  if (!role || *role == Role::head || *role == Role::office) return;
  Part part;
  part.ref = RefType::fresh;
  part.kind = fields::program::kKind;
  part.salt = node.random->draw<Salt>();
  part.ops.push_back({1, OpType::put, {}, Value(std::string("palsu"))});
  const auto txn = must(works.write(*space, LogKind::data, {part}));
  node.lies.insert(fresh_record_id(txn, 0));
  ++met.hostile;
}

void World::edit(Node& node) {
  using namespace fields::need;
  const auto role = must(engine(node).space(space_)).role;
  if (!role || role == Role::office) return;  // an office writes no needs
  const auto known = needs(node);
  const auto dice = random_.below(10);
  Action action;
  if (known.empty() || dice < 3) {
    action.changes.push_back(
        AddRecord{kKind,
                  {{kTitle, OpType::put, "Beras " + std::to_string(random_.below(50))},
                   {kCategory, OpType::put, std::int64_t{1}},
                   {kQuantity, OpType::put, static_cast<std::int64_t>(1 + random_.below(9)) * 1000},
                   {kUnit, OpType::put, std::string("kg")}}});
  } else {
    const auto& need = known[random_.below(known.size())];
    const Value title = "Beras " + std::to_string(random_.below(50));
    if (dice < 8)
      action.changes.push_back(SetFields{need, {{kTitle, OpType::put, title}}});
    else if (dice == 8)
      action.changes.push_back(ResolveField{need, kTitle, title});
    else
      action.changes.push_back(DeleteRecord{need});
  }
  const auto outcome = engine(node).execute(space_, action);
  if (!outcome) return;  // a rule said no: nothing was acknowledged
  if (std::holds_alternative<AddRecord>(action.changes[0]))
    node.made.insert(outcome->records.at(0));
  if (random_.below(20) == 0) {
    const auto undone = engine(node).undo(space_, std::nullopt);
    static_cast<void>(undone);
  }
}

ExchangeReport World::sync(Node& node, const std::string& stick) {
  return must(engine(node).sync_folder(stick));
}

void World::exchange(Node& node) {
  const auto dice = random_.below(10);
  if (dice < 5) {
    sync(node, dice < 3 ? "/stick/a" : "/stick/b");
    return;
  }
  if (dice < 6) return meet(node);
  pass_bundle(node, *nodes_[random_.below(nodes_.size())]);
}

// A file in a chat: it may be cut, come twice, or come long after newer ones.
void World::pass_bundle(Node& from, Node& to) {
  const Path file = "/stick/chat" + std::to_string(bundle_++) + ".rukun";
  must(engine(from).export_bundle(file, std::nullopt, std::nullopt));
  Bytes bytes = *sticks_.look(file);
  must(sticks_.remove(file));
  old_bundles_.push_back(bytes);
  if (random_.below(3) == 0) bytes = old_bundles_[random_.below(old_bundles_.size())];
  if (random_.below(4) == 0) {
    bytes.resize(random_.below(bytes.size()) + 1);
    ++met.cut;
  }
  sticks_.put(file, bytes);
  must(engine(to).import_bundle(file));
  if (random_.below(3) == 0) {
    must(engine(to).import_bundle(file));
    ++met.duplicates;
  }
  must(sticks_.remove(file));
}

bool World::knows(Node& node, const RecordId& record) {
  const auto number = must(engine(node).space(space_)).number;
  return must(engine(node).records().record(number, record)).has_value();
}

void World::upset(Node& node) {
  const auto dice = random_.below(4);
  if (dice == 0) {
    node.engine.reset();
    ++met.restarts;
  } else if (dice == 1) {
    const std::int64_t jumps[] = {-20 * kYear_ms, 10 * kYear_ms, -2 * kDay_ms, 3'600'000};
    node.clock.wall_ms += jumps[random_.below(4)];
    ++met.doubtful;
  } else if (dice == 2 || node.snapshot == nullptr) {
    node.engine.reset();
    node.snapshot = std::make_unique<Node::Snapshot>(Node::Snapshot{node.vfs.save(), node.own});
  } else {
    // Disk and token go back together: nothing on the laptop can tell. What only this disk held is
    // gone, whoever had made it: the maker's own may have been put back before.
    std::vector<std::pair<Node*, RecordId>> held;
    for (auto& maker : nodes_)
      for (const auto& record : maker->made)
        if (knows(node, record)) held.emplace_back(maker.get(), record);
    node.engine.reset();
    node.vfs.restore(node.snapshot->disk);
    node.own = node.snapshot->own;
    for (const auto& [maker, record] : held)
      if (std::none_of(nodes_.begin(), nodes_.end(),
                       [&, what = record](auto& any) { return knows(*any, what); }))
        maker->made.erase(record);
    ++met.rollbacks;
  }
}

void World::heal() {
  const std::string stick = "/stick/heal" + std::to_string(bundle_++);
  must(sticks_.make_dirs(stick));
  // A first round says everything, a second answers; what is still said in the fifth never ends.
  for (std::size_t round = 0; round < 5; ++round) {
    std::uint64_t said = 0;
    for (auto& node : nodes_) said += sync(*node, stick).bytes_out;
    if (said == 0) return;
  }
}

std::size_t World::distinct_states() {
  std::set<std::pair<std::string, std::map<RecordId, std::vector<Value>>>> states;
  const auto current = members();
  for (auto& node : nodes_) {
    if (!current.contains(engine(*node).member()))
      continue;  // who was removed gets nothing any more
    const auto number = must(engine(*node).space(space_)).number;
    met.masked += must(engine(*node).status(space_)).masked;
    states.emplace(must(engine(*node).records().canonical_digest(number)).hex(), shown(*node));
    met.conflicts += must(engine(*node).conflicts(space_)).size();
    for (const auto& line : engine(*node).take_notices()) met.forks += !line.id.empty();
  }
  return states.size();
}

std::string World::differences() {
  std::string out;
  std::map<RecordId, std::map<std::string, std::size_t>> seen;
  for (auto& node : nodes_) {
    const auto status = must(engine(*node).status(space_));
    out += node->name + ": " + std::to_string(status.records) + " records, " +
           std::to_string(status.transactions) + " transactions, " +
           std::to_string(status.waiting) + " waiting\n";
    auto& works = engine(*node).works();
    const auto* space = works.find(space_);
    for (const auto& member : space->authority.members)
      out += "  " + member.name + " " + name_of(member.role) + (member.removed ? " removed" : "");
    for (const auto& epoch : space->authority.epochs)
      out += "\n  epoch " + epoch.id.hex().substr(0, 6) + (epoch.current ? " current" : "") +
             (works.epoch_keys.contains(epoch.id) ? "" : " without key");
    out += "\n  masked " + std::to_string(space->masked.size()) + "\n";
    for (const auto& [id, values] : shown(*node)) {
      const auto record = must(engine(*node).records().record(status.info.number, id));
      std::string text = "life " + std::to_string(static_cast<int>(record->life));
      for (const auto& field : record->state.fields)
        for (const auto& write : field.live)
          text += " " + std::to_string(field.field) + "=" + write.txn.hex().substr(0, 6) + "@" +
                  std::to_string(write.seq);
      for (const auto& value : values)
        if (const auto* words = std::get_if<std::string>(&value)) text += " '" + *words + "'";
      ++seen[id][text];
    }
  }
  for (const auto& [id, states] : seen)
    for (const auto& [text, count] : states)
      if (count != nodes_.size())
        out += id.hex().substr(0, 8) + " x" + std::to_string(count) + ": " + text + "\n";
  return out;
}

std::vector<std::string> World::problems() {
  std::vector<std::string> out;
  const auto current = members();
  std::vector<Node*> inside;
  for (auto& node : nodes_)
    if (current.contains(engine(*node).member())) inside.push_back(node.get());
  for (auto* maker : inside)
    for (const auto& record : maker->made)
      for (auto* node : inside)
        if (!knows(*node, record))
          out.push_back(node->name + " lacks " + record.hex() + " of " + maker->name);
  // A head's disk that was put back may have said two things of one role at one place of its log;
  // then either is its word.
  for (auto& liar : nodes_)
    for (const auto& record : liar->lies)
      for (auto* node : inside) {
        if (met.rollbacks > 0) continue;
        const auto number = must(engine(*node).space(space_)).number;
        const auto shown = must(engine(*node).records().record(number, record));
        if (shown && shown->life != Life::absent)
          out.push_back(node->name + " shows a lie of " + liar->name);
      }
  for (auto& node : nodes_) {
    auto& works = engine(*node).works();
    const auto& dropped = works.find(space_)->dropped;
    if (dropped.empty()) continue;
    must(works.store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
      TRY(const auto run, works.codec.open_own(segment.sealed, space_, works.keys()));
      if (tells_of(run.run(), [&](const RecordId& id) { return dropped.contains(id); }))
        out.push_back(node->name + " keeps what it says it dropped");
      return true;
    }));
  }
  Node& one = *nodes_[random_.below(nodes_.size())];
  for (const auto& problem : must(engine(one).verify())) out.push_back(one.name + ": " + problem);
  return out;
}

}  // namespace rukun::test
