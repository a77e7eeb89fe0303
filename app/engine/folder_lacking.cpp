#include "app/engine/folder_lacking.h"

#include <algorithm>

namespace rukun {

// What some member lacks, by the latest receipts: those met here, and those that others passed
// on.
Result<std::vector<LackingPiece>> lacking_of_readers(Engine::Works& works, const Space& space,
                                                     const ReceiptsHere& here) {
  std::vector<LackingPiece> all;
  std::vector<MemberId> readers;
  for (const auto& member : space.authority.members)
    if (member.id != works.me) readers.push_back(member.id);
  const bool open_invitation =
      std::any_of(space.authority.invitations.begin(), space.authority.invitations.end(),
                  [](const Invitation& invitation) { return invitation.used_by.empty(); });
  // Who has not been heard of, and who may yet come by an invitation, has nothing.
  if (open_invitation || readers.empty()) return works.store->missing_for(space.ix, {});
  for (const auto& reader : readers) {
    const auto found = here.find(reader);
    if (found == here.end() && !space.receipts.contains(reader))
      return works.store->missing_for(space.ix, {});
    TRY(const auto pieces,
        works.store->missing_for(space.ix, found != here.end()
                                               ? found->second.second
                                               : works.known_frontier(space, reader)));
    for (const auto& piece : pieces) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const LackingPiece& known) {
        return known.arrival == piece.arrival;
      });
      if (same == all.end())
        all.push_back(piece);
      else
        same->from = std::min(same->from, piece.from);
    }
  }
  std::sort(all.begin(), all.end(), [&](const LackingPiece& a, const LackingPiece& b) {
    const bool a_data = works.store->log(a.log).name.which == LogKind::data;
    const bool b_data = works.store->log(b.log).name.which == LogKind::data;
    return std::tie(a_data, a.log, a.from, a.arrival) < std::tie(b_data, b.log, b.from, b.arrival);
  });
  return all;
}

}  // namespace rukun
