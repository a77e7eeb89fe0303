#pragma once
// A roster's reasons in words, so that everybody sees why it is their turn, and why not. Pure; any
// thread.

#include "app/domain/rules/phrase.h"
#include "app/domain/rules/roster.h"

namespace rukun {

// "paling sedikit: baru 2 kali"
Phrase pick_words(const RosterPick& pick);
// "urutan 5 dari 38: 2 kali sejak 12 minggu lalu (biasanya 3), terakhir 3 November 2025; 1 kali
// tidak hadir; giliran berikut 21 November 2025"
Phrase rank_words(const RosterRank& rank, std::size_t people,
                  std::int64_t memory_days = kMemory_days);

}  // namespace rukun
