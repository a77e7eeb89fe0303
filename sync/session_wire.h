#pragma once
// The bytes of a link session, apart from what they mean: records (a size and a Noise message),
// frames (what the messages hold, joined), and the form of each frame. Readers take what has come,
// in pieces of any size, and hold no more than one record and one frame. Layout: PROTOCOL.md, "Link
// sessions". Errors: damaged, unsupported. Pure; one thread.

#include "sync/noise.h"
#include "sync/session.h"
#include "sync/wire.h"

namespace rukun {

inline constexpr std::uint64_t kLinkVersion = 1;
inline constexpr std::string_view kLinkPrologue = "rukun/link/1";
inline constexpr std::size_t kHandshakeSizes[] = {48, 96, 64};

enum class FrameType : std::uint8_t {
  hello = 1,
  judged = 2,
  have = 3,
  totals = 4,
  envelope = 5,
  receipt = 6,
  authority = 7,
  data = 8,
  done = 9,
  credit = 10,
  alive = 11,
  bye = 12,
  kept = 13,
  rest = 14,
};
inline bool is_item(std::uint8_t type) { return (type >= 5 && type <= 8) || type == 14; }

struct Frame {
  std::uint8_t type = 0;  // a FrameType, or one that this version does not know
  ByteView body;
};

using LinkTag = Id<struct LinkTagTag, 16>;  // names a key that both hold, in one session
LinkTag link_tag(ByteView psk, ByteView handshake_hash, NoiseRole lister);

// Of authority and data: the beginning of an item that a cut link left. See PROTOCOL.md, "Going on
// within an item".
inline constexpr std::size_t kLinkRecord = 4 * 1024;  // plaintext: what a cut may cost
using PrefixHash = Id<struct PrefixHashTag, 16>;
PrefixHash prefix_hash(ByteView beginning);
struct Beginning {
  FrameType type = FrameType::data;
  std::size_t size = 0;
  PrefixHash hash;
};
Bytes encode_kept(std::uint64_t slot, const Beginning& beginning);
Result<Beginning> decode_kept(Reader& in);                          // after the slot
Bytes encode_rest(std::uint64_t slot, const Beginning& beginning);  // and the rest itself
struct Rest {
  FrameType type = FrameType::data;
  std::size_t size = 0;  // of what comes before it
  ByteView bytes;
};
Result<Rest> decode_rest(Reader& in);  // after the slot

struct Hello {
  std::uint64_t version = kLinkVersion;
  std::vector<std::uint64_t> features;
  std::vector<LinkTag> tags;
};
Bytes encode_hello(const Hello& hello);
Result<Hello> decode_hello(ByteView body);
Bytes encode_have(std::uint64_t slot, const LinkHave& have);
Result<LinkHave> decode_have(Reader& in);  // after the slot
Bytes encode_totals(std::uint64_t slot, const LinkTotals& totals);

// Collects the bytes of one record at a time. The size is judged as soon as it is known.
class RecordReader {
 public:
  // Takes from `bytes` what the record still lacks; true when it is whole.
  Result<bool> fill(ByteView& bytes, std::size_t least, std::size_t most);
  ByteView record() const { return ByteView(held_).subspan(2); }
  void next() { held_.clear(); }
  bool empty() const { return held_.empty(); }
  std::size_t held() const { return held_.size(); }

 private:
  Bytes held_;
};
void append_record(Bytes& to, ByteView message);

// Cuts what the messages hold into frames.
class FrameReader {
 public:
  Bytes& buffer() { return held_; }  // messages are opened into its end
  // The next whole frame, a view until the next call; `most_item` bounds items and haves.
  Result<std::optional<Frame>> next(std::size_t most_item, std::size_t most_have);
  // What has come of a frame that is not whole; nothing when not even its size has.
  std::optional<Frame> unfinished() const;
  std::size_t held() const { return held_.size() - at_; }

 private:
  struct Head {
    std::size_t size = 0;  // of type and size
    std::uint64_t body = 0;
  };
  Result<std::optional<Head>> head() const;
  std::optional<Frame> wait();

  Bytes held_;
  std::size_t at_ = 0;
};
void append_frame(Bytes& to, FrameType type, ByteView body);

}  // namespace rukun
