#include "sync/txn.h"

#include <algorithm>

#include "platform/base/check.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {
constexpr Label kLogLabel("rukun/log/1");
constexpr Label kPartLabel("rukun/part/1");
constexpr Label kTxnLabel("rukun/txn/1");
constexpr Label kFreshLabel("rukun/record/1");
constexpr Label kKeyedLabel("rukun/keyed/1");
constexpr Label kDepsLabel("rukun/deps/1");
constexpr Label kMemberLabel("rukun/member/1");
constexpr Label kSpaceLabel("rukun/space/1");
constexpr std::string_view kEntryContext = "rukun/entry/1";

Bytes entry_message(const SpaceId& space, const TxnHash& hash) {
  Bytes message(kEntryContext.begin(), kEntryContext.end());
  append(message, space);
  append(message, hash);
  return message;
}
}  // namespace

LogId LogName::id() const {
  Bytes in;
  append(in, space);
  append(in, author);
  append(in, incarnation);
  in.push_back(static_cast<std::uint8_t>(which));
  return hash_to<LogId>(kLogLabel, in);
}

MemberId member_id(const SigningKey& key) { return hash_to<MemberId>(kMemberLabel, key); }
SpaceId space_id(const SigningKey& root) { return hash_to<SpaceId>(kSpaceLabel, root); }

DepsDigest digest_of(const std::vector<Head>& deps) {
  Writer out;
  for (const auto& dep : deps) {
    out.raw(dep.log);
    out.varint(dep.seq);
    out.raw(dep.hash);
  }
  return hash_to<DepsDigest>(kDepsLabel, out.out);
}

Bytes canonical_ops(const std::vector<Op>& ops, const LogId& own) {
  Writer out;
  out.varint(ops.size());
  for (const auto& op : ops) {
    out.varint(op.field);
    out.u8(static_cast<std::uint8_t>(op.type));
    out.varint(op.replaces.size());
    for (const auto& ref : op.replaces) {
      out.u8(ref.log == own ? 0 : 1);
      if (ref.log != own) out.raw(ref.log);
      out.varint(ref.seq);
      out.raw(ref.txn);
    }
    write_value(out, op.value);
  }
  return std::move(out.out);
}

Result<std::vector<Op>> read_canonical_ops(ByteView bytes, const LogId& own) {
  Reader in(bytes);
  std::vector<Op> ops(in.count(limits::kOpsInPart, 4));
  for (auto& op : ops) {
    op.field = static_cast<FieldId>(in.varint(0xffff));
    const auto type = in.u8();
    if (in.ok() && (type < 1 || type > 3))
      return error(Code::unsupported, "operations of a newer version");
    op.type = static_cast<OpType>(type);
    op.replaces.resize(in.count(limits::kReplacesInOp, 18));
    for (auto& ref : op.replaces) {
      const auto foreign = in.u8();
      if (foreign > 1) in.fail("a bad mark before a log");
      ref.log = foreign == 1 ? in.id<LogId>() : own;
      if (foreign == 1 && ref.log == own) in.fail("the own log written out");
      ref.seq = static_cast<Seq>(in.varint(0xffffffff));
      ref.txn = in.id<TxnTag>();
      if (ref.txn.is_zero()) in.fail("a replaced write without a name");
    }
    op.value = read_value(in);
  }
  TRY_VOID(in.finish("operations"));
  return ops;
}

InnerHash inner_hash(const Salt& salt, ByteView canonical) {
  InnerHash out;
  hash_salted(out.bytes, kPartLabel, salt, canonical);
  return out;
}

void HeaderWriter::varint(std::uint64_t number) {
  while (number >= 0x80) {
    bytes_.push_back(static_cast<std::uint8_t>(number | 0x80));
    number >>= 7;
  }
  bytes_.push_back(static_cast<std::uint8_t>(number));
}

void HeaderWriter::begin(const TxnHash& before, Seq seq, Stamp stamp, bool has_deps) {
  bytes_.clear();
  append(bytes_, before);
  varint(seq);
  for (int i = 0; i < 8; ++i) bytes_.push_back(static_cast<std::uint8_t>(stamp.ticks >> (8 * i)));
  bytes_.push_back(static_cast<std::uint8_t>((stamp.doubtful ? 1 : 0) | (has_deps ? 2 : 0)));
}

void HeaderWriter::deps_begin(std::size_t count) { varint(count); }

void HeaderWriter::dep(const LogId& log, Seq seq) {
  append(bytes_, log);
  varint(seq);
}

void HeaderWriter::deps_end(const DepsDigest& digest) { append(bytes_, digest); }

void HeaderWriter::parts_begin(std::size_t count) { varint(count); }

void HeaderWriter::part(RefType ref, KindId kind, const RecordId& record, const InnerHash& inner) {
  bytes_.push_back(static_cast<std::uint8_t>(ref));
  if (ref != RefType::existing) varint(kind);
  if (ref == RefType::existing || ref == RefType::keyed) append(bytes_, record);
  append(bytes_, inner);
}

TxnHash HeaderWriter::finish() const { return hash_to<TxnHash>(kTxnLabel, bytes_); }

RecordId fresh_record_id(const TxnHash& txn, std::uint32_t part) {
  std::array<std::uint8_t, TxnHash::kSize + 4> in{};
  std::copy(txn.bytes.begin(), txn.bytes.end(), in.begin());
  for (std::size_t i = 0; i < 4; ++i)
    in[TxnHash::kSize + i] = static_cast<std::uint8_t>(part >> (8 * i));
  return hash_to<RecordId>(kFreshLabel, in);
}

RecordId keyed_record_id(ByteView secret, KindId kind, std::string_view key, std::uint32_t life) {
  Writer in;
  in.varint(kind);
  in.blob(view(key));
  in.varint(life);
  return hash_keyed_to<RecordId>(kKeyedLabel, secret, in.out);
}

TxnHash before_first(const LogId& log) {
  TxnHash hash;
  hash.bytes = log.bytes;
  return hash;
}

Signature sign_entry(const SigningPair& pair, const SpaceId& space, const TxnHash& hash) {
  return sign(pair, entry_message(space, hash));
}

bool verify_entry(const SigningKey& key, const SpaceId& space, const TxnHash& hash,
                  const Signature& signature) {
  return verify(key, entry_message(space, hash), signature);
}

}  // namespace rukun
