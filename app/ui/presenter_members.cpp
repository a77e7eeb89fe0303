// Anggota: who belongs to the neighborhood, what heads decide about them, and what does not count.
#include <algorithm>

#include "app/domain/rules/roles.h"
#include "app/ui/presenter.h"

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

}  // namespace

std::optional<Status> Presenter::run_members(const Command& command) {
  if (const auto* invitation = std::get_if<MakeInvite>(&command)) return make_invite(*invitation);
  if (const auto* role = std::get_if<ChooseRole>(&command)) return choose_role(*role);
  if (const auto* removal = std::get_if<RemoveMember>(&command)) return remove_member(*removal);
  if (const auto* revoked = std::get_if<RevokeInvite>(&command)) return revoke_invite(*revoked);
  if (const auto* sheet = std::get_if<UseSheet>(&command)) return use_sheet(*sheet);
  if (const auto* masked = std::get_if<DecideMasked>(&command)) return decide_masked(*masked);
  if (std::get_if<CloseInvite>(&command) != nullptr) {
    now_.members.made.reset();
  } else if (std::get_if<CloseLost>(&command) != nullptr) {
    now_.members.lost.reset();
  } else {
    return std::nullopt;
  }
  return Status();
}

void Presenter::fill_members() {
  MembersView& view = now_.members;
  view.rows.clear();
  view.roles.clear();
  const auto authority = engine_->authority(space_->id);
  const auto status = engine_->status(space_->id);
  if (!authority || !status) return refuse(!authority ? authority.error() : status.error());
  const Speaking how = speaking();
  std::size_t heads = 0;
  for (const Member& member : (*authority)->members) {
    if (!member.removed && member.role == MemberRole::head) ++heads;
    MemberRow row;
    row.id = member.id.hex();
    row.name = name_of(member);
    row.role_id = rukun::name_of(member.role);
    row.role = role_word(member.role, context_.language);
    row.me = member.id == engine_->member();
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
  view.may_invite = view.may_decide = space_->role == MemberRole::head;
  view.may_use_sheet = space_->role.has_value() && !view.may_decide;
  view.lone_head = view.may_decide && heads == 1;
  view.invitations.clear();
  for (const Invitation& one : (*authority)->invitations) {
    if (!view.may_decide || !one.open()) continue;
    const Member* by = (*authority)->find(one.by);
    view.invitations.push_back({one.id.hex(), role_word(one.role, context_.language),
                                by == nullptr ? std::string() : name_of(*by)});
  }
  for (const MemberRole role : kRoles)
    view.roles.push_back({rukun::name_of(role), role_word(role, context_.language)});
  fill_masked();
  fill_places();
  view.folder = paper_place();
}

void Presenter::fill_masked() {
  MembersView& view = now_.members;
  view.masked.clear();
  view.masked_more = 0;
  if (!view.may_decide) return;
  const auto masked = engine_->masked(space_->id);
  if (!masked) return refuse(masked.error());
  const Speaking how = speaking();
  for (const MaskedEntry& entry : *masked) {
    if (view.masked.size() == kMostMasked) {
      view.masked_more = masked->size() - kMostMasked;
      break;
    }
    view.masked.push_back({entry.txn.hex(), entry.by_name, when_words(entry.at.wall(), how),
                           masked_words(entry),
                           how.words.tr(entry.cut ? "members.masked_cut" : "members.masked_role")});
  }
}

// Which records it touches: by title when they are there, else by kind.
std::string Presenter::masked_words(const MaskedEntry& entry) {
  constexpr std::size_t kNamed = 3;
  std::string out;
  for (std::size_t i = 0; i < entry.records.size() && i < kNamed; ++i) {
    const auto& [record, number] = entry.records[i];
    const KindSpec* kind = find_kind(number);
    out += (i == 0 ? "" : ", ") + (kind == nullptr ? title_of_record(record)
                                                   : std::string(kind->label(context_.language)));
  }
  if (entry.records.size() > kNamed) out += " …";
  return out;
}

// Nothing that undo could take back: the bar only says it.
void Presenter::say_done(std::string words) {
  wrote();
  now_.shell.undo = UndoView{std::move(words), false, ++done_number_};
}

Status Presenter::choose_role(const ChooseRole& command) {
  TRY(const auto member, member_of(command.member));
  const auto role = role_named(command.role);
  if (!role || !space_) return error(Code::bad_value, command.role);
  TRY_VOID(engine_->set_role(space_->id, member, *role));
  TRY(const auto* authority, engine_->authority(space_->id));
  const Member* now = authority->find(member);
  say_done(
      speaking().words.tr("done.role", {{"name", now == nullptr ? command.member : name_of(*now)},
                                        {"role", role_word(*role, context_.language)}}));
  return {};
}

Status Presenter::remove_member(const RemoveMember& command) {
  TRY(const auto member, member_of(command.member));
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  TRY_VOID(engine_->remove_member(space_->id, member, command.reason, command.lost));
  TRY(const auto* authority, engine_->authority(space_->id));
  const Member* now = authority->find(member);
  if (command.lost)
    now_.members.lost = LostLaptop{command.member, now == nullptr ? "" : name_of(*now)};
  say_done(speaking().words.tr(command.lost ? "done.lost" : "done.removed",
                               {{"name", now == nullptr ? command.member : name_of(*now)}}));
  return {};
}

Status Presenter::revoke_invite(const RevokeInvite& command) {
  const auto bytes = from_hex(command.id);
  const auto id = bytes ? InviteId::from(*bytes) : std::nullopt;
  if (!id || !space_) return error(Code::not_found, command.id);
  TRY_VOID(engine_->revoke_invite(space_->id, *id));
  say_done(speaking().words.tr("done.revoked"));
  return {};
}

// First another head, so that there is one who changes the key.
Status Presenter::use_sheet(const UseSheet& command) {
  TRY(const auto member, member_of(command.member));
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  TRY_VOID(
      engine_->set_role(space_->id, engine_->member(), MemberRole::head, command.words.view()));
  TRY_VOID(engine_->remove_member(space_->id, member, "", true, command.words.view()));
  TRY(const auto* authority, engine_->authority(space_->id));
  const Member* now = authority->find(member);
  now_.members.lost = LostLaptop{command.member, now == nullptr ? "" : name_of(*now)};
  say_done(speaking().words.tr("done.lost",
                               {{"name", now == nullptr ? command.member : name_of(*now)}}));
  return {};
}

Status Presenter::decide_masked(const DecideMasked& command) {
  const auto bytes = from_hex(command.txn);
  const auto txn = bytes ? TxnHash::from(*bytes) : std::nullopt;
  if (!txn || !space_) return error(Code::not_found, command.txn);
  if (command.adopt)
    TRY_VOID(engine_->adopt(space_->id, {*txn}));
  else
    TRY_VOID(engine_->leave_out(space_->id, {*txn}));
  say_done(speaking().words.tr(command.adopt ? "done.adopted" : "done.left_out"));
  return {};
}

}  // namespace rukun::ui
