#include "platform/tcp_link_stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

namespace rukun {

using asio::ip::tcp;

namespace {

constexpr std::chrono::seconds kLinger{5};  // for the other side's end, after ours

// Half-open links: a peer that vanished is noticed within about half a minute.
void notice_silence(tcp::socket& socket) {
  const auto set = [&](int level, int name, int value) {
    (void)::setsockopt(socket.native_handle(), level, name, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_NODELAY, 1);
#ifdef TCP_KEEPIDLE
  set(IPPROTO_TCP, TCP_KEEPIDLE, 15);
  set(IPPROTO_TCP, TCP_KEEPINTVL, 5);
  set(IPPROTO_TCP, TCP_KEEPCNT, 3);
#endif
#ifdef TCP_USER_TIMEOUT
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, 30'000);
#endif
}

}  // namespace

std::string text_of(const tcp::endpoint& where) {
  const auto address = where.address();
  const std::string host = address.to_string();
  const std::string port = std::to_string(where.port());
  return address.is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

void ByteQueue::drop(std::size_t count) {
  static constexpr std::size_t kTidy = 64 * 1024;
  from_ += count;
  if (from_ == bytes_.size()) {
    clear();
  } else if (from_ >= kTidy) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(from_));
    from_ = 0;
  }
}

void ByteQueue::clear() {
  bytes_.clear();
  from_ = 0;
}

TcpStream::TcpStream(std::shared_ptr<asio::io_context> context, tcp::socket socket,
                     const NetworkLimits& limits, std::string peer)
    : context_(std::move(context)),
      limits_(limits),
      socket_(std::move(socket)),
      timer_(*context_),
      peer_(std::move(peer)) {}

void TcpStream::opened(std::optional<asio::ip::address> caller) {
  caller_ = std::move(caller);
  state_ = LinkState::open;
  unguard();
  Failure failed;
  socket_.non_blocking(true, failed);
  notice_silence(socket_);
  const auto other = socket_.remote_endpoint(failed);
  if (!failed) peer_ = text_of(other);
  read();
}

void TcpStream::connect(std::vector<tcp::endpoint> places) {
  places_ = std::move(places);
  guard(limits_.connect, "no answer");
  connect_next("no such address");
}

void TcpStream::connect_next(const std::string& reason) {
  if (gone_) return;
  if (next_place_ == places_.size()) return end(reason);
  Failure ignored;
  socket_.close(ignored);
  socket_.async_connect(places_[next_place_++], [self = shared_from_this()](const Failure& failed) {
    if (self->gone_) return;
    if (failed) return self->connect_next(failed.message());
    self->opened({});
  });
}

void TcpStream::guard(std::chrono::milliseconds most, const std::string& reason) {
  timer_.expires_after(most);
  timer_.async_wait([self = shared_from_this(), id = ++guard_, reason](const Failure& stopped) {
    if (!stopped && id == self->guard_) self->end(reason);
  });
}

void TcpStream::unguard() {
  ++guard_;
  timer_.cancel();
}

void TcpStream::end(const std::string& reason) {
  if (gone_) return;
  gone_ = true;
  if (state_ != LinkState::closed) why_ = reason;
  state_ = LinkState::closed;
  unguard();
  unsent_.clear();
  Failure ignored;
  socket_.close(ignored);
}

std::size_t TcpStream::send(ByteView bytes) {
  if (state_ != LinkState::open || closing_ || mute_) return 0;
  const auto room = limits_.queue_bytes - std::min(limits_.queue_bytes, unsent());
  const auto taken = bytes.first(std::min(room, bytes.size()));
  unsent_.put(taken);
  write();
  return taken.size();
}

Bytes TcpStream::receive(std::size_t most) {
  const auto ready = arrived_.front().first(std::min(most, arrived_.size()));
  Bytes out(ready.begin(), ready.end());
  arrived_.drop(out.size());
  read();
  return out;
}

void TcpStream::close(bool now) {
  if (now || state_ == LinkState::connecting) return end({});
  if (closing_ || gone_) return;
  closing_ = true;
  write();
}

// Stops while the owner does not take what is there: TCP then makes the other side wait.
void TcpStream::read() {
  const bool full = arrived_.size() >= limits_.queue_bytes && !closing_;
  if (reading_ || gone_ || ended_ || full || state_ == LinkState::connecting) return;
  reading_ = true;
  socket_.async_read_some(asio::buffer(in_),
                          [self = shared_from_this()](const Failure& failed, std::size_t size) {
                            self->reading_ = false;
                            if (self->gone_) return;
                            if (failed) return self->read_ended(failed);
                            // After our own end what still comes is read only so that the end
                            // arrives undisturbed.
                            if (self->mute_) self->guard(kLinger, self->why_);
                            if (!self->closing_)
                              self->arrived_.put(ByteView(self->in_).first(size));
                            self->read();
                          });
}

void TcpStream::read_ended(const Failure& failed) {
  if (failed != asio::error::eof) return end(failed.message());
  ended_ = true;
  if (mute_) return end(why_);
  // The other side may still be reading: what was taken from our owner goes out first.
  if (unsent() == 0 || state_ == LinkState::closed) return end({});
  closing_ = true;
  state_ = LinkState::closed;
}

void TcpStream::write() {
  if (writing_ || gone_ || mute_) return;
  if (piece_from_ == piece_.size()) {
    if (unsent_.size() == 0) {
      if (closing_) finish();
      return;
    }
    const auto next = unsent_.front().first(std::min(unsent_.size(), kPiece));
    piece_.assign(next.begin(), next.end());
    piece_from_ = 0;
    unsent_.drop(next.size());
  }
  writing_ = true;
  guard(limits_.stalled, "the other side takes nothing any more");
  socket_.async_write_some(asio::buffer(piece_.data() + piece_from_, piece_.size() - piece_from_),
                           [self = shared_from_this()](const Failure& failed, std::size_t size) {
                             self->writing_ = false;
                             if (self->gone_) return;
                             self->unguard();
                             if (failed) return self->write_failed(failed.message());
                             self->piece_from_ += size;
                             self->write();
                           });
}

// A link that broke may have brought more than was read so far. The reading side finds its end.
void TcpStream::write_failed(const std::string& reason) {
  if (closing_ || ended_) return end(reason);
  mute_ = true;
  why_ = reason;
  unsent_.clear();
  piece_.clear();
  piece_from_ = 0;
  guard(kLinger, reason);
  read();
}

// All has gone out. A socket that is closed while the other side still sends would reset the link
// and take back what has not been read there, so the other side's end is awaited for a while.
void TcpStream::finish() {
  state_ = LinkState::closed;
  if (ended_) return end({});
  Failure failed;
  socket_.shutdown(tcp::socket::shutdown_send, failed);
  if (failed) return end({});
  guard(kLinger, {});
  read();
}

}  // namespace rukun
