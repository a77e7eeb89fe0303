#pragma once
// One TCP socket and its two bounded queues, the inside of a Link. It lives as long as its owner,
// the network or a pending callback holds it, and keeps the io_context that its socket belongs to.
// Whatever fails ends it with a sentence. Nothing else than tcp_link.cpp includes this.

#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <optional>

#include "platform/tcp_link.h"

namespace rukun {

using Failure = asio::error_code;

// "192.168.1.7:47300", "[fe80::1%eth0]:47300"
std::string text_of(const asio::ip::tcp::endpoint& where);

// Bytes that are put at the end and taken from the front.
class ByteQueue {
 public:
  std::size_t size() const { return bytes_.size() - from_; }
  ByteView front() const { return ByteView(bytes_).subspan(from_); }
  void put(ByteView more) { append(bytes_, more); }
  void drop(std::size_t count);
  void clear();

 private:
  Bytes bytes_;
  std::size_t from_ = 0;
};

class TcpStream : public std::enable_shared_from_this<TcpStream> {
 public:
  TcpStream(std::shared_ptr<asio::io_context> context, asio::ip::tcp::socket socket,
            const NetworkLimits& limits, std::string peer);

  void opened(std::optional<asio::ip::address> caller);
  void connect(std::vector<asio::ip::tcp::endpoint> places);  // each in turn until one answers
  // Ends it with this reason unless something else happens first.
  void guard(std::chrono::milliseconds most, const std::string& reason);
  void end(const std::string& reason);

  std::size_t send(ByteView bytes);
  Bytes receive(std::size_t most);
  void close(bool now);

  LinkState state() const { return state_; }
  std::size_t unsent() const { return unsent_.size() + piece_.size() - piece_from_; }
  const std::string& peer() const { return peer_; }
  const std::string& why() const { return why_; }
  bool gone() const { return gone_; }        // the socket is closed
  bool closing() const { return closing_; }  // once all is sent
  const std::optional<asio::ip::address>& caller() const { return caller_; }

 private:
  static constexpr std::size_t kPiece = 16 * 1024;

  void connect_next(const std::string& reason);
  void read();
  void read_ended(const Failure& failed);
  void write();
  void write_failed(const std::string& reason);
  void finish();
  void unguard();

  std::shared_ptr<asio::io_context> context_;
  const NetworkLimits limits_;
  asio::ip::tcp::socket socket_;
  asio::steady_timer timer_;
  bool mute_ = false;        // nothing can be sent any more; what came is still read
  std::uint64_t guard_ = 0;  // the present one; a timer may ring just after it was called off
  std::string peer_;
  std::string why_;
  std::optional<asio::ip::address> caller_;  // of links that others opened
  std::vector<asio::ip::tcp::endpoint> places_;
  std::size_t next_place_ = 0;
  LinkState state_ = LinkState::connecting;
  std::array<std::uint8_t, kPiece> in_{};
  ByteQueue arrived_;
  ByteQueue unsent_;
  Bytes piece_;  // being written: it may not move meanwhile
  std::size_t piece_from_ = 0;
  bool reading_ = false;
  bool writing_ = false;
  bool closing_ = false;
  bool ended_ = false;  // the other side sends no more
  bool gone_ = false;
};

}  // namespace rukun
