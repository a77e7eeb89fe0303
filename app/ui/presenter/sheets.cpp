#include "app/ui/presenter/sheets.h"

#include "app/domain/rules/roles.h"
#include "app/domain/values.h"
#include "app/report/sheets_aid.h"
#include "app/report/sheets_people.h"

namespace rukun::ui {
namespace {

Result<Sheet> lost_member_sheet(Desk& desk, const std::string& member) {
  const auto bytes = from_hex(member);
  const auto id = bytes ? MemberId::from(*bytes) : std::nullopt;
  if (!id) return error(Code::not_found, member);
  TRY(const auto paper,
      read_lost(desk.engine(), desk.space(), *id, desk.language(), desk.setup().clock.now()));
  return lost_sheet(paper, desk.language());
}

Result<Sheet> handover_sheet(Desk& desk, const Deed& deed) {
  TRY(const auto id, record_of(deed.record));
  TRY(const auto paper, read_handover(desk.engine(), desk.space(), id, desk.showing()));
  return deed.kind == "bast" ? bast_sheet(paper, desk.language())
                             : receipt_sheet(paper, desk.language());
}

// Its words are shown once and kept nowhere.
Result<Sheet> invite_sheet(Desk& desk) {
  if (!desk.now.members.made)
    return error(Code::not_found, desk.speaking().words.tr("print.invite_gone"),
                 desk.speaking().words.tr("members.invite"));
  const auto& made = *desk.now.members.made;
  const auto role = role_named(made.role);
  if (!role) return error(Code::bad_value, made.role);
  return invitation_sheet({desk.space().name, *role, desk.engine().my_name(), made.words},
                          desk.language());
}

// The first line is what matters most; the others are numbered.
Sheet steps_sheet(Desk& desk, std::string_view title,
                  std::initializer_list<std::string_view> lines) {
  const Translator& words = desk.speaking().words;
  Sheet sheet{.title = words.tr(title), .place = desk.space().name};
  for (const std::string_view line : lines) {
    const std::string number = std::to_string(sheet.blocks.size()) + ".";
    if (sheet.blocks.empty())
      sheet.blocks.emplace_back(sheet::Paragraph{words.tr(line), sheet::Tone::strong});
    else
      sheet.blocks.emplace_back(sheet::Step{number, words.tr(line)});
  }
  return sheet;
}

}  // namespace

// Empty: it is a list.
std::optional<Result<Sheet>> sheet_for(Desk& desk, const Deed& deed) {
  if (deed.kind == "lost") return lost_member_sheet(desk, deed.record);
  if (deed.kind == "lost_stick")
    return steps_sheet(
        desk, "report.lost_stick",
        {"lost.stick_sealed", "lost.stick_invitation", "lost.stick_paper", "lost.stick_exchange"});
  if (deed.kind == "lost_laptop")
    return steps_sheet(desk, "report.lost_laptop",
                       {"lost.laptop_sealed", "lost.laptop_remove", "lost.laptop_exchange",
                        "lost.laptop_notice", "lost.laptop_again"});
  if (deed.kind == "invite") return invite_sheet(desk);
  if (deed.kind == "receipt" || deed.kind == "bast") return handover_sheet(desk, deed);
  return std::nullopt;
}

}  // namespace rukun::ui
