#include "sync/session_wire.h"

#include <algorithm>

#include "sync/limits.h"

namespace rukun {

namespace {
constexpr Label kLinkTagLabel("rukun/lnk-tag/1");
constexpr Label kPskLabel("rukun/lnk-psk/1");
constexpr Label kPrefixLabel("rukun/lnk-pre/1");

void write_heads(Writer& out, const Frontier& frontier) {
  out.varint(frontier.heads.size());
  for (const auto& head : frontier.heads) {
    out.raw(head.log);
    out.varint(head.seq);
    out.raw(head.hash);
  }
}

Frontier read_heads(Reader& in) {
  Frontier out;
  const auto count = in.count(limits::kHeadsInFrontier, LogId::kSize + 1 + TxnHash::kSize);
  out.heads.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Head head;
    head.log = in.id<LogId>();
    head.seq = static_cast<Seq>(in.varint(std::numeric_limits<Seq>::max()));
    head.hash = in.id<TxnHash>();
    if (in.ok() && !out.heads.empty() && !(out.heads.back() < head)) in.fail("heads out of order");
    out.heads.push_back(head);
  }
  return out;
}
}  // namespace

Secret link_psk(const Secret& epoch_key) { return derive(epoch_key.view(), kPskLabel, {}); }

LinkTag link_tag(ByteView psk, ByteView handshake_hash, NoiseRole lister) {
  Bytes in(handshake_hash.begin(), handshake_hash.end());
  in.push_back(static_cast<std::uint8_t>(lister));
  return hash_keyed_to<LinkTag>(kLinkTagLabel, psk, in);
}

Bytes encode_hello(const Hello& hello) {
  Writer out;
  out.varint(hello.version);
  out.varint(hello.features.size());
  for (const auto feature : hello.features) out.varint(feature);
  out.varint(hello.tags.size());
  for (const auto& tag : hello.tags) out.raw(tag);
  return std::move(out.out);
}

Result<Hello> decode_hello(ByteView body) {
  Reader in(body);
  Hello out;
  out.version = in.varint();
  const auto features = in.count(limits::kLinkFeatures, 1);
  for (std::size_t i = 0; i < features; ++i) out.features.push_back(in.varint());
  const auto tags = in.count(limits::kLinkKeys, LinkTag::kSize);
  out.tags.reserve(tags);
  for (std::size_t i = 0; i < tags; ++i) out.tags.push_back(in.id<LinkTag>());
  // What a later version says after this is not for us.
  TRY_VOID(in.so_far("a hello"));
  if (out.version == 0) return error(Code::unsupported, "a hello of no version");
  return out;
}

Bytes encode_have(std::uint64_t slot, const LinkHave& have) {
  Writer out;
  out.varint(slot);
  out.blob(have.receipt ? encode_frontier(*have.receipt) : Bytes{});
  write_heads(out, have.receipt ? Frontier{} : have.heads);
  out.varint(have.envelopes.size());
  for (const auto& name : have.envelopes) out.raw(name);
  out.varint(have.receipts.size());
  for (const auto& known : have.receipts) {
    out.raw(known.member);
    out.varint(known.counter);
  }
  return std::move(out.out);
}

Result<LinkHave> decode_have(Reader& in) {
  LinkHave out;
  const auto receipt = in.blob(limits::kFrontierBytes);
  out.heads = read_heads(in);
  const auto envelopes = in.count(limits::kBoxesInEnvelope, TxnTag::kSize);
  out.envelopes.reserve(envelopes);
  for (std::size_t i = 0; i < envelopes; ++i) out.envelopes.push_back(in.id<TxnTag>());
  const auto receipts = in.count(limits::kLogsInFrontier, MemberId::kSize + 1);
  out.receipts.reserve(receipts);
  for (std::size_t i = 0; i < receipts; ++i) {
    const auto member = in.id<MemberId>();
    out.receipts.push_back({member, in.varint()});
  }
  TRY_VOID(in.finish("what the other side has"));
  if (!receipt.empty()) {
    if (!out.heads.heads.empty())
      return error(Code::damaged, "what the other side has: heads said twice");
    TRY(auto signed_one, decode_frontier(receipt));
    out.heads = signed_one.frontier;
    out.receipt = std::move(signed_one);
  }
  return out;
}

Bytes encode_totals(std::uint64_t slot, const LinkTotals& totals) {
  Writer out;
  out.varint(slot);
  out.varint(totals.items);
  out.varint(totals.transactions);
  out.varint(totals.bytes);
  return std::move(out.out);
}

PrefixHash prefix_hash(ByteView beginning) { return hash_to<PrefixHash>(kPrefixLabel, beginning); }

namespace {
void write_place(Writer& out, std::uint64_t slot, const Beginning& beginning) {
  out.varint(slot);
  out.u8(static_cast<std::uint8_t>(beginning.type));
  out.varint(beginning.size);
}

FrameType read_begun_type(Reader& in) {
  const auto type = static_cast<FrameType>(in.u8());
  if (type != FrameType::authority && type != FrameType::data) in.fail("no item that can go on");
  return type;
}
}  // namespace

Bytes encode_kept(std::uint64_t slot, const Beginning& beginning) {
  Writer out;
  write_place(out, slot, beginning);
  out.raw(beginning.hash);
  return std::move(out.out);
}

Result<Beginning> decode_kept(Reader& in) {
  Beginning out;
  out.type = read_begun_type(in);
  out.size = static_cast<std::size_t>(in.varint(limits::kSegmentSealed));
  out.hash = in.id<PrefixHash>();
  TRY_VOID(in.finish("the beginning of an item"));
  return out;
}

Bytes encode_rest(std::uint64_t slot, const Beginning& beginning) {
  Writer out;
  write_place(out, slot, beginning);
  return std::move(out.out);
}

Result<Rest> decode_rest(Reader& in) {
  Rest out;
  out.type = read_begun_type(in);
  out.size = static_cast<std::size_t>(in.varint(limits::kSegmentSealed));
  out.bytes = in.raw(in.left());
  TRY_VOID(in.finish("the rest of an item"));
  return out;
}

Result<bool> RecordReader::fill(ByteView& bytes, std::size_t least, std::size_t most) {
  const auto take = [&](std::size_t until) {
    const auto size = std::min(until - std::min(until, held_.size()), bytes.size());
    append(held_, bytes.first(size));
    bytes = bytes.subspan(size);
    return held_.size() >= until;
  };
  if (!take(2)) return false;
  const std::size_t size = std::size_t{held_[0]} << 8 | held_[1];
  if (size < least || size > most)
    return error(Code::damaged, "a record of the link has no sound size");
  return take(2 + size);
}

void append_record(Bytes& to, ByteView message) {
  to.push_back(static_cast<std::uint8_t>(message.size() >> 8));
  to.push_back(static_cast<std::uint8_t>(message.size() & 0xff));
  append(to, message);
}

Result<std::optional<FrameReader::Head>> FrameReader::head() const {
  const auto left = ByteView(held_).subspan(at_);
  Head out{1, 0};
  for (unsigned shift = 0;; shift += 7) {
    if (left.size() <= out.size) return std::nullopt;
    const std::uint8_t byte = left[out.size++];
    out.body |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (shift > 28 || (byte == 0 && shift != 0))
      return error(Code::damaged, "a frame of the link has no sound size");
    if (byte < 0x80) return std::optional(out);
  }
}

std::optional<Frame> FrameReader::unfinished() const {
  const auto known = head();
  if (!known || !*known) return std::nullopt;
  const auto left = ByteView(held_).subspan(at_);
  const auto body = left.subspan((*known)->size);
  if (body.size() >= (*known)->body) return std::nullopt;
  return Frame{left[0], body};
}

Result<std::optional<Frame>> FrameReader::next(std::size_t most_item, std::size_t most_have) {
  TRY(const auto known, head());
  if (!known) return wait();
  const auto left = ByteView(held_).subspan(at_);
  const auto size = known->body;
  const std::uint8_t type = left[0];
  const bool have = type == static_cast<std::uint8_t>(FrameType::have);
  const std::size_t most = is_item(type) ? most_item : have ? most_have : limits::kLinkControl;
  if (size > most)
    return error(Code::damaged,
                 "a frame of the link is larger than what may come now: " + std::to_string(size) +
                     " bytes of type " + std::to_string(type));
  if (left.size() - known->size < size) return wait();
  at_ += known->size + static_cast<std::size_t>(size);
  return std::optional(Frame{type, left.subspan(known->size, static_cast<std::size_t>(size))});
}

// What was read is dropped once for all the frames of a message.
std::optional<Frame> FrameReader::wait() {
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(at_));
  at_ = 0;
  return std::nullopt;
}

void append_frame(Bytes& to, FrameType type, ByteView body) {
  Writer head;
  head.u8(static_cast<std::uint8_t>(type));
  head.varint(body.size());
  append(to, head.out);
  append(to, body);
}

}  // namespace rukun
