// What is printed as a sheet and not as a list: a receipt, an invitation, all that is known of a
// lost laptop, and what to do about one.
#include "app/domain/rules/roles.h"
#include "app/report/sheets_aid.h"
#include "app/report/sheets_people.h"
#include "app/ui/presenter.h"

namespace rukun::ui {

Result<Sheet> Presenter::lost_member_sheet(const std::string& member) {
  const auto bytes = from_hex(member);
  const auto id = bytes ? MemberId::from(*bytes) : std::nullopt;
  if (!id) return error(Code::not_found, member);
  TRY(const auto paper, read_lost(*engine_, *space_, *id, context_.language, setup_.clock.now()));
  return lost_sheet(paper, context_.language);
}

Result<Sheet> Presenter::handover_sheet(const Deed& deed) {
  TRY(const auto id, record_of(deed.record));
  TRY(const auto paper, read_handover(*engine_, *space_, id, showing()));
  return deed.kind == "bast" ? bast_sheet(paper, context_.language)
                             : receipt_sheet(paper, context_.language);
}

// Its words are shown once and kept nowhere.
Result<Sheet> Presenter::invite_sheet() {
  if (!now_.members.made)
    return error(Code::not_found, speaking().words.tr("print.invite_gone"),
                 speaking().words.tr("members.invite"));
  const auto& made = *now_.members.made;
  const auto role = role_named(made.role);
  if (!role) return error(Code::bad_value, made.role);
  return invitation_sheet({space_->name, *role, engine_->my_name(), made.words}, context_.language);
}

// The first line is what matters most; the others are numbered.
Sheet Presenter::steps_sheet(std::string_view title,
                             std::initializer_list<std::string_view> lines) const {
  const Translator& words = speaking().words;
  Sheet sheet{.title = words.tr(title), .place = space_->name};
  for (const std::string_view line : lines) {
    const std::string number = std::to_string(sheet.blocks.size()) + ".";
    if (sheet.blocks.empty())
      sheet.blocks.emplace_back(sheet::Paragraph{words.tr(line), sheet::Tone::strong});
    else
      sheet.blocks.emplace_back(sheet::Step{number, words.tr(line)});
  }
  return sheet;
}

// Empty: it is a list.
std::optional<Result<Sheet>> Presenter::sheet_for(const Deed& deed) {
  if (deed.kind == "lost") return lost_member_sheet(deed.record);
  if (deed.kind == "lost_stick")
    return steps_sheet("report.lost_stick", {"lost.stick_sealed", "lost.stick_invitation",
                                             "lost.stick_paper", "lost.stick_exchange"});
  if (deed.kind == "lost_laptop")
    return steps_sheet("report.lost_laptop",
                       {"lost.laptop_sealed", "lost.laptop_remove", "lost.laptop_exchange",
                        "lost.laptop_notice", "lost.laptop_again"});
  if (deed.kind == "invite") return invite_sheet();
  if (deed.kind == "receipt" || deed.kind == "bast") return handover_sheet(deed);
  return std::nullopt;
}

}  // namespace rukun::ui
