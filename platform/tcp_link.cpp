#include "platform/tcp_link.h"

#include <algorithm>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/v6_only.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <deque>
#include <list>
#include <optional>

#include "platform/lan_beacon.h"
#include "platform/tcp_link_stream.h"

namespace rukun {
namespace {

using asio::ip::tcp;

constexpr int kBacklog = 32;
constexpr int kPortTries = 16;
constexpr std::size_t kMostWorkAtOnce = 256;  // handlers, so that no flood keeps the caller waiting
constexpr std::chrono::milliseconds kAcceptAgain{200};

class TcpLink final : public Link {
 public:
  explicit TcpLink(std::shared_ptr<TcpStream> stream) : stream_(std::move(stream)) {}
  // What close(false) promised is kept by the network after the owner has gone.
  ~TcpLink() override {
    if (!stream_->closing()) stream_->end({});
  }
  LinkState state() const override { return stream_->state(); }
  std::size_t send(ByteView bytes) override { return stream_->send(bytes); }
  std::size_t unsent() const override { return stream_->unsent(); }
  Bytes receive(std::size_t most) override { return stream_->receive(most); }
  void close(bool now) override { stream_->close(now); }
  std::string peer() const override { return stream_->peer(); }
  std::string why() const override { return stream_->why(); }

 private:
  std::shared_ptr<TcpStream> stream_;
};

}  // namespace

class SystemNetwork::Works {
 public:
  explicit Works(const NetworkLimits& limits)
      : limits_(limits), kept_(std::make_shared<asio::io_context>()), resolver_(*kept_) {}

  ~Works() {
    Failure ignored;
    closed_ = true;
    resolver_.cancel();
    for (auto& one : listeners_) one.acceptor.close(ignored);
    for (auto& one : listeners_) one.again.cancel();
    for (auto& stream : streams_) stream->end("closed");
    beacon_.reset();
    // What was cancelled lets go of its stream when it is called back.
    context_.restart();
    while (context_.poll() > 0) {
    }
  }

  Status listen(const NetworkConfig& config) {
    if (!config.listen_on.empty()) {
      Failure failed;
      const auto address = asio::ip::make_address(config.listen_on, failed);
      if (failed)
        return error(Code::bad_value, config.listen_on + " is no address of this computer",
                     "write one as 192.168.1.7, or leave it out to listen on all");
      return why_not(open({address, config.port}), config.port);
    }
    // Both families under one number: a free one of IPv6 may be taken in IPv4.
    Failure failed;
    for (int i = 0; i < kPortTries; ++i) {
      listeners_.clear();
      const auto first = open({tcp::v6(), config.port});
      const auto number = first ? config.port : port();
      if (first == asio::error::address_in_use) return why_not(first, config.port);
      failed = open({tcp::v4(), number});
      // A system without IPv6, or without IPv4, is served by the other.
      if (!failed || (failed != asio::error::address_in_use && !first)) return {};
      if (config.port != 0) break;
    }
    return why_not(failed, config.port);
  }

  void hear(std::uint16_t port) {
    if (port != 0) beacon_.emplace(context_, port);
  }

  std::uint16_t port() const {
    Failure failed;
    if (listeners_.empty()) return 0;
    const auto where = listeners_.front().acceptor.local_endpoint(failed);
    return failed ? std::uint16_t{0} : where.port();
  }

  std::unique_ptr<Link> accept() {
    work();
    while (!waiting_.empty()) {
      auto stream = std::move(waiting_.front());
      waiting_.pop_front();
      if (stream->gone()) continue;
      return std::make_unique<TcpLink>(std::move(stream));
    }
    return nullptr;
  }

  std::unique_ptr<Link> connect(const std::string& host, std::uint16_t port) {
    auto stream = std::make_shared<TcpStream>(kept_, tcp::socket(context_), limits_,
                                              host + ":" + std::to_string(port));
    auto link = std::make_unique<TcpLink>(stream);
    forget_gone();
    if (streams_.size() >= limits_.links) {
      stream->end("too many links are open");
      return link;
    }
    streams_.push_back(stream);
    Failure not_numeric;
    const auto address = asio::ip::make_address(host, not_numeric);
    if (!not_numeric) {
      stream->connect({tcp::endpoint(address, port)});
      return link;
    }
    look_up(stream, host, port);
    return link;
  }

  void wait(std::chrono::milliseconds most) {
    context_.restart();
    context_.run_one_for(most);
    work();
  }

  // What can be done now, within bounds.
  void work() {
    context_.restart();
    for (std::size_t i = 0; i < kMostWorkAtOnce && context_.poll_one() > 0; ++i) {
    }
    forget_gone();
  }

  void wake() {
    asio::post(context_, [] {});
  }

  LanBeacon* beacon() { return beacon_ ? &*beacon_ : nullptr; }

 private:
  // The callback may come after the link was given up, even after the network has gone.
  void look_up(const std::shared_ptr<TcpStream>& stream, const std::string& host,
               std::uint16_t port) {
    stream->guard(limits_.connect, "the name " + host + " could not be looked up in time");
    resolver_.async_resolve(host, std::to_string(port),
                            [asked = std::weak_ptr(stream), host](
                                const Failure& failed, const tcp::resolver::results_type& found) {
                              const auto waiting = asked.lock();
                              if (waiting == nullptr || waiting->gone()) return;
                              if (failed)
                                return waiting->end("there is no computer called " + host);
                              std::vector<tcp::endpoint> places;
                              for (const auto& one : found) places.push_back(one.endpoint());
                              waiting->connect(std::move(places));
                            });
  }

  struct Listener {
    tcp::acceptor acceptor;
    asio::steady_timer again;
  };

  static Status why_not(const Failure& failed, std::uint16_t port) {
    if (!failed) return {};
    if (failed == asio::error::address_in_use)
      return error(Code::busy, "another program listens on port " + std::to_string(port),
                   "end it, or choose another port");
    return error(Code::io, "cannot listen for links: " + failed.message(),
                 "check the address and the port");
  }

  Failure open(const tcp::endpoint& where) {
    Failure failed;
    Listener listener{tcp::acceptor(context_), asio::steady_timer(context_)};
    auto& acceptor = listener.acceptor;
    acceptor.open(where.protocol(), failed);
    // So that a server can come back at once after it ended.
    if (!failed) acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed && where.protocol() == tcp::v6())
      acceptor.set_option(asio::ip::v6_only(true), failed);
    if (!failed) acceptor.bind(where, failed);
    if (!failed) acceptor.listen(kBacklog, failed);
    if (failed) return failed;
    listeners_.push_back(std::move(listener));
    accept_next(listeners_.back());
    return {};
  }

  void accept_next(Listener& listener) {
    listener.acceptor.async_accept([this, &listener](const Failure& failed, tcp::socket socket) {
      if (closed_ || failed == asio::error::operation_aborted) return;
      if (!failed) {
        take(std::move(socket));
        return accept_next(listener);
      }
      // Out of handles, or a caller that was gone already: not again at once.
      listener.again.expires_after(kAcceptAgain);
      listener.again.async_wait([this, &listener](const Failure& stopped) {
        if (!stopped && !closed_) accept_next(listener);
      });
    });
  }

  // A caller beyond the limits finds its link closed.
  void take(tcp::socket socket) {
    forget_gone();
    Failure failed;
    const auto caller = socket.remote_endpoint(failed);
    if (failed) return;
    const auto same = std::count_if(streams_.begin(), streams_.end(), [&](const auto& stream) {
      return stream->caller() == caller.address();
    });
    if (streams_.size() >= limits_.links ||
        static_cast<std::size_t>(same) >= limits_.links_from_one)
      return;
    auto stream = std::make_shared<TcpStream>(kept_, std::move(socket), limits_, text_of(caller));
    stream->opened(caller.address());
    streams_.push_back(stream);
    waiting_.push_back(std::move(stream));
  }

  void forget_gone() {
    std::erase_if(streams_, [](const auto& stream) { return stream->gone(); });
  }

  NetworkLimits limits_;
  std::shared_ptr<asio::io_context> kept_;  // shared with links that outlive the network
  asio::io_context& context_ = *kept_;
  tcp::resolver resolver_;
  std::list<Listener> listeners_;  // a list: callbacks refer to them
  std::vector<std::shared_ptr<TcpStream>> streams_;
  std::deque<std::shared_ptr<TcpStream>> waiting_;  // not yet accepted by our owner
  std::optional<LanBeacon> beacon_;
  bool closed_ = false;
};

SystemNetwork::SystemNetwork(std::unique_ptr<Works> works) : works_(std::move(works)) {}
SystemNetwork::~SystemNetwork() = default;

Result<std::unique_ptr<SystemNetwork>> SystemNetwork::open(const NetworkConfig& config,
                                                           const NetworkLimits& limits) {
  try {
    auto works = std::make_unique<Works>(limits);
    TRY_VOID(works->listen(config));
    works->hear(config.beacon_port);
    return std::unique_ptr<SystemNetwork>(new SystemNetwork(std::move(works)));
  } catch (const std::system_error& failed) {
    return error(Code::io, std::string("the network cannot be used: ") + failed.what());
  }
}

std::uint16_t SystemNetwork::port() const { return works_->port(); }
std::unique_ptr<Link> SystemNetwork::accept() { return works_->accept(); }
std::unique_ptr<Link> SystemNetwork::connect(const std::string& host, std::uint16_t port) {
  return works_->connect(host, port);
}
void SystemNetwork::shout(ByteView datagram) {
  if (auto* beacon = works_->beacon()) beacon->shout(datagram);
}
std::vector<Datagram> SystemNetwork::heard() {
  works_->work();
  auto* beacon = works_->beacon();
  return beacon == nullptr ? std::vector<Datagram>() : beacon->heard();
}
void SystemNetwork::wait(std::chrono::milliseconds most) { works_->wait(most); }
void SystemNetwork::wake() { works_->wake(); }
std::string SystemNetwork::beacon_trouble() const {
  auto* beacon = works_->beacon();
  return beacon == nullptr ? std::string() : beacon->trouble();
}

}  // namespace rukun
