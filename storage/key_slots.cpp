#include "storage/key_slots.h"

#include <array>

#include "sync/wire.h"

namespace rukun {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeSymbols = 25;
constexpr std::size_t kMostHeadBytes = 16 * 1024;
constexpr std::size_t kKeySize = 32;
constexpr Label kCodeLabel("rukun/code/1");
constexpr Label kSlotLabel("rukun/slot/1");

// Multiplication by x in GF(32), modulo x^5 + x^2 + 1.
std::uint8_t times_x(std::uint8_t a) {
  const auto doubled = static_cast<unsigned>(a) << 1;
  return static_cast<std::uint8_t>((doubled & 32U) != 0 ? doubled ^ 0x25U : doubled);
}

// The symbols weighted with powers of x. Powers up to the 30th differ, so a changed symbol and a
// swap of two always change the sum.
std::uint8_t check_symbol(ByteView symbols) {
  std::uint8_t sum = 0;
  for (const auto symbol : symbols) sum = times_x(static_cast<std::uint8_t>(sum ^ symbol));
  return sum;
}

// The symbol that a letter stands for; 32 for none.
std::uint8_t symbol_of(char letter) {
  if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  if (letter == 'I' || letter == 'L') letter = '1';
  if (letter == 'O') letter = '0';
  const auto at = kAlphabet.find(letter);
  return at == std::string_view::npos ? 32 : static_cast<std::uint8_t>(at);
}

// Everything about a slot but the wrapped key, so that no part of it can be exchanged.
Bytes associated_data(const VaultId& vault, const KeySlot& slot) {
  Writer out;
  out.raw(vault);
  out.u8(slot.kind);
  out.varint(slot.cost.passes);
  out.varint(slot.cost.memory_kib);
  out.raw(slot.salt);
  return std::move(out.out);
}

Secret key_of_code(const KeySlot& slot, const RecoveryCode& code) {
  const auto stretched = derive(code.view(), kCodeLabel, slot.salt);
  return derive(stretched.view(), kSlotLabel, {});
}

Result<Secret> unwrap(const VaultId& vault, const KeySlot& slot, const Secret& wrapping,
                      const char* what, const char* hint) {
  auto key = open_sealed(wrapping.view(), slot.wrapped, associated_data(vault, slot));
  if (!key || key->size() != kKeySize)
    return error(Code::locked, std::string("that is not the ") + what + " of this vault", hint);
  auto secret = Secret::copy_of(*key);
  wipe(*key);
  return secret;
}

const KeySlot* find_slot(const VaultHead& head, SlotKind kind) {
  for (const auto& slot : head.slots)
    if (slot.kind == static_cast<std::uint8_t>(kind)) return &slot;
  return nullptr;
}

}  // namespace

RecoveryCode RecoveryCode::draw(Random& random) {
  RecoveryCode code;
  random.fill(code.symbols_.span());
  for (auto& symbol : code.symbols_.span()) symbol &= 31U;
  return code;
}

Result<RecoveryCode> RecoveryCode::parse(std::string_view text) {
  RecoveryCode code;
  std::size_t count = 0;
  std::uint8_t check = 0;
  for (const char letter : text) {
    if (letter == ' ' || letter == '-' || letter == '\n' || letter == '\t') continue;
    const auto symbol = symbol_of(letter);
    if (symbol == 32)
      return error(Code::bad_value, std::string("a recovery code has no letter ") + letter,
                   "a recovery code is 26 digits and letters without I, L, O and U");
    if (count < kCodeSymbols) code.symbols_.span()[count] = symbol;
    if (count == kCodeSymbols) check = symbol;
    ++count;
  }
  if (count != kCodeSymbols + 1)
    return error(Code::bad_value, "a recovery code has 26 characters, not " + std::to_string(count),
                 "type it as it is printed; spaces and hyphens do not matter");
  if (check != check_symbol(code.symbols_.view()))
    return error(Code::bad_value, "the recovery code is mistyped",
                 "compare it with the paper character by character");
  return code;
}

std::string RecoveryCode::text() const {
  std::string out;
  const auto symbols = symbols_.view();
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (i != 0 && i % 5 == 0) out += '-';
    out += kAlphabet[symbols[i]];
  }
  out += kAlphabet[check_symbol(symbols)];
  return out;
}

Bytes encode_vault_head(const VaultHead& head) { return encode(head); }

Result<VaultHead> decode_vault_head(ByteView bytes) {
  return decode<VaultHead>(bytes, "the head of the vault", kMostHeadBytes);
}

Result<KeySlot> wrap_with_passphrase(const VaultId& vault, ByteView key, ByteView passphrase,
                                     ArgonCost cost, Random& random) {
  KeySlot slot;
  slot.kind = static_cast<std::uint8_t>(SlotKind::passphrase);
  slot.cost = cost;
  slot.salt = random.draw<Salt>();
  TRY(const auto stretched, argon2id(passphrase, slot.salt, cost));
  const auto wrapping = derive(stretched.view(), kSlotLabel, {});
  slot.wrapped = seal(wrapping.view(), key, associated_data(vault, slot), random);
  return slot;
}

KeySlot wrap_with_code(const VaultId& vault, ByteView key, const RecoveryCode& code,
                       Random& random) {
  KeySlot slot;
  slot.kind = static_cast<std::uint8_t>(SlotKind::recovery);
  slot.cost = ArgonCost{0, 0};
  slot.salt = random.draw<Salt>();
  slot.wrapped = seal(key_of_code(slot, code).view(), key, associated_data(vault, slot), random);
  return slot;
}

Result<Secret> unwrap_with_passphrase(const VaultHead& head, ByteView passphrase) {
  const auto* slot = find_slot(head, SlotKind::passphrase);
  if (slot == nullptr) return error(Code::locked, "no passphrase opens this vault");
  auto stretched = argon2id(passphrase, slot->salt, slot->cost);
  if (!stretched)
    return error(Code::damaged, "the head of the vault: " + stretched.error().message,
                 "restore the last backup beside this file");
  return unwrap(head.vault, *slot, derive(stretched->view(), kSlotLabel, {}), "passphrase",
                "try again; capital letters matter in a passphrase");
}

Result<Secret> unwrap_with_code(const VaultHead& head, const RecoveryCode& code) {
  const auto* slot = find_slot(head, SlotKind::recovery);
  if (slot == nullptr) return error(Code::locked, "no recovery code opens this vault");
  return unwrap(head.vault, *slot, key_of_code(*slot, code), "recovery code",
                "it has no typing mistake: look for the sheet of this profile, or choose the "
                "profile with --profile");
}

Result<ArgonCost> calibrate_argon(const Clock& clock, std::int64_t goal_ms) {
  const std::array<std::uint8_t, 16> salt{};
  const auto measure = [&](ArgonCost cost) -> Result<std::int64_t> {
    const auto begin = clock.steady_ms();
    TRY_VOID(argon2id(view("calibration"), salt, cost));
    return std::max<std::int64_t>(1, clock.steady_ms() - begin);
  };
  // Memory first: it is what costs an attacker. The time grows in proportion to either.
  auto cost = kArgonLeast;
  TRY(auto took_ms, measure(cost));
  while (cost.memory_kib < kArgonMost.memory_kib && took_ms * 2 <= goal_ms) {
    cost.memory_kib *= 2;
    took_ms *= 2;
  }
  if (cost.memory_kib > kArgonLeast.memory_kib) {
    TRY(took_ms, measure(cost));
  }
  const auto passes = goal_ms * cost.passes / took_ms;
  cost.passes = static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(passes, kArgonLeast.passes, kArgonMost.passes));
  return cost;
}

}  // namespace rukun
