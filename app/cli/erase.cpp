// Erasing personal data, and who has confirmed it.
#include "app/cli/session.h"
#include "app/domain/rules/titles.h"

namespace rukun::cli {
namespace {

constexpr const char* kOwedId =
    "  tersembunyi; cakram belum mau menimpa isinya, dicoba lagi setiap kali Rukun dibuka";
constexpr const char* kOwedEn =
    "  hidden; the disk has refused to overwrite its content, which is tried again whenever Rukun "
    "is opened";

Status status(Session& session, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  if (out.json()) out.document().array();
  std::size_t count = 0;
  for (const auto& space : spaces) {
    TRY(const auto erasures, engine->erasures(space.id));
    count += erasures.size();
    for (const auto& one : erasures) {
      const auto* kind = find_kind(one.kind);
      if (out.json()) {
        auto& json = out.document();
        json.object().pair("id", one.record.hex()).pair("kind", kind != nullptr ? kind->name : "");
        json.pair("space", space.id.hex()).pair("by", one.by_name).pair("reason", one.reason);
        json.flag("settled", one.settled).flag("dropped", one.dropped).flag("owed", one.owed);
        json.key("confirmed").array();
        for (const auto& name : one.confirmed) json.text(name);
        json.end_array().key("open").array();
        for (const auto& name : one.open) json.text(name);
        json.end_array().end_object();
      }
      out.line(std::string(kind != nullptr ? kind->label(out.language()) : "") + " " +
               one.record.hex().substr(0, 8) + ": " + one.reason + " (" + one.by_name + ")");
      out.line(one.dropped ? out.pick("  isinya sudah tidak ada di laptop ini",
                                      "  nothing of it is stored on this laptop any more")
               : one.owed  ? out.pick(kOwedId, kOwedEn)
                           : out.pick("  tersembunyi; isinya dibuang setelah semua ketua tahu",
                                      "  hidden; its content goes once every head knows"));
      std::string names;
      for (const auto& name : one.open) names += (names.empty() ? "" : ", ") + name;
      if (!names.empty())
        out.line(std::string(out.pick("  belum tahu: ", "  not heard of it yet: ")) + names);
    }
  }
  if (out.json()) out.document().end_array();
  if (count == 0) out.line(out.pick("Belum ada yang dihapus.", "Nothing has been erased."));
  return {};
}

void propose(Session& session, const FoundRecord& found, const std::vector<LinkedRecord>& linked,
             Projection& records, Output& out) {
  const auto showing = session.showing(found.space);
  if (out.json()) out.document().key("linked").array();
  if (!linked.empty())
    out.line(out.pick("Periksa juga yang terkait; di dalamnya mungkin ada nama orang yang sama:",
                      "Look at what is linked too; it may name the same person:"));
  for (const auto& one : linked) {
    const auto* kind = find_kind(one.kind);
    const auto title = record_title(records, found.space.number, one.record, showing);
    if (out.json()) {
      out.document().object().pair("id", one.record.hex());
      out.document().pair("kind", kind != nullptr ? kind->name : "").end_object();
    }
    out.line("  rukunctl erase " + one.record.hex().substr(0, 8) + "   " +
             std::string(kind != nullptr ? kind->label(out.language()) : "") + ": " +
             title.value_or(""));
  }
  if (out.json()) out.document().end_array();
}

Status erase(Session& session, const Arguments& given, Output& out) {
  if (given.at("ID") == "status") return status(session, out);
  const auto reason = given.find("--reason");
  if (!reason)
    return error(Code::bad_value,
                 std::string(session.pick("--reason: sebutkan alasannya", "--reason: say why")),
                 "rukunctl erase ID --reason TEXT");
  TRY(const auto found, session.record(given.at("ID")));
  TRY(auto* engine, session.engine());
  TRY(const auto linked, engine->linked(found.space.id, found.id));
  TRY(const auto progress, engine->erase(found.space.id, found.id, *reason));
  const bool dropped = progress == EraseProgress::gone;
  session.wrote();
  if (out.json()) {
    out.document().object().pair("erased", found.id.hex()).flag("dropped", dropped);
    out.document().flag("owed", progress == EraseProgress::owed);
  }
  if (progress == EraseProgress::owed)
    out.line(out.pick("Data disembunyikan; lihat rukunctl erase status:",
                      "Hidden; see rukunctl erase status:"));
  out.line(progress == EraseProgress::owed ? out.pick(kOwedId, kOwedEn)
           : dropped ? out.pick("Data dihapus. Isinya sudah tidak ada di laptop ini.",
                                "Erased. Nothing of it is stored on this laptop any more.")
                     : out.pick("Data disembunyikan. Isinya dibuang di tiap laptop setelah semua "
                                "ketua tahu: tukar data.",
                                "Hidden. Its content goes from each laptop once every head knows: "
                                "exchange data."));
  out.line(out.pick("Cadangan dan berkas yang dibuat sebelumnya tidak terjangkau.",
                    "Backups and files made earlier cannot be reached."));
  propose(session, found, linked, engine->records(), out);
  if (out.json()) out.document().end_object();
  return {};
}

}  // namespace

Commands erase_commands() {
  return {
      {"erase",
       "ID --reason TEXT | erase status",
       "menghapus data pribadi untuk selamanya di semua laptop; erase status: siapa sudah tahu",
       "erase personal data for good on every laptop; erase status: who has heard of it",
       {{"ID", Param::one, true, "catatan, atau status", "the record, or status"},
        {"--reason", Param::one, false,
         "alasan; dibaca semua anggota dan disimpan selamanya: jangan sebut nama orangnya",
         "why; every member reads it and it is kept for ever: do not name the person"}},
       erase},
  };
}

}  // namespace rukun::cli
