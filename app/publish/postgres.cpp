#include "app/publish/postgres.h"

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <limits>

namespace rukun {
namespace {

// What the server or libpq said, on one line.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == '\n' || c == '\t' || c == ' ';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

std::string words(Language language, std::string_view id, std::string_view en) {
  return std::string(pick(language, id, en));
}

// A connection that was not made has no error code, only libpq's sentence.
tl::unexpected<Error> not_connected(std::string_view said, Language language) {
  const auto message =
      words(language, "basis data tidak bisa dihubungi: ", "cannot reach the database: ") +
      one_line(said);
  if (holds(said, "SSL") || holds(said, "certificate"))
    return error(Code::io, message,
                 words(language,
                       "nyalakan TLS di server, atau pilih sslmode lain di CONNINFO (lihat sslmode "
                       "dan sslrootcert)",
                       "turn TLS on at the server, or choose another sslmode in CONNINFO (see "
                       "sslmode and sslrootcert)"));
  if (holds(said, "password") || holds(said, "authentication") || holds(said, "pg_hba") ||
      holds(said, "role \""))
    return error(
        Code::not_allowed, message,
        words(language, "periksa user=… di CONNINFO, dan kata sandi di PGPASSWORD atau ~/.pgpass",
              "check user=… in CONNINFO, and the password in PGPASSWORD or ~/.pgpass"));
  if (holds(said, "database \""))
    return error(Code::not_found, message,
                 words(language, "periksa dbname=… di CONNINFO, atau buat dengan createdb",
                       "check dbname=… in CONNINFO, or make it with createdb"));
  if (holds(said, "starting up") || holds(said, "shutting down") || holds(said, "recovery") ||
      holds(said, "too many clients"))
    return error(Code::io, message,
                 words(language, "tunggu sebentar, lalu ulangi", "wait a moment, then try again"));
  return error(Code::io, message,
               words(language, "periksa host=… dan port=… di CONNINFO, dan apakah server menyala",
                     "check host=… and port=… in CONNINFO, and that the server runs"));
}

struct StateMeaning {
  std::string_view beginning;  // of the SQLSTATE
  Code code;
  std::string_view id;  // what to do
  std::string_view en;
};

constexpr std::array<StateMeaning, 8> kStates{{
    {"42501", Code::not_allowed,
     "minta pengelola basis data memberi hak: GRANT CREATE, USAGE ON SCHEMA … TO user ini, atau "
     "jadikan anggota peran pemilik tabel",
     "ask the database's keeper for the right: GRANT CREATE, USAGE ON SCHEMA … TO this user, or "
     "membership of the role that owns the tables"},
    {"25006", Code::not_allowed, "server ini hanya bisa dibaca; hubungi server utamanya",
     "this server can only be read; connect to its primary"},
    {"53100", Code::full, "kosongkan ruang di server, lalu ulangi",
     "make room on the server, then try again"},
    {"53", Code::io, "server kekurangan sumber daya; ulangi nanti",
     "the server is short of resources; try again later"},
    {"55P03", Code::busy, "kantor lain sedang mengirim; ulangi sebentar lagi",
     "another office is publishing; try again in a moment"},
    {"40", Code::busy, "kantor lain sedang mengirim; ulangi sebentar lagi",
     "another office is publishing; try again in a moment"},
    {"22P05", Code::unsupported, "buat basis datanya dengan ENCODING 'UTF8'",
     "make the database with ENCODING 'UTF8'"},
    {"57", Code::io, "server berhenti; ulangi bila sudah menyala",
     "the server stopped; try again when it runs"},
}};

// Before what the caller says, so that it can be said otherwise; each is only a default.
constexpr std::array kKeywords{"connect_timeout",
                               "keepalives_idle",
                               "keepalives_interval",
                               "keepalives_count",
                               "tcp_user_timeout",
                               "application_name",
                               "dbname"};

PGconn* open(const std::string& conninfo) {
  std::array<const char*, kKeywords.size() + 2> names{};
  std::copy(kKeywords.begin(), kKeywords.end(), names.begin());
  names[kKeywords.size()] = "client_encoding";
  const std::array<const char*, kKeywords.size() + 2> values{
      "10", "10", "5", "4", "30000", "rukunctl", conninfo.c_str(), "UTF8", nullptr};
  return PQconnectdbParams(names.data(), values.data(), 1);
}

}  // namespace

void PgRows::Clear::operator()(pg_result* result) const { PQclear(result); }
std::size_t PgRows::size() const { return static_cast<std::size_t>(PQntuples(result_.get())); }
int PgRows::columns() const { return PQnfields(result_.get()); }
bool PgRows::is_null(std::size_t row, int column) const {
  return PQgetisnull(result_.get(), static_cast<int>(row), column) != 0;
}
std::string_view PgRows::text(std::size_t row, int column) const {
  const int at = static_cast<int>(row);
  return {PQgetvalue(result_.get(), at, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), at, column))};
}
std::int64_t PgRows::number(std::size_t row, int column) const {
  const auto digits = text(row, column);
  std::int64_t out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}
std::uint64_t PgRows::affected() const {
  const std::string_view digits = PQcmdTuples(result_.get());
  std::uint64_t out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

void Postgres::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Result<Postgres> Postgres::connect(const std::string& conninfo, Language language) {
  char* wrong = nullptr;
  PQconninfoOption* parsed = PQconninfoParse(conninfo.c_str(), &wrong);
  PQconninfoFree(parsed);
  if (parsed == nullptr) {
    const std::string said = wrong == nullptr ? "" : one_line(wrong);
    PQfreemem(wrong);
    return error(Code::bad_value, "CONNINFO: " + said,
                 "\"host=db.kecamatan.go.id dbname=bantuan user=kantor_desa\"");
  }
  Postgres out(open(conninfo), language);
  PGconn* made = out.connection_.get();
  if (made == nullptr || PQstatus(made) != CONNECTION_OK)
    return not_connected(made == nullptr ? "" : PQerrorMessage(made), language);
  const char* host = PQhost(made);
  out.place_ = std::string(host == nullptr ? "" : host) + "/" + PQdb(made);
  TRY_VOID(
      out.run("SET lock_timeout = '10s'; SET client_min_messages = warning;"
              " SET standard_conforming_strings = on; SET datestyle = 'ISO';"
              " SET timezone = 'UTC'; SET search_path = pg_catalog"));
  // Warnings would be printed by libpq where nobody expects them.
  PQsetNoticeProcessor(
      made, [](void*, const char*) {}, nullptr);
  return out;
}

bool Postgres::is_private() const {
  if (PQsslInUse(connection_.get()) != 0) return true;
  // The address counts, not the name: host=localhost may stand beside another hostaddr.
  const char* address = PQhostaddr(connection_.get());
  const char* host = PQhost(connection_.get());
  const std::string_view numbers = address == nullptr ? "" : address;
  const std::string_view name = host == nullptr ? "" : host;
  if (numbers.empty()) return name.starts_with('/') || name.starts_with('@');
  return numbers.starts_with("127.") || numbers == "::1";
}

tl::unexpected<Error> Postgres::failure(const pg_result* result) const {
  const char* said =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  std::string message =
      place_ + ": " + one_line(said != nullptr ? said : PQerrorMessage(connection_.get()));
  if (PQstatus(connection_.get()) != CONNECTION_OK)
    return error(Code::io, message,
                 words(language_, "sambungan putus; ulangi bila server sudah menyala",
                       "the connection was lost; try again when the server runs"));
  const std::string_view code = state == nullptr ? "" : state;
  for (const auto& one : kStates)
    if (code.starts_with(one.beginning))
      return error(one.code, std::move(message), words(language_, one.id, one.en));
  if (!code.empty()) message += " (SQLSTATE " + std::string(code) + ")";
  return error(Code::io, std::move(message));
}

Result<PgRows> Postgres::query(const std::string& sql, const PgParameters& parameters) {
  std::vector<const char*> values;
  values.reserve(parameters.size());
  for (const auto& one : parameters) values.push_back(one ? one->c_str() : nullptr);
  PgRows rows(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                           values.data(), nullptr, nullptr, 0));
  const auto status = PQresultStatus(rows.result_.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return failure(rows.result_.get());
  return rows;
}

Status Postgres::run(const std::string& sql) {
  const PgRows rows(PQexec(connection_.get(), sql.c_str()));
  const auto status = PQresultStatus(rows.result_.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return failure(rows.result_.get());
  return {};
}

Status Postgres::begin_copy(const std::string& sql) {
  const PgRows rows(PQexec(connection_.get(), sql.c_str()));
  if (PQresultStatus(rows.result_.get()) != PGRES_COPY_IN) return failure(rows.result_.get());
  copying_ = true;
  return {};
}

Status Postgres::copy(std::string_view piece) {
  constexpr std::size_t kMost = 1 << 20;
  while (!piece.empty()) {
    const auto part = piece.substr(0, kMost);
    if (PQputCopyData(connection_.get(), part.data(), static_cast<int>(part.size())) != 1) {
      // The server's reason comes with the end of the copy.
      const auto ended = end_copy();
      return ended ? failure(nullptr) : ended;
    }
    piece.remove_prefix(part.size());
  }
  return {};
}

Status Postgres::end_copy() {
  copying_ = false;
  const bool sent = PQputCopyEnd(connection_.get(), nullptr) == 1;
  Status out;
  if (!sent) out = failure(nullptr);
  for (;;) {
    const PgRows rows(PQgetResult(connection_.get()));
    if (rows.result_ == nullptr) return out;
    if (PQresultStatus(rows.result_.get()) != PGRES_COMMAND_OK) out = failure(rows.result_.get());
  }
}

Result<PgTransaction> PgTransaction::begin(Postgres& server) {
  TRY_VOID(server.run("BEGIN"));
  return PgTransaction(server);
}

Status PgTransaction::commit() {
  // COMMIT of a transaction that failed answers without an error that it was rolled back.
  Postgres& server = *server_;
  const PgRows rows(PQexec(server.connection_.get(), "COMMIT"));
  if (PQresultStatus(rows.result_.get()) != PGRES_COMMAND_OK)
    return server.failure(rows.result_.get());
  server_ = nullptr;
  if (std::string_view(PQcmdStatus(rows.result_.get())) != "COMMIT")
    return error(Code::io, server.place() + ": the transaction was rolled back");
  return {};
}

PgTransaction::~PgTransaction() {
  if (server_ == nullptr) return;
  PGconn* connection = server_->connection_.get();
  if (server_->copying_) {
    server_->copying_ = false;
    (void)PQputCopyEnd(connection, "stopped");
    while (PGresult* rest = PQgetResult(connection)) PQclear(rest);
  }
  PQclear(PQexec(connection, "ROLLBACK"));
}

std::string pg_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string pg_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

}  // namespace rukun
