#include "app/ui/nearby.h"

#include <algorithm>

#include "app/engine/engine_works.h"
#include "app/engine/lan_peers.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostTold = 32;
constexpr std::size_t kMostShown = 12;
constexpr std::int64_t kLook_ms = 20'000;
constexpr std::int64_t kQuiet_ms = 4'000;       // nobody else seems to come
constexpr std::int64_t kQuietNamed_ms = 300;    // who was named has been met
constexpr std::int64_t kTroubleAfter_ms = 500;  // of who was named
constexpr int kFarewells = 50;
constexpr std::chrono::milliseconds kFarewell{10};

std::string number(std::uint64_t n) { return std::to_string(n); }

std::string merged_words(const ExchangeReport& report, const std::string& when,
                         const Translator& words) {
  MergeReport all;
  std::uint64_t sent = 0;
  for (const SpaceExchange& one : report.spaces) {
    all.made += one.merged.made;
    all.changed += one.merged.changed + one.merged.deleted;
    all.conflicts += one.merged.conflicts;
    sent += one.sent;
  }
  if (all.made + all.changed + all.conflicts + sent == 0)
    return words.tr("lan.same", {{"when", when}});
  return words.tr("lan.met", {{"when", when},
                              {"fresh", number(all.made)},
                              {"changed", number(all.changed)},
                              {"decide", number(all.conflicts)},
                              {"sent", number(sent)}});
}

}  // namespace

void Nearby::open(Engine& engine) {
  close();
  if (!open_network_) return;
  trouble_.clear();
  auto opened = open_network_();
  if (!opened) {
    trouble_ = opened.error().message;
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    network_ = std::move(*opened);
  }
  lan_.emplace(engine, *network_);
}

void Nearby::close() {
  if (lan_) {
    lan_->finish_up();
    for (int i = 0; i < kFarewells && !lan_->quiet(); ++i) {
      if (const auto more = lan_->step(); !more) break;
      network_->wait(kFarewell);
    }
    lan_->stop();
  }
  lan_.reset();
  look_.reset();
  told_.clear();
  const std::lock_guard lock(mutex_);
  network_.reset();
}

Result<bool> Nearby::step() { return lan_ ? lan_->step() : false; }

bool Nearby::is_expecting() const { return lan_ && (look_ || !lan_->quiet()); }

Status Nearby::look(const Clock& clock, const Speaking& how) {
  if (!lan_)
    return error(Code::not_found,
                 how.words.tr("lan.off", {{"why", said_in(how.language, trouble_)}}));
  lan_->look();
  look_ = Look();
  look_->since_ms = look_->busy_ms = clock.steady_ms();
  return {};
}

Status Nearby::meet(std::string_view address, const Clock& clock, const Speaking& how) {
  const auto place = read_lan_place(address, kLanPort);
  if (!place || place->host.empty())
    return error(Code::bad_value,
                 how.words.tr("lan.no_address", {{"typed", std::string(address)}}));
  TRY_VOID(look(clock, how));
  lan_->meet(place->host, place->port);
  look_->named = true;
  return {};
}

std::vector<LanMeeting> Nearby::take_meetings(WallTime now) {
  if (!lan_) return {};
  auto out = lan_->take_meetings();
  for (const LanMeeting& one : out) {
    std::erase_if(told_, [&](const Told& told) { return told.last.name == one.name; });
    if (told_.size() >= kMostTold) told_.erase(told_.begin());
    told_.push_back({one, now});
    if (!look_ || !one.finished) continue;
    ++look_->met;
    if (!one.name.empty()) look_->names += (look_->names.empty() ? "" : ", ") + one.name;
    add(look_->report, ExchangeReport(one.report));
    for (const ReachedMember& member : one.report.reached) {
      auto& all = look_->report.reached;
      std::erase_if(all, [&](const ReachedMember& known) { return known.member == member.member; });
      all.push_back(member);
    }
    for (const ManyDeleted& many : one.report.many_deleted)
      look_->report.many_deleted.push_back(many);
  }
  return out;
}

std::optional<Nearby::Found> Nearby::take_found(const Clock& clock) {
  if (!lan_ || !look_) return std::nullopt;
  const auto now = clock.steady_ms();
  const bool under_way = lan_->under_way() > 0;
  if (under_way) look_->busy_ms = now;
  const auto quiet_for = now - look_->busy_ms;
  const bool met = look_->met > 0 && quiet_for >= (look_->named ? kQuietNamed_ms : kQuiet_ms);
  const bool lost = look_->named && look_->met == 0 && !lan_->trouble().empty() &&
                    now - look_->since_ms >= kTroubleAfter_ms;
  const bool late = now - look_->since_ms >= kLook_ms;
  if (under_way || (!met && !lost && !late)) return std::nullopt;
  Found out{look_->met, std::move(look_->names), std::move(look_->report), lan_->trouble()};
  look_.reset();
  return out;
}

std::vector<NeighborRow> Nearby::rows(const Speaking& how) const {
  std::vector<NeighborRow> out;
  const auto is_shown = [&](const std::string& name) {
    return std::any_of(out.begin(), out.end(), [&](const auto& row) { return row.name == name; });
  };
  for (const LanMeetingView& one : lan_->views()) {
    NeighborRow row{one.name.empty() ? how.words.tr("lan.newcomer") : one.name,
                    how.words.tr("lan.under_way")};
    if (is_shown(row.name)) continue;
    row.progress = how.words.tr("lan.progress", {{"done", number(one.transactions)},
                                                 {"total", number(one.transactions_total)}});
    row.fraction = one.transactions_total == 0 ? 1.0F
                                               : static_cast<float>(one.transactions) /
                                                     static_cast<float>(one.transactions_total);
    out.push_back(std::move(row));
  }
  for (auto told = told_.rbegin(); told != told_.rend(); ++told) {
    const LanMeeting& one = told->last;
    NeighborRow row{one.name.empty() ? how.words.tr("lan.newcomer") : one.name};
    if (is_shown(row.name)) continue;
    const std::string when = when_words(told->at, how);
    row.state = one.finished ? merged_words(one.report, when, how.words)
                             : how.words.tr("lan.broken_off", {{"when", when}});
    out.push_back(std::move(row));
  }
  for (const LanNeighbor& one : lan_->neighbors()) {
    NeighborRow row{one.name.empty() ? one.place : one.name};
    if (is_shown(row.name)) continue;
    row.state = one.trouble.empty()
                    ? how.words.tr("lan.heard")
                    : how.words.tr("lan.not_met", {{"why", said_in(how.language, one.trouble)}});
    out.push_back(std::move(row));
  }
  if (out.size() > kMostShown) out.resize(kMostShown);
  return out;
}

bool Nearby::fill(LanView& view, const Speaking& how) const {
  LanView now;
  now.on = lan_.has_value();
  now.off = view.off;
  now.trouble = trouble_.empty() || now.off
                    ? ""
                    : how.words.tr("lan.off", {{"why", said_in(how.language, trouble_)}});
  if (lan_) {
    if (const auto deaf = network_->beacon_trouble(); !deaf.empty())
      now.trouble = how.words.tr("lan.deaf", {{"why", deaf}});
    now.port = std::to_string(network_->port());
    now.looking = look_.has_value();
    now.neighbors = rows(how);
  }
  if (now == view) return false;
  view = std::move(now);
  return true;
}

void Nearby::wait(std::chrono::milliseconds most) {
  {
    std::unique_lock lock(mutex_);
    if (network_ == nullptr) woken_.wait_for(lock, most, [this] { return wanted_; });
    if (std::exchange(wanted_, false) || network_ == nullptr) return;
  }
  network_->wait(most);
}

void Nearby::wake() {
  const std::lock_guard lock(mutex_);
  wanted_ = true;
  if (network_ != nullptr) network_->wake();
  woken_.notify_one();
}

}  // namespace rukun::ui
