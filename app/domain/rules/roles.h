#pragma once
// Who may write what, by kind. The same rule refuses an entry here and judges a neighbor's
// transaction that has arrived. Members and erasures are authority acts and are settled in sync/.
// A kind that this version does not know may be written by heads and volunteers, never narrowed
// later. Errors: not_allowed, with a sentence that says which role may. Pure; any thread.

#include <span>

#include "app/domain/language.h"
#include "platform/base/result.h"
#include "sync/authority.h"
#include "sync/record.h"

namespace rukun {

struct WriteWish {
  KindId kind = 0;
  bool own = false;       // the writer makes the record, or made it
  bool confirms = false;  // touches nothing but a handover's `confirmed`
};

Status may_write(Role role, const WriteWish& wish, Language language = Language::id);

// "Ketua RT", "Relawan", "Kantor desa", "Warga (membaca)".
std::string role_word(Role role, Language language);

// True when one of `logs` made the record.
bool made_by(const RecordState& state, std::span<const LogIndex> logs);

}  // namespace rukun
