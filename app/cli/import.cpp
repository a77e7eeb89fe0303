// Spreadsheets in: good rows are applied, bad ones listed, nothing is asked.
#include "app/cli/chat.h"
#include "app/cli/session.h"
#include "app/engine/importer.h"
#include "app/report/csv.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kMostFile = 256 * 1024 * 1024;

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

Result<ImportTable> read_table(Session& session, const std::string& file) {
  TRY(const auto bytes, session.world().files.read_file(file, kMostFile));
  TRY(auto rows, read_csv(text_of(bytes)));
  ImportTable table;
  if (rows.empty()) {
    return error(Code::bad_value, file + std::string(session.pick(": kosong", ": is empty")));
  }
  table.headings = std::move(rows.front().cells);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    // A row of hashtags under the headings is for programs.
    const auto first = std::find_if(rows[i].cells.begin(), rows[i].cells.end(),
                                    [](const std::string& cell) { return !cell.empty(); });
    if (i == 1 && first != rows[i].cells.end() && first->starts_with('#')) continue;
    table.rows.push_back({rows[i].number, std::move(rows[i].cells)});
  }
  return table;
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
    json.end_array().end_object();
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
  for (const auto& heading : report.ignored) {
    out.remark(heading + std::string(out.pick(": kolom ini tidak dikenal, dilewati",
                                              ": this column is not known, left out")));
  }
  if (!report.id.empty()) {
    out.line(std::string(out.pick("Dapat diurungkan: rukunctl import undo ",
                                  "Can be undone: rukunctl import undo ")) +
             report.id);
  }
}

Status undo(Session& session, const std::string& id, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto count, undo_import(*engine, space.id, id));
  session.wrote();
  if (out.json()) out.document().object().count("undone", count).end_object();
  out.line(out.pick("Impor diurungkan.", "The import was undone."));
  return {};
}

Status import(Session& session, const Arguments& given, Output& out) {
  if (given.at("KIND") == "undo") return undo(session, given.at("FILE"), out);
  if (given.at("KIND") == "chat") return import_chat_file(session, given, out);
  TRY(const auto* kind, session.kind(given.at("KIND")));
  if (!given.has("FILE")) return error(Code::bad_value, "import", "import KIND FILE.csv");
  TRY(const auto options, read_options(given, session.language()));
  TRY(const auto table, read_table(session, given.at("FILE")));
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto report, import_rows(*engine, space, *kind, table, options));
  if (!report.id.empty()) session.wrote();
  print_report(report, out);
  if (!report.refused.empty()) out.ends_with(kRefused);
  return {};
}

}  // namespace

Commands import_commands() {
  return {
      {"import",
       "KIND FILE.csv [--map HEADING=field]... [--dry-run] | import chat FILE|- [--dry-run] | "
       "import undo [ID]",
       "membaca tabel CSV, atau kebutuhan dari chat; import undo [ID] mengurungkannya",
       "read a CSV table, or needs from a chat; import undo [ID] takes one back",
       {{"KIND", Param::one, true, "jenis catatan, chat (satu kebutuhan per baris) atau undo",
         "the kind, chat (one need a line) or undo"},
        {"FILE", Param::one, false,
         "berkas CSV; untuk chat: berkas teks atau -; untuk undo: id impor",
         "the CSV file; for chat: a text file or -; for undo: the import's id"},
        {"--map", Param::many, false, "judul kolom=isian; isian kosong: lewati",
         "heading=field; an empty field leaves it out"},
        {"--dry-run", Param::flag, false, "hanya menghitung, tidak menyimpan",
         "only count, store nothing"}},
       import},
  };
}

}  // namespace rukun::cli
