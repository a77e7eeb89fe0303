// Laptops of the simulated neighborhood that happen to be on one network for a while.
#include <algorithm>

#include "app/engine/lan_exchange.h"
#include "platform/base/check.h"
#include "tests/sim/world.h"

namespace rukun::test {

namespace {

constexpr std::int64_t kTickMs = 25;
constexpr int kStepsInATick = 20;

struct Post {
  Node* node;
  std::unique_ptr<Network> network;
  std::unique_ptr<LanExchange> exchange;
};

}  // namespace

// True when everybody was at rest for `quiet_ms` before the time was over.
bool World::spend_on_lan(const std::vector<Node*>& who, const LanFaults& faults,
                         std::int64_t most_ms, std::int64_t quiet_ms) {
  MemoryLan lan(random_.next(), faults);
  std::vector<Post> posts;
  for (auto* node : who) {
    auto network = lan.computer(node->name);
    auto exchange = std::make_unique<LanExchange>(engine(*node), *network);
    posts.push_back({node, std::move(network), std::move(exchange)});
  }
  std::int64_t quiet_for = 0;
  for (std::int64_t at = 0; at < most_ms && quiet_for < quiet_ms; at += kTickMs) {
    lan.advance(kTickMs);
    quiet_for += kTickMs;
    for (auto& post : posts) {
      post.node->clock.pass(kTickMs);
      for (int i = 0; i < kStepsInATick; ++i) {
        const auto more = post.exchange->step();
        CHECK_BUG(more.has_value());
        if (!*more) break;
      }
      for (const auto& meeting : post.exchange->take_meetings())
        ++(meeting.finished ? met.meetings : met.broken);
      if (!post.exchange->quiet()) quiet_for = 0;
    }
  }
  return quiet_for >= quiet_ms;
}

// Some leave again in the middle of a session.
void World::meet(Node& node) {
  std::vector<Node*> who{&node};
  for (auto& other : nodes_)
    if (other.get() != &node && (who.size() == 1 || random_.below(2) == 0))
      who.push_back(other.get());
  LanFaults faults;
  faults.delay_ms = static_cast<std::int64_t>(1 + random_.below(150));
  faults.beacon_loss = static_cast<unsigned>(random_.below(50));
  faults.resets = random_.below(2) == 0 ? 60 : 0;
  faults.reset_within = 300 + random_.below(6000);
  faults.most_read = random_.below(3) == 0 ? 1 + random_.below(400) : 0;
  const auto most = static_cast<std::int64_t>(500 + random_.below(2500));
  (void)spend_on_lan(who, faults, most, most);
}

bool World::heal_on_lan() {
  std::vector<Node*> all;
  for (auto& node : nodes_) all.push_back(node.get());
  return spend_on_lan(all, {}, 240'000, 3'500);
}

}  // namespace rukun::test
