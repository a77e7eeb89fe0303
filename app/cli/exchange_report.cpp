#include "app/cli/exchange_report.h"

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
      const auto said = said_in(out.language(), one.error);
      out.document().pair("message", said.message).pair("hint", said.hint).end_object();
    }
    out.document().end_array();
  }
  for (const auto& one : report.refused) {
    out.line(std::string(out.pick("Ditolak: ", "Refused: ")) + one.input + ": " +
             sentence(one.error, out.language()));
  }
}

}  // namespace

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
    if (one.lacks == 0)
      out.line(std::string(out.pick("Sampai ke ", "Reached ")) + one.name);
    else
      out.line(std::string(out.pick("Belum sampai ke ", "Not yet with ")) + one.name + ": " +
               counted(one.lacks, out.pick("tindakan", "actions")));
  }
  for (const auto& one : report.many_deleted) {
    out.line(std::string(out.pick("Periksa: ", "Look at this: ")) + std::to_string(one.deleted) +
             std::string(out.pick(" dari ", " of ")) + std::to_string(one.before) + " " +
             std::string(kind_of(one.kind).label(out.language())) +
             std::string(out.pick(" dihapus oleh orang lain.", " were deleted by others.")));
  }
}

void finish_exchange(const ExchangeReport& report, Output& out) {
  print_refused(report, out);
  if (!report.refused.empty()) out.ends_with(kRefused);
}

}  // namespace rukun::cli
