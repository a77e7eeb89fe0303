#include "app/publish/publish.h"

#include "app/engine/access_log.h"
#include "app/engine/position.h"
#include "app/publish/known.h"
#include "app/publish/schema.h"
#include "app/publish/send.h"
#include "sync/crypto.h"

namespace rukun {
namespace {

constexpr std::uint64_t kRecordsAtOnce = 20'000;  // gathered in memory

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
    TRY_VOID(publish_due());
    return std::move(report_);
  }

 private:
  struct Due {
    std::size_t at = 0;  // in report_.spaces
    SpaceState state;
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

  Result<SpaceState> state_of(const SpaceInfo& space) {
    SpaceState out;
    TRY(const auto position, position_of(engine_, space.id));
    out.position = position_bytes(position);
    Bytes all = out.position;
    append(all, view(form_));
    all.push_back(options_.personal ? 1 : 0);
    out.hash = hash_to<RecordId>(Label("rukun/pub/state"), all).hex();
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

  Status publish_due() {
    TRY(const auto sizes, records_by_space(engine_.records()));
    RowSender sender(server_, options_.schema, [this](std::uint64_t rows) {
      rows_ += rows;
      return step();
    });
    for (std::size_t from = 0; from < due_.size();) {
      std::vector<SpaceInfo> together;
      std::uint64_t records = 0;
      for (auto i = from; i < due_.size() && (together.empty() || records < kRecordsAtOnce); ++i) {
        const auto& space = report_.spaces[due_[i].at].space;
        const auto size = sizes.find(space.number);
        records += size == sizes.end() ? 0 : size->second;
        together.push_back(space);
      }
      TRY(const auto rows,
          gather_rows(engine_.records(), together, engine_.member(), options_.personal));
      for (std::size_t i = 0; i < together.size() && !report_.stopped; ++i)
        TRY_VOID(publish_space(sender, due_[from + i], rows.at(together[i].number)));
      if (report_.stopped) return {};
      from += together.size();
    }
    return {};
  }

  Status publish_space(RowSender& sender, const Due& due, const SpaceRows& rows) {
    auto& space = report_.spaces[due.at];
    auto sent = try_space(sender, space, due.state, rows);
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
  Result<bool> try_space(RowSender& sender, PublishedSpace& space, const SpaceState& state,
                         const SpaceRows& rows) {
    if (!step()) return false;
    TRY(auto transaction, PgTransaction::begin(server_));
    TRY(const auto there, lock_space(server_, place_, space.space));
    TRY(const auto reason, reason_to_leave(space.space, &there));
    if (reason) {
      space.outcome = PublishOutcome::left;
      space.reason = *reason;
      return true;
    }
    TRY(const auto sent, sender.send(space.space.id.hex(), rows));
    if (!sent) return false;
    TRY_VOID(
        save_space(server_, place_, space.space, state, office_, options_.personal, sent->rows));
    if (sent->changed + sent->removed > 0)
      TRY_VOID(note_access(engine_.local(), engine_.context().clock, Access::publish, subject(),
                           sent->changed));
    if (!step()) return false;
    TRY_VOID(transaction.commit());
    space.outcome = PublishOutcome::published;
    space.rows = sent->rows;
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
