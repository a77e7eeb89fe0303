#include "app/domain/rules/check.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/check_parts.h"
#include "app/domain/rules/roles.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

bool is_confirmation(const KindSpec& kind, const std::vector<FieldChange>& fields) {
  return kind.id == k::handover::kKind && !fields.empty() &&
         std::all_of(fields.begin(), fields.end(), [](const FieldChange& change) {
           return change.field == k::handover::kConfirmed;
         });
}

// Turns an action into sketches, change by change, and then judges them together.
class Checker {
 public:
  explicit Checker(const CheckContext& context) : context_(context), proposal_{context, {}} {}

  Result<Checked> run(const Action& action) {
    if (action.changes.empty())
      return error(Code::bad_value, proposal_.say("Tidak ada yang diubah", "Nothing to change"));
    for (const auto& change : action.changes) {
      auto done = std::visit([this](const auto& one) { return take(one); }, change);
      if (!done) return tl::make_unexpected(std::move(done).error());
    }
    for (const auto& sketch : proposal_.drafts) {
      TRY_VOID(check_references(proposal_, sketch));
      TRY_VOID(check_required(sketch));
      TRY_VOID(check_rules(proposal_, sketch));
      TRY_VOID(check_giving(proposal_, sketch));
    }
    for (const auto& sketch : proposal_.drafts) {
      TRY_VOID(add_warnings(proposal_, sketch));
      TRY_VOID(add_giving_warnings(proposal_, sketch));
    }
    out_.warnings = std::move(proposal_.warnings);
    out_.alike = std::move(proposal_.alike);
    return std::move(out_);
  }

 private:
  Status take(const AddRecord& change) {
    const auto* kind = find_kind(change.kind);
    if (kind == nullptr)
      return error(Code::bad_value,
                   proposal_.say("Jenis catatan tidak dikenal: #", "Unknown kind of record: #") +
                       std::to_string(change.kind));
    TRY_VOID(may_write(context_.role, {.kind = kind->id, .own = true}, context_.language));
    Sketch sketch{.change = out_.action.changes.size(), .kind = kind, .adds = true};
    auto amended = change;
    TRY_VOID(apply(sketch, amended.fields));
    auto key = natural_key(change);
    if (key && context_.keyed) {
      if (const auto id = context_.keyed(kind->id, *key)) TRY_VOID(find_same(sketch, *id, *key));
    }
    // One that is here already keeps what it has; defaults are for new ones.
    if (sketch.record.is_zero()) {
      fill_defaults(sketch, amended.fields);
    } else {
      keep_title(sketch, amended.fields);
    }
    return keep(std::move(amended), std::move(key), std::move(sketch));
  }

  Status take(const SetFields& change) {
    TRY(auto sketch, open(change.record));
    TRY_VOID(may_change(*sketch.kind, change.record, change.fields));
    auto amended = change;
    TRY_VOID(apply(sketch, amended.fields));
    keep_title(sketch, amended.fields);
    return keep(std::move(amended), std::nullopt, std::move(sketch));
  }

  Status take(const DeleteRecord& change) {
    TRY(const auto sketch, open(change.record));
    TRY_VOID(may_change(*sketch.kind, change.record, {}));
    return keep(change);
  }

  Status take(const RestoreRecord& change) {
    TRY(const auto row, context_.records.row(context_.space, change.record));
    if (!row || row->life == Life::absent) return not_here(change.record);
    if (row->life == Life::erased) return erased(change.record);
    const auto* kind = find_kind(row->kind);
    if (kind != nullptr) TRY_VOID(may_change(*kind, change.record, {}));
    return keep(change);
  }

  Status take(const ResolveField& change) {
    if (change.field == kLife) {
      const bool deletes = change.value == Value{std::int64_t{1}};
      return deletes ? take(DeleteRecord{change.record}) : take(RestoreRecord{change.record});
    }
    TRY(auto sketch, open(change.record));
    std::vector<FieldChange> fields{{change.field, OpType::put, change.value}};
    TRY_VOID(may_change(*sketch.kind, change.record, fields));
    TRY_VOID(apply(sketch, fields));
    return keep(change, std::nullopt, std::move(sketch));
  }

  Status keep(Change change, std::optional<std::string> key = {},
              std::optional<Sketch> sketch = {}) {
    out_.action.changes.push_back(std::move(change));
    out_.natural_keys.push_back(std::move(key));
    if (sketch) proposal_.drafts.push_back(std::move(*sketch));
    return {};
  }

  tl::unexpected<Error> not_here(const RecordId& id) const {
    return error(Code::not_found, proposal_.say("Tidak ada catatan ", "There is no record ") +
                                      id.hex().substr(0, 8));
  }

  tl::unexpected<Error> erased(const RecordId& id) const {
    return error(Code::not_found, proposal_.say("Data ini telah dihapus untuk selamanya: ",
                                                "This record was erased for good: ") +
                                      id.hex().substr(0, 8));
  }

  // The record as it is, or as an earlier change of this action leaves it.
  Result<Sketch> open(const RecordId& id) {
    const auto change = out_.action.changes.size();
    for (auto earlier = proposal_.drafts.rbegin(); earlier != proposal_.drafts.rend(); ++earlier)
      if (!earlier->record.is_zero() && earlier->record == id)
        return Sketch{.change = change,
                      .kind = earlier->kind,
                      .record = id,
                      .after = earlier->after,
                      .before = earlier->after};
    TRY(const auto row, context_.records.row(context_.space, id));
    if (!row || row->life == Life::absent) return not_here(id);
    if (row->life == Life::erased) return erased(id);
    if (row->life == Life::deleted)
      return error(Code::not_found,
                   proposal_.say("Catatan ini sudah dihapus: ", "This record was deleted: ") +
                       id.hex().substr(0, 8),
                   proposal_.say("Pulihkan dahulu dengan undo", "Bring it back with undo first"));
    const auto* kind = find_kind(row->kind);
    if (kind == nullptr)
      return error(Code::unsupported,
                   proposal_.say("Catatan ini dibuat oleh versi yang lebih baru",
                                 "This record was made by a newer version"),
                   proposal_.say("Perbarui Rukun", "Update Rukun"));
    Sketch sketch{.change = change, .kind = kind, .record = id};
    for (const auto& field : kind->fields) {
      const auto& value = value_in(*row, field.id);
      if (!field.set && !is_none(value)) sketch.before.emplace(field.id, value);
    }
    sketch.after = sketch.before;
    return sketch;
  }

  // The record that the natural key already names: what is added goes on top of it.
  Status find_same(Sketch& sketch, const RecordId& id, const std::string& key) {
    TRY(const auto row, context_.records.row(context_.space, id));
    if (!row || row->kind != sketch.kind->id) return {};
    // A number that was corrected since names somebody else now.
    for (const auto& field : sketch.kind->fields)
      if (field.natural_key && value_in(*row, field.id) != Value{key}) return {};
    sketch.record = id;
    for (const auto& field : sketch.kind->fields) {
      const auto& value = value_in(*row, field.id);
      if (field.set || is_none(value)) continue;
      sketch.before.emplace(field.id, value);
      if (!sketch.touches(field.id)) sketch.after.emplace(field.id, value);
    }
    TRY(const auto title, row_title(context_.records, *row, proposal_.format()));
    proposal_.warnings.push_back(
        proposal_.say("Nomor ini sudah tercatat; isian ditambahkan ke: ",
                      "This number is here already; what was typed is added to: ") +
        title + " (" + id.hex().substr(0, 8) + ")");
    return {};
  }

  Status may_change(const KindSpec& kind, const RecordId& id,
                    const std::vector<FieldChange>& fields) {
    const bool confirms = is_confirmation(kind, fields);
    bool own = false;
    if (context_.role == Role::reader || kind.id == k::handover::kKind) {
      TRY(const auto view, context_.records.record(context_.space, id));
      own = view && made_by(view->state, context_.my_logs);
    }
    TRY_VOID(may_write(context_.role, {.kind = kind.id, .own = own, .confirms = confirms},
                       context_.language));
    const bool says_yes = std::any_of(fields.begin(), fields.end(), [&](const FieldChange& change) {
      return kind.id == k::handover::kKind && change.field == k::handover::kConfirmed &&
             change.value == Value{std::int64_t{1}};
    });
    return says_yes && own ? own_confirmation() : Status{};
  }

  Status own_confirmation() const {
    return error(
        Code::not_allowed,
        proposal_.say("Serah terima tidak dapat dikonfirmasi oleh pencatatnya sendiri",
                      "A hand-over cannot be confirmed by whoever recorded it"),
        proposal_.say("Minta anggota lain mengonfirmasinya", "Ask another member to confirm it"));
  }

  // Judges each field on its own and writes it into the sketch.
  Status apply(Sketch& sketch, std::vector<FieldChange>& fields) {
    for (auto& change : fields) {
      const auto* field = sketch.kind->find_field(change.field);
      if (field == nullptr)
        return error(Code::bad_value,
                     std::string(sketch.kind->label(context_.language)) +
                         proposal_.say(" tidak mempunyai isian #", " has no field #") +
                         std::to_string(change.field));
      if (field->made_by_program)
        return refuse(*field, "diisi oleh program", "is made by the program");
      if (field->set != (change.type != OpType::put))
        return field->set
                   ? refuse(*field, "berisi beberapa nilai: pakai += atau -=",
                            "holds several values: use += or -=")
                   : refuse(*field, "hanya berisi satu nilai: pakai =", "holds one value: use =");
      TRY_VOID(check_value(*field, change.value, context_));
      if (sketch.adds && field->id == k::handover::kConfirmed &&
          sketch.kind->id == k::handover::kKind && change.value == Value{std::int64_t{1}})
        return own_confirmation();
      if (change.type == OpType::add) sketch.added.emplace_back(field->id, change.value);
      if (field->set) continue;
      if (sketch.touches(field->id)) return refuse(*field, "diisi dua kali", "is given twice");
      sketch.touched.push_back(field->id);
      sketch.after.erase(field->id);
      if (!is_none(change.value)) sketch.after.emplace(field->id, change.value);
    }
    return {};
  }

  tl::unexpected<Error> refuse(const FieldSpec& field, std::string_view id,
                               std::string_view en) const {
    return error(Code::bad_value, called(field, context_.language) + " " + proposal_.say(id, en));
  }

  Status check_required(const Sketch& sketch) {
    for (const auto& field : sketch.kind->fields) {
      if (!field.required || sketch.has(field.id)) continue;
      // What an older record lacks may stay lacking while something else is corrected.
      if (!sketch.adds && !sketch.touches(field.id)) continue;
      std::string known;
      for (const auto& value : field.values)
        known += (known.empty() ? "" : ", ") + std::string(value.name);
      auto wrong = refuse(field, "harus diisi", "must be given");
      if (!known.empty()) wrong.value().hint = proposal_.say("yang ada: ", "there are: ") + known;
      if (field.type == FieldType::category)
        wrong.value().hint += proposal_.say("; atau isi barangnya (item), kategorinya ikut",
                                            "; or give the item, which has one");
      if (field.type == FieldType::reference)
        wrong.value().hint = proposal_.say("lihat: rukunctl list ", "see: rukunctl list ") +
                             std::string(kind_of(field.target).name);
      return wrong;
    }
    return {};
  }

  void fill(Sketch& sketch, std::vector<FieldChange>& fields, FieldId field, Value value) {
    if (is_none(value)) return;
    fields.push_back({field, OpType::put, value});
    sketch.touched.push_back(field);
    sketch.after.emplace(field, std::move(value));
  }

  void fill_defaults(Sketch& sketch, std::vector<FieldChange>& fields) {
    const ParseContext parse{.now = context_.now, .utc_offset_min = context_.utc_offset_min};
    for (const auto& field : sketch.kind->fields) {
      if (field.set || sketch.has(field.id)) continue;
      // An instant is the moment itself; read as text it would lose its seconds.
      if (field.default_text == "now") {
        fill(sketch, fields, field.id, context_.now.ms);
      } else if (!field.default_text.empty()) {
        fill(sketch, fields, field.id, default_value(field, parse));
      }
    }
    fill_category(sketch, fields);
    const auto title = made_up_title(*sketch.kind, sketch.after);
    if (!title.empty() && !sketch.has(sketch.kind->title))
      fill(sketch, fields, sketch.kind->title, title);
  }

  // Rice is food; nobody need say so.
  void fill_category(Sketch& sketch, std::vector<FieldChange>& fields) {
    const bool need = sketch.kind->id == k::need::kKind;
    if (!need && sketch.kind->id != k::offer::kKind) return;
    const auto category = need ? k::need::kCategory : k::offer::kCategory;
    const auto item = sketch.text(need ? k::need::kItem : k::offer::kItem);
    if (sketch.has(category) || item.empty() || context_.items == nullptr) return;
    if (const auto* known = context_.items->by_id(item))
      fill(sketch, fields, category, known->category);
  }

  // Needs and offers are called by what they are, in Indonesian, which everybody here reads. How
  // much is left out: two who correct a quantity would otherwise disagree about the title, too. It
  // is added where titles are shown (titles.h).
  std::string made_up_title(const KindSpec& kind, const std::map<FieldId, Value>& values) const {
    const bool need = kind.id == k::need::kKind;
    if (!need && kind.id != k::offer::kKind) return {};
    Sketch sketch;
    sketch.after = values;
    FormatContext format(Language::id);
    format.items = context_.items;
    return goods_title(sketch.number(need ? k::need::kCategory : k::offer::kCategory),
                       sketch.text(need ? k::need::kItem : k::offer::kItem), 0, {}, format);
  }

  // A title that nobody typed follows what it was made of.
  void keep_title(Sketch& sketch, std::vector<FieldChange>& fields) {
    const auto title = sketch.kind->title;
    if (title == 0 || sketch.touches(title)) return;
    const auto old_title = made_up_title(*sketch.kind, sketch.before);
    const auto new_title = made_up_title(*sketch.kind, sketch.after);
    if (new_title.empty() || new_title == old_title || sketch.text(title) != old_title) return;
    sketch.after.erase(title);
    fill(sketch, fields, title, new_title);
  }

  const CheckContext& context_;
  Proposal proposal_;
  Checked out_;
};

}  // namespace

const Value& Sketch::value(FieldId field) const {
  static const Value kNone;
  const auto found = after.find(field);
  return found == after.end() ? kNone : found->second;
}
bool Sketch::touches(FieldId field) const {
  return std::find(touched.begin(), touched.end(), field) != touched.end();
}
std::int64_t Sketch::number(FieldId field) const {
  const auto* number = std::get_if<std::int64_t>(&value(field));
  return number == nullptr ? 0 : *number;
}
std::string Sketch::text(FieldId field) const {
  const auto* text = std::get_if<std::string>(&value(field));
  return text == nullptr ? std::string() : *text;
}

FormatContext Proposal::format() const {
  FormatContext out(context.language);
  out.utc_offset_min = context.utc_offset_min;
  out.items = context.items;
  return out;
}

Result<Value> Proposal::through(const Value& reference, FieldId field) const {
  if (const auto* local = std::get_if<LocalRef>(&reference)) {
    for (const auto& sketch : drafts)
      if (sketch.change == local->part) return sketch.value(field);
    return Value{};
  }
  const auto* id = std::get_if<RecordId>(&reference);
  if (id == nullptr) return Value{};
  for (auto sketch = drafts.rbegin(); sketch != drafts.rend(); ++sketch)
    if (!sketch->record.is_zero() && sketch->record == *id) return sketch->value(field);
  TRY(const auto row, context.records.row(context.space, *id));
  return row ? value_in(*row, field) : Value{};
}

const RecordId* Proposal::here(const Sketch& sketch, FieldId field) {
  return std::get_if<RecordId>(&sketch.value(field));
}

std::string called(const FieldSpec& field, Language language) {
  return std::string(field.label(language)) + " (" + std::string(field.name) + ")";
}

std::optional<std::string> natural_key(const AddRecord& add) {
  const auto* kind = find_kind(add.kind);
  if (kind == nullptr) return std::nullopt;
  for (const auto& change : add.fields) {
    const auto* field = kind->find_field(change.field);
    const auto* text = std::get_if<std::string>(&change.value);
    if (field == nullptr || !field->natural_key || text == nullptr) continue;
    if (text->find_first_not_of('0') != text->npos) return *text;
  }
  return std::nullopt;
}

Result<Checked> check(const Action& action, const CheckContext& context) {
  return Checker(context).run(action);
}

}  // namespace rukun
