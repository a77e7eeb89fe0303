#pragma once
// The code on a receipt: the first 50 bits of the hand-over's record id, which is itself a hash of
// the transaction that made it, so a code cannot be had for other content. Twelve letters of
// Crockford's base 32 in three groups; the last two are check letters (a Reed-Solomon code over 32
// letters): one or two wrong letters, or two that changed places, are always noticed. Case, spaces
// and hyphens do not matter; O reads as 0, I and L as 1. Errors: bad_value. Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "app/domain/language.h"
#include "platform/base/result.h"
#include "sync/ids.h"

namespace rukun {

// "7K3Q-9MXA-20DF"
std::string receipt_code(const RecordId& handover);

struct ReceiptCode {
  static constexpr int kBits = 50;
  std::uint64_t bits = 0;

  std::string hex() const;  // of the id's beginning, as far as whole digits go
  bool names(const RecordId& handover) const;
};
// What does not fit says whether letters are missing, foreign or mistyped; where one letter alone
// can be wrong the hint says which code it may have been.
Result<ReceiptCode> read_receipt_code(std::string_view text, Language language);

}  // namespace rukun
