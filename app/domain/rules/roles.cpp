#include "app/domain/rules/roles.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/domain/fields.h"
#include "app/domain/kinds.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::array kVolunteersMayNot{k::program::kKind, k::stock::kKind, k::entitlement::kKind,
                                       k::report_mark::kKind};
constexpr std::array kOfficeMay{k::program::kKind, k::stock::kKind,    k::entitlement::kKind,
                                k::notice::kKind,  k::resource::kKind, k::training::kKind};
constexpr std::array kReadersMay{k::need::kKind, k::offer::kKind, k::listing::kKind,
                                 k::order::kKind, k::signup::kKind};
constexpr std::array kRoles{Role::head, Role::volunteer, Role::office, Role::reader};

template <std::size_t N>
bool among(const std::array<KindId, N>& kinds, KindId kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool allowed(Role role, const WriteWish& wish) {
  const bool known = find_kind(wish.kind) != nullptr;
  switch (role) {
    case Role::head: return true;
    case Role::volunteer: return !known || !among(kVolunteersMayNot, wish.kind);
    case Role::office:
      return among(kOfficeMay, wish.kind) || (wish.kind == k::handover::kKind && wish.confirms);
    case Role::reader: return wish.own && among(kReadersMay, wish.kind);
  }
  return false;
}

// "Ketua RT, Relawan"
std::string who_may(const WriteWish& wish, Language language) {
  std::string out;
  for (const auto role : kRoles) {
    if (!allowed(role, wish)) continue;
    if (!out.empty()) out += ", ";
    out += role_word(role, language);
  }
  return out;
}

}  // namespace

std::string role_word(Role role, Language language) {
  switch (role) {
    case Role::head: return std::string(pick(language, "Ketua RT", "RT head"));
    case Role::volunteer: return std::string(pick(language, "Relawan", "Volunteer"));
    case Role::office: return std::string(pick(language, "Kantor desa", "Village office"));
    case Role::reader: return std::string(pick(language, "Warga", "Resident"));
  }
  return {};
}

Status may_write(Role role, const WriteWish& wish, Language language) {
  if (allowed(role, wish)) return {};
  const auto* kind = find_kind(wish.kind);
  const auto name =
      kind != nullptr ? std::string(kind->label(language)) : "#" + std::to_string(wish.kind);
  const bool only_own = role == Role::reader && among(kReadersMay, wish.kind);
  const auto message =
      only_own ? role_word(role, language) +
                     std::string(pick(language, " hanya boleh mengubah catatan sendiri: ",
                                      " may change only records of their own: ")) +
                     name
               : role_word(role, language) +
                     std::string(pick(language, " tidak boleh menulis ", " may not write ")) + name;
  return error(Code::not_allowed, message,
               std::string(pick(language, "Yang boleh: ", "Who may: ")) + who_may(wish, language));
}

bool made_by(const RecordState& state, std::span<const LogIndex> logs) {
  return state.maker && std::find(logs.begin(), logs.end(), *state.maker) != logs.end();
}

}  // namespace rukun
