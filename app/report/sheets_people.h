#pragma once
// Sheets about membership, to print and hand over: an invitation, what was done about a lost
// laptop, and the words that are shown once and kept on paper. Errors: bad_value when the
// laptop is not recorded as lost. One thread.

#include <string>
#include <string_view>

#include "app/engine/engine.h"
#include "app/report/sheet.h"

namespace rukun {

// A6. The words open the door by themselves, so the two spoken words of the file never stand here.
struct InvitationPaper {
  std::string space;
  Role role = Role::reader;
  std::string invited_by;
  std::string words;  // 24; the QR code holds the same text
};
Sheet invitation_sheet(const InvitationPaper& paper, Language language);

// A4, for the notice board and the owner.
struct LostPaper {
  std::string space;
  std::string owner;
  Role role = Role::reader;
  std::string laptop;        // the beginning of its member id
  bool key_changed = false;  // who writes uses a key that this laptop does not know
  std::string told_on;       // a date in words
};
Result<LostPaper> read_lost(Engine& engine, const SpaceInfo& space, const MemberId& member,
                            Language language, WallTime now);
Sheet lost_sheet(const LostPaper& paper, Language language);

// A4: the neighborhood's own words (`root`), or a profile's recovery code.
Sheet root_sheet(const std::string& space, const std::string& words, Language language);
Sheet recovery_sheet(const std::string& name, const std::string& code, Language language);

}  // namespace rukun
