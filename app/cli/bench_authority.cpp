// How long it takes to say who may do what in a neighborhood of a hundred members who joined,
// changed roles and left, and how many bytes a new key for all of them is.
#include <algorithm>

#include "app/cli/bench_tools.h"
#include "sync/envelope.h"
#include "sync/segment.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kMembers = 100;
constexpr std::size_t kHeads = 3;
constexpr std::size_t kRotations = 4;
constexpr std::uint64_t kMorning_ticks = std::uint64_t{1'795'500'000'000} << 16;

struct Person {
  SigningPair signing;
  BoxPair box;
  Run run;                     // the authority log
  std::map<LogId, Seq> named;  // of others' logs
};

// Everybody has exchanged with everybody before saying anything: so every entry names all that is
// new, as real ones do.
class Village {
 public:
  explicit Village(Random& random) : random_(random) {
    root_ = person({});
    space_ = space_id(root_.signing.key);
    root_.run = empty_run({space_, root_.signing.key, {}, LogKind::authority}, {});
  }

  // What everybody has said so far stands in its deps.
  void say(Person& who, const Act& act) {
    Draft draft;
    draft.stamp.ticks = kMorning_ticks + ++acts_;
    for (const auto& [log, head] : heads_) {
      Seq& named = who.named[log];
      if (log == who.run.log || named == head.seq) continue;
      draft.deps.push_back(head);
      named = head.seq;
    }
    draft.parts.push_back(act_part(act));
    append(who.run, draft);
    heads_[who.run.log] = who.run.head();
  }

  Person& join(Person& head, Role role) {
    const auto seed = Secret::drawn(32, random_);
    const auto keys = invitation_keys(seed.view());
    say(head, InviteAct{keys.signing.key, role});
    people_.push_back(person(space_));
    Person& who = people_.back();
    JoinAct act{keys.signing.key, who.box.key, "Warga " + std::to_string(people_.size()), {}};
    act.proof = prove_join(keys.signing, space_, who.signing.key, act);
    say(who, act);
    say(head, PinAct{keys.signing.key, who.signing.key});
    return who;
  }

  void found() {
    people_.reserve(kMembers);
    people_.push_back(person(space_));
    Person& founder = people_.front();
    const auto key = Secret::drawn(32, random_);
    say(root_, RootAct{"RT 001/RW 001",
                       "",
                       random_.draw<RecordSecret>(),
                       epoch_id(key),
                       {founder.signing.key, founder.box.key, "Ketua", Role::head}});
  }

  // One's last word is the cut; then a new key.
  void remove(Person& head, const Person& whom) {
    say(head,
        RemoveAct{
            whom.signing.key, false, "pindah", {{whom.run.log, whom.run.last(), whom.run.end()}}});
    say(head, NewEpochAct{random_.draw<EpochId>()});
  }

  std::vector<AuthorityEntry> entries() const {
    auto out = acts_of(root_.run);
    for (const auto& one : people_)
      for (auto& entry : acts_of(one.run)) out.push_back(std::move(entry));
    return out;
  }

  Result<Envelope> rotation(const Authority& authority, const Secret& key,
                            const std::vector<const Secret*>& earlier) {
    std::vector<Recipient> to;
    for (const auto& member : authority.members)
      if (!member.removed) to.push_back({box_tag(member.id), member.box});
    return make_envelope(space_, root_.signing.key, key, to, {}, people_.front().signing, random_,
                         earlier);
  }

  // The act that makes the key, as it travels.
  Result<std::size_t> act_bytes(const Secret& key) {
    Person& founder = people_.front();
    const Seq before = founder.run.last();
    say(founder, NewEpochAct{epoch_id(key)});
    Run run = after(founder.run, before);
    sign_end(run, founder.signing);
    SegmentCodec codec;
    TRY(const auto sealed, codec.seal(run, epoch_id(key), key, 12, random_));
    return sealed.size();
  }

  const SpaceId& space() const { return space_; }
  std::vector<Person>& people() { return people_; }

 private:
  Person person(const SpaceId& space) {
    const auto signing = Secret::drawn(32, random_), box = Secret::drawn(32, random_);
    Person out{signing_pair_from_seed(signing.view()), box_pair_from_seed(box.view()), {}, {}};
    out.run =
        empty_run({space, out.signing.key, random_.draw<Incarnation>(), LogKind::authority}, {});
    return out;
  }

  Random& random_;
  Person root_;
  SpaceId space_;
  std::vector<Person> people_;
  std::map<LogId, Head> heads_;
  std::uint64_t acts_ = 0;
};

}  // namespace

Status measure_authority(Session& session, std::size_t scale, Output& out) {
  Random& random = session.world().random;
  Village village(random);
  village.found();
  auto& people = village.people();
  people.reserve(kMembers * scale);
  while (people.size() < kMembers * scale) {
    Person& head = people[people.size() % std::min(kHeads, people.size())];
    village.join(head, people.size() < kHeads ? Role::head : Role::volunteer);
  }
  for (std::size_t i = 0; i < kRotations * scale; ++i) {
    village.remove(people.front(), people[people.size() - 1 - i]);
    village.say(people[1], SetRoleAct{people[kHeads + i].signing.key, Role::office, {}});
  }
  const auto entries = village.entries();
  std::vector<double> times;
  Authority authority;
  constexpr int kRuns = 9;
  for (int run = 0; run < kRuns; ++run) {
    const double at = seconds();
    authority = evaluate(village.space(), entries);
    times.push_back((seconds() - at) * 1e3);
  }
  const auto expected = kMembers * scale - kRotations * scale;
  if (authority.current_count() != expected)
    return error(Code::damaged, "the benchmark's neighborhood came out differently");
  const auto key = Secret::drawn(32, random);
  std::vector<Secret> earlier;
  for (std::size_t i = 0; i < kRotations; ++i) earlier.push_back(Secret::drawn(32, random));
  std::vector<const Secret*> wraps;
  for (const auto& one : earlier) wraps.push_back(&one);
  TRY(const auto envelope, village.rotation(authority, key, wraps));
  TRY(const auto act, village.act_bytes(key));
  const auto bytes = encode_envelope(envelope).size();
  print(out, "authority",
        {{"members", static_cast<double>(authority.current_count())},
         {"acts", static_cast<double>(entries.size())},
         {"evaluate_p50_ms", percentile(times, 0.5)},
         {"rotation_envelope_bytes", static_cast<double>(bytes)},
         {"rotation_bytes_per_member",
          static_cast<double>(bytes) / static_cast<double>(authority.current_count())},
         {"rotation_act_bytes", static_cast<double>(act)}});
  return {};
}

}  // namespace rukun::cli
