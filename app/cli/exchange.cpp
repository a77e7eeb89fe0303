// Exchange: folders and sticks, and bundles.
#include "app/cli/exchange_report.h"
#include "app/cli/records.h"

namespace rukun::cli {
namespace {

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
  out.line(given.at("FILE") + ": " + std::to_string(report.bytes_out) + " byte");
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
