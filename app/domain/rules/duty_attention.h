#pragma once
// What needs a person among shifts and sign-ups: who has moved up from a waiting list, volunteers
// in two places at once, shifts that two laptops both made, next steps of mentoring that are not
// done. A part of attention.h, with its order and errors.

#include "app/domain/rules/attention.h"

namespace rukun {

// `spaces` are the ones that are meant; never empty.
Result<std::vector<AttentionItem>> duty_attention(const AttentionContext& context,
                                                  const std::vector<std::uint32_t>& spaces);

}  // namespace rukun
