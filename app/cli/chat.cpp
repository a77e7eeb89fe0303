#include "app/cli/chat.h"

#include "app/cli/report_where.h"
#include "app/engine/access_log.h"
#include "app/engine/chat_import.h"
#include "app/report/chat_list.h"

namespace rukun::cli {
namespace {

Result<std::string> read_all(Session& session, const std::string& file) {
  if (file != "-") {
    TRY(const auto bytes, session.world().files.read_file(file, kMostChatBytes + 1));
    return std::string(text_of(bytes));
  }
  std::string out;
  char piece[4096];
  auto& in = session.world().in;
  while (out.size() <= kMostChatBytes && (in.read(piece, sizeof piece), in.gcount() > 0))
    out.append(piece, static_cast<std::size_t>(in.gcount()));
  return out;
}

std::string remarks_of(const ChatNeed& one, Language language) {
  std::string out;
  for (const auto& remark : one.remarks) out += "; " + remark.in(language);
  return out;
}

void print_json(const ChatImport& done, Output& out) {
  auto& json = out.document();
  const auto& report = done.report;
  json.object().pair("import", report.id).count("new", report.fresh);
  json.count("changed", report.changed).count("same", report.same).key("refused").array();
  for (const auto& one : report.refused) {
    json.object().count("row", one.row).pair("column", one.column);
    json.pair("code", name_of(one.error.code)).pair("message", sentence(one.error, out.language()));
    const auto text = done.texts.find(one.row);
    json.pair("text", text == done.texts.end() ? std::string() : text->second).end_object();
  }
  json.end_array().key("understood").array();
  for (const auto& one : done.understood) {
    json.object().count("row", one.row).pair("text", one.text).pair("need", one.goods);
    json.pair("for", one.whom);
    if (one.household) json.pair("household", one.household->hex());
    if (one.resident) json.pair("resident", one.resident->hex());
    json.key("remarks").array();
    for (const auto& remark : one.remarks) json.text(remark.in(out.language()));
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

void print_lines(const ChatImport& done, bool dry_run, Output& out) {
  const auto row = std::string(out.pick("  baris ", "  line "));
  for (const auto& one : done.understood) {
    const auto whom = one.whom.empty() ? std::string(out.pick("untuk seluruh RT", "whole RT"))
                      : one.household || one.resident
                          ? std::string(out.pick("untuk ", "for ")) + one.whom
                          : std::string(out.pick("untuk (teks) ", "for (text) ")) + one.whom;
    out.line(row + std::to_string(one.row) + ": " + one.text + "  ->  " + one.goods + ", " + whom +
             remarks_of(one, out.language()));
  }
  for (const auto& one : done.report.refused) {
    const auto text = done.texts.find(one.row);
    out.line(row + std::to_string(one.row) + ": " +
             (one.column.empty() && text != done.texts.end() ? text->second : one.column) +
             "  ->  " + std::string(out.pick("tidak diambil: ", "not taken: ")) +
             sentence(one.error, out.language()));
  }
  const auto& report = done.report;
  const auto count = [](std::uint64_t number, std::string_view what) {
    return std::to_string(number) + std::string(what);
  };
  out.line(count(report.fresh, out.pick(" baru, ", " new, ")) +
           count(report.same, out.pick(" sudah ada, ", " known, ")) +
           count(report.refused.size(), out.pick(" tidak diambil.", " not taken.")));
  if (dry_run)
    out.line(out.pick("Belum ada yang disimpan; ulangi tanpa --dry-run.",
                      "Nothing is stored yet; repeat it without --dry-run."));
  if (!report.id.empty()) {
    out.line(std::string(out.pick("Tersimpan di sini. Dapat diurungkan: rukunctl import undo ",
                                  "Stored here. Can be undone: rukunctl import undo ")) +
             report.id);
  }
}

// Between the messages, for whoever copies them one by one.
std::string cut_mark(std::size_t next, std::size_t all, Language language) {
  return "\n----- " +
         std::string(pick(language, "salin pesan berikut ", "copy the next message ")) +
         std::to_string(next) + "/" + std::to_string(all) + " -----\n\n";
}

Status write_text(Session& session, const Path& file, const std::string& text) {
  TRY(auto writer, session.world().files.open_writer(file, WriteAs::replacement));
  TRY_VOID(writer->write(view(text)));
  return writer->finish();
}

}  // namespace

Status import_chat_file(Session& session, const Arguments& given, Output& out) {
  if (!given.has("FILE")) {
    return error(
        Code::bad_value, "import chat: FILE",
        std::string(out.pick("nama berkas, atau - untuk stdin", "a file's name, or - for stdin")));
  }
  TRY(const auto text, read_all(session, given.at("FILE")));
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  ImportOptions options;
  options.language = session.language();
  options.dry_run = given.has("--dry-run");
  TRY(const auto done, import_chat(*engine, space, text, options));
  if (!done.report.id.empty()) session.wrote();
  if (out.json()) print_json(done, out);
  print_lines(done, options.dry_run, out);
  if (!done.report.refused.empty()) out.ends_with(kRefused);
  return {};
}

Status needs_as_text(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  auto& world = session.world();
  ChatListOptions options{.language = session.language(),
                          .for_public = given.has("--public"),
                          .items = &world.items,
                          .now = world.clock.now()};
  TRY(options.only, only_where(session, given, "needs"));
  TRY(const auto list, needs_for_chat(engine->records(), spaces, options));
  // Before anything is shown: what was opened is on record even if the pipe breaks.
  TRY_VOID(note_access(engine->local(), world.clock, Access::report, "needs", list.needs));
  std::string text;
  for (std::size_t i = 0; i < list.messages.size(); ++i) {
    if (i > 0) text += cut_mark(i + 1, list.messages.size(), session.language());
    text += list.messages[i];
  }
  const bool to_file = given.has("--out") && given.at("--out") != "-";
  const Path file(given.at("--out"));
  if (list.not_public > 0) {
    out.remark(
        std::to_string(list.not_public) +
        std::string(out.pick(
            " kebutuhan hanya untuk anggota, tidak ikut; agar ikut: rukunctl set ID privacy=public",
            " needs are for members only and left out; to put one in: rukunctl set ID "
            "privacy=public")));
  }
  if (to_file) TRY_VOID(write_text(session, file, text));
  if (out.json()) {
    auto& json = out.document().object();
    if (to_file) json.pair("file", file.string());
    json.count("rows", list.needs).key("messages").array();
    for (const auto& message : list.messages) json.text(message);
    json.end_array().end_object();
  } else if (to_file) {
    out.line(file.string() + ": " + std::to_string(list.needs) +
             std::string(out.pick(" kebutuhan, ", " needs, ")) +
             std::to_string(list.messages.size()) + std::string(out.pick(" pesan", " messages")));
  } else {
    out.raw(text);
  }
  return {};
}

}  // namespace rukun::cli
