#pragma once
// A bundle carries key envelopes, segments and signed frontiers of one or more spaces in one file
// or folder file. It streams in and out in constant memory. Only complete chunks count; each proves
// itself (signature or seal), and each section ends with a sealed mark over all its chunks, so that
// a cut or a reordering is seen. Layout: PROTOCOL.md, "Bundle". Errors: damaged (with offset),
// foreign (not a bundle), unsupported (newer version). Pure; one thread.

#include <functional>

#include "sync/frontier.h"
#include "sync/segment.h"

namespace rukun {

using FolderTag = Id<struct FolderTagTag, 16>;
FolderTag space_tag(const SpaceId& space);  // links files of one space
// One for each incarnation: twins of a laptop write in directories of their own.
FolderTag writer_tag(const SpaceId& space, const SigningKey& writer,
                     const Incarnation& incarnation);

enum class ChunkType : std::uint8_t {
  padding = 0,
  space = 1,
  envelope = 2,
  segment = 3,
  frontier = 4,
  end = 5
};

struct Chunk {
  ChunkType type = ChunkType::padding;
  Bytes bytes;
  std::uint64_t offset = 0;  // of the chunk in the bundle
};

using Sink = std::function<Status(ByteView)>;
using Source = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;  // 0: the end

class BundleWriter {
 public:
  BundleWriter(Sink sink, Random& random) : sink_(std::move(sink)), random_(random) {}
  Status begin_space(const SpaceId& space);
  Status envelope(ByteView bytes) { return chunk(ChunkType::envelope, bytes); }
  Status segment(ByteView bytes) { return chunk(ChunkType::segment, bytes); }
  Status frontier(const SignedFrontier& frontier, const EpochId& epoch, const Secret& key);
  Status end_space(const EpochId& epoch, const Secret& key);
  Status finish();  // pads, so that the size tells little (Padmé: Nikitin et al., PETS 2019)
  std::uint64_t bytes() const { return written_; }

 private:
  Status start();
  Status chunk(ChunkType type, ByteView bytes);
  Status put(ByteView bytes);

  Sink sink_;
  Random& random_;
  SpaceId space_;
  TxnHash chain_;  // over the chunks of this section
  std::uint64_t written_ = 0;
  bool started_ = false;
};

class BundleReader {
 public:
  explicit BundleReader(Source source) : source_(std::move(source)) {}
  // The next chunk other than padding; nullopt at a proper end. After an error nothing more comes.
  Result<std::optional<Chunk>> next();
  std::uint64_t offset() const { return offset_; }
  // Right after an end chunk: whether it seals exactly the chunks of its section.
  Status check_end(const Chunk& end, const SpaceId& space, const EpochKeys& keys) const;

 private:
  Result<bool> fill(std::size_t size);
  Result<std::optional<Chunk>> read_chunk();

  Source source_;
  Bytes buffer_;
  std::size_t at_ = 0;
  std::uint64_t offset_ = 0;
  TxnHash chain_;
  TxnHash chain_before_end_;
  bool started_ = false;
  bool in_section_ = false;
  bool padded_ = false;  // the last chunk was padding after a section: here a bundle may end
};

Bytes seal_frontier_chunk(const SignedFrontier& frontier, const EpochId& epoch, const Secret& key,
                          Random& random);
// Also checks the signature, unless `is_known` says that the very same one was checked before.
// Foreign when sealed with an unknown key.
Result<SignedFrontier> open_frontier_chunk(
    ByteView bytes, const SpaceId& space, const EpochKeys& keys,
    const std::function<bool(const SignedFrontier&)>& is_known = {});
std::uint64_t padme(std::uint64_t size);

}  // namespace rukun
