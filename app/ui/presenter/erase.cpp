#include "app/ui/presenter/erase.h"

#include "app/domain/values.h"
#include "app/ui/presenter/kind_plans.h"

namespace rukun::ui {
namespace {

std::string kind_words(KindId number, Language language) {
  const KindSpec* kind = find_kind(number);
  return kind == nullptr ? std::string() : std::string(kind->label(language));
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// Each is durable by itself: when one is refused, the list tells what is done.
Status erase_records(Desk& desk, const Erase& command) {
  if (!desk.has_space())
    return error(Code::not_allowed, desk.speaking().words.tr("refused.no_space"));
  desk.now.erase = EraseView{.listing = true};
  bool gone = true;
  for (const auto& record : command.records) {
    TRY(const auto id, record_of(record));
    TRY(const auto progress, desk.engine().erase(desk.space().id, id, command.reason));
    gone = gone && progress == EraseProgress::gone;
    desk.wrote();
  }
  desk.say_done(desk.speaking().words.tr(gone ? "done.erased" : "done.erase_hidden"));
  return {};
}

}  // namespace

std::optional<Status> run_erase(Desk& desk, const Command& command) {
  if (const auto* erase = std::get_if<Erase>(&command)) return erase_records(desk, *erase);
  if (std::get_if<CloseErase>(&command) == nullptr) return std::nullopt;
  desk.now.erase = EraseView();
  return Status();
}

Status ask_erase(Desk& desk, const std::string& record) {
  TRY(const auto id, record_of(record));
  if (!desk.has_space() || desk.space().role != rukun::Role::head)
    return error(Code::not_allowed, desk.speaking().words.tr("refused.heads_only"));
  TRY(const auto row, desk.row_of(id));
  TRY(const auto near, desk.engine().linked(desk.space().id, id));
  EraseView made;
  made.target = EraseTarget{record, kind_words(row.kind, desk.language()), desk.title_of(id)};
  for (const auto& one : near)
    made.linked.push_back(
        {one.record.hex(), kind_words(one.kind, desk.language()), desk.title_of(one.record)});
  desk.now.erase = std::move(made);
  return {};
}

// Heads take personal data away for good.
void add_erase_button(Desk& desk, KindId kind, RecordDetail& detail) {
  if (desk.space().role != rukun::Role::head || !names_people(kind)) return;
  DeedButton button{Icon::close, desk.speaking().words.tr("erase.begin", {{"name", detail.title}})};
  button.deed = {.what = Deed::What::erase, .record = detail.id};
  detail.buttons.push_back(std::move(button));
}

Status fill_erase(Desk& desk, KindId kind, RecordsView& view) {
  const bool may = desk.space().role == rukun::Role::head;
  if (!may) desk.now.erase = EraseView();
  if (!may) return {};
  TRY(const auto erasures, desk.engine().erasures(desk.space().id));
  const Speaking how = desk.speaking();
  if (!erasures.empty() && names_people(kind)) {
    DeedButton button{Icon::information,
                      how.words.tr("erase.list", {{"n", std::to_string(erasures.size())}})};
    button.deed = {.what = Deed::What::erased};
    view.add.push_back(std::move(button));
  }
  if (!desk.now.erase.listing) return {};
  desk.now.erase.done.clear();
  for (auto one = erasures.rbegin(); one != erasures.rend(); ++one) {
    ErasedRow row;
    row.what =
        one->kind == 0 ? how.words.tr("erase.not_arrived") : kind_words(one->kind, desk.language());
    row.why = one->reason + " (" + one->by_name + ")";
    row.here = how.words.tr(one->dropped ? "erase.gone"
                            : one->owed  ? "erase.owed"
                                         : "erase.hidden");
    if (!one->confirmed.empty())
      row.heard = how.words.tr("erase.heard", {{"names", joined(one->confirmed)}});
    if (!one->open.empty())
      row.open = how.words.tr("erase.waiting", {{"names", joined(one->open)}});
    desk.now.erase.done.push_back(std::move(row));
  }
  return {};
}

}  // namespace rukun::ui
