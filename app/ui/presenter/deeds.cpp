// What pressing something asks for, as buttons and links.
#include "app/ui/presenter/deeds.h"

#include "app/domain/fields.h"
#include "app/domain/values.h"
#include "app/ui/presenter/kind_plans.h"

namespace rukun::ui {
namespace {

// What the print button of one record asks for; empty: there is no paper about it.
std::string_view print_about(KindId kind) {
  if (kind == fields::household::kKind || kind == fields::resident::kKind ||
      kind == fields::volunteer::kKind)
    return "person";
  if (kind == fields::program::kKind) return "program";
  if (kind == fields::drive::kKind) return "drive";
  if (kind == fields::handover::kKind) return "handover";
  return {};
}

}  // namespace

DeedButton add_button(Desk& desk, KindId kind, std::string_view key, FieldTexts given,
                      std::vector<std::string> asked) {
  DeedButton button;
  button.icon = Icon::plus;
  button.label = desk.speaking().words.tr(key);
  button.deed = {.what = Deed::What::add,
                 .kind = std::string(kind_of(kind).name),
                 .fields = std::move(given),
                 .asked = std::move(asked),
                 .heading = button.label};
  return button;
}

DeedButton edit_button(Desk& desk, const RecordId& id, std::string_view key, Icon icon,
                       std::vector<std::string> asked) {
  DeedButton button;
  button.icon = icon;
  button.label = desk.speaking().words.tr(key);
  button.deed = {.what = Deed::What::edit,
                 .record = id.hex(),
                 .asked = std::move(asked),
                 .heading = button.label};
  return button;
}

DeedButton write_button(Desk& desk, const RecordId& id, std::string_view key, Icon icon,
                        FieldTexts fields) {
  DeedButton button;
  button.icon = icon;
  button.label = desk.speaking().words.tr(key);
  button.deed = {.what = Deed::What::write, .record = id.hex(), .fields = std::move(fields)};
  return button;
}

Deed open_deed(const Row& row) {
  const auto screen = screen_of(row.kind);
  if (!screen) return {};
  return {.what = Deed::What::open, .screen = *screen, .record = row.id.hex()};
}

DeedButton print_button(Desk& desk, std::string_view what, const std::string& record,
                        std::string_view key) {
  DeedButton button;
  button.icon = Icon::print;
  button.label = desk.speaking().words.tr(key);
  button.deed = {.what = Deed::What::print, .kind = std::string(what), .record = record};
  return button;
}

void add_print_button(Desk& desk, RecordDetail& detail) {
  const auto row = record_of(detail.id);
  const auto found = row ? desk.row_of(*row) : Result<Row>(tl::make_unexpected(row.error()));
  if (!found) return;
  const auto what = print_about(found->kind);
  if (what.empty()) return;
  detail.buttons.push_back(
      print_button(desk, what, detail.id, what == "person" ? "print.person" : "print.button"));
}

Status write_fields(Desk& desk, const Deed& deed) {
  TRY(const auto id, record_of(deed.record));
  TRY(const auto row, desk.row_of(id));
  const KindSpec& kind = kind_of(row.kind);
  SetFields set{id, {}};
  for (const auto& [name, text] : deed.fields) {
    const FieldSpec* field = kind.find_field(std::string_view(name));
    if (field == nullptr) return error(Code::bad_value, name);
    TRY(auto value, parse_value(*field, text, desk.reading()));
    set.fields.push_back({field->id, OpType::put, std::move(value)});
  }
  return desk.act(Action{{std::move(set)}}, "done.changed", desk.title_of(id));
}

}  // namespace rukun::ui
