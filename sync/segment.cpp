#include "sync/segment.h"

#include <zstd.h>

#include <algorithm>
#include <utility>

#include "platform/base/check.h"
#include "sync/dictionary.h"
#include "sync/limits.h"
#include "sync/run_codec.h"

namespace rukun {

namespace {
constexpr std::uint8_t kFormat = 1;
constexpr Label kLogTagLabel("rukun/logtag/1");
constexpr Label kSealLabel("rukun/segkey/1");
constexpr Label kNonceLabel("rukun/seg-siv/1");

// Gives the synthetic nonce of one segment, once.
class SyntheticNonce final : public Random {
 public:
  SyntheticNonce(const Secret& key, ByteView associated, ByteView packed) {
    Bytes in(associated.begin(), associated.end());
    append(in, packed);
    hash_keyed(nonce_, kNonceLabel, key.view(), in);
  }
  void fill(std::span<std::uint8_t> out) override {
    CHECK_BUG(out.size() == nonce_.size() && !std::exchange(used_, true));
    std::copy(nonce_.begin(), nonce_.end(), out.begin());
  }

 private:
  std::array<std::uint8_t, 24> nonce_{};
  bool used_ = false;
};

struct FullHeader {
  SegmentHeader header;
  std::uint8_t dictionary = 0;
  std::size_t size = 0;
};

void write_header(Writer& out, const SegmentHeader& header, std::uint8_t dictionary) {
  out.u8(kFormat);
  out.u8(dictionary);
  out.raw(header.epoch);
  out.raw(header.log_tag);
  out.varint(header.first);
  out.varint(header.last - header.first);
  out.raw(header.end);
  out.varint(header.plain_size);
}

Result<FullHeader> read_full_header(ByteView segment) {
  if (segment.size() > limits::kSegmentSealed)
    return error(Code::damaged, "a segment is too large");
  Reader in(segment);
  FullHeader out;
  const auto format = in.u8();
  if (in.ok() && format != kFormat)
    return error(Code::unsupported, "a segment of format " + std::to_string(format),
                 "update Rukun on this laptop");
  out.dictionary = in.u8();
  if (in.ok() && out.dictionary > kNewestDictionary)
    return error(Code::unsupported, "a segment with dictionary " + std::to_string(out.dictionary),
                 "update Rukun on this laptop");
  out.header.epoch = in.id<EpochId>();
  out.header.log_tag = in.id<decltype(out.header.log_tag)>();
  out.header.first = static_cast<Seq>(in.varint(0xffffffff - limits::kTxnsInSegment));
  out.header.last = out.header.first + static_cast<Seq>(in.varint(limits::kTxnsInSegment - 1));
  out.header.end = in.id<TxnHash>();
  out.header.plain_size = static_cast<std::uint32_t>(in.varint(limits::kSegmentPlain));
  if (out.header.first == 0) in.fail("a segment begins before the first entry");
  TRY_VOID(in.so_far("a segment's header"));
  out.size = in.offset();
  return out;
}

Bytes associated_data(ByteView header, const SpaceId& space) {
  Bytes out(header.begin(), header.end());
  append(out, space);
  return out;
}
}  // namespace

Result<SegmentHeader> read_segment_header(ByteView segment) {
  TRY(const auto full, read_full_header(segment));
  return full.header;
}

struct SegmentCodec::Zstd {
  Zstd() : compress(ZSTD_createCCtx()), decompress(ZSTD_createDCtx()) {
    CHECK_BUG(compress != nullptr && decompress != nullptr);
    const auto dictionary = dictionary_bytes(kNewestDictionary);
    to_read = ZSTD_createDDict(dictionary.data(), dictionary.size());
    CHECK_BUG(to_read != nullptr);
  }
  ~Zstd() {
    ZSTD_freeCCtx(compress);
    ZSTD_freeDCtx(decompress);
    ZSTD_freeDDict(to_read);
    for (auto& [effort, made] : to_write) ZSTD_freeCDict(made);
  }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  // Ends a block at each cut, so that unlike columns do not share statistics.
  void pack(const ColumnWriter& columns, int effort, Bytes& packed) {
    ZSTD_CCtx_reset(compress, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(compress, ZSTD_c_compressionLevel, effort);
    ZSTD_CCtx_setParameter(compress, ZSTD_c_contentSizeFlag, 0);
    // The segment's header names the dictionary; zstd's own name for it would be four bytes more.
    ZSTD_CCtx_setParameter(compress, ZSTD_c_dictIDFlag, 0);
    ZSTD_CCtx_refCDict(compress, prepared(effort));
    const Bytes& plain = columns.out.out;
    // A known size keeps zstd from clearing tables for megabytes when one change is sealed.
    CHECK_BUG(!ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(compress, plain.size())));
    packed.resize(ZSTD_compressBound(plain.size()) + 16 * (columns.cuts().size() + 1));
    ZSTD_outBuffer to{packed.data(), packed.size(), 0};
    std::size_t from = 0;
    for (const auto cut : columns.cuts()) {
      step(plain, from, cut, ZSTD_e_flush, to);
      from = cut;
    }
    step(plain, from, plain.size(), ZSTD_e_end, to);
    packed.resize(to.pos);
  }

  Result<Bytes> unpack(ByteView packed, std::size_t size, std::uint8_t dictionary) {
    ZSTD_DCtx_reset(decompress, ZSTD_reset_session_and_parameters);
    ZSTD_DCtx_setParameter(decompress, ZSTD_d_windowLogMax, 23);
    ZSTD_DCtx_refDDict(decompress, dictionary == 0 ? nullptr : to_read);
    Bytes plain(size);
    ZSTD_outBuffer to{plain.data(), plain.size(), 0};
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    const auto left = ZSTD_decompressStream(decompress, &to, &in);
    if (ZSTD_isError(left) || left != 0 || to.pos != size || in.pos != packed.size())
      return error(Code::damaged, "a segment does not decompress to its declared size");
    return plain;
  }

  ZSTD_CCtx* compress;
  ZSTD_DCtx* decompress;
  ZSTD_DDict* to_read = nullptr;
  std::vector<std::pair<int, ZSTD_CDict*>> to_write;  // by effort

 private:
  ZSTD_CDict* prepared(int effort) {
    for (const auto& [known, made] : to_write)
      if (known == effort) return made;
    const auto dictionary = dictionary_bytes(kNewestDictionary);
    to_write.emplace_back(effort, ZSTD_createCDict(dictionary.data(), dictionary.size(), effort));
    return to_write.back().second;
  }

  void step(const Bytes& plain, std::size_t from, std::size_t end, ZSTD_EndDirective what,
            ZSTD_outBuffer& to) {
    ZSTD_inBuffer in{plain.data() + from, end - from, 0};
    const auto left = ZSTD_compressStream2(compress, &to, &in, what);
    CHECK_BUG(!ZSTD_isError(left) && left == 0);
  }
};

SegmentCodec::SegmentCodec() : zstd_(std::make_unique<Zstd>()) {}
SegmentCodec::~SegmentCodec() = default;

ByteView SegmentCodec::seal_key(const EpochId& epoch, const Secret& key) {
  auto known = seal_keys_.find(epoch);
  if (known == seal_keys_.end())
    known = seal_keys_.emplace(epoch, derive(key.view(), kSealLabel, {})).first;
  return known->second.view();
}

Result<Bytes> SegmentCodec::seal(const Run& run, const EpochId& epoch, const Secret& key,
                                 int effort, Random& random) {
  return seal_run(run, epoch, key, effort, &random);
}

Result<Bytes> SegmentCodec::seal_again(const Run& run, const EpochId& epoch, const Secret& key,
                                       int effort) {
  return seal_run(run, epoch, key, effort, nullptr);
}

Result<Bytes> SegmentCodec::seal_run(const Run& run, const EpochId& epoch, const Secret& key,
                                     int effort, Random* random) {
  CHECK_BUG(!run.txns.empty() && !run.signatures.empty() &&
            run.signatures.back().seq == run.last());
  TRY_VOID(check_fits(run));
  ColumnWriter columns;
  write_run(columns, run);
  if (columns.out.out.size() > limits::kSegmentPlain)
    return error(Code::full, "these changes are too large for one segment", "split them");
  Bytes packed;
  zstd_->pack(columns, effort, packed);
  SegmentHeader header;
  header.epoch = epoch;
  header.log_tag = hash_keyed_to<decltype(header.log_tag)>(kLogTagLabel, key.view(), run.log);
  header.first = run.first;
  header.last = run.last();
  header.end = run.end();
  header.plain_size = static_cast<std::uint32_t>(columns.out.out.size());
  Writer out;
  write_header(out, header, kNewestDictionary);
  const auto associated = associated_data(out.out, run.name.space);
  if (random != nullptr) {
    seal_append(out.out, seal_key(epoch, key), packed, associated, *random);
  } else {
    SyntheticNonce nonce(key, associated, packed);
    seal_append(out.out, seal_key(epoch, key), packed, associated, nonce);
  }
  if (out.out.size() > limits::kSegmentSealed)
    return error(Code::full, "these changes are too large for one segment", "split them");
  return std::move(out.out);
}

Result<OpenedRun> SegmentCodec::open(ByteView segment, const SpaceId& space,
                                     const EpochKeys& keys) {
  TRY(const auto full, read_full_header(segment));
  const Secret* key = keys(full.header.epoch);
  if (key == nullptr)
    return error(Code::foreign, "a segment is sealed with a key that this laptop does not have",
                 "sync once more with somebody of the neighborhood");
  TRY(const auto packed, open_sealed(seal_key(full.header.epoch, *key), segment.subspan(full.size),
                                     associated_data(segment.first(full.size), space)));
  TRY(const auto plain, zstd_->unpack(packed, full.header.plain_size, full.dictionary));
  OpenedRun opened;
  TRY(opened.run_, read_run(plain, space, full.header.first, full.header.last));
  TRY_VOID(compute_hashes(opened.run_));
  if (opened.run_.end() != full.header.end)
    return error(Code::damaged, "a segment's content does not match its hash");
  return opened;
}

Result<VerifiedRun> verify(OpenedRun opened, const Erased& erased) {
  const Run& run = opened.run_;
  if (run.signatures.empty() || run.signatures.back().seq != run.last())
    return error(Code::damaged, "a run without a signature on its last entry");
  if (std::any_of(run.parts.begin(), run.parts.end(), [&](const PartRow& part) {
        return part.stub &&
               (part.ref == RefType::act || !erased || !erased(run.records[part.record].id));
      }))
    return error(Code::damaged, "a run with erased parts, and no erasure that names them",
                 "ask for the entries again elsewhere");
  if (!verify_entry(run.name.author, run.name.space, run.end(), run.signatures.back().signature))
    return error(Code::damaged, "the signature on a run is false",
                 "ask for the entries again elsewhere");
  return VerifiedRun(std::move(opened.run_));
}

VerifiedRun without(const VerifiedRun& run, const Erased& erased) {
  return VerifiedRun(hollow(run.run(), erased));
}

VerifiedRun sign(Run run, const SigningPair& pair) {
  sign_end(run, pair);
  return VerifiedRun(std::move(run));
}

Result<VerifiedRun> SegmentCodec::open_own(ByteView segment, const SpaceId& space,
                                           const EpochKeys& keys) {
  TRY(auto opened, open(segment, space, keys));
  return VerifiedRun(std::move(opened.run_));
}

}  // namespace rukun
