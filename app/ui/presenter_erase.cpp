// Erasing personal data: what is asked about and what lies near it, and who has heard of what was
// erased.
#include <algorithm>

#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

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

}  // namespace

std::optional<Status> Presenter::run_erase(const Command& command) {
  if (const auto* erase = std::get_if<Erase>(&command)) return erase_records(*erase);
  if (std::get_if<CloseErase>(&command) == nullptr) return std::nullopt;
  now_.erase = EraseView();
  return Status();
}

Status Presenter::ask_erase(const std::string& record) {
  TRY(const auto id, record_of(record));
  if (!space_ || space_->role != rukun::Role::head)
    return error(Code::not_allowed, speaking().words.tr("refused.heads_only"));
  TRY(const auto row, row_of(id));
  TRY(const auto near, engine_->linked(space_->id, id));
  EraseView made;
  made.target = EraseTarget{record, kind_words(row.kind, context_.language), title_of_record(id)};
  for (const auto& one : near)
    made.linked.push_back(
        {one.record.hex(), kind_words(one.kind, context_.language), title_of_record(one.record)});
  now_.erase = std::move(made);
  return {};
}

// Each is durable by itself: when one is refused, the list tells what is done.
Status Presenter::erase_records(const Erase& command) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  now_.erase = EraseView{.listing = true};
  bool gone = true;
  for (const auto& record : command.records) {
    TRY(const auto id, record_of(record));
    TRY(const auto progress, engine_->erase(space_->id, id, command.reason));
    gone = gone && progress == EraseProgress::gone;
    wrote();
  }
  say_done(speaking().words.tr(gone ? "done.erased" : "done.erase_hidden"));
  return {};
}

// Heads take personal data away for good.
void Presenter::add_erase_button(RecordDetail& detail) const {
  if (space_->role != rukun::Role::head || !names_people(listed_kind_)) return;
  DeedButton button{Icon::close, speaking().words.tr("erase.begin", {{"name", detail.title}})};
  button.deed = {.what = Deed::What::erase, .record = detail.id};
  detail.buttons.push_back(std::move(button));
}

// What was taken is told from every list.
Status Presenter::fill_erase(RecordsView& view) {
  const bool may = space_->role == rukun::Role::head;
  if (!may) now_.erase = EraseView();
  if (!may) return {};
  TRY(const auto erasures, engine_->erasures(space_->id));
  const Speaking how = speaking();
  if (!erasures.empty() && names_people(listed_kind_)) {
    DeedButton button{Icon::information,
                      how.words.tr("erase.list", {{"n", std::to_string(erasures.size())}})};
    button.deed = {.what = Deed::What::erased};
    view.add.push_back(std::move(button));
  }
  if (!now_.erase.listing) return {};
  now_.erase.done.clear();
  for (auto one = erasures.rbegin(); one != erasures.rend(); ++one) {
    ErasedRow row;
    row.what = one->kind == 0 ? how.words.tr("erase.not_arrived")
                              : kind_words(one->kind, context_.language);
    row.why = one->reason + " (" + one->by_name + ")";
    row.here = how.words.tr(one->dropped ? "erase.gone"
                            : one->owed  ? "erase.owed"
                                         : "erase.hidden");
    if (!one->confirmed.empty())
      row.heard = how.words.tr("erase.heard", {{"names", joined(one->confirmed)}});
    if (!one->open.empty())
      row.open = how.words.tr("erase.waiting", {{"names", joined(one->open)}});
    now_.erase.done.push_back(std::move(row));
  }
  return {};
}

}  // namespace rukun::ui
