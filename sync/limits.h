#pragma once
// Every bound that bytes from outside must keep, in one place. A reader checks against these before
// it allocates. They are part of the format: PROTOCOL.md repeats them.

#include <cstddef>
#include <cstdint>

namespace rukun::limits {

inline constexpr std::size_t kText = 16 * 1024;  // bytes of one text value
inline constexpr std::size_t kOpsInPart = 512;
inline constexpr std::size_t kPartsInTxn = 4096;
inline constexpr std::size_t kReplacesInOp = 4096;     // a delete names every write that it saw
inline constexpr std::size_t kPartBytes = 256 * 1024;  // canonical operations of one part
inline constexpr std::size_t kDepsInTxn = 16 * 1024;
inline constexpr std::size_t kTxnsInSegment = 4096;
inline constexpr std::size_t kSegmentPlain = 4 * 1024 * 1024;  // decompressed
inline constexpr std::size_t kSegmentText =
    16 * 1024 * 1024;  // texts and opaque parts, written out
inline constexpr std::size_t kSegmentSealed = 2 * 1024 * 1024;
inline constexpr std::size_t kSegmentGoal = 1024 * 1024;   // writers cut before this
inline constexpr std::size_t kRowsInSegment = 512 * 1024;  // parts, operations, replaced: each
inline constexpr std::size_t kLogsInFrontier = 64 * 1024;
inline constexpr std::size_t kHeadsInLog = 64;
inline constexpr std::size_t kHeadsInFrontier = 128 * 1024;  // all logs together
inline constexpr std::size_t kFrontierBytes = 8 * 1024 * 1024;
inline constexpr std::size_t kBoxesInEnvelope = 4096;
inline constexpr std::size_t kEpochs = 4096;
inline constexpr std::size_t kEnvelopeBytes = 1024 * 1024;
inline constexpr std::size_t kActBytes = 64 * 1024;
inline constexpr std::size_t kActsInLog = 16 * 1024;  // entries of one authority log that count
inline constexpr std::size_t kContestsInLog = 256;    // removals, roles, revocations among them
inline constexpr std::size_t kMaskedBytes = 16 * 1024 * 1024;  // kept of who was removed, later
inline constexpr std::size_t kInvitationBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kChunk = 8 * 1024 * 1024;  // one chunk of a bundle
inline constexpr std::size_t kNesting = 8;

// Of one session over a link.
inline constexpr std::size_t kLinkKeys = 4096;              // epochs and invitations that are tried
inline constexpr std::size_t kLinkFeatures = 64;            // named in a hello
inline constexpr std::size_t kLinkControl = 128 * 1024;     // a frame that is no item and no have
inline constexpr std::size_t kLinkHave = 10 * 1024 * 1024;  // what one side has of a space
inline constexpr std::size_t kLinkHaves = 32 * 1024 * 1024;  // of all spaces together
inline constexpr std::size_t kLinkItem = kFrontierBytes + 16;
inline constexpr std::size_t kLinkWindow = 10 * 1024 * 1024;  // items sent, not yet durable there
inline constexpr std::size_t kLinkBatch =
    1024 * 1024;  // made durable at once; window - item at most
inline constexpr std::size_t kLinkUnknownBytes = 64 * 1024;  // of items, from who is not known
inline constexpr std::size_t kLinkRounds = 64;               // haves of one side for a space
inline constexpr std::size_t kLinkRefused = 64;
inline constexpr std::size_t kLinkReady = 64 * 1024;  // made ready to send before more is read
inline constexpr std::size_t kLinkRemembered = 1024;  // first messages that were answered
inline constexpr std::size_t kLinkKept = 8;           // beginnings of items that were cut

}  // namespace rukun::limits
