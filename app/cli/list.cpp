// Records of a kind: filtered, searched, sorted; as a table, JSON or CSV.
#include <algorithm>
#include <filesystem>

#include "app/cli/filter.h"
#include "app/cli/print.h"
#include "app/cli/records.h"
#include "app/engine/access_log.h"
#include "app/engine/authors.h"
#include "app/report/csv.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kTableColumns = 10;
constexpr std::size_t kLeastDeclared = 6;  // of these, though much may be derived
constexpr std::size_t kCellWidth = 28;

enum class ListFormat : std::uint8_t { table, json, csv, xlsx };

struct Listing {
  std::vector<SpaceInfo> spaces;
  Query query;
  std::vector<Filter> filters;  // beyond the query
  Order order;
  std::size_t limit = ~std::size_t{0};
  bool linked = false;               // also those that another record stands for
  const FieldSpec* valid = nullptr;  // only what is valid now is shown, unless asked otherwise
  ListFormat format = ListFormat::table;
  RecordForm form;
  Derived derived;
};

using RowUse = std::function<Status(const Row&)>;

Result<std::size_t> read_limit(std::string_view text) {
  std::size_t out = 0;
  bool fine = !text.empty() && text.size() < 10;
  for (const char c : text) {
    fine = fine && c >= '0' && c <= '9';
    out = out * 10 + static_cast<std::size_t>(c - '0');
  }
  if (!fine) return error(Code::bad_value, "--limit: " + std::string(text), "0, 1, 2 ...");
  return out;
}

Result<ListFormat> read_list_format(const Arguments& given, bool json) {
  const auto text = given.find("--format");
  if (!text) return json ? ListFormat::json : ListFormat::table;
  if (*text == "table") return json ? ListFormat::json : ListFormat::table;
  if (*text == "json") return ListFormat::json;
  if (*text == "csv") return ListFormat::csv;
  if (*text == "xlsx") return ListFormat::xlsx;
  return error(Code::bad_value, "--format: " + std::string(*text), "table, json, csv, xlsx");
}

Result<std::vector<SpaceInfo>> spaces_meant(Session& session, bool all) {
  if (all) {
    session.set_space("");
    return session.spaces();
  }
  TRY(auto space, session.space());
  return std::vector<SpaceInfo>{std::move(space)};
}

// Notices and deadlines that are past are left out, unless somebody asks about them.
void leave_out_expired(Listing& list, const Arguments& given) {
  const auto* valid = find_derived(list.query.kind, "valid");
  if (valid == nullptr || given.has("--all") || list.query.deleted) return;
  const bool asked = std::any_of(list.filters.begin(), list.filters.end(),
                                 [&](const Filter& filter) { return filter.field == valid; });
  if (!asked) list.valid = valid;
}

Result<Listing> read_listing(Session& session, const Arguments& given, Output& out) {
  Listing list;
  TRY(const auto* kind, session.kind(given.at("KIND")));
  TRY(list.format, read_list_format(given, out.json()));
  TRY(list.order, read_order(*kind, given.at("--sort"), session.language()));
  if (const auto limit = given.find("--limit")) {
    TRY(list.limit, read_limit(*limit));
  }
  TRY(auto* engine, session.engine());
  TRY(list.spaces, spaces_meant(session, given.has("--all-spaces")));
  for (const auto& space : list.spaces) list.query.spaces.push_back(space.number);
  list.query.kind = kind->id;
  list.query.search = given.at("--search");
  list.query.deleted = given.has("--deleted");
  // A file is whole: what it leads to may be what another record stands for.
  const bool into_file = given.has("--out");
  list.linked = given.has("--linked") || list.query.deleted || into_file;
  const auto reading = session.reading_anywhere();
  for (const auto& text : given.all("--where")) {
    TRY(auto filter, read_filter(*kind, text, reading));
    if (is_for_query(filter) && !list.query.deleted) {
      list.query.where.push_back({filter.field->id, filter.compare, filter.value});
    } else {
      list.filters.push_back(std::move(filter));
    }
  }
  if (list.order.field != nullptr && !list.order.derived) list.query.sort = list.order.field->id;
  list.query.descending = list.order.descending && !list.order.derived;
  if (!into_file) leave_out_expired(list, given);
  TRY(list.derived,
      Derived::load(engine->records(), list.query.spaces, kind->id, derived_context(*engine)));
  const bool some_hidden = list.valid != nullptr || (!list.linked && list.derived.any_merged());
  if (list.filters.empty() && !list.order.derived && !some_hidden) list.query.limit = list.limit;
  list.form = {kind, engine->records().table(kind->id), nullptr};
  return list;
}

bool is_expired(const Listing& list, const Row& row) {
  return list.valid != nullptr && list.derived.value_of(row, *list.valid) == Value{std::int64_t{0}};
}

Status each_row(Session& session, const Listing& list, const RowUse& use) {
  if (list.spaces.empty()) return {};
  TRY(auto* engine, session.engine());
  const auto showing = session.showing(list.spaces.front());
  std::size_t left = list.limit;
  std::vector<Row> held;
  TRY_VOID(engine->records().each_row(list.query, [&](Row& row) -> Result<bool> {
    if (!list.linked && list.derived.merged_into(row.space, row.id)) return true;
    if (is_expired(list, row)) return true;
    for (const auto& filter : list.filters) {
      if (!holds(filter, row, *list.form.table, list.derived, showing)) return true;
    }
    if (list.order.derived) {
      held.push_back(std::move(row));
      return true;
    }
    if (left == 0) return false;
    --left;
    TRY_VOID(use(row));
    return true;
  }));
  if (list.order.derived) sort_by_derived(held, list.order, list.derived);
  if (held.size() > list.limit) held.resize(list.limit);
  for (const auto& row : held) TRY_VOID(use(row));
  return {};
}

// Of the whole list only: an erased record answers to no search.
Status print_erased(Session& session, const Listing& list, Json& json) {
  const auto& query = list.query;
  if (!query.where.empty() || !list.filters.empty() || !query.search.empty() || query.deleted ||
      list.limit != ~std::size_t{0})
    return {};
  TRY(auto* engine, session.engine());
  for (const auto& space : list.spaces) {
    TRY(const auto gone, engine->records().erased(space.number, query.kind));
    for (const auto& id : gone) print_erased_record(json, *list.form.kind, id);
  }
  return {};
}

Status print_json(Session& session, const Listing& list, Output& out) {
  TRY(auto* engine, session.engine());
  Json own([&](std::string_view piece) { out.raw(piece); });
  Json& json = out.json() ? out.document() : own;
  json.array();
  TRY_VOID(each_row(session, list, [&](const Row& row) -> Status {
    begin_record(json, engine->records().space_of(row.space), row, list.form);
    json.end_object();
    return {};
  }));
  TRY_VOID(print_erased(session, list, json));
  json.end_array();
  if (!out.json()) out.raw("\n");
  return {};
}

// A field as a spreadsheet computes with it, where that loses nothing; else as programs read it.
Cell machine_cell(const Row& row, const TableSpec& table, const FieldSpec& field) {
  constexpr std::int64_t kMostExact = 1'000'000'000'000'000;  // fifteen digits
  const auto column = table.find(field.id);
  const auto* number =
      column && !field.set ? std::get_if<std::int64_t>(&row.values[*column]) : nullptr;
  if (number != nullptr && field.type == FieldType::date) return DateCell{*number};
  const bool whole = field.type == FieldType::integer || field.type == FieldType::money;
  const auto most = whole ? kMostExact / 1000 : kMostExact;
  if (number != nullptr && (whole || field.type == FieldType::quantity) &&
      *number<most&& * number> - most)
    return NumberCell{*number * (whole ? 1000 : 1)};
  return machine_field(row, table, field);
}

// The list as a table that `import` reads back.
rukun::Table listing_table(Session& session, Projection& records, const Listing& list, bool typed) {
  rukun::Table table;
  table.title = list.form.kind->label(session.language());
  const auto column = [&](std::string_view name) {
    table.columns.push_back({std::string(name), std::string(name), {}});
  };
  column("id");
  column("space");
  for (const auto& field : list.form.kind->fields) column(field.name);
  for (const auto& field : derived_fields(list.form.kind->id)) {
    if (list.form.kind->find_field(field.name) == nullptr) column(field.name);
  }
  table.rows = [&session, &records, &list, typed](const RowSink& sink) {
    return each_row(session, list, [&](const Row& row) {
      rukun::TableRow cells{row.id.hex(), records.space_of(row.space).hex()};
      for (const auto& field : list.form.kind->fields) {
        // What follows from the records stands where the record says nothing itself.
        const auto* derived = machine_field(row, *list.form.table, field).empty()
                                  ? find_derived(list.form.kind->id, field.name)
                                  : nullptr;
        const auto value = derived == nullptr ? Value() : list.derived.value_of(row, *derived);
        if (!is_none(value) && derived->name == field.name)
          cells.emplace_back(machine_value(*derived, value));
        else
          cells.push_back(typed ? machine_cell(row, *list.form.table, field)
                                : Cell(machine_field(row, *list.form.table, field)));
      }
      for (const auto& field : derived_fields(list.form.kind->id)) {
        if (list.form.kind->find_field(field.name) != nullptr) continue;
        const auto value = list.derived.value_of(row, field);
        cells.emplace_back(is_none(value) ? std::string() : machine_value(field, value));
      }
      return sink(cells);
    });
  };
  return table;
}

Status print_csv(Session& session, const Listing& list, Output& out) {
  TRY(auto* engine, session.engine());
  return write_csv(listing_table(session, engine->records(), list, false), {},
                   [&](std::string_view piece) -> Status {
                     out.raw(piece);
                     return {};
                   });
}

// CSV or XLSX into a file.
Status write_listing(Session& session, const Listing& list, const Path& file, Output& out) {
  TRY(auto* engine, session.engine());
  auto table = listing_table(session, engine->records(), list, list.format == ListFormat::xlsx);
  std::uint64_t count = 0;
  table.rows = [rows = std::move(table.rows), &count](const RowSink& sink) {
    count = 0;
    return rows([&](const rukun::TableRow& row) {
      ++count;
      return sink(row);
    });
  };
  if (list.format == ListFormat::xlsx) {
    TRY_VOID(write_tables(session, file, ReportFormat::xlsx, {std::move(table)}));
  } else {
    TRY(auto writer, session.world().files.open_writer(file, WriteAs::replacement));
    TRY_VOID(
        write_csv(table, {}, [&](std::string_view piece) { return writer->write(view(piece)); }));
    TRY_VOID(writer->finish());
  }
  if (out.json())
    out.document().object().pair("file", file.string()).count("rows", count).end_object();
  out.line(file.string() + ": " + std::to_string(count) +
           std::string(out.pick(" catatan", " records")));
  return {};
}

// At most `width` characters, the cut marked.
std::string fitted(const std::string& text, std::size_t width) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    if (starts && ++count > width - 1 && i + 1 < text.size()) return text.substr(0, i) + "\u2026";
  }
  return text;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

void print_lines(const std::vector<std::vector<std::string>>& lines, Output& out) {
  std::vector<std::size_t> widths(lines.front().size());
  for (std::size_t c = 0; c < widths.size(); ++c) {
    for (const auto& line : lines) widths[c] = std::max(widths[c], width_of(line[c]));
  }
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      text += line[c];
      if (c + 1 < widths.size()) text.append(widths[c] - width_of(line[c]) + 2, ' ');
    }
    out.line(text);
  }
}

// Only columns that say something, and no more than a terminal shows: what is derived (still
// needed, left over) is what people ask for, so declared fields make room for it.
std::vector<std::size_t> columns_kept(const std::vector<std::vector<std::string>>& lines,
                                      std::size_t declared) {
  const auto says = [&](std::size_t column, bool derived) {
    return std::any_of(lines.begin() + 1, lines.end(), [&](const auto& line) {
      return !line[column].empty() && !(derived && line[column] == "0");
    });
  };
  std::vector<std::size_t> first{0}, last;
  for (std::size_t c = 1; c < lines[0].size(); ++c) {
    const bool derived = c > declared;
    if (says(c, derived)) (derived ? last : first).push_back(c);
  }
  const auto room = std::max(kLeastDeclared, kTableColumns - std::min(kTableColumns, last.size()));
  if (first.size() > room) first.resize(room);
  const auto rest = kTableColumns - first.size();
  // The last derived ones are the outcome: what is left, the state.
  if (last.size() > rest) last.erase(last.begin(), last.end() - static_cast<std::ptrdiff_t>(rest));
  first.insert(first.end(), last.begin(), last.end());
  return first;
}

Status print_table(Session& session, const Listing& list, Output& out) {
  TRY(auto* engine, session.engine());
  std::vector<std::pair<const FieldSpec*, bool>> fields;
  for (const auto& field : list.form.kind->fields) fields.emplace_back(&field, false);
  for (const auto& field : derived_fields(list.form.kind->id)) fields.emplace_back(&field, true);
  std::vector<std::vector<std::string>> lines(1);
  lines[0].emplace_back("id");
  for (const auto& [field, derived] : fields) lines[0].emplace_back(field->label(out.language()));
  TRY_VOID(each_row(session, list, [&](const Row& row) -> Status {
    SpaceInfo space;
    space.id = engine->records().space_of(row.space);
    const auto showing = session.showing(space);
    auto& line = lines.emplace_back();
    line.push_back(row.id.hex().substr(0, 8));
    for (const auto& [field, derived] : fields) {
      const auto value = derived ? list.derived.value_of(row, *field) : Value();
      const auto text = !derived         ? shown_field(row, *list.form.table, *field, showing)
                        : is_none(value) ? std::string()
                                         : format_value(*field, value, showing);
      line.push_back(fitted(text, kCellWidth));
    }
    return {};
  }));
  const auto rows = lines.size() - 1;
  const auto kept = columns_kept(lines, list.form.kind->fields.size());
  for (auto& line : lines) {
    std::vector<std::string> cut;
    for (const auto c : kept) cut.push_back(std::move(line[c]));
    line = std::move(cut);
  }
  if (rows > 0) print_lines(lines, out);
  out.remark(std::to_string(rows) + std::string(out.pick(" catatan", " records")));
  return {};
}

Status note_personal(Session& session, const Listing& list) {
  if (!list.form.kind->may_hold_personal()) return {};
  TRY(auto* engine, session.engine());
  std::uint64_t rows = 0;
  TRY_VOID(each_row(session, list, [&](const Row& row) -> Status {
    rows += holds_personal(*list.form.kind, *list.form.table, row) ? 1 : 0;
    return {};
  }));
  if (rows == 0) return {};
  return note_access(engine->local(), session.world().clock, Access::list, list.form.kind->name,
                     rows);
}

Status tell_expired(Session& session, const Listing& list, Output& out) {
  if (list.valid == nullptr) return {};
  TRY(auto* engine, session.engine());
  std::uint64_t expired = 0;
  auto query = list.query;
  query.limit = ~std::size_t{0};
  TRY_VOID(engine->records().each_row(query, [&](Row& row) -> Result<bool> {
    expired += is_expired(list, row) ? 1 : 0;
    return true;
  }));
  if (expired > 0) {
    out.remark(std::to_string(expired) +
               std::string(out.pick(" sudah lewat masanya dan tidak ditampilkan; semua: --all",
                                    " are past and not shown; all: --all")));
  }
  return {};
}

Status list(Session& session, const Arguments& given, Output& out) {
  TRY(auto listing, read_listing(session, given, out));
  listing.form.derived = &listing.derived;
  const bool into_file = listing.format == ListFormat::csv || listing.format == ListFormat::xlsx;
  if (given.has("--out") && !into_file)
    return error(Code::bad_value, "--out " + given.at("--out"), "--format csv, --format xlsx");
  if (listing.format == ListFormat::xlsx && !given.has("--out"))
    return error(Code::bad_value, "--format xlsx", "--out FILE");
  // Before anything is shown: what was opened is on record even if the pipe breaks.
  TRY_VOID(note_personal(session, listing));
  TRY_VOID(tell_expired(session, listing, out));
  if (given.has("--out")) return write_listing(session, listing, Path(given.at("--out")), out);
  if (listing.format == ListFormat::json) return print_json(session, listing, out);
  if (listing.format == ListFormat::csv && !out.json()) return print_csv(session, listing, out);
  if (listing.format == ListFormat::csv) {
    return error(Code::bad_value, "--format csv, --json", "--format json");
  }
  return print_table(session, listing, out);
}

}  // namespace

Commands list_commands() {
  return {
      {"list",
       "KIND [--where EXPR]... [--search TEXT] [--sort FIELD] [--limit N] [--all-spaces] "
       "[--all] [--linked] [--format table|json|csv|xlsx] [--out FILE]",
       "daftar catatan",
       "list records",
       {{"KIND", Param::one, true, "jenis, misalnya need", "the kind, for example need"},
        {"--where", Param::many, false, "isian OP nilai; OP: = != < <= > >= ~; boleh berulang",
         "field OP value; OP: = != < <= > >= ~; may be repeated"},
        {"--search", Param::one, false, "kata yang dicari", "words to look for"},
        {"--sort", Param::one, false, "urut menurut isian; -isian terbalik",
         "sort by a field; -field backwards"},
        {"--limit", Param::one, false, "paling banyak sekian", "at most so many"},
        {"--all-spaces", Param::flag, false, "semua kelompok RT", "all neighborhoods"},
        {"--linked", Param::flag, false, "juga catatan yang digabung dengan yang lain (link)",
         "also records that were linked to another one"},
        {"--all", Param::flag, false, "juga pengumuman dan batas waktu yang sudah lewat",
         "also notices and deadlines that are past"},
        {"--deleted", Param::flag, false, "yang sudah dihapus", "what was deleted"},
        {"--format", Param::one, false, "table, json, csv atau xlsx", "table, json, csv or xlsx"},
        {"--out", Param::one, false, "berkas untuk csv atau xlsx", "the file for csv or xlsx"}},
       list},
  };
}

}  // namespace rukun::cli
