// How things stand: what has reached whom, and what was done lately.
#include "app/cli/records.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kLogLines = 200;

std::string counted(std::uint64_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what);
}

void print_status(const SpaceStatus& one, Output& out) {
  if (out.json()) {
    auto& json = out.document();
    json.object().pair("space", one.info.id.hex()).pair("name", one.info.name);
    json.count("records", one.records).count("transactions", one.transactions);
    json.count("waiting", one.waiting).count("masked", one.masked).count("unsent", one.unsent);
    json.key("reached").array();
    for (const auto& reached : one.reached) {
      json.object().pair("member", reached.member.hex()).pair("name", reached.name);
      json.count("seen", reached.seen).pair("last", rfc3339_utc(reached.last)).end_object();
    }
    json.end_array().end_object();
    return;
  }
  out.line(one.info.name + ": " + counted(one.records, out.pick("catatan", "records")) + ", " +
           counted(one.transactions, out.pick("tindakan", "actions")));
  if (one.unsent == 0) {
    out.line(out.pick("  Semua catatan Anda sudah sampai ke anggota lain.",
                      "  All that you wrote has reached another member."));
  } else {
    auto text = "  " + counted(one.unsent, out.pick("tindakan Anda belum sampai ke siapa pun",
                                                    "actions of yours have reached nobody"));
    if (one.oldest_unsent) {
      text += std::string(out.pick(", sejak ", ", since ")) +
              format_instant(*one.oldest_unsent, kWibOffset_min, out.language());
    }
    out.line(text);
  }
  if (one.waiting > 0) {
    out.line("  " + counted(one.waiting, out.pick("tindakan menunggu keanggotaan penulisnya tiba",
                                                  "actions wait for their authors' membership")));
  }
  if (one.masked > 0) {
    out.line("  " + counted(one.masked, out.pick("tindakan tidak berlaku menurut peran penulisnya",
                                                 "actions do not count, by their authors' roles")));
  }
  for (const auto& reached : one.reached) {
    out.line(std::string(out.pick("  Sampai ke ", "  Reached ")) + reached.name + ": " +
             std::to_string(reached.seen) + " (" +
             format_instant(reached.last, kWibOffset_min, out.language()) + ")");
  }
}

Status status(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  if (out.json()) {
    out.document().object().pair("member", engine->member().hex()).key("spaces").array();
  }
  for (const auto& space : spaces) {
    TRY(const auto one, engine->status(space.id));
    print_status(one, out);
  }
  if (out.json()) out.document().end_array().end_object();
  if (spaces.empty()) out.line(out.pick("Belum ada kelompok RT.", "There is no neighborhood yet."));
  return {};
}

Status log(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  std::optional<MemberId> member;
  if (const auto text = given.find("--member")) {
    TRY(member, session.member(*text));
  }
  TRY(const auto lines, engine->log(space.id, member, kLogLines));
  if (out.json()) out.document().array();
  for (const auto& one : lines) {
    if (out.json()) {
      out.document()
          .object()
          .pair("txn", one.txn.hex())
          .pair("by", one.by.hex())
          .pair("name", one.by_name);
      print_stamp(out.document(), "at", one.at);
      out.document().flag("own", one.own).key("records").array();
      for (const auto& [id, kind] : one.records) {
        const auto* spec = find_kind(kind);
        out.document().object().pair("id", id.hex());
        out.document().pair("kind",
                            spec == nullptr ? "#" + std::to_string(kind) : std::string(spec->name));
        out.document().end_object();
      }
      out.document().end_array().end_object();
      continue;
    }
    std::string what;
    for (const auto& [id, kind] : one.records) {
      what += (what.empty() ? "" : "; ") + title_of(*engine, space.id, id, out.language());
    }
    out.line(one.txn.hex().substr(0, 8) + "  " + stamp_text(one.at, out.language()) + "  " +
             one.by_name + "  " + what);
  }
  if (out.json()) out.document().end_array();
  return {};
}

}  // namespace

Commands progress_commands() {
  return {
      {"status",
       "",
       "keadaan: sudah sampai ke siapa saja",
       "how things stand: whom it has reached",
       {},
       status},
      {"log",
       "[--member ID]",
       "tindakan terakhir",
       "the latest actions",
       {{"--member", Param::one, false, "hanya dari anggota ini", "only this member's"}},
       log},
  };
}

}  // namespace rukun::cli
