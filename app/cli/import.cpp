// Spreadsheets in: good rows are applied, bad ones listed, nothing is asked.
#include <algorithm>

#include "app/cli/chat.h"
#include "app/cli/session.h"
#include "app/engine/importer.h"
#include "app/engine/opensid_import.h"
#include "app/report/spreadsheet.h"
#include "platform/process.h"

namespace rukun::cli {
namespace {

constexpr std::uint64_t kRowsBetweenWords = 10'000;
constexpr std::uint64_t kStepsBetweenWords = 40;  // about as many rows
constexpr std::size_t kHeadingsSaid = 10;

Result<ImportOptions> read_options(const Arguments& given, Language language) {
  ImportOptions options;
  options.language = language;
  options.dry_run = given.has("--dry-run");
  for (const auto& text : given.all("--map")) {
    const auto at = text.rfind('=');
    if (at == std::string::npos || at == 0) {
      return error(Code::bad_value, "--map: " + text, "--map HEADING=field");
    }
    options.map.emplace_back(text.substr(0, at), text.substr(at + 1));
  }
  return options;
}

Result<ImportSource> read_file(Session& session, const Arguments& given, SpreadsheetWish wish) {
  wish.sheet = given.at("--sheet");
  wish.language = session.language();
  const auto& file = given.at("FILE");
  TRY(auto bytes, session.world().files.read_file(file, kMostSpreadsheetBytes));
  return open_spreadsheet(std::move(bytes), file, wish);
}

// A sheet may have 16,384 columns.
void print_ignored(const std::vector<std::string>& headings, Output& out) {
  for (std::size_t i = 0; i < std::min(headings.size(), kHeadingsSaid); ++i)
    out.remark(headings[i] +
               std::string(out.pick(": kolom ini tidak dikenal, dilewati; bila ada isiannya: "
                                    "--map '",
                                    ": this column is not known, left out; if there is a field for "
                                    "it: --map '")) +
               headings[i] + "=" + std::string(out.pick("ISIAN'", "FIELD'")));
  if (headings.size() > kHeadingsSaid)
    out.remark(std::to_string(headings.size() - kHeadingsSaid) +
               std::string(out.pick(" kolom lagi tidak dikenal, dilewati",
                                    " more columns are not known, left out")));
}

void print_stop(const ImportReport& report, Output& out) {
  if (report.id.empty()) {
    out.remark(out.pick("Dihentikan: tidak ada yang disimpan.", "Stopped: nothing was stored."));
    return;
  }
  std::string words(out.pick("Dihentikan", "Stopped"));
  if (report.taken_to > 0)
    words +=
        std::string(out.pick(" setelah baris ", " after row ")) + std::to_string(report.taken_to);
  out.remark(words + std::string(out.pick(
                         ": yang terhitung di atas tersimpan utuh, sisanya belum. Perintah yang "
                         "sama melanjutkannya; import undo mengurungkan yang tersimpan.",
                         ": what is counted above is stored whole, the rest is not. The same "
                         "command goes on with it; import undo takes back what is stored.")));
}

void print_report(const ImportReport& report, Output& out) {
  if (out.json()) {
    auto& json = out.document();
    json.object()
        .pair("import", report.id)
        .count("new", report.fresh)
        .count("changed", report.changed);
    json.count("same", report.same).key("refused").array();
    for (const auto& one : report.refused) {
      json.object()
          .count("row", one.row)
          .pair("column", one.column)
          .pair("code", name_of(one.error.code));
      json.pair("message", sentence(one.error, out.language())).end_object();
    }
    json.end_array();
    if (report.stopped) json.count("stopped_after", report.taken_to);
    json.end_object();
  }
  out.line(std::to_string(report.fresh) + std::string(out.pick(" baru, ", " new, ")) +
           std::to_string(report.changed) + std::string(out.pick(" berubah, ", " changed, ")) +
           std::to_string(report.same) + std::string(out.pick(" sama, ", " the same, ")) +
           std::to_string(report.refused.size()) + std::string(out.pick(" ditolak.", " refused.")));
  for (const auto& one : report.refused) {
    out.line(std::string(out.pick("  baris ", "  row ")) + std::to_string(one.row) +
             (one.column.empty() ? "" : ", " + one.column) + ": " +
             sentence(one.error, out.language()));
  }
  print_ignored(report.ignored, out);
  for (const auto& remark : report.remarks) out.remark(remark);
  if (report.stopped) print_stop(report, out);
  if (!report.id.empty()) {
    out.line(std::string(out.pick("Dapat diurungkan: rukunctl import undo ",
                                  "Can be undone: rukunctl import undo ")) +
             report.id);
  }
}

Status undo(Session& session, const std::string& id, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  const StopSignal stop;
  const auto undone =
      undo_import(*engine, space.id, id, [&](std::uint64_t steps, std::uint64_t of) {
        if (steps > 0 && steps % kStepsBetweenWords == 0)
          out.remark(std::to_string(steps) + std::string(out.pick(" dari ", " of ")) +
                     std::to_string(of) +
                     std::string(out.pick(" langkah diurungkan", " steps undone")));
        return !stop.asked();
      });
  session.wrote();  // also what was taken back before it failed
  if (!undone) return tl::make_unexpected(undone.error());
  if (out.json()) {
    auto& json = out.document().object().count("undone", undone->steps);
    if (undone->stopped) json.count("of", undone->of);
    json.end_object();
  }
  if (!undone->stopped) {
    out.line(out.pick("Impor diurungkan.", "The import was undone."));
    return {};
  }
  out.remark(std::string(out.pick("Dihentikan: ", "Stopped: ")) + std::to_string(undone->steps) +
             std::string(out.pick(" dari ", " of ")) + std::to_string(undone->of) +
             std::string(out.pick(" langkah sudah diurungkan. Perintah yang sama mengurungkan "
                                  "sisanya.",
                                  " steps are undone. The same command undoes the rest.")));
  out.ends_with(kNotDone);
  return {};
}

using Importing = std::function<Result<ImportReport>(Engine&, const SpaceInfo&)>;

// Says how far it is, and can be stopped.
Status run_import(Session& session, Output& out, ImportOptions& options, const Importing& how) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  const StopSignal stop;
  std::uint64_t told = 0;
  options.watch = [&](std::uint64_t rows) {
    if (rows / kRowsBetweenWords > told) {
      told = rows / kRowsBetweenWords;
      out.remark(std::to_string(rows) + std::string(out.pick(" baris dibaca", " rows read")));
    }
    return !stop.asked();
  };
  TRY(const auto report, how(*engine, space));
  if (!report.id.empty()) session.wrote();
  print_report(report, out);
  if (!report.refused.empty()) out.ends_with(kRefused);
  if (report.stopped) out.ends_with(kNotDone);
  return {};
}

Status opensid(Session& session, const Arguments& given, Output& out) {
  TRY(auto options, read_options(given, session.language()));
  if (!options.map.empty())
    return error(Code::bad_value, "import opensid --map",
                 std::string(session.pick("judul kolom OpenSID sudah dikenal",
                                          "the headings of OpenSID are known")));
  TRY(const auto source,
      read_file(session, given, {.known = known_opensid_headings, .skipped = {"Kode Data"}}));
  for (const auto& remark : source.remarks) out.remark(remark);
  return run_import(session, out, options, [&](Engine& engine, const SpaceInfo& space) {
    return import_opensid(engine, space, source, options);
  });
}

Status import(Session& session, const Arguments& given, Output& out) {
  const auto& what = given.at("KIND");
  if (what == "undo") return undo(session, given.at("FILE"), out);
  if (!given.has("FILE")) return error(Code::bad_value, "import", "import KIND FILE");
  if (what == "chat") return import_chat_file(session, given, out);
  if (what == "opensid") return opensid(session, given, out);
  TRY(const auto* kind, session.kind(what));
  TRY(auto options, read_options(given, session.language()));
  TRY(const auto source,
      read_file(session, given, {.known = [&](const std::vector<std::string>& headings) {
                  return known_headings(*kind, options, headings);
                }}));
  for (const auto& remark : source.remarks) out.remark(remark);
  return run_import(session, out, options, [&](Engine& engine, const SpaceInfo& space) {
    return import_rows(engine, space, *kind, source, options);
  });
}

}  // namespace

Commands import_commands() {
  return {
      {"import",
       "KIND FILE [--sheet NAME] [--map HEADING=field]... [--dry-run] | import opensid FILE | "
       "import chat FILE|- [--dry-run] | import undo [ID]",
       "membaca tabel XLSX atau CSV; opensid: lembar penduduk OpenSID, keluarga dan warga "
       "sekaligus; chat: kebutuhan dari chat; undo mengurungkannya",
       "read an XLSX or CSV table; opensid: the population sheet of OpenSID, families and "
       "residents at once; chat: needs from a chat; undo takes one back",
       {{"KIND", Param::one, true, "jenis catatan, opensid, chat (satu kebutuhan per baris), undo",
         "the kind, opensid, chat (one need a line), or undo"},
        {"FILE", Param::one, false,
         "berkas XLSX atau CSV; untuk chat: berkas teks atau -; untuk undo: id impor",
         "the XLSX or CSV file; for chat: a text file or -; for undo: the import's id"},
        {"--sheet", Param::one, false,
         "lembar yang dibaca; jika tidak: yang pertama dengan judul kolom yang dikenal",
         "the sheet to read; else the first with headings that are known"},
        {"--map", Param::many, false, "judul kolom=isian; isian kosong: lewati",
         "heading=field; an empty field leaves it out"},
        {"--dry-run", Param::flag, false, "hanya menghitung, tidak menyimpan",
         "only count, store nothing"}},
       import},
  };
}

}  // namespace rukun::cli
