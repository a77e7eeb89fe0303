// The LAN: sync lan meets whoever is near once; serve is the always-on machine.
#include <algorithm>
#include <charconv>
#include <memory>

#include "app/cli/exchange_report.h"
#include "app/cli/session.h"
#include "app/engine/lan_exchange.h"
#include "app/engine/lan_peers.h"
#include "platform/process.h"
#include "platform/tcp_link.h"

namespace rukun::cli {
namespace {

constexpr std::int64_t kLookS = 20;
constexpr std::int64_t kMostS = 3600;
constexpr std::int64_t kQuietMs = 5'000;     // nobody else seems to come
constexpr std::int64_t kQuietNamedMs = 300;  // who was named has been met
constexpr std::chrono::milliseconds kNap{100};
constexpr std::int64_t kFoldersEveryMs = 15'000;
constexpr std::int64_t kChoresEveryMs = 1'000;
constexpr std::int64_t kAfterTroubleMs = 10'000;
constexpr std::int64_t kGreetAgainMs = 3'600'000;
constexpr std::size_t kMostGreeted = 256;

std::optional<std::int64_t> number_in(std::string_view text, std::int64_t most) {
  std::int64_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || out < 0 || out > most)
    return std::nullopt;
  return out;
}

Result<LanPlace> place_in(Session& session, std::string_view text) {
  if (auto place = read_lan_place(text, kLanPort)) return std::move(*place);
  return error(Code::bad_value,
               std::string(text) + std::string(session.pick(": bukan alamat", ": is no address")),
               std::string(session.pick("tulis 192.168.1.7:47300, nama:47300 atau [fe80::1]:47300",
                                        "write 192.168.1.7:47300, name:47300 or [fe80::1]:47300")));
}

// One line about a meeting, for a log.
std::string told(Session& session, Engine& engine, const LanMeeting& meeting) {
  std::uint64_t received = 0, sent = 0;
  std::string spaces;
  for (const auto& one : meeting.report.spaces) {
    received += one.received;
    sent += one.sent;
    const auto info = engine.space(one.space);
    if (info) spaces += (spaces.empty() ? "" : ", ") + info->name;
  }
  std::string out =
      meeting.name.empty() ? std::string(session.pick("tamu baru", "a newcomer")) : meeting.name;
  out += " (" + meeting.place + ")";
  if (!spaces.empty()) out += " " + spaces;
  out += std::string(session.pick(": diterima ", ": received ")) + std::to_string(received);
  out += std::string(session.pick(", dikirim ", ", sent ")) + std::to_string(sent);
  if (meeting.failed)
    out += std::string(session.pick("; terputus: ", "; broken off: ")) + meeting.failed->message;
  return out;
}

void say_notices(Engine& engine, Output& out) {
  for (const auto& notice : engine.take_notices()) out.remark(notice.in(out.language()));
}

// ---- sync lan

class Looking {
 public:
  Looking(Session& session, Output& out, Engine& engine, Network& network, bool named)
      : session_(session),
        out_(out),
        engine_(engine),
        network_(network),
        lan_(engine, network, {.beacons = !named}),
        quiet_ms_(named ? kQuietNamedMs : kQuietMs) {}

  LanExchange& lan() { return lan_; }

  Status run(std::int64_t seconds) {
    const auto& clock = session_.world().clock;
    const auto end = clock.steady_ms() + seconds * 1000;
    auto busy_at = clock.steady_ms();
    for (;;) {
      TRY(const bool more, lan_.step());
      gather();
      const auto now = clock.steady_ms();
      const bool quiet = lan_.quiet();
      if (more || !quiet) busy_at = now;
      // What is under way at the end is brought to its end.
      if (now >= end) lan_.finish_up();
      if (quiet && (now >= end || (finished_ > 0 && now - busy_at >= quiet_ms_))) break;
      if (!more) network_.wait(kNap);
    }
    return {};
  }

  std::size_t finished() const { return finished_; }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  void gather() {
    for (auto& meeting : lan_.take_meetings()) {
      out_.remark(told(session_, engine_, meeting));
      if (meeting.finished) ++finished_;
      if (meeting.failed) failure_ = meeting.failed;
    }
  }

  Session& session_;
  Output& out_;
  Engine& engine_;
  Network& network_;
  LanExchange lan_;
  std::int64_t quiet_ms_;
  std::size_t finished_ = 0;
  std::optional<Error> failure_;
};

Status nobody(Session& session, const Looking& looking, const std::string& trouble, bool named) {
  if (looking.failure()) return tl::make_unexpected(*looking.failure());
  if (named) {
    return error(Code::not_found,
                 std::string(session.pick("laptop itu tidak dapat ditemui: ",
                                          "that laptop could not be met: ")) +
                     trouble,
                 std::string(session.pick(
                     "periksa alamatnya; di sana rukunctl serve atau sync lan harus berjalan",
                     "check the address; rukunctl serve or sync lan must be running there")));
  }
  return error(
      Code::not_found,
      std::string(session.pick("tidak ada laptop anggota yang ditemukan di jaringan ini",
                               "no member's laptop was found on this network")),
      std::string(session.pick(
          "jalankan juga di laptop lain pada Wi-Fi yang sama; bila Wi-Fi memisahkan tamunya, "
          "sebut --peer ALAMAT:PORT, atau pakai flashdisk",
          "run it on the other laptop too, on the same Wi-Fi; if that keeps its guests apart, "
          "name --peer ADDRESS:PORT, or use a stick")));
}

Status sync_lan(Session& session, const Arguments& given, Output& out) {
  std::int64_t seconds = kLookS;
  if (const auto text = given.find("--seconds")) {
    const auto number = number_in(*text, kMostS);
    if (!number || *number == 0)
      return error(Code::bad_value, "--seconds " + std::string(*text),
                   std::string(session.pick("tulis 1 sampai 3600", "write 1 to 3600")));
    seconds = *number;
  }
  std::vector<LanPlace> peers;
  for (const auto& text : given.all("--peer")) {
    TRY(peers.emplace_back(), place_in(session, text));
  }
  TRY(auto* engine, session.engine());
  NetworkConfig config;
  config.beacon_port = peers.empty() ? kLanPort : std::uint16_t{0};
  TRY(const auto network, SystemNetwork::open(config));
  Looking looking(session, out, *engine, *network, !peers.empty());
  for (const auto& peer : peers) looking.lan().meet(peer.host, peer.port);
  if (const auto trouble = network->beacon_trouble(); !trouble.empty()) {
    out.remark(std::string(session.pick("laptop lain tidak dapat dicari: ",
                                        "other laptops cannot be looked for: ")) +
               trouble);
  }
  TRY_VOID(looking.run(seconds));
  session.wrote();
  if (looking.finished() == 0)
    return nobody(session, looking, looking.lan().trouble(), !peers.empty());
  const auto& report = looking.lan().total();
  if (out.json()) {
    out.document().object();
    print_exchange_json(out.document(), report);
  }
  print_exchange_text(report, out);
  finish_exchange(report, out);
  if (out.json()) out.document().end_object();
  return {};
}

// ---- serve

class Server {
 public:
  Server(Session& session, Output& out, Engine& engine, SystemNetwork& network, bool beacons,
         std::vector<std::string> folders)
      : session_(session),
        out_(out),
        engine_(engine),
        network_(network),
        lan_(engine, network, {.beacons = beacons}) {
    for (auto& folder : folders) folders_.push_back({std::move(folder), {}, 0});
  }

  void run(const StopSignal& stop) {
    while (!stop.asked()) {
      const bool more = step();
      if (!more) network_.wait(kNap);
    }
    // Who is in the middle of giving gets a moment to come to an end.
    lan_.finish_up();
    const auto end = now() + 2'000;
    while (!lan_.quiet() && now() < end) {
      if (!step_lan()) network_.wait(kNap);
    }
    lan_.stop();
    tell();
    for (auto& folder : folders_) exchange(folder);
  }

 private:
  struct Folder {
    Path path;
    std::string trouble;  // that was said last
    std::int64_t next_ms = 0;
  };

  std::int64_t now() const { return session_.world().clock.steady_ms(); }

  bool step() {
    bool more = step_lan();
    for (auto& folder : folders_)
      if (now() >= folder.next_ms) exchange(folder);
    // Merging, the image and the other profiles of this home wait while somebody is served, but not
    // for ever.
    if (!more || now() >= chores_at_) {
      chores_at_ = now() + kChoresEveryMs;
      more = chores() || more;
    }
    return more;
  }

  bool step_lan() {
    if (now() < lan_again_at_) return false;
    const auto more = lan_.step();
    tell();
    if (more) return *more;
    complain(more.error());
    lan_again_at_ = now() + kAfterTroubleMs;
    return false;
  }

  bool chores() {
    say_notices(engine_, out_);
    if (now() < chores_again_at_) return false;
    const auto more = engine_.step();
    if (more) return *more;
    complain(more.error());
    chores_again_at_ = now() + kAfterTroubleMs;
    return false;
  }

  void tell() {
    for (const auto& meeting : lan_.take_meetings()) {
      const auto& spaces = meeting.report.spaces;
      const bool moved = std::any_of(spaces.begin(), spaces.end(), [](const SpaceExchange& one) {
        return one.sent + one.received > 0;
      });
      // Somebody who comes every minute with nothing new is told once an hour at most.
      if (!moved && !meeting.failed && !is_news(meeting.place.substr(0, meeting.place.rfind(':'))))
        continue;
      out_.remark(told(session_, engine_, meeting));
      for (const auto& refused : meeting.report.refused)
        out_.remark(refused.input + ": " + sentence(refused.error, out_.language()));
    }
  }

  bool is_news(const std::string& host) {
    std::erase_if(greeted_,
                  [this](const auto& one) { return now() - one.second >= kGreetAgainMs; });
    if (greeted_.size() >= kMostGreeted) return false;
    return greeted_.emplace(host, now()).second;
  }

  void exchange(Folder& folder) {
    folder.next_ms = now() + kFoldersEveryMs;
    const auto report = engine_.sync_folder(folder.path);
    std::string trouble;
    if (!report) trouble = sentence(report.error(), out_.language());
    if (report && !report->refused.empty())
      trouble = report->refused.front().input + ": " +
                sentence(report->refused.front().error, out_.language());
    if (trouble != folder.trouble && !trouble.empty()) out_.remark(trouble);
    folder.trouble = trouble;
    if (!report) return;
    std::uint64_t received = 0, sent = 0;
    for (const auto& one : report->spaces) {
      received += one.received;
      sent += one.sent;
    }
    if (received + sent == 0) return;
    out_.remark(folder.path.string() + std::string(session_.pick(": diterima ", ": received ")) +
                std::to_string(received) + std::string(session_.pick(", ditulis ", ", written ")) +
                std::to_string(sent));
  }

  void complain(const Error& error) { out_.remark(sentence(error, out_.language())); }

  Session& session_;
  Output& out_;
  Engine& engine_;
  SystemNetwork& network_;
  LanExchange lan_;
  std::vector<Folder> folders_;
  std::map<std::string, std::int64_t> greeted_;
  std::int64_t chores_at_ = 0;
  std::int64_t chores_again_at_ = 0;
  std::int64_t lan_again_at_ = 0;
};

bool is_loopback(const std::string& host) { return host.starts_with("127.") || host == "::1"; }

Status serve(Session& session, const Arguments& given, Output& out) {
  const StopSignal stop;
  NetworkConfig config;
  config.port = kLanPort;
  config.beacon_port = kLanPort;
  if (const auto text = given.find("--listen")) {
    TRY(const auto where, place_in(session, *text));
    config.listen_on = where.host;
    config.port = where.port;
    // Nobody but this computer could come.
    if (is_loopback(where.host)) config.beacon_port = 0;
  }
  TRY(auto* engine, session.engine());
  TRY(const auto network, SystemNetwork::open(config));
  const auto port = std::to_string(network->port());
  session.world().out(
      out.json()
          ? "{\"port\":" + port + "}\n"
          : std::string(session.pick("Mendengarkan di port ", "Listening on port ")) + port + "\n");
  if (const auto trouble = network->beacon_trouble(); !trouble.empty()) out.remark(trouble);
  Server server(session, out, *engine, *network, config.beacon_port != 0, given.all("--folder"));
  server.run(stop);
  session.wrote();
  out.remark(session.pick("berhenti", "stopped"));
  return {};
}

}  // namespace

Commands lan_commands() {
  return {
      {"sync lan",
       "[--peer HOST:PORT] [--seconds N]",
       "menukar data dengan laptop di jaringan yang sama",
       "exchange with laptops on the same network",
       {{"--peer", Param::many, false, "laptop ini saja, misalnya 192.168.1.7:47300",
         "only this laptop, as 192.168.1.7:47300"},
        {"--seconds", Param::one, false, "berapa lama mencari (biasanya 20)",
         "how long to look (usually 20)"}},
       sync_lan},
      {"serve",
       "[--listen ADDR:PORT] [--folder DIR] ...",
       "komputer yang selalu menyala: jaringan dan folder, sampai dihentikan",
       "the always-on machine: network and folders, until it is stopped",
       {{"--listen", Param::one, false, "alamat dan port (biasanya semua, port 47300)",
         "address and port (usually all, port 47300)"},
        {"--folder", Param::many, false, "folder atau share yang ikut dijaga",
         "a folder or share to keep up with"}},
       serve,
       false},
  };
}

}  // namespace rukun::cli
