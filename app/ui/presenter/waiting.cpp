#include "app/ui/presenter/waiting.h"

#include <utility>

#include "app/domain/fields.h"
#include "app/domain/rules/attention.h"
#include "app/engine/authors.h"
#include "app/ui/presenter/kind_plans.h"

namespace rukun::ui {
namespace {

// Where it is settled, and the record that it is about.
AttentionRow attention_row(Desk& desk, const AttentionItem& item) {
  AttentionRow row{item.text.in(desk.language()), "", Screen::home, ""};
  const bool duty = item.code == "waiting_list" || item.code == "moved_up" ||
                    item.code == "overlap" || item.code == "twin_shift";
  if (duty) row.to = Screen::schedule;
  if (item.code == "bumped") {
    if (const auto pledge = desk.row_of(item.record)) {
      if (const auto need = link_in(*pledge, fields::pledge::kNeed)) row.record = need->hex();
      row.to = Screen::needs;
    }
  }
  if (item.kind == fields::contribution::kKind) {
    if (const auto given = desk.row_of(item.record)) {
      if (const auto drive = link_in(*given, fields::contribution::kDrive))
        row.record = drive->hex();
      row.to = Screen::community;
    }
  }
  // Most of it is settled on the record's own page: two that may be the same, a program's
  // stock.
  if (const auto screen = screen_of(item.kind); screen && row.to == Screen::home) {
    row.to = *screen;
    row.record = item.record.hex();
  }
  if (row.to != Screen::home) row.action = desk.speaking().words.tr("attention.see");
  return row;
}

}  // namespace

const std::vector<AttentionRow>& Waiting::lines() {
  if (std::exchange(worked_out_at_, desk_.version()) == desk_.version()) return lines_;
  lines_.clear();
  const Speaking how = desk_.speaking();
  if (desk_.space().role == rukun::Role::head) {
    const auto masked = desk_.engine().masked(desk_.space().id);
    if (!masked) desk_.refuse(masked.error());
    if (masked && !masked->empty())
      lines_.push_back({how.words.tr("attention.masked", {{"n", std::to_string(masked->size())}}),
                        how.words.tr("attention.see"), Screen::members, ""});
  }
  AttentionContext context{desk_.engine().records(),
                           {desk_.space().number},
                           how.now,
                           how.utc_offset_min,
                           &desk_.setup().items};
  add_asker(desk_.engine(), context);
  const auto items = attention(context);
  if (!items) desk_.refuse(items.error());
  // What two people wrote into one field stands side by side on a screen of its own.
  if (items)
    for (const AttentionItem& item : *items)
      if (item.code != "conflict" && item.code != "deletion_disputed")
        lines_.push_back(attention_row(desk_, item));
  return lines_;
}

}  // namespace rukun::ui
