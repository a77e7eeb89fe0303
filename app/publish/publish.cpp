#include "app/publish/publish.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "app/engine/access_log.h"
#include "app/engine/position.h"
#include "app/publish/known.h"
#include "app/publish/schema.h"
#include "app/publish/send.h"
#include "sync/crypto.h"
#include "sync/wire.h"

namespace rukun {
namespace {

// Gathered in memory at once: this many, or a tenth of all, since each time all tables are walked.
constexpr std::uint64_t kRecordsAtOnce = 20'000;
constexpr std::int64_t kCompareAll_ms = std::int64_t{7} * 24 * 60 * 60 * 1000;

// Where the view of a laptop stood when it published a neighborhood, as the database keeps it, with
// the state that it left there: whoever published since, with whatever version, left another.
struct SeenView {
  std::string token;  // of the view and the state
  std::int64_t arrival = 0;
  WallTime compared;  // when all rows were compared last

  std::string text() const {
    return token + ":" + std::to_string(arrival) + ":" + std::to_string(compared.ms);
  }
};

std::string token_of(const ViewMark& mark, std::string_view state) {
  Writer out;
  out.blob(view(mark.view));
  out.blob(view(state));
  out.blob(view(RUKUN_VERSION));  // another version may compute other values
  return hash_to<RecordId>(Label("rukun/pub/seen/1"), out.out).hex();
}

std::optional<SeenView> read_seen(std::string_view text) {
  const auto number = [](std::string_view digits) -> std::optional<std::int64_t> {
    std::int64_t out = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return out;
  };
  const auto first = text.find(':'), second = text.rfind(':');
  if (first == text.npos || second == first) return std::nullopt;
  const auto arrival = number(text.substr(first + 1, second - first - 1));
  const auto compared = number(text.substr(second + 1));
  if (!arrival || !compared) return std::nullopt;
  return SeenView{std::string(text.substr(0, first)), *arrival, {*compared}};
}

class Publisher {
 public:
  Publisher(Engine& engine, const PublishOptions& options, Postgres server)
      : engine_(engine),
        options_(options),
        server_(std::move(server)),
        place_(pg_name(options.schema) + "."),
        office_(engine.member().hex()),
        form_(schema_fingerprint()) {}

  Result<PublishReport> run(const std::vector<SpaceInfo>& spaces) {
    report_.place = server_.place();
    if (options_.personal && !server_.is_private())
      return error(Code::not_allowed,
                   server_.place() + words(": data pribadi tidak dikirim tanpa TLS",
                                           ": personal data is not sent without TLS"),
                   words("tambahkan sslmode=require (lebih baik verify-full) di CONNINFO",
                         "add sslmode=require (better verify-full) to CONNINFO"));
    TRY_VOID(ensure_schema());
    TRY(const auto known, known_spaces(server_, place_));
    TRY_VOID(sort_out(spaces, known));
    mark_ = view_mark(engine_);
    TRY(visible_, records_by_space(engine_.records()));
    for (auto& due : due_) TRY_VOID(follow(due, known));
    TRY_VOID(publish_due());
    return std::move(report_);
  }

 private:
  struct Due {
    std::size_t at = 0;  // in report_.spaces
    SpaceState state;
    std::string seen = {};                      // as the database has it
    std::optional<AffectedRows> affected = {};  // nothing: any row may differ
    WallTime compared = {};                     // when all rows were compared last
  };

  std::string words(std::string_view id, std::string_view en) const {
    return std::string(pick(options_.language, id, en));
  }

  Status ensure_schema() {
    TRY(auto found, find_schema(server_, options_.schema));
    TRY(auto plan, schema_plan(options_.schema, found, options_.language));
    TRY(auto transaction, PgTransaction::begin(server_));
    if (!plan.empty()) {
      // Another office may be at it: whoever comes second finds it done.
      TRY_VOID(server_.query("SELECT pg_advisory_xact_lock(hashtext($1))",
                             {"rukun/" + options_.schema}));
      TRY(found, find_schema(server_, options_.schema));
      TRY(plan, schema_plan(options_.schema, found, options_.language));
      for (const auto& statement : plan) TRY_VOID(server_.run(statement));
    }
    TRY_VOID(add_words(server_, place_, engine_.context().items));
    TRY_VOID(server_.query("INSERT INTO " + place_ +
                               "office AS o (office, name, last_publish) VALUES ($1, $2, now()) ON "
                               "CONFLICT (office) DO UPDATE SET name = excluded.name, "
                               "last_publish = excluded.last_publish",
                           {office_, sound_text(engine_.my_name())}));
    return transaction.commit();
  }

  std::string state_hash(Bytes position) const {
    append(position, view(form_));
    position.push_back(options_.personal ? 1 : 0);
    return hash_to<RecordId>(Label("rukun/pub/state"), position).hex();
  }

  Result<SpaceState> state_of(const SpaceInfo& space) {
    SpaceState out;
    TRY(const auto position, position_of(engine_, space.id));
    out.position = position_bytes(position);
    out.hash = state_hash(out.position);
    TRY(out.last_exchange, last_exchange(engine_, space.id));
    return out;
  }

  // Which neighborhoods there is something to do for.
  Status sort_out(const std::vector<SpaceInfo>& spaces, const KnownSpaces& known) {
    for (const auto& space : spaces) {
      PublishedSpace one;
      one.space = space;
      TRY(const auto state, state_of(space));
      const auto there = known.find(space.id.hex());
      const auto* before = there == known.end() ? nullptr : &there->second;
      const bool complete =
          before != nullptr && before->state == state.hash && before->records == before->counted;
      if (complete) {
        one.rows = static_cast<std::uint64_t>(before->records);
        TRY_VOID(note_exchange(server_, place_, space, state, *before));
      } else {
        TRY(const auto reason, reason_to_leave(space, before));
        if (reason) {
          one.outcome = PublishOutcome::left;
          one.reason = *reason;
        } else {
          one.outcome = PublishOutcome::stopped;  // until it is done
          due_.push_back({report_.spaces.size(), state});
        }
      }
      report_.spaces.push_back(std::move(one));
    }
    return {};
  }

  // Nothing when this profile may publish it now; `there` as another or this office left it.
  Result<std::optional<std::string>> reason_to_leave(const SpaceInfo& space,
                                                     const KnownSpace* there) {
    using Reason = std::optional<std::string>;
    if (!space.role)
      return Reason(words("profil ini bukan anggotanya", "this profile is no member of it"));
    if (options_.personal && *space.role != Role::head && *space.role != Role::office)
      return Reason(words("data pribadi hanya boleh dikirim ketua dan kantor",
                          "only heads and offices may publish personal data"));
    if (there == nullptr || there->office.empty()) return Reason();
    TRY(const auto bytes, published_position(server_, place_, space));
    const auto theirs = read_position(bytes);
    if (!theirs) return Reason();  // unreadable: as if nothing were there
    TRY(const auto standing, rukun::standing(engine_, space.id, *theirs));
    const std::string by =
        " (" + (there->office_name.empty() ? there->office : there->office_name) + ")";
    if (standing == Standing::behind)
      return Reason(words("basis data sudah memuat yang lebih baru; tukar data dulu",
                          "the database holds newer entries; exchange data first") +
                    by);
    if (there->office == office_ || there->quiet()) return Reason();
    if (standing == Standing::apart)
      return Reason(
          words("kantor lain sudah mengirim catatan yang belum ada di sini; tukar data dulu",
                "another office published entries that are not here; exchange data first") +
          by);
    if (there->personal != options_.personal)
      return Reason(there->personal ? words("kantor lain mengirimnya dengan data pribadi",
                                            "another office publishes it with personal data") +
                                          by
                                    : words("kantor lain mengirimnya tanpa data pribadi",
                                            "another office publishes it without personal data") +
                                          by);
    return Reason();
  }

  std::uint64_t visible(const SpaceInfo& space) const {
    const auto found = visible_.find(space.number);
    return found == visible_.end() ? 0 : found->second;
  }

  // Which rows of a neighborhood may differ, when this laptop's own view is what was published last
  // and nobody has taken rows away since.
  Status follow(Due& due, const KnownSpaces& known) {
    const auto& space = report_.spaces[due.at].space;
    due.compared = engine_.context().clock.now();
    const auto there = known.find(space.id.hex());
    if (there == known.end()) return {};
    const auto& before = there->second;
    due.seen = before.seen;
    const auto seen = read_seen(before.seen);
    if (!seen || seen->token != token_of(mark_, before.state)) return {};
    if (before.records != before.counted || before.personal != options_.personal) return {};
    TRY(const auto position, published_position(server_, place_, space));
    if (state_hash(position) != before.state) return {};
    // What no rule says to follow would stay wrong for ever otherwise.
    const auto age_ms = due.compared.ms - seen->compared.ms;
    if (age_ms < 0 || age_ms >= kCompareAll_ms) return {};
    TRY(due.affected, affected_since(engine_.records(), space.number, seen->arrival));
    if (due.affected) due.compared = seen->compared;
    return {};
  }

  Status publish_due() {
    RowSender sender(server_, options_.schema, [this](std::uint64_t rows) {
      rows_ += rows;
      return step();
    });
    // Those of which only some rows are gathered first, since their balances are loaded together.
    std::stable_partition(due_.begin(), due_.end(),
                          [](const Due& due) { return due.affected.has_value(); });
    std::uint64_t all = 0;
    for (const auto& [space, records] : visible_) all += records;
    const auto at_once = std::max(kRecordsAtOnce, all / 10);
    for (std::size_t from = 0; from < due_.size() && !report_.stopped;) {
      const bool partly = due_[from].affected.has_value();
      std::vector<SpaceInfo> together;
      AffectedSpaces affected;
      std::uint64_t records = 0;
      for (auto i = from; i < due_.size() && due_[i].affected.has_value() == partly &&
                          (together.empty() || records < at_once * (partly ? 10 : 1));
           ++i) {
        const auto& space = report_.spaces[due_[i].at].space;
        records += visible(space);
        together.push_back(space);
        if (partly) affected.emplace(space.number, std::move(*due_[i].affected));
      }
      TRY(const auto rows, gather(together, partly ? &affected : nullptr));
      for (std::size_t i = 0; i < together.size() && !report_.stopped; ++i)
        TRY_VOID(publish_space(sender, due_[from + i], rows.at(together[i].number)));
      from += together.size();
    }
    return {};
  }

  Result<GatheredRows> gather(std::span<const SpaceInfo> spaces, const AffectedSpaces* affected) {
    auto& records = engine_.records();
    const auto member = engine_.member();
    return affected == nullptr
               ? gather_rows(records, spaces, member, options_.personal)
               : gather_affected(records, spaces, *affected, member, options_.personal);
  }

  // Some rows, where that is enough: nobody has published it meanwhile, and what is there then is
  // as many as there are here. Otherwise all of them.
  Result<std::optional<Sent>> send(RowSender& sender, const Due& due, const KnownSpace& there,
                                   const SpaceRows& rows) {
    auto& one = report_.spaces[due.at];
    const auto& space = one.space;
    const auto id = space.id.hex();
    one.compared = rows.partial ? rows.count() : visible(space);
    if (!rows.partial) return sender.send(id, rows);
    if (there.seen == due.seen) {
      TRY(const auto sent, sender.send(id, rows));
      if (!sent) return sent;
      const auto now = static_cast<std::uint64_t>(there.records) + sent->added - sent->removed;
      if (now == visible(space)) return sent;
    }
    one.compared = visible(space);
    TRY(const auto all, gather({&space, 1}, nullptr));
    return sender.send(id, all.at(space.number));
  }

  Status publish_space(RowSender& sender, const Due& due, const SpaceRows& rows) {
    auto& space = report_.spaces[due.at];
    auto sent = try_space(sender, due, rows);
    if (!sent) {
      auto failed = std::move(sent).error();
      failed.message = space.space.name + ": " + failed.message;
      failed.hint += (failed.hint.empty() ? "" : "; ") + std::to_string(done_) +
                     words(" dari ", " of ") + std::to_string(due_.size()) +
                     words(" kelompok sudah lengkap, yang lain tidak disentuh",
                           " neighborhoods are complete, the others untouched");
      return tl::make_unexpected(std::move(failed));
    }
    report_.stopped = !*sent;
    if (*sent) ++done_;
    return {};
  }

  // False: it was stopped, and nothing of it happened.
  Result<bool> try_space(RowSender& sender, const Due& due, const SpaceRows& rows) {
    auto& space = report_.spaces[due.at];
    if (!step()) return false;
    TRY(auto transaction, PgTransaction::begin(server_));
    TRY(const auto there, lock_space(server_, place_, space.space));
    TRY(const auto reason, reason_to_leave(space.space, &there));
    if (reason) {
      space.outcome = PublishOutcome::left;
      space.reason = *reason;
      return true;
    }
    TRY(const auto sent, send(sender, due, there, rows));
    if (!sent) return false;
    const SeenView seen{token_of(mark_, due.state.hash), mark_.arrival, due.compared};
    TRY_VOID(save_space(server_, place_, space.space, due.state,
                        {office_, options_.personal, visible(space.space), seen.text()}));
    if (sent->changed + sent->removed > 0)
      TRY_VOID(note_access(engine_.local(), engine_.context().clock, Access::publish, subject(),
                           sent->changed));
    if (!step()) return false;
    TRY_VOID(transaction.commit());
    space.outcome = PublishOutcome::published;
    space.rows = visible(space.space);
    space.changed = sent->changed;
    space.removed = sent->removed;
    return true;
  }

  std::string subject() const {
    return server_.place() + " " + options_.schema + (options_.personal ? " --personal" : "");
  }

  bool step() { return !options_.go_on || options_.go_on({done_, due_.size(), rows_}); }

  Engine& engine_;
  const PublishOptions& options_;
  Postgres server_;
  std::string place_;
  std::string office_;
  std::string form_;
  ViewMark mark_;
  std::map<std::uint32_t, std::uint64_t> visible_;  // records, by space number
  PublishReport report_;
  std::vector<Due> due_;
  std::size_t done_ = 0;
  std::uint64_t rows_ = 0;
};

}  // namespace

Result<PublishReport> publish_postgres(Engine& engine, const std::vector<SpaceInfo>& spaces,
                                       const PublishOptions& options) {
  TRY_VOID(check_schema_name(options.schema, options.language));
  TRY(auto server, Postgres::connect(options.conninfo, options.language));
  return Publisher(engine, options, std::move(server)).run(spaces);
}

}  // namespace rukun
