#include "tests/support/link_proxy.h"

#include <algorithm>

namespace rukun::test {
namespace {

constexpr std::size_t kHeld = 64 * 1024;  // on the way in one direction

}  // namespace

LinkProxy::LinkProxy(Network& network, std::string host, std::uint16_t port, LinkProfile profile,
                     const Clock& clock, std::uint64_t seed)
    : network_(network),
      host_(std::move(host)),
      port_(port),
      profile_(std::move(profile)),
      clock_(clock),
      random_(seed) {}

void LinkProxy::step() {
  while (auto link = network_.accept()) {
    Joint joint;
    joint.ends[0] = std::move(link);
    joint.ends[1] = network_.connect(host_, port_);
    joint.faulty = links_ < profile_.broken_links;
    ++links_;
    joints_.push_back(std::move(joint));
  }
  std::erase_if(joints_, [this](Joint& joint) { return !step(joint); });
}

void LinkProxy::take(Joint& joint, int from) {
  auto& way = joint.ways[from];
  const auto now = clock_.steady_ms();
  while (way.held < kHeld) {
    auto bytes = joint.ends[from]->receive(profile_.piece);
    if (bytes.empty()) return;
    if (tap_) tap_(bytes);
    way.free_at = std::max(way.free_at, now);
    if (profile_.bytes_per_s > 0)
      way.free_at += static_cast<std::int64_t>(bytes.size() * 1000 / profile_.bytes_per_s);
    if (random_.below(100) < profile_.loss) {
      way.free_at += profile_.resend_ms;
      ++stalls_;
    }
    way.last_due = std::max(way.last_due, way.free_at + profile_.delay_ms);
    way.held += bytes.size();
    way.on_the_way.push_back({way.last_due, std::move(bytes)});
  }
}

void LinkProxy::give(Joint& joint, int from) {
  auto& way = joint.ways[from];
  auto& to = *joint.ends[1 - from];
  const auto now = clock_.steady_ms();
  while (!way.on_the_way.empty() && way.on_the_way.front().due <= now) {
    auto& bytes = way.on_the_way.front().bytes;
    std::size_t allowed = bytes.size();
    const bool swallowing = joint.faulty && profile_.swallow_at > 0;
    if (joint.faulty && profile_.reset_at > 0)
      allowed = std::min(allowed, static_cast<std::size_t>(profile_.reset_at - joint.passed));
    const bool vanishes = swallowing && joint.passed >= profile_.swallow_at;
    const auto gone = vanishes ? bytes.size() : to.send(ByteView(bytes).first(allowed));
    joint.passed += gone;
    way.held -= gone;
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(gone));
    if (bytes.empty()) way.on_the_way.pop_front();
    if (joint.faulty && profile_.reset_at > 0 && joint.passed >= profile_.reset_at) return;
    if (gone == 0) return;
  }
}

bool LinkProxy::step(Joint& joint) {
  if (joint.ends[1]->state() == LinkState::connecting) return true;
  for (int from : {0, 1}) {
    take(joint, from);
    give(joint, from);
  }
  if (joint.faulty && profile_.reset_at > 0 && joint.passed >= profile_.reset_at) {
    ++broken_;
    for (auto& end : joint.ends) end->close(true);
    return false;
  }
  // A half-open link does not pass on that one side has gone.
  const bool swallows = joint.faulty && profile_.swallow_at > 0;
  bool over = false;
  for (int from : {0, 1}) {
    const bool left = joint.ends[from]->state() == LinkState::closed;
    if (!left || !joint.ways[from].on_the_way.empty()) continue;
    if (swallows && joint.passed >= profile_.swallow_at) {
      over = over || joint.ends[1 - from]->state() == LinkState::closed;
    } else {
      joint.ends[1 - from]->close(false);
      over = true;
    }
  }
  if (over && swallows) ++broken_;
  return !over;
}

}  // namespace rukun::test
