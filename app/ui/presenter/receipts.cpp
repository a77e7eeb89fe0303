#include "app/ui/presenter/receipts.h"

#include <algorithm>
#include <sstream>

#include "app/ui/presenter/kind_plans.h"

namespace rukun::ui {
namespace {

constexpr std::string_view kHistorySetting = "exchanges";
constexpr std::size_t kHistoryLines = 50;

// Names come from others: nothing in them may begin another line.
std::string one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return text;
}

// A merge that took much away has happened: what people can do is look, and undo.
void tell_deleted(Desk& desk, const ManyDeleted& many, ExchangeReceipt& receipt) {
  const KindSpec* kind = find_kind(many.kind);
  if (kind == nullptr) return;
  if (receipt.deleted.empty()) receipt.deleted_from = screen_of(many.kind).value_or(Screen::needs);
  receipt.deleted.push_back(
      desk.speaking().words.tr("exchange.deleted", {{"n", std::to_string(many.deleted)},
                                                    {"total", std::to_string(many.before)},
                                                    {"kind", kind->label(desk.language())}}));
}

}  // namespace

ExchangeReceipt receipt_of(Desk& desk, const ExchangeReport& report) {
  ExchangeReceipt receipt;
  for (const SpaceExchange& space : report.spaces) {
    receipt.fresh += space.merged.made;
    receipt.changed += space.merged.changed + space.merged.deleted;
    receipt.to_decide += space.merged.conflicts;
    receipt.sent += space.sent;
  }
  // What several files brought one after the other may have settled itself since.
  std::size_t undecided = 0;
  for (const SpaceInfo& space : desk.engine().spaces()) {
    const auto now = desk.engine().records().in_conflict(space.number);
    if (!now) desk.refuse(now.error());
    undecided += now ? now->size() : receipt.to_decide;
  }
  receipt.to_decide = std::min(receipt.to_decide, undecided);
  for (const ReachedMember& member : report.reached) {
    if (member.lacks > 0)
      receipt.on_the_way.push_back(desk.speaking().words.tr(
          "exchange.not_reached", {{"member", member.name}, {"n", std::to_string(member.lacks)}}));
    else if (member.seen > 0)
      receipt.reached.push_back(member.name);
  }
  for (const Refused& refused : report.refused)
    receipt.refused.push_back(refused.input + ": " +
                              said_in(desk.language(), refused.error.message));
  for (const ManyDeleted& many : report.many_deleted) tell_deleted(desk, many, receipt);
  receipt.safe_to_remove = report.safe_to_remove;
  return receipt;
}

// A line each: when in milliseconds, made, changed, sent, and then the place.
void note_exchange(Desk& desk, const std::string& place, const ExchangeReport& report) {
  const auto stored = desk.engine().local().setting(kHistorySetting);
  if (!stored) return desk.refuse(stored.error());
  const ExchangeReceipt receipt = receipt_of(desk, report);
  std::ostringstream out;
  out << desk.setup().clock.now().ms << ' ' << receipt.fresh << ' ' << receipt.changed << ' '
      << receipt.sent << ' ' << one_line(place) << '\n';
  std::istringstream before(stored->value_or(""));
  std::string line;
  for (std::size_t i = 1; i < kHistoryLines && std::getline(before, line); ++i) out << line << '\n';
  if (const auto kept = desk.engine().local().set_setting(kHistorySetting, out.str()); !kept)
    desk.refuse(kept.error());
  fill_history_of_exchanges(desk);
}

void fill_history_of_exchanges(Desk& desk) {
  desk.now.exchange.history.clear();
  const auto stored = desk.engine().local().setting(kHistorySetting);
  if (!stored) return desk.refuse(stored.error());
  const Speaking how = desk.speaking();
  std::istringstream lines(stored->value_or(""));
  WallTime at;
  std::string fresh, changed, sent, place;
  while (lines >> at.ms >> fresh >> changed >> sent && std::getline(lines >> std::ws, place))
    desk.now.exchange.history.push_back(
        {place, when_words(at, how),
         how.words.tr("exchange.history_line",
                      {{"fresh", fresh}, {"changed", changed}, {"sent", sent}})});
}

}  // namespace rukun::ui
