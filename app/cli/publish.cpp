// Publishing into a database of the kecamatan or kabupaten.
#include "app/publish/publish.h"

#include "app/cli/session.h"
#include "platform/process.h"

namespace rukun::cli {
namespace {

constexpr std::int64_t kTellEvery_ms = 1000;

// Says how far it is, at most once a second.
class PublishTeller {
 public:
  PublishTeller(const Clock& clock, Output& out)
      : clock_(clock), out_(out), told_(clock.steady_ms()) {}

  void tell(const PublishProgress& progress) {
    const auto now = clock_.steady_ms();
    if (now - told_ < kTellEvery_ms) return;
    told_ = now;
    out_.remark(
        std::to_string(progress.done) + std::string(out_.pick(" dari ", " of ")) +
        std::to_string(progress.of) + std::string(out_.pick(" kelompok, ", " neighborhoods, ")) +
        std::to_string(progress.rows) + std::string(out_.pick(" baris terkirim", " rows sent")));
  }

 private:
  const Clock& clock_;
  Output& out_;
  std::int64_t told_;
};

struct PublishSums {
  std::uint64_t rows = 0, changed = 0, removed = 0, left = 0;
};

PublishSums publish_sums(const PublishReport& report) {
  PublishSums out;
  for (const auto& one : report.spaces) {
    out.rows += one.rows;
    out.changed += one.changed;
    out.removed += one.removed;
    out.left += one.outcome == PublishOutcome::left ? 1 : 0;
  }
  return out;
}

const char* name_of_outcome(PublishOutcome outcome) {
  switch (outcome) {
    case PublishOutcome::published: return "published";
    case PublishOutcome::unchanged: return "unchanged";
    case PublishOutcome::stopped: return "stopped";
    case PublishOutcome::left: return "left";
  }
  return "left";
}

void print_published_json(const PublishReport& report, std::string_view schema, Json& json) {
  const auto sums = publish_sums(report);
  json.object().pair("place", report.place).pair("schema", schema).key("spaces").array();
  for (const auto& one : report.spaces) {
    json.object().pair("space", one.space.id.hex()).pair("name", one.space.name);
    json.pair("outcome", name_of_outcome(one.outcome)).count("rows", one.rows);
    json.count("changed", one.changed).count("removed", one.removed);
    if (!one.reason.empty()) json.pair("reason", one.reason);
    json.end_object();
  }
  json.end_array().count("rows", sums.rows).count("changed", sums.changed);
  json.count("removed", sums.removed).end_object();
}

void print_published(const PublishReport& report, std::string_view schema, Output& out) {
  const auto number = [](std::uint64_t count) { return std::to_string(count); };
  for (const auto& one : report.spaces) {
    if (one.outcome == PublishOutcome::left) {
      out.line(one.space.name + std::string(out.pick(": tidak dikirim: ", ": not published: ")) +
               one.reason);
    } else if (one.outcome == PublishOutcome::published) {
      out.line(one.space.name + ": " + number(one.rows) +
               std::string(out.pick(" baris, ", " rows, ")) + number(one.changed) +
               std::string(out.pick(" dikirim, ", " sent, ")) + number(one.removed) +
               std::string(out.pick(" dihapus", " removed")));
    }
  }
  if (report.stopped) return;
  const auto sums = publish_sums(report);
  if (sums.changed + sums.removed + sums.left == 0)
    out.line(out.pick("Tidak ada yang baru untuk dikirim.", "There was nothing new to publish."));
  out.line(report.place + " " + std::string(schema) + ": " + number(sums.rows) +
           std::string(out.pick(" baris dari profil ini ada di basis data",
                                " rows of this profile are in the database")));
}

Status publish_into_postgres(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  const StopSignal stop;
  PublishTeller teller(session.world().clock, out);
  PublishOptions options;
  options.conninfo = given.at("CONNINFO");
  if (given.has("--schema")) options.schema = given.at("--schema");
  options.personal = given.has("--personal");
  options.language = session.language();
  options.go_on = [&](const PublishProgress& progress) {
    teller.tell(progress);
    return !stop.asked();
  };
  TRY(const auto report, publish_postgres(*engine, spaces, options));
  if (out.json()) print_published_json(report, options.schema, out.document());
  print_published(report, options.schema, out);
  if (report.stopped) {
    out.remark(out.pick("dihentikan; yang sudah lengkap tetap ada, ulangi untuk meneruskan",
                        "stopped; what is complete stays, run it again to go on"));
    out.ends_with(kNotDone);
  }
  return {};
}

}  // namespace

Commands publish_commands() {
  return {
      {"publish postgres",
       "CONNINFO [--schema NAME] [--personal]",
       "mengirim rekap ke basis data PostgreSQL kecamatan; hanya yang berubah, tanpa NIK dan KK",
       "publish into the kecamatan's PostgreSQL; only what changed, never NIK or KK",
       {{"CONNINFO", Param::one, true,
         "seperti untuk psql: \"host=... dbname=... user=... sslmode=verify-full\"; kata sandi "
         "di PGPASSWORD atau ~/.pgpass",
         "as for psql: \"host=... dbname=... user=... sslmode=verify-full\"; the password in "
         "PGPASSWORD or ~/.pgpass"},
        {"--schema", Param::one, false, "skema tempat tabelnya (biasanya rukun)",
         "the schema for the tables (usually rukun)"},
        {"--personal", Param::flag, false,
         "juga nama, alamat, telepon dan data pribadi lain; tercatat di access-log",
         "names, addresses, phones and other personal data too; noted in access-log"}},
       publish_into_postgres},
  };
}

}  // namespace rukun::cli
