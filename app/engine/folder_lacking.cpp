#include "app/engine/folder_lacking.h"

#include <algorithm>
#include <tuple>

namespace rukun {

// What some member lacks, by the latest receipts: those met here, and those passed on.
Result<std::vector<LackingPiece>> lacking_of_readers(Engine::Works& works, const Space& space,
                                                     const ReceiptsHere& here) {
  std::map<Arrival, LackingPiece> found_pieces;
  std::vector<MemberId> readers;
  for (const auto& member : space.authority.members)
    if (member.id != works.me && !member.removed) readers.push_back(member.id);
  const bool open_invitation =
      std::any_of(space.authority.invitations.begin(), space.authority.invitations.end(),
                  [](const Invitation& invitation) { return invitation.open(); });
  // Who has not been heard of, and who may yet come by an invitation, has nothing.
  if (open_invitation || readers.empty()) return works.store->missing_for(space.ix, {});
  const auto add_missing = [&](const MemberId& reader, const auto& is_for_reader) -> Status {
    const auto found = here.find(reader);
    TRY(const auto pieces,
        works.store->missing_for(space.ix, found != here.end()
                                               ? found->second.second
                                               : works.known_frontier(space, reader)));
    for (const auto& piece : pieces) {
      if (!is_for_reader(piece)) continue;
      Seq& from = found_pieces.try_emplace(piece.arrival, piece).first->second.from;
      from = std::min(from, piece.from);
    }
    return {};
  };
  for (const auto& reader : readers) {
    if (!here.contains(reader) && !space.receipts.contains(reader))
      return works.store->missing_for(space.ix, {});
    TRY_VOID(add_missing(reader, [](const LackingPiece&) { return true; }));
  }
  // Who was removed is told so, and nothing that was said later.
  for (const auto& member : space.authority.members) {
    if (!member.removed || member.id == works.me) continue;
    const auto last = space.authority.until_removal(member.key);
    TRY_VOID(add_missing(member.id, [&](const LackingPiece& piece) {
      const auto known = last.find(works.store->log(piece.log).id);
      return known != last.end() && piece.from <= known->second;
    }));
  }
  std::vector<LackingPiece> all;
  for (const auto& [arrival, piece] : found_pieces) all.push_back(piece);
  const auto place = [&](const LackingPiece& one) {
    return std::tuple(works.store->log(one.log).name.which, one.log, one.from, one.arrival);
  };
  std::sort(all.begin(), all.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return all;
}

}  // namespace rukun
