#include "sync/bundle.h"

#include <algorithm>
#include <bit>

#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {
constexpr std::string_view kBundleMagic = "RUKUN-B1";
constexpr Label kSpaceTagLabel("rukun/tag-spc/1");
constexpr Label kWriterTagLabel("rukun/tag-wrt/1");
constexpr Label kChainLabel("rukun/bundle/1");
constexpr Label kFrontierKeyLabel("rukun/frokey/1");
constexpr Label kEndKeyLabel("rukun/endkey/1");
constexpr std::size_t kReadAtOnce = 16 * 1024;

TxnHash chained(const TxnHash& before, ChunkType type, ByteView bytes) {
  Bytes in(before.bytes.begin(), before.bytes.end());
  in.push_back(static_cast<std::uint8_t>(type));
  const auto inside = hash_to<TxnHash>(kChainLabel, bytes);
  append(in, inside);
  return hash_to<TxnHash>(kChainLabel, in);
}
}  // namespace

FolderTag space_tag(const SpaceId& space) {
  return hash_keyed_to<FolderTag>(kSpaceTagLabel, space, {});
}

FolderTag writer_tag(const SpaceId& space, const SigningKey& writer,
                     const Incarnation& incarnation) {
  Bytes in(writer.bytes.begin(), writer.bytes.end());
  append(in, incarnation);
  return hash_keyed_to<FolderTag>(kWriterTagLabel, space, in);
}

std::uint64_t padme(std::uint64_t size) {
  if (size < 2) return size;
  const auto exponent = static_cast<unsigned>(std::bit_width(size) - 1);
  const auto mantissa = static_cast<unsigned>(std::bit_width(exponent));
  if (exponent <= mantissa) return size;
  const std::uint64_t mask = (std::uint64_t{1} << (exponent - mantissa)) - 1;
  return (size + mask) & ~mask;
}

Status BundleWriter::put(ByteView bytes) {
  TRY_VOID(sink_(bytes));
  written_ += bytes.size();
  return {};
}

Status BundleWriter::start() {
  if (started_) return {};
  started_ = true;
  return put(view(kBundleMagic));
}

Status BundleWriter::chunk(ChunkType type, ByteView bytes) {
  TRY_VOID(start());
  if (bytes.size() > limits::kChunk)
    return error(Code::full, "a chunk of a bundle would be too large");
  Writer head;
  head.u8(static_cast<std::uint8_t>(type));
  head.varint(bytes.size());
  TRY_VOID(put(head.out));
  TRY_VOID(put(bytes));
  chain_ = type == ChunkType::space ? chained({}, type, bytes) : chained(chain_, type, bytes);
  return {};
}

Status BundleWriter::begin_space(const SpaceId& space) {
  space_ = space;
  return chunk(ChunkType::space, space_tag(space));
}

Status BundleWriter::frontier(const SignedFrontier& frontier, const EpochId& epoch,
                              const Secret& key) {
  return chunk(ChunkType::frontier, seal_frontier_chunk(frontier, epoch, key, random_));
}

Status BundleWriter::end_space(const EpochId& epoch, const Secret& key) {
  Bytes out(epoch.bytes.begin(), epoch.bytes.end());
  seal_append(out, derive(key.view(), kEndKeyLabel, {}).view(), chain_, space_, random_);
  return chunk(ChunkType::end, out);
}

Status BundleWriter::finish() {
  TRY_VOID(start());
  const std::uint64_t goal = padme(written_ + 3);
  // No single chunk takes exactly 130, 16,387 or 2,097,156 bytes, where the size of its size grows.
  if (const auto left = goal - written_; left == 130 || left == 16'387 || left == 2'097'156)
    TRY_VOID(put(Bytes{static_cast<std::uint8_t>(ChunkType::padding), 0}));
  // A chunk's head takes 2 to 5 bytes; the smallest padding that reaches the goal is found by
  // trying.
  for (std::uint64_t size = goal - written_ > 12 ? goal - written_ - 6 : 0;; ++size) {
    Writer head;
    head.u8(static_cast<std::uint8_t>(ChunkType::padding));
    head.varint(size);
    if (written_ + head.out.size() + size < goal) continue;
    TRY_VOID(put(head.out));
    return put(Bytes(size));
  }
}

// True when `size` more bytes are in the buffer; false at the end of the source.
Result<bool> BundleReader::fill(std::size_t size) {
  if (at_ > kReadAtOnce) {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = 0;
  }
  while (buffer_.size() - at_ < size) {
    const std::size_t old = buffer_.size();
    buffer_.resize(old + kReadAtOnce);
    auto got = source_(std::span(buffer_).subspan(old));
    buffer_.resize(old + (got ? *got : 0));
    if (!got) return tl::make_unexpected(std::move(got).error());
    if (*got == 0) return false;
  }
  return true;
}

Result<std::optional<Chunk>> BundleReader::next() {
  if (!started_) {
    TRY(const bool whole, fill(kBundleMagic.size()));
    if (!whole || text_of(ByteView(buffer_).first(kBundleMagic.size())) != kBundleMagic)
      return error(Code::foreign, "this is not a bundle of Rukun, at byte 0",
                   "choose a file that Rukun wrote");
    started_ = true;
    at_ = kBundleMagic.size();
    offset_ = kBundleMagic.size();
  }
  for (;;) {
    TRY(auto chunk, read_chunk());
    if (!chunk || chunk->type != ChunkType::padding) return chunk;
  }
}

Result<std::optional<Chunk>> BundleReader::read_chunk() {
  const auto cut_short = [&] {
    return error(Code::damaged, "the bundle is cut short at byte " + std::to_string(offset_),
                 "what came before is taken; copy the file again for the rest");
  };
  TRY(const bool more, fill(1));
  if (!more) {
    if (!padded_) return cut_short();
    return std::optional<Chunk>();
  }
  std::size_t head = 1, shift = 0;
  std::uint64_t size = 0;
  for (;; ++head, shift += 7) {
    TRY(const bool there, fill(head + 1));
    if (!there) return cut_short();
    const std::uint8_t byte = buffer_[at_ + head];
    size |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (shift > 28 || (byte == 0 && shift != 0))
      return error(Code::damaged,
                   "a chunk of the bundle has no sound size, at byte " + std::to_string(offset_));
    if (byte < 0x80) break;
  }
  ++head;
  if (size > limits::kChunk)
    return error(Code::damaged,
                 "a chunk of the bundle is too large, at byte " + std::to_string(offset_));
  TRY(const bool whole, fill(head + size));
  if (!whole) return cut_short();
  Chunk out;
  out.offset = offset_;
  const std::uint8_t type = buffer_[at_];
  const auto bytes = ByteView(buffer_).subspan(at_ + head, size);
  out.bytes.assign(bytes.begin(), bytes.end());
  at_ += head + size;
  offset_ += head + size;
  const bool begins = type == static_cast<std::uint8_t>(ChunkType::space);
  padded_ = type == static_cast<std::uint8_t>(ChunkType::padding) && !in_section_;
  const bool zeros = std::all_of(out.bytes.begin(), out.bytes.end(), [](auto b) { return b == 0; });
  if (type == static_cast<std::uint8_t>(ChunkType::padding) ? !zeros : !in_section_ && !begins)
    return error(Code::damaged, "something stands between the sections of the bundle, at byte " +
                                    std::to_string(out.offset));
  if (type > static_cast<std::uint8_t>(ChunkType::end)) {
    // A chunk of a newer version: it belongs to the section's chain, but says nothing to us.
    chain_ = chained(chain_, static_cast<ChunkType>(type), out.bytes);
    out.type = ChunkType::padding;
    return std::optional(std::move(out));
  }
  out.type = static_cast<ChunkType>(type);
  if (out.type == ChunkType::padding) return std::optional(std::move(out));
  chain_before_end_ = chain_;
  chain_ = chained(out.type == ChunkType::space ? TxnHash{} : chain_, out.type, out.bytes);
  in_section_ = out.type != ChunkType::end;
  return std::optional(std::move(out));
}

namespace {
Result<Bytes> open_chunk(ByteView bytes, const Label& label, const SpaceId& space,
                         const EpochKeys& keys) {
  const auto epoch = EpochId::from(bytes.first(std::min(bytes.size(), EpochId::kSize)));
  const Secret* key = epoch ? keys(*epoch) : nullptr;
  if (!epoch) return error(Code::damaged, "a chunk without its epoch");
  if (key == nullptr)
    return error(Code::foreign, "a chunk sealed with a key that this laptop does not have");
  return open_sealed(derive(key->view(), label, {}).view(), bytes.subspan(EpochId::kSize), space);
}
}  // namespace

Status BundleReader::check_end(const Chunk& end, const SpaceId& space,
                               const EpochKeys& keys) const {
  TRY(const auto inside, open_chunk(end.bytes, kEndKeyLabel, space, keys));
  if (!equal_secret(inside, chain_before_end_))
    return error(Code::damaged,
                 "the bundle lacks chunks before byte " + std::to_string(end.offset));
  return {};
}

Bytes seal_frontier_chunk(const SignedFrontier& frontier, const EpochId& epoch, const Secret& key,
                          Random& random) {
  Bytes out(epoch.bytes.begin(), epoch.bytes.end());
  seal_append(out, derive(key.view(), kFrontierKeyLabel, {}).view(), encode_frontier(frontier),
              frontier.space, random);
  return out;
}

Result<SignedFrontier> open_frontier_chunk(
    ByteView bytes, const SpaceId& space, const EpochKeys& keys,
    const std::function<bool(const SignedFrontier&)>& is_known) {
  TRY(const auto plain, open_chunk(bytes, kFrontierKeyLabel, space, keys));
  TRY(auto frontier, decode_frontier(plain));
  if (frontier.space != space) return error(Code::foreign, "a receipt of another neighborhood");
  if (!is_known || !is_known(frontier)) TRY_VOID(verify_frontier(frontier));
  return frontier;
}

}  // namespace rukun
