// Who belongs to the neighborhood, what heads decide about them, and what does not count.
#include "app/ui/presenter/members.h"

#include <algorithm>

#include "app/domain/rules/roles.h"
#include "app/ui/presenter/places.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostMasked = 20;
using MemberRole = rukun::Role;  // not the role of a widget
constexpr MemberRole kRoles[] = {MemberRole::volunteer, MemberRole::head, MemberRole::office,
                                 MemberRole::reader};

Result<MemberId> member_of(std::string_view hex) {
  const auto bytes = from_hex(hex);
  const auto id = bytes ? MemberId::from(*bytes) : std::nullopt;
  if (!id) return error(Code::not_found, std::string(hex));
  return *id;
}

std::string name_of(const Member& member) {
  return member.name.empty() ? member.id.hex().substr(0, 8) : member.name;
}

Status choose_role(Desk& desk, const ChooseRole& command) {
  TRY(const auto member, member_of(command.member));
  const auto role = role_named(command.role);
  if (!role || !desk.has_space()) return error(Code::bad_value, command.role);
  TRY_VOID(desk.engine().set_role(desk.space().id, member, *role));
  TRY(const auto* authority, desk.engine().authority(desk.space().id));
  const Member* now = authority->find(member);
  desk.say_done(desk.speaking().words.tr("done.role",
                                         {{"name", now == nullptr ? command.member : name_of(*now)},
                                          {"role", role_word(*role, desk.language())}}));
  return {};
}

Status remove_member(Desk& desk, const RemoveMember& command) {
  TRY(const auto member, member_of(command.member));
  if (!desk.has_space())
    return error(Code::not_allowed, desk.speaking().words.tr("refused.no_space"));
  TRY_VOID(desk.engine().remove_member(desk.space().id, member, command.reason, command.lost));
  TRY(const auto* authority, desk.engine().authority(desk.space().id));
  const Member* now = authority->find(member);
  if (command.lost)
    desk.now.members.lost = LostLaptop{command.member, now == nullptr ? "" : name_of(*now)};
  desk.say_done(
      desk.speaking().words.tr(command.lost ? "done.lost" : "done.removed",
                               {{"name", now == nullptr ? command.member : name_of(*now)}}));
  return {};
}

Status revoke_invite(Desk& desk, const RevokeInvite& command) {
  const auto bytes = from_hex(command.id);
  const auto id = bytes ? InviteId::from(*bytes) : std::nullopt;
  if (!id || !desk.has_space()) return error(Code::not_found, command.id);
  TRY_VOID(desk.engine().revoke_invite(desk.space().id, *id));
  desk.say_done(desk.speaking().words.tr("done.revoked"));
  return {};
}

// First another head, so that there is one who changes the key.
Status use_sheet(Desk& desk, const UseSheet& command) {
  TRY(const auto member, member_of(command.member));
  if (!desk.has_space())
    return error(Code::not_allowed, desk.speaking().words.tr("refused.no_space"));
  TRY_VOID(desk.engine().set_role(desk.space().id, desk.engine().member(), MemberRole::head,
                                  command.words.view()));
  TRY_VOID(desk.engine().remove_member(desk.space().id, member, "", true, command.words.view()));
  TRY(const auto* authority, desk.engine().authority(desk.space().id));
  const Member* now = authority->find(member);
  desk.now.members.lost = LostLaptop{command.member, now == nullptr ? "" : name_of(*now)};
  desk.say_done(desk.speaking().words.tr(
      "done.lost", {{"name", now == nullptr ? command.member : name_of(*now)}}));
  return {};
}

Status decide_masked(Desk& desk, const DecideMasked& command) {
  const auto bytes = from_hex(command.txn);
  const auto txn = bytes ? TxnHash::from(*bytes) : std::nullopt;
  if (!txn || !desk.has_space()) return error(Code::not_found, command.txn);
  if (command.adopt)
    TRY_VOID(desk.engine().adopt(desk.space().id, {*txn}));
  else
    TRY_VOID(desk.engine().leave_out(desk.space().id, {*txn}));
  desk.say_done(desk.speaking().words.tr(command.adopt ? "done.adopted" : "done.left_out"));
  return {};
}

Status make_invite(Desk& desk, const MakeInvite& command) {
  const auto role = role_named(command.role);
  if (!role || !desk.has_space()) return error(Code::bad_value, command.role);
  if (Path(command.folder) == desk.setup().papers)
    TRY_VOID(desk.setup().files.make_dirs(desk.setup().papers));
  TRY(const auto made, desk.engine().create_invite(desk.space().id, *role, false));
  // A name of its own: an invitation that somebody else still needs must not be written over.
  const Path file = Path(command.folder) / ("undangan-" + made.id.hex().substr(0, 6) + ".rukun");
  TRY_VOID(desk.setup().files.write_new_verified(file, made.file));
  desk.now.members.made =
      MadeInvite{file.string(), made.code.value_or(""), made.words, command.role};
  desk.wrote();
  return {};
}

// Which records it touches: by title when they are there, else by kind.
std::string masked_words(Desk& desk, const MaskedEntry& entry) {
  constexpr std::size_t kNamed = 3;
  std::string out;
  for (std::size_t i = 0; i < entry.records.size() && i < kNamed; ++i) {
    const auto& [record, number] = entry.records[i];
    const KindSpec* kind = find_kind(number);
    out += (i == 0 ? "" : ", ") +
           (kind == nullptr ? desk.title_of(record) : std::string(kind->label(desk.language())));
  }
  if (entry.records.size() > kNamed) out += " …";
  return out;
}

void fill_masked(Desk& desk) {
  MembersView& view = desk.now.members;
  view.masked.clear();
  view.masked_more = 0;
  if (!view.may_decide) return;
  const auto masked = desk.engine().masked(desk.space().id);
  if (!masked) return desk.refuse(masked.error());
  const Speaking how = desk.speaking();
  for (const MaskedEntry& entry : *masked) {
    if (view.masked.size() == kMostMasked) {
      view.masked_more = masked->size() - kMostMasked;
      break;
    }
    view.masked.push_back({entry.txn.hex(), entry.by_name, when_words(entry.at.wall(), how),
                           masked_words(desk, entry),
                           how.words.tr(entry.cut ? "members.masked_cut" : "members.masked_role")});
  }
}

}  // namespace

std::optional<Status> run_members(Desk& desk, const Command& command) {
  if (const auto* invitation = std::get_if<MakeInvite>(&command))
    return make_invite(desk, *invitation);
  if (const auto* role = std::get_if<ChooseRole>(&command)) return choose_role(desk, *role);
  if (const auto* removal = std::get_if<RemoveMember>(&command))
    return remove_member(desk, *removal);
  if (const auto* revoked = std::get_if<RevokeInvite>(&command))
    return revoke_invite(desk, *revoked);
  if (const auto* sheet = std::get_if<UseSheet>(&command)) return use_sheet(desk, *sheet);
  if (const auto* masked = std::get_if<DecideMasked>(&command)) return decide_masked(desk, *masked);
  if (std::get_if<CloseInvite>(&command) != nullptr) {
    desk.now.members.made.reset();
  } else if (std::get_if<CloseLost>(&command) != nullptr) {
    desk.now.members.lost.reset();
  } else {
    return std::nullopt;
  }
  return Status();
}

void fill_members(Desk& desk) {
  MembersView& view = desk.now.members;
  view.rows.clear();
  view.roles.clear();
  const auto authority = desk.engine().authority(desk.space().id);
  const auto status = desk.engine().status(desk.space().id);
  if (!authority || !status) return desk.refuse(!authority ? authority.error() : status.error());
  const Speaking how = desk.speaking();
  std::size_t heads = 0;
  for (const Member& member : (*authority)->members) {
    if (!member.removed && member.role == MemberRole::head) ++heads;
    MemberRow row;
    row.id = member.id.hex();
    row.name = name_of(member);
    row.role_id = rukun::name_of(member.role);
    row.role = role_word(member.role, desk.language());
    row.me = member.id == desk.engine().member();
    row.removed = member.removed;
    row.lost = member.removed && member.lost;
    if (member.removed)
      row.state = how.words.tr(member.lost ? "members.state_lost" : "members.state_removed");
    else if (member.contested)
      row.state = how.words.tr("members.state_contested");
    for (const ReachedMember& reached : member.removed ? status->left : status->reached)
      if (reached.member == member.id && !row.me)
        row.heard = how.words.tr("members.heard", {{"when", when_words(reached.last, how)}});
    if (row.heard.empty() && !row.me) row.heard = how.words.tr("members.never_heard");
    view.rows.push_back(std::move(row));
  }
  std::stable_partition(view.rows.begin(), view.rows.end(),
                        [](const MemberRow& row) { return !row.removed; });
  view.may_invite = view.may_decide = desk.space().role == MemberRole::head;
  view.may_use_sheet = desk.space().role.has_value() && !view.may_decide;
  view.lone_head = view.may_decide && heads == 1;
  view.invitations.clear();
  for (const Invitation& one : (*authority)->invitations) {
    if (!view.may_decide || !one.open()) continue;
    const Member* by = (*authority)->find(one.by);
    view.invitations.push_back({one.id.hex(), role_word(one.role, desk.language()),
                                by == nullptr ? std::string() : name_of(*by)});
  }
  for (const MemberRole role : kRoles)
    view.roles.push_back({rukun::name_of(role), role_word(role, desk.language())});
  fill_masked(desk);
  fill_places(desk);
  view.folder = paper_place(desk);
}

}  // namespace rukun::ui
