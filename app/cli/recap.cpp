// The office's Rekap on the screen: needs of all neighborhoods by RT, item and so on, and exactly
// the records behind a line of it.
#include <algorithm>
#include <charconv>

#include "app/cli/session.h"
#include "app/domain/units.h"
#include "app/engine/access_log.h"
#include "app/report/recap_tables.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kUsualRecords = 200;
constexpr std::size_t kMostRecords = 1'000'000;

// A recap as it was asked for.
struct AskedRecap {
  std::vector<SpaceSource> sources;
  Consolidated sums;
  Recap recap;
  RecapBy by = RecapBy::rt;
  RecapWhere where;
};

std::string option_of(RecapBy by) { return "--" + std::string(name_of(by)); }

Result<RecapBy> read_by(const Arguments& given) {
  if (!given.has("--by")) return RecapBy::rt;
  for (const auto by : kRecapBy)
    if (name_of(by) == given.at("--by")) return by;
  return error(Code::bad_value, "--by: " + given.at("--by"),
               "rt, rw, category, item, urgency, group");
}

Result<std::size_t> read_most(const Arguments& given) {
  if (!given.has("--limit")) return kUsualRecords;
  const auto& text = given.at("--limit");
  std::size_t out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size() || out == 0 || out > kMostRecords)
    return error(Code::bad_value, "--limit: " + text, "1 ... 1000000");
  return out;
}

Result<AskedRecap> ask(Session& session, const Arguments& given) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  AskedRecap out;
  TRY(out.by, read_by(given));
  TRY(out.sources, sources_of(*engine, spaces));
  auto& world = session.world();
  const ConsolidatedOptions options{session.language(), world.clock.now(), 7, &world.items};
  TRY(out.sums, consolidated(engine->records(), out.sources, options));
  TRY(out.recap, Recap::load(engine->records(), out.sources, options));
  for (const auto by : kRecapBy) {
    if (!given.has(option_of(by))) continue;
    TRY(const auto* line, out.recap.find(by, given.at(option_of(by)), session.language()));
    out.where.emplace_back(by, line->key);
  }
  return out;
}

void print_amounts(Json& json, const NeedSums& shown) {
  json.pair("unit", shown.unit)
      .pair("needed", plain_text(NumberCell{shown.needed}))
      .pair("promised", plain_text(NumberCell{shown.promised}))
      .pair("delivered", plain_text(NumberCell{shown.delivered}))
      .pair("remaining", plain_text(NumberCell{shown.remaining}));
}

std::string_view state_name(Reported state) {
  return state == Reported::yes  ? "reported"
         : state == Reported::no ? "not_reported"
                                 : "nothing_needed";
}

void print_report(Json& json, const AskedRecap& asked, std::size_t source) {
  const auto& report = asked.sums.reports[source];
  const auto& last = asked.sources[source].last_exchange;
  json.pair("space", asked.sources[source].space.id.hex()).pair("state", state_name(report.state));
  if (report.last_mark) json.pair("last_report", iso_date(*report.last_mark));
  if (last) json.pair("last_exchange", rfc3339_utc(*last));
}

Status print_json(const AskedRecap& asked, const std::vector<RecapLine>& lines, Output& out) {
  auto& json = out.document().object();
  json.pair("by", name_of(asked.by)).key("lines").array();
  for (const auto& line : lines) {
    json.object().pair("key", line.key).pair("label", line.label);
    json.key("needs").number(line.count.needs).key("open").number(line.count.open);
    json.key("urgent").number(line.count.urgent).key("covered").number(line.count.covered);
    json.key("done").number(line.count.done);
    if (asked.by == RecapBy::item) print_amounts(json, in_larger_unit(line.sums));
    if (asked.by == RecapBy::rt) print_report(json, asked, line.source);
    json.end_object();
  }
  json.end_array().key("spaces").array();
  for (std::size_t i = 0; i < asked.sources.size(); ++i) {
    json.object().pair("name", asked.sources[i].space.name);
    print_report(json, asked, i);
    json.end_object();
  }
  json.end_array().end_object();
  return {};
}

std::string count_words(const RecapCount& count, const Output& out) {
  return std::to_string(count.needs) + std::string(out.pick(" kebutuhan, ", " needs, ")) +
         std::to_string(count.open) + std::string(out.pick(" belum terpenuhi", " still open")) +
         (count.urgent == 0 ? std::string()
                            : ", " + std::to_string(count.urgent) +
                                  std::string(out.pick(" mendesak", " urgent")));
}

Status print_lines_of(Session& session, const AskedRecap& asked,
                      const std::vector<RecapLine>& lines, Output& out) {
  const auto language = session.language();
  for (const auto& line : lines) {
    auto text = line.label + ": " + count_words(line.count, out);
    if (asked.by == RecapBy::item) {
      const auto shown = in_larger_unit(line.sums);
      text += std::string(out.pick("; sisa ", "; remaining ")) +
              display_text(NumberCell{shown.remaining}, language) +
              std::string(out.pick(" dari ", " of ")) +
              display_text(NumberCell{shown.needed}, language) + " " +
              unit_word(shown.unit, language);
    }
    if (asked.by == RecapBy::rt)
      text += "; " + state_of_line(asked.sums.reports[line.source], true, language);
    out.line(text);
  }
  // Whoever has no line has not been counted as zero.
  for (std::size_t i = 0; i < asked.sources.size(); ++i) {
    const auto state = asked.sums.reports[i].state;
    const bool listed =
        asked.by == RecapBy::rt &&
        std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return line.source == i; });
    if (!listed && state != Reported::yes)
      out.line(asked.sources[i].space.name + ": " + reported_words(state, language));
  }
  return {};
}

// Who wrote what, on which laptop, and when that was last heard of.
Status print_records(Session& session, const AskedRecap& asked, std::size_t most, Output& out) {
  TRY(auto* engine, session.engine());
  FormatContext showing(session.language());
  showing.items = &session.world().items;
  TRY_VOID(note_access(engine->local(), session.world().clock, Access::list, "recap", 0));
  TRY(const auto found, recap_records(*engine, asked.recap, asked.where, most, showing));
  TRY_VOID(note_access(engine->local(), session.world().clock, Access::list, "recap",
                       found.rows.size()));
  if (out.json()) {
    auto& json = out.document().array();
    for (const auto& row : found.rows) {
      json.object().pair("id", row.need.id.hex());
      json.pair("space", engine->records().space_of(row.need.place.space).hex());
      json.pair("place", row.place).pair("title", row.title);
      print_amounts(json, in_larger_unit(row.need.sums));
      json.pair("by", row.author).pair("device", row.device).pair("changed_by", row.changed_by);
      json.pair("changed", rfc3339_utc(row.changed));
      if (row.heard) json.pair("last_exchange", rfc3339_utc(*row.heard));
      json.end_object();
    }
    json.end_array();
  }
  for (const auto& row : found.rows)
    out.line(row.need.id.hex().substr(0, 8) + "  " + row.place + "  " + row.title + "  " +
             row.author + " (" + row.device + ")  " +
             std::string(out.pick("tukar data terakhir ", "last exchange ")) +
             (row.heard ? format_instant(*row.heard, kWibOffset_min, session.language())
                        : std::string(out.pick("laptop ini", "this laptop"))));
  if (found.more > 0)
    out.remark(std::to_string(found.more) +
               std::string(out.pick(" catatan lagi: --limit N", " more records: --limit N")));
  return {};
}

Status print_fits(const AskedRecap& asked, Language language, Output& out) {
  if (out.json()) {
    auto& json = out.document().array();
    for (const auto& fit : asked.recap.fits()) {
      json.object().pair("item", fit.item).pair("unit", fit.unit);
      json.pair("lacking_place", fit.lacking_label);
      json.pair("lacking", plain_text(NumberCell{fit.lacking}));
      if (!fit.having_label.empty())
        json.pair("offering_place", fit.having_label)
            .pair("offered", plain_text(NumberCell{fit.left}))
            .pair("could_give", plain_text(NumberCell{fit.could_give}));
      json.end_object();
    }
    json.end_array();
  }
  for (const auto& fit : asked.recap.fits()) {
    const auto unit = " " + unit_word(fit.unit, language) + " " + fit.item;
    const auto lacks = fit.lacking_label + std::string(out.pick(" kurang ", " lacks ")) +
                       display_text(NumberCell{fit.lacking}, language) + unit;
    out.line(fit.having_label.empty()
                 ? lacks + std::string(out.pick(": belum ada tawaran", ": nobody offers any"))
                 : lacks + ": " + fit.having_label + std::string(out.pick(" punya ", " has ")) +
                       display_text(NumberCell{fit.left}, language));
  }
  return {};
}

Status recap(Session& session, const Arguments& given, Output& out) {
  TRY(const auto most, read_most(given));
  if (given.has("--limit") && !given.has("--records"))
    return error(Code::bad_value, "--limit " + given.at("--limit"), "--records --limit N");
  TRY(const auto asked, ask(session, given));
  if (given.has("--records")) return print_records(session, asked, most, out);
  if (given.has("--fits")) {
    if (!asked.where.empty() || given.has("--by"))
      return error(Code::bad_value, "--fits", "rukunctl recap --fits");
    return print_fits(asked, session.language(), out);
  }
  TRY(auto* engine, session.engine());
  TRY(const auto lines, asked.recap.lines_where(engine->records(), asked.by, asked.where));
  return out.json() ? print_json(asked, lines, out) : print_lines_of(session, asked, lines, out);
}

}  // namespace

Commands recap_commands() {
  return {
      {"recap",
       "[--by rt|rw|category|item|urgency|group] [--rt RT] [--item ITEM] ... [--records] [--fits]",
       "rekap kebutuhan semua kelompok RT, dan catatan di balik tiap angka",
       "needs of all neighborhoods together, and the records behind each number",
       {{"--by", Param::one, false,
         "rt, rw, category (kategori), item (barang), urgency (kemendesakan), group (kelompok "
         "rentan); biasanya rt",
         "rt, rw, category, item, urgency, group (vulnerable groups); usually rt"},
        {"--rt", Param::one, false, "hanya RT ini: namanya atau awal namanya",
         "only this RT: its name, or how it begins"},
        {"--rw", Param::one, false, "hanya RW ini", "only this RW"},
        {"--category", Param::one, false, "hanya kategori ini", "only this category"},
        {"--item", Param::one, false, "hanya barang ini", "only this item"},
        {"--urgency", Param::one, false, "hanya kemendesakan ini", "only this urgency"},
        {"--group", Param::one, false,
         "hanya keluarga dengan: infants, elderly, disabled, pregnant",
         "only households with: infants, elderly, disabled, pregnant"},
        {"--records", Param::flag, false,
         "catatan di balik angka: RT, siapa yang mencatat, di laptop mana, kapan terakhir tukar "
         "data",
         "the records behind the number: RT, who recorded it, on which laptop, last exchange"},
        {"--limit", Param::one, false, "paling banyak sekian catatan; biasanya 200",
         "at most so many records; usually 200"},
        {"--fits", Param::flag, false, "apa yang kurang di satu RT dan ditawarkan di RT lain",
         "what one RT lacks and another has been offered"}},
       recap},
  };
}

}  // namespace rukun::cli
