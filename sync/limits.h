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
inline constexpr std::size_t kInvitationBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kChunk = 8 * 1024 * 1024;  // one chunk of a bundle
inline constexpr std::size_t kNesting = 8;

}  // namespace rukun::limits
