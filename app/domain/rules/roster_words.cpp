#include "app/domain/rules/roster_words.h"

#include "app/domain/rules/roster_facts.h"
#include "app/domain/values.h"

namespace rukun {
namespace {

Phrase date_words(std::int64_t day) {
  const auto date = date_of_day(day);
  return {format_date(date, Language::id), format_date(date, Language::en)};
}

// "2 kali sejak 12 minggu lalu": with those that are on the list already.
Phrase times_words(std::int64_t turns, std::int64_t memory_days) {
  const auto n = std::to_string(turns), weeks = std::to_string(memory_days / 7);
  return {n + " kali sejak " + weeks + " minggu lalu",
          n + (turns == 1 ? " turn" : " turns") + " since " + weeks + " weeks ago"};
}

void append(Phrase& to, const Phrase& more) {
  to.id += more.id;
  to.en += more.en;
}

}  // namespace

Phrase pick_words(const RosterPick& pick) {
  Phrase out;
  const auto turns = std::to_string(pick.turns);
  switch (pick.why) {
    case RosterWhy::stands: out = {"sudah terdaftar", "signed up already"}; break;
    case RosterWhy::first_turn: out = {"giliran pertama", "first turn"}; break;
    case RosterWhy::makes_up:
      out = {"mengganti giliran yang terlewat", "makes up a turn that was missed"};
      break;
    case RosterWhy::fewest:
      out = {"paling sedikit: baru " + turns + " kali", "fewest: " + turns + " so far"};
      break;
    case RosterWhy::longest_ago:
      out = {"paling lama tidak bertugas", "longest ago"};
      if (pick.last_day) {
        const auto date = date_words(*pick.last_day);
        append(out, {": terakhir " + date.id, ": last on " + date.en});
      }
      break;
  }
  if (pick.near_days) {
    const auto days = std::to_string(*pick.near_days);
    append(out, {"; jarak hanya " + days + " hari, sebab orangnya kurang",
                 "; only " + days + " days apart, for lack of people"});
  }
  if (pick.weekly_limit) {
    const auto nth = std::to_string(pick.in_week), most = std::to_string(*pick.weekly_limit);
    append(out, {"; tugas ke-" + nth + " minggu itu, batasnya " + most,
                 "; duty " + nth + " of at most " + most + " in that week"});
  }
  return out;
}

Phrase rank_words(const RosterRank& rank, std::size_t people, std::int64_t memory_days) {
  const auto place = std::to_string(rank.rank), all = std::to_string(people);
  const auto times = times_words(rank.turns, memory_days);
  const auto usual = std::to_string(rank.usual);
  Phrase out{"urutan " + place + " dari " + all + ": " + times.id + " (biasanya " + usual + ")",
             "number " + place + " of " + all + ": " + times.en + " (usually " + usual + ")"};
  if (rank.last_day) {
    const auto date = date_words(*rank.last_day);
    append(out, {", terakhir " + date.id, ", last on " + date.en});
  } else {
    append(out, {", belum pernah sampai hari ini", ", none before today"});
  }
  if (rank.newcomer && rank.usual > 0)
    append(out, {"; dihitung mulai dari yang biasa, sebab belum punya giliran",
                 "; counted from the usual, having had no turn yet"});
  if (rank.missed > 0)
    append(out, {"; " + std::to_string(rank.missed) + " kali tidak hadir",
                 "; " + std::to_string(rank.missed) + " missed"});
  if (rank.excused > 0)
    append(out, {"; " + std::to_string(rank.excused) + " kali izin",
                 "; " + std::to_string(rank.excused) + " excused"});
  if (rank.weekly_limit) {
    const auto most = std::to_string(*rank.weekly_limit);
    append(out,
           {"; paling banyak " + most + " tugas seminggu", "; at most " + most + " duties a week"});
  }
  if (rank.next_day) {
    const auto date = date_words(*rank.next_day);
    append(out, {"; giliran berikut " + date.id, "; next turn " + date.en});
  }
  return out;
}

}  // namespace rukun
