#include "sync/authority.h"

#include <algorithm>

#include "sync/authority_court.h"
#include "sync/wire.h"

namespace rukun {

namespace {

constexpr Label kStandingLabel("rukun/standing");

bool everything(int) { return true; }

// Reads what the court has settled into the lists that others use.
class Telling {
 public:
  Telling(const SpaceId& space, std::shared_ptr<const AuthorityCourt> court)
      : court_(*court), accepted_(court->final_accepted()) {
    out_.space = space;
    out_.court = std::move(court);
  }

  Authority run() {
    out_.heads = court_.graph.heads();
    if (court_.root_entry == kNone) return std::move(out_);
    root();
    members();
    for (int node = 0; node < court_.graph.size(); ++node) acts(node);
    invitations();
    epochs();
    return std::move(out_);
  }

 private:
  const AuthorityNode& node(int at) const { return court_.graph[at]; }

  void root() {
    for (const Act* act : node(court_.root_entry).acts)
      if (const auto* root = std::get_if<RootAct>(act); root != nullptr && !out_.founded) {
        out_.founded = true;
        out_.name = root->name;
        out_.area = root->area;
        out_.record_secret = root->record_secret;
        out_.first_epoch = root->epoch;
        made_.push_back({court_.root_entry, root->epoch});
      }
  }

  void members() {
    std::vector<std::pair<int, Member>> found;
    for (int who = 0; who < static_cast<int>(court_.authors.size()); ++who) {
      auto standing = court_.standing(who, everything, accepted_);
      const bool removed = !standing;
      if (removed)
        for (const int which : court_.admissions_of[static_cast<std::size_t>(who)])
          if (!court_.fallen_admission(which, accepted_) &&
              (!standing || court_.ranks_before(which, standing->admission)))
            standing = {which, court_.role_by(which, accepted_)};
      if (!standing) continue;
      const auto& one = court_.admissions[static_cast<std::size_t>(standing->admission)];
      Member member{
          member_id(one.key),          one.key, one.box, one.name, standing->role, false, one.depth,
          node(one.grant).first->hash, removed};
      for (const int which : court_.contests_about[static_cast<std::size_t>(who)])
        member.lost = member.lost || (removed && accepted_[static_cast<std::size_t>(which)] &&
                                      court_.contests[static_cast<std::size_t>(which)].lost);
      found.emplace_back(standing->admission, std::move(member));
    }
    std::sort(found.begin(), found.end(), [this](const auto& a, const auto& b) {
      return court_.ranks_before(a.first, b.first);
    });
    for (auto& [admission, member] : found) out_.members.push_back(std::move(member));
  }

  void acts(int at) {
    const auto role = court_.role_at(at);
    if (!role || court_.fallen(at, accepted_)) return;
    const auto& entry = *node(at).first;
    for (const Act* act : node(at).acts) {
      if (const auto* erase = std::get_if<EraseAct>(act)) {
        out_.erasures_of[erase->record].push_back(static_cast<std::uint32_t>(out_.erasures.size()));
        out_.erasures.push_back({erase->record,
                                 member_id(entry.log.author),
                                 entry.hash,
                                 role == Role::head,
                                 erase->reason,
                                 {entry.log.id(), entry.seq, entry.hash}});
      }
      if (role != Role::head) continue;
      if (const auto* pin = std::get_if<PinAct>(act)) pins_.push_back({at, pin});
      if (const auto* epoch = std::get_if<NewEpochAct>(act)) made_.push_back({at, epoch->epoch});
      if (const auto* adopt = std::get_if<AdoptAct>(act))
        out_.adopted.insert(adopt->txns.begin(), adopt->txns.end());
      if (const auto* unknown = std::get_if<UnknownAct>(act))
        out_.read_only = out_.read_only || unknown->number < kFirstHarmlessAct;
    }
  }

  bool taken_back(int paper, int invite) const {
    for (const int which : court_.revocations_of[static_cast<std::size_t>(paper)])
      if (accepted_[static_cast<std::size_t>(which)]) return true;
    const int by = court_.author_at(invite);
    for (const int which : court_.contests_about[static_cast<std::size_t>(by)]) {
      const auto& contest = court_.contests[static_cast<std::size_t>(which)];
      if (accepted_[static_cast<std::size_t>(which)] && contest.takes_headship() &&
          !court_.graph.in_past(contest.node, invite))
        return true;
    }
    return false;
  }

  void invitations() {
    std::stable_sort(pins_.begin(), pins_.end(), [this](const auto& a, const auto& b) {
      return court_.ranks_before(court_.admission_at(a.first), court_.admission_at(b.first));
    });
    for (std::size_t paper = 0; paper < court_.invitations.size(); ++paper) {
      int best = kNone;
      for (const int invite : court_.invites_with[paper])
        if (court_.counts(invite) &&
            (best == kNone ||
             court_.ranks_before(court_.admission_at(invite), court_.admission_at(best))))
          best = invite;
      if (best != kNone) invitation(static_cast<int>(paper), best);
    }
    std::sort(out_.invitations.begin(), out_.invitations.end(),
              [](const Invitation& a, const Invitation& b) { return a.id < b.id; });
  }

  void invitation(int paper, int invite) {
    const auto& key = court_.invitations[static_cast<std::size_t>(paper)];
    Invitation out;
    out.id = invite_id(key);
    out.key = key;
    out.by = member_id(court_.authors[static_cast<std::size_t>(court_.author_at(invite))]);
    out.revoked = taken_back(paper, invite);
    for (const Act* act : node(invite).acts)
      if (const auto* made = std::get_if<InviteAct>(act);
          made != nullptr && made->invitation == key)
        out.role = made->role;
    std::vector<TxnHash> joins;
    for (const auto& one : court_.admissions) {
      if (one.invite != invite || one.invitation != paper ||
          court_.fallen_admission(static_cast<int>(&one - court_.admissions.data()), accepted_))
        continue;
      out.used_by.push_back(member_id(one.key));
      joins.push_back(node(one.grant).first->hash);
    }
    std::sort(out.used_by.begin(), out.used_by.end());
    out.used_by.erase(std::unique(out.used_by.begin(), out.used_by.end()), out.used_by.end());
    for (const auto& [at, pin] : pins_)
      if (pin->invitation == key && !out.pinned) out.pinned = member_id(pin->member);
    // Whoever is a member for another reason too is not in question.
    if (out.used_by.size() >= 2 || out.pinned)
      for (auto& member : out_.members)
        if (member.id != out.pinned &&
            std::find(joins.begin(), joins.end(), member.grant) != joins.end())
          member.contested = true;
    out_.invitations.push_back(std::move(out));
  }

  bool knows_all_removals(int at) const {
    for (std::size_t i = 0; i < court_.contests.size(); ++i)
      if (accepted_[i] && court_.contests[i].target != kNone && !court_.contests[i].role &&
          !court_.graph.in_past(court_.contests[i].node, at))
        return false;
    return true;
  }

  // The newest that knows most; of several that did not know of each other, the highest head's.
  void epochs() {
    const auto before = [this](const auto& a, const auto& b) {
      const bool a_current = knows_all_removals(a.first), b_current = knows_all_removals(b.first);
      if (a_current != b_current) return a_current;
      const bool a_newest = newest(a.first), b_newest = newest(b.first);
      if (a_newest != b_newest) return a_newest;
      const int x = court_.admission_at(a.first), y = court_.admission_at(b.first);
      if (x != y) return court_.ranks_before(x, y);
      return a.first > b.first;
    };
    std::sort(made_.begin(), made_.end(), before);
    for (const auto& [at, id] : made_) {
      const auto& entry = *node(at).first;
      out_.epochs.push_back({id,
                             member_id(entry.log.author),
                             entry.hash,
                             {node(at).log, entry.seq, entry.hash},
                             knows_all_removals(at)});
    }
  }

  // No other that knows as much was made with knowledge of this one.
  bool newest(int at) const {
    return std::none_of(made_.begin(), made_.end(), [&](const auto& other) {
      return other.first != at && court_.graph.in_past(at, other.first);
    });
  }

  const AuthorityCourt& court_;
  const AuthorityCourt::Accepted& accepted_;
  std::vector<std::pair<int, const PinAct*>> pins_;
  std::vector<std::pair<int, EpochId>> made_;
  Authority out_;
};

}  // namespace

const Member* Authority::find(const MemberId& id) const {
  for (const auto& member : members)
    if (member.id == id) return &member;
  return nullptr;
}

const Member* Authority::find(const SigningKey& key) const { return find(member_id(key)); }

const Member* Authority::current(const MemberId& id) const {
  const Member* member = find(id);
  return member != nullptr && !member->removed ? member : nullptr;
}

const Member* Authority::current(const SigningKey& key) const { return current(member_id(key)); }

std::size_t Authority::current_count() const {
  return static_cast<std::size_t>(std::count_if(
      members.begin(), members.end(), [](const Member& member) { return !member.removed; }));
}

TxnHash Authority::standing(const SigningKey& key) const {
  Writer out;
  const int who = court ? court->author_of(key) : kNone;
  if (who != kNone) {
    const auto& accepted = court->final_accepted();
    std::vector<std::pair<TxnHash, Role>> grants;
    for (const int which : court->admissions_of[static_cast<std::size_t>(who)]) {
      const auto& one = court->admissions[static_cast<std::size_t>(which)];
      if (!court->fallen_admission(which, accepted))
        grants.emplace_back(court->graph[one.grant].first->hash, one.role);
    }
    std::vector<TxnHash> taken;
    for (const int which : court->contests_about[static_cast<std::size_t>(who)])
      if (accepted[static_cast<std::size_t>(which)])
        taken.push_back(
            court->graph[court->contests[static_cast<std::size_t>(which)].node].first->hash);
    std::sort(grants.begin(), grants.end());
    std::sort(taken.begin(), taken.end());
    for (const auto& [hash, role] : grants) {
      out.raw(hash);
      out.u8(static_cast<std::uint8_t>(role));
    }
    out.u8(0);
    for (const auto& hash : taken) out.raw(hash);
  }
  return hash_to<TxnHash>(kStandingLabel, out.out);
}

bool Authority::undisputed() const { return !court || court->contests.empty(); }

std::optional<Role> Authority::sole_role(const SigningKey& key) const {
  const int who = undisputed() && court ? court->author_of(key) : kNone;
  if (who == kNone) return std::nullopt;
  const auto& own = court->admissions_of[static_cast<std::size_t>(who)];
  if (own.size() != 1) return std::nullopt;
  return court->admissions[static_cast<std::size_t>(own.front())].role;
}

bool Authority::knows(const SigningKey& key) const {
  const int who = court ? court->author_of(key) : kNone;
  return who != kNone && !court->admissions_of[static_cast<std::size_t>(who)].empty();
}

bool Authority::is_contested(const SigningKey& key) const {
  const int who = court ? court->author_of(key) : kNone;
  if (who == kNone) return false;
  const auto& about = court->contests_about[static_cast<std::size_t>(who)];
  return std::any_of(about.begin(), about.end(), [&](int which) {
    return static_cast<bool>(court->final_accepted()[static_cast<std::size_t>(which)]);
  });
}

bool Authority::is_cut(const LogName& log) const {
  const int who = court ? court->author_of(log.author) : kNone;
  if (who == kNone) return false;
  const auto id = log.id();
  const auto& about = court->contests_about[static_cast<std::size_t>(who)];
  return std::any_of(about.begin(), about.end(), [&](int which) {
    const auto& contest = court->contests[static_cast<std::size_t>(which)];
    return court->final_accepted()[static_cast<std::size_t>(which)] && !contest.role &&
           std::any_of(contest.cut->begin(), contest.cut->end(),
                       [&](const CutAt& last) { return last.log == id; });
  });
}

std::vector<CutAt> Authority::cuts_of(const SigningKey& key) const {
  std::vector<CutAt> out;
  const int who = court ? court->author_of(key) : kNone;
  if (who == kNone) return out;
  for (const int which : court->contests_about[static_cast<std::size_t>(who)]) {
    const auto& contest = court->contests[static_cast<std::size_t>(which)];
    if (court->final_accepted()[static_cast<std::size_t>(which)] && !contest.role)
      out.insert(out.end(), contest.cut->begin(), contest.cut->end());
  }
  return out;
}

std::map<LogId, Seq> Authority::until_removal(const SigningKey& key) const {
  std::map<LogId, Seq> out;
  const int who = court ? court->author_of(key) : kNone;
  if (who == kNone) return out;
  for (const int which : court->contests_about[static_cast<std::size_t>(who)]) {
    const auto& contest = court->contests[static_cast<std::size_t>(which)];
    if (!court->final_accepted()[static_cast<std::size_t>(which)] || contest.role) continue;
    for (int node = 0; node < court->graph.size(); ++node) {
      if (!court->graph.in_past(node, contest.node)) continue;
      Seq& last = out[court->graph[node].log];
      last = std::max(last, court->graph[node].first->seq);
    }
  }
  return out;
}

Authority evaluate(const SpaceId& space, std::vector<AuthorityEntry> entries) {
  return Telling(space, std::make_shared<const AuthorityCourt>(space, std::move(entries))).run();
}

DataJudge::DataJudge(const Authority& authority, const SigningKey& author, const LogId& log)
    : court_(authority.court), author_(author), log_(log) {}

void DataJudge::saw(const LogId& log, Seq seq) {
  Seq& seen = past_[log];
  if (seen >= seq) return;
  seen = seq;
  simple_.reset();
}

DataJudge::Verdict DataJudge::at(const Within& within) {
  if (simple_) return *simple_;
  Verdict out;
  const int who = court_ ? court_->author_of(author_) : kNone;
  if (who == kNone || court_->root_entry == kNone) return out;
  const auto& court = *court_;
  const auto& final = court.final_accepted();
  const AuthorityCourt::View view = [&](int node) {
    const auto found = past_.find(court.graph[node].log);
    return found != past_.end() && court.graph[node].first->seq <= found->second;
  };
  auto seen = court.contests_in(view);
  if (seen != known_contests_) {
    accepted_ = court.settle(seen).holds;
    known_contests_ = std::move(seen);
  }
  auto then = court.standing(who, view, court.accepted_of(accepted_));
  if (!then) {
    // Written before the author's own admission had come to it: then by the first that counts,
    // unless it knew that it had been removed.
    const auto& own = court.admissions_of[static_cast<std::size_t>(who)];
    const bool knew = std::any_of(own.begin(), own.end(), [&](int which) {
      return view(court.admissions[static_cast<std::size_t>(which)].grant);
    });
    for (const int which : own)
      if (!knew && !court.fallen_admission(which, final) &&
          (!then || court.ranks_before(which, then->admission)))
        then = {which, court.admissions[static_cast<std::size_t>(which)].role};
  }
  const auto& about = court.contests_about[static_cast<std::size_t>(who)];
  bool plain = true;
  if (then && !court.fallen_admission(then->admission, final)) {
    out.counts = true;
    out.roles.push_back(then->role);
    std::vector<int> beyond, inside;
    for (const int which : about) {
      if (!final[static_cast<std::size_t>(which)]) continue;
      plain = false;
      const auto& contest = court.contests[static_cast<std::size_t>(which)];
      const bool aware = view(contest.node);
      bool listed = false, kept = false;
      for (const auto& last : *contest.cut)
        if (last.log == log_) {
          listed = true;
          kept = kept || within(last);
        }
      if (contest.role) {
        if (!aware && !kept) out.roles.push_back(*contest.role);
      } else if (kept) {
        inside.push_back(which);
      } else if (listed || !aware) {
        beyond.push_back(which);
      }
    }
    // Of removals that did not know of each other, the one that leaves more counts for data.
    for (const int cut : beyond) {
      const int node = court.contests[static_cast<std::size_t>(cut)].node;
      out.counts = out.counts && std::any_of(inside.begin(), inside.end(), [&](int other) {
                     const int its = court.contests[static_cast<std::size_t>(other)].node;
                     return !court.graph.in_past(node, its) && !court.graph.in_past(its, node);
                   });
    }
  }
  if (plain) simple_ = out;
  return out;
}

}  // namespace rukun
