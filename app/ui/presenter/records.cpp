#include "app/ui/presenter/records.h"

#include <algorithm>
#include <utility>

#include "app/domain/fields.h"
#include "app/ui/presenter/chart_lines.h"
#include "app/ui/presenter/columns.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/details.h"
#include "app/ui/presenter/details_people.h"
#include "app/ui/presenter/erase.h"
#include "app/ui/presenter/import.h"
#include "app/ui/presenter/list_tools.h"

namespace rukun::ui {
namespace {

namespace k = fields;

}  // namespace

Status RecordsPart::note_listed() {
  const KindId kind = lists_.listed_kind();
  const std::size_t rows = lists_.records().fitting.size();
  if (!names_people(kind) || rows == 0) return {};
  return desk_.note(Access::list, kind_of(kind).name, rows);
}

void RecordsPart::hide() {
  lists_.set_opened("");
  desk_.now.records = RecordsView{.screen = desk_.now.screen};
}

Status RecordsPart::fill_rows(KindId kind, RecordsView& view) {
  const auto plans = arranged_columns(kind, lists_.arrangement_of(kind));
  for (const ColumnPlan& plan : plans) view.columns.push_back(column_head(desk_, plan));
  TRY_VOID(lists_.fit_records());
  view.count = lists_.records().fitting.size();
  view.first = std::min(lists_.records().first, view.count);
  const std::span<const Listed> all(lists_.records().fitting);
  TRY_VOID(add_rows(
      desk_,
      all.subspan(view.first, std::min(desk_.setup().lists.at_hand, view.count - view.first)),
      plans, view));
  for (std::size_t i = 0; i < view.rows.size(); ++i)
    view.rows[i].marked = lists_.is_marked(all[view.first + i].id);
  return {};
}

void RecordsPart::open_detail(RecordsView& view) {
  const bool stale = std::exchange(detail_at_, desk_.glance()) != desk_.glance();
  if (lists_.opened().empty()) return;
  auto& before = desk_.now.records.detail;
  if (!stale && before && before->id == lists_.opened()) {
    view.detail = std::move(before);
    return;
  }
  const auto id = record_of(lists_.opened());
  auto detail = id ? detail_of(desk_, *id) : Result<RecordDetail>(tl::make_unexpected(id.error()));
  if (!detail) return desk_.refuse(detail.error());
  add_erase_button(desk_, lists_.listed_kind(), *detail);
  add_print_button(desk_, *detail);
  view.detail = std::move(*detail);
}

void RecordsPart::fill() {
  RecordsView view;
  const Translator& words = desk_.speaking().words;
  view.screen = desk_.now.screen;
  const auto tabs = tabs_of(desk_.now.screen);
  for (const TabPlan& one : tabs) {
    const std::string id(one.id);
    if (tabs.size() > 1) view.tabs.push_back({id, words.tr("tab." + id)});
  }
  const TabPlan& tab = lists_.choose_tab(tabs);
  view.tab = tab.id;
  view.hint = words.tr("search." + std::string(tab.id));
  view.empty = lists_.search().empty() ? words.tr("empty." + std::string(tab.id))
                                       : words.tr("records.none_found");
  Status filled;
  if (tab.kind == 0) {
    filled = fill_pairs(desk_, view);
  } else {
    if (desk_.now.screen == Screen::offers) {
      view.add = {add_button(desk_, tab.kind, "home.add_offer")};
      view.add[0].deed = {.what = Deed::What::open, .screen = Screen::offer_entry};
    } else if (desk_.may(tab.kind) && tab.kind != k::handover::kKind) {
      view.add = {add_button(desk_, tab.kind, "add." + std::string(kind_of(tab.kind).name))};
    }
    add_import_button(desk_, tab.kind, view);
    filled = fill_rows(tab.kind, view);
  }
  if (filled && lists_.charts() && tab.kind == k::drive::kKind) {
    auto drawn = drive_chart(desk_, lists_.records().fitting);
    if (drawn) view.charts = std::move(*drawn);
    filled = drawn ? Status() : tl::make_unexpected(drawn.error());
  }
  if (!filled) desk_.refuse(filled.error());
  open_detail(view);
  if (const auto done = fill_erase(desk_, tab.kind, view); !done) desk_.refuse(done.error());
  if (!view.columns.empty())
    view.add.push_back(print_button(desk_, print_of(tab.kind), "", "print.button"));
  if (tab.kind != 0) {
    fill_tools(desk_, tab.kind, lists_.arrangement_of(tab.kind), print_of(tab.kind), view.tools);
    lists_.fill_place(lists_.records(), view.tools);
  }
  desk_.now.records = std::move(view);
}

}  // namespace rukun::ui
