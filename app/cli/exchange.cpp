// Exchange: folders and sticks, and bundles.
#include "app/cli/records.h"

namespace rukun::cli {
namespace {

std::string counted(std::uint64_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what);
}

void print_refused(const ExchangeReport& report, Output& out) {
  if (out.json()) {
    out.document().key("refused").array();
    for (const auto& one : report.refused) {
      out.document().object().pair("input", one.input).pair("code", name_of(one.error.code));
      out.document().pair("message", one.error.message).pair("hint", one.error.hint).end_object();
    }
    out.document().end_array();
  }
  for (const auto& one : report.refused) {
    out.line(std::string(out.pick("Ditolak: ", "Refused: ")) + one.input + ": " +
             sentence(one.error));
  }
}

void print_exchange_json(Json& json, const ExchangeReport& report) {
  json.key("spaces").array();
  for (const auto& one : report.spaces) {
    json.object().pair("space", one.space.hex()).count("sent", one.sent);
    json.count("received", one.received).count("waiting", one.waiting).end_object();
  }
  json.end_array();
  if (!report.many_deleted.empty()) {
    json.key("many_deleted").array();
    for (const auto& one : report.many_deleted) {
      json.object().pair("space", one.space.hex()).pair("kind", kind_of(one.kind).name);
      json.count("deleted", one.deleted).count("before", one.before).end_object();
    }
    json.end_array();
  }
  json.count("bytes_out", report.bytes_out).count("bytes_in", report.bytes_in);
  json.key("reached").array();
  for (const auto& one : report.reached) {
    json.object().pair("member", one.member.hex()).pair("name", one.name).end_object();
  }
  json.end_array();
}

void print_exchange_text(const ExchangeReport& report, Output& out) {
  std::uint64_t received = 0, sent = 0;
  MergeReport merged;
  for (const auto& one : report.spaces) {
    received += one.received;
    sent += one.sent;
    merged.made += one.merged.made;
    merged.changed += one.merged.changed;
    merged.deleted += one.merged.deleted;
    merged.conflicts += one.merged.conflicts;
  }
  out.line(
      counted(merged.made, out.pick("baru", "new")) + ", " +
      counted(merged.changed, out.pick("berubah", "changed")) + ", " +
      (merged.deleted > 0 ? counted(merged.deleted, out.pick("dihapus", "deleted")) + ", " : "") +
      counted(merged.conflicts, out.pick("perlu diputuskan.", "to decide.")));
  out.line(std::string(out.pick("Tindakan diterima: ", "Actions received: ")) +
           std::to_string(received) + std::string(out.pick(", dikirim: ", ", sent: ")) +
           std::to_string(sent));
  for (const auto& one : report.reached) {
    out.line(std::string(out.pick("Sampai ke ", "Reached ")) + one.name);
  }
  for (const auto& one : report.many_deleted) {
    out.line(std::string(out.pick("Periksa: ", "Look at this: ")) + std::to_string(one.deleted) +
             std::string(out.pick(" dari ", " of ")) + std::to_string(one.before) + " " +
             std::string(kind_of(one.kind).label(out.language())) +
             std::string(out.pick(" dihapus oleh orang lain.", " were deleted by others.")));
  }
}

// Refused parts make it exit 4, though the rest was taken.
void finish_exchange(const ExchangeReport& report, Output& out) {
  print_refused(report, out);
  if (!report.refused.empty()) out.ends_with(kRefused);
}

Status sync_folder(Session& session, const Arguments& given, Output& out) {
  const Path folder(given.at("DIR"));
  TRY(const bool there, session.world().files.exists(folder));
  if (!there) {
    return error(
        Code::not_found,
        folder.string() + std::string(out.pick(": folder ini tidak ada", ": no such folder")),
        std::string(out.pick("pasang flashdisk, atau buat foldernya dulu",
                             "plug in the stick, or make the folder first")));
  }
  TRY(auto* engine, session.engine());
  TRY(const auto report, engine->sync_folder(folder));
  session.wrote();
  if (out.json()) {
    out.document().object();
    print_exchange_json(out.document(), report);
  }
  print_exchange_text(report, out);
  finish_exchange(report, out);
  if (out.json()) out.document().flag("safe_to_remove", report.safe_to_remove).end_object();
  out.line(report.safe_to_remove ? out.pick("Aman dicabut.", "Safe to remove.")
                                 : out.pick("Jangan dicabut dulu: belum semua terbaca kembali.",
                                            "Do not remove it yet: not all could be read back."));
  return {};
}

Status bundle_export(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  std::optional<MemberId> reader;
  if (const auto text = given.find("--for")) {
    TRY(reader, session.member(*text));
  }
  std::optional<SpaceId> only;
  if (!session.globals().space.empty()) {
    TRY(const auto space, session.space());
    only = space.id;
  }
  TRY(const auto report, engine->export_bundle(given.at("FILE"), reader, only));
  if (out.json()) {
    out.document()
        .object()
        .pair("file", given.at("FILE"))
        .count("bytes", report.bytes_out)
        .end_object();
  }
  out.line(given.at("FILE") + ": " + counted(report.bytes_out, "byte"));
  return {};
}

Status bundle_import(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  ExchangeReport all;
  for (const auto& file : given.all("FILE")) {
    auto report = engine->import_bundle(file);
    if (!report) {
      const bool refusal = exit_of(report.error().code) == kRefused;
      if (!refusal || given.all("FILE").size() == 1) return tl::make_unexpected(report.error());
      all.refused.push_back({file, report.error()});
      continue;
    }
    session.wrote();
    all.bytes_in += report->bytes_in;
    for (auto& one : report->spaces) all.spaces.push_back(std::move(one));
    for (auto& one : report->reached) all.reached.push_back(std::move(one));
    for (auto& one : report->refused) all.refused.push_back(std::move(one));
    for (const auto& one : report->many_deleted) all.many_deleted.push_back(one);
  }
  if (out.json()) {
    out.document().object();
    print_exchange_json(out.document(), all);
  }
  print_exchange_text(all, out);
  finish_exchange(all, out);
  if (out.json()) out.document().end_object();
  return {};
}

}  // namespace

Commands exchange_commands() {
  return {
      {"sync folder",
       "DIR",
       "menukar data lewat folder atau flashdisk",
       "exchange through a folder or stick",
       {{"DIR", Param::one, true, "folder yang sudah ada", "a folder that exists"}},
       sync_folder},
      {"bundle export",
       "FILE [--for MEMBER]",
       "menulis satu berkas untuk dibawa",
       "write one file to carry",
       {{"FILE", Param::one, true, "berkas .rukun", "the .rukun file"},
        {"--for", Param::one, false, "hanya yang belum dimiliki anggota ini",
         "only what this member lacks"}},
       bundle_export},
      {"bundle import",
       "FILE ...",
       "membaca berkas yang diterima",
       "read files that were received",
       {{"FILE", Param::many, true, "berkas .rukun", "the .rukun files"}},
       bundle_import},
  };
}

}  // namespace rukun::cli
