// Bundles damaged at random, given to a real engine: what it then holds is exactly what the whole
// chunks alone give, and whatever was damaged is said. Where chunks begin and end is worked out
// here from PROTOCOL.md, not by the reader that is under test.
#include "sync/segment.h"
#include "tests/support/catch.h"
#include "tests/support/disk_laptop.h"

namespace rukun::test {
namespace {

constexpr std::size_t kMagicSize = 8;
const Path kFile = "/stick/kirim.rukun";

struct Piece {
  std::uint8_t type = 0;
  Bytes bytes;
  std::size_t begin = 0;  // of its head
};

// The chunks up to where the framing breaks.
std::vector<Piece> pieces_of(ByteView bytes, const Bytes& whole) {
  std::vector<Piece> out;
  const auto magic = std::min(kMagicSize, bytes.size());
  if (magic < kMagicSize || !std::equal(whole.begin(), whole.begin() + kMagicSize, bytes.begin()))
    return out;
  bool inside = false;
  for (std::size_t at = kMagicSize; at < bytes.size();) {
    Piece piece{bytes[at], {}, at};
    std::size_t size = 0, shift = 0;
    for (++at;; ++at, shift += 7) {
      if (at == bytes.size() || shift > 28 || (bytes[at] == 0 && shift != 0)) return out;
      size |= static_cast<std::size_t>(bytes[at] & 0x7f) << shift;
      if (bytes[at] < 0x80) break;
    }
    ++at;
    if (size > bytes.size() - at) return out;
    piece.bytes.assign(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                       bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
    at += size;
    const bool zeros = piece.bytes == Bytes(size);
    if (piece.type == 0 ? !zeros : !inside && piece.type != 1) return out;
    if (piece.type == 0) continue;
    inside = piece.type != 5;
    out.push_back(std::move(piece));
  }
  return out;
}

Bytes bundle_of(const Bytes& whole, const std::vector<Piece>& pieces) {
  Bytes out(whole.begin(), whole.begin() + kMagicSize);
  for (const auto& piece : pieces) {
    out.push_back(piece.type);
    std::size_t size = piece.bytes.size();
    for (; size >= 0x80; size >>= 7) out.push_back(static_cast<std::uint8_t>(size | 0x80));
    out.push_back(static_cast<std::uint8_t>(size));
    append(out, piece.bytes);
  }
  return out;
}

// A head who has written since the volunteer last heard of anybody, and the bundle that says so.
struct Delivery {
  MemoryFiles outside;
  DiskLaptop head{"damaged-head", "Pak Budi", 1, outside};
  DiskLaptop volunteer{"damaged-volunteer", "Sari", 2, outside};
  DiskLaptop other{"damaged-other", "Dewi", 3, outside};
  SpaceId space;
  Bytes bytes;
  std::vector<Piece> pieces;
  DiskLaptop::Disk before;

  Delivery() {
    REQUIRE(outside.make_dirs("/stick/a"));
    space = must_be(head.engine().create_space("RT 003/RW 007", ""), "a space").space;
    for (auto* laptop : {&volunteer, &other}) {
      const auto invitation =
          must_be(head.engine().create_invite(space, Role::volunteer, true), "inviting");
      must_be(laptop->engine().join(invitation.file, std::nullopt), "joining");
    }
    sync(head), sync(volunteer), sync(head), sync(volunteer);
    // Several runs of two logs: each exchange cuts one.
    head.add_need(space, "Beras");
    sync(head), sync(other);
    head.add_need(space, "Minyak");
    head.add_need(space, "Gula");
    sync(other), sync(head);
    must_be(head.engine().create_invite(space, Role::volunteer, true), "inviting again");
    head.add_need(space, "Telur");
    write(head, {});
    before = volunteer.save();
  }

  void write(DiskLaptop& from, std::optional<MemberId> reader) {
    must_be(from.engine().export_bundle(kFile, reader, {}), "a bundle");
    bytes = *outside.look(kFile);
    pieces = pieces_of(bytes, bytes);
  }

  // Entries of two people that the volunteer does not have yet, as the head would send them.
  void write_next(const std::string& title) {
    const auto tell_head = [&](DiskLaptop& from) {
      must_be(from.engine().export_bundle(kFile, head.engine().member(), {}), "a bundle");
      must_be(head.engine().import_bundle(kFile), "an import");
    };
    tell_head(volunteer);
    other.add_need(space, title + " D");
    tell_head(other);
    head.add_need(space, title + " 1");
    head.add_need(space, title + " 2");
    write(head, volunteer.engine().member());
  }

  void sync(DiskLaptop& laptop) {
    laptop.clock().pass(1000);
    must_be(laptop.engine().sync_folder("/stick/a"), "a stick");
  }

  std::size_t padding() const {
    const auto& last = pieces.back();
    return last.begin + 2 + (last.bytes.size() >= 0x80 ? 1 : 0) + last.bytes.size();
  }

  ExchangeReport import(const Bytes& damaged) {
    outside.put(kFile, damaged);
    return must_be(volunteer.engine().import_bundle(kFile), "an import");
  }
};

// Which of the bundle's chunks are whole in a damaged copy, in their order.
std::vector<std::size_t> whole_in(const Delivery& delivery, const Bytes& damaged) {
  std::vector<std::size_t> out;
  const auto& own_tag = delivery.pieces.front().bytes;
  Bytes tag;
  for (const auto& piece : pieces_of(damaged, delivery.bytes)) {
    if (piece.type == 1 && piece.bytes.size() == own_tag.size()) tag = piece.bytes;
    if (piece.type != 2 && tag != own_tag) continue;
    for (std::size_t i = 1; i + 1 < delivery.pieces.size(); ++i)
      if (delivery.pieces[i].type == piece.type && delivery.pieces[i].bytes == piece.bytes)
        out.push_back(i);
  }
  return out;
}

// What the engine shows after it took exactly these chunks from a bundle with nothing damaged.
class Expected {
 public:
  explicit Expected(Delivery& delivery) : delivery_(delivery) {
    base_ = pictured({}).second;
    for (std::size_t i = 1; i + 1 < delivery.pieces.size(); ++i) {
      if (delivery.pieces[i].type != 3) continue;
      headers_[i] = must_be(read_segment_header(delivery.pieces[i].bytes), "a segment");
      std::vector<std::size_t> up_to;
      for (std::size_t j = 1; j <= i; ++j) up_to.push_back(j);
      for (const auto& txn : pictured(up_to).second)
        if (!base_.contains(txn) && !known_.contains(txn)) made_by_[i].insert(txn);
      known_.insert(made_by_[i].begin(), made_by_[i].end());
    }
  }

  const std::string& picture(const std::vector<std::size_t>& whole) {
    return pictured(whole).first;
  }

  // By the protocol alone: a segment counts after what comes before it in its log.
  std::set<TxnHash> transactions(const std::vector<std::size_t>& whole) {
    std::set<TxnHash> out = base_;
    std::map<std::string, Seq> reached;
    for (const auto i : whole) {
      const auto header = headers_.find(i);
      if (header == headers_.end()) continue;
      Seq& last = reached[header->second.log_tag.hex()];
      if (header->second.first > last + 1) continue;
      last = std::max(last, header->second.last);
      if (const auto made = made_by_.find(i); made != made_by_.end())
        out.insert(made->second.begin(), made->second.end());
    }
    return out;
  }
  std::size_t made() const { return known_.size(); }

 private:
  const std::pair<std::string, std::set<TxnHash>>& pictured(const std::vector<std::size_t>& whole) {
    const auto found = seen_.find(whole);
    if (found != seen_.end()) return found->second;
    std::vector<Piece> pieces{delivery_.pieces.front()};
    for (const auto i : whole) pieces.push_back(delivery_.pieces[i]);
    delivery_.volunteer.restore(delivery_.before);
    delivery_.import(bundle_of(delivery_.bytes, pieces));
    auto& kept = seen_[whole];
    kept = {delivery_.volunteer.picture(delivery_.space),
            delivery_.volunteer.transactions(delivery_.space)};
    return kept;
  }

  Delivery& delivery_;
  std::map<std::vector<std::size_t>, std::pair<std::string, std::set<TxnHash>>> seen_;
  std::map<std::size_t, SegmentHeader> headers_;
  std::map<std::size_t, std::set<TxnHash>> made_by_;
  std::set<TxnHash> base_, known_;
};

struct Damage {
  Bytes bytes;
  bool must_be_said = true;
};

Damage damage(const Delivery& delivery, std::uint64_t number, SeededRandom& random) {
  Damage out{delivery.bytes, true};
  if (number % 5 == 4) {
    out.bytes.resize(random.below(out.bytes.size()));
    return out;
  }
  // Whatever part is drawn: most of a bundle is padding and boxes, its heads are few.
  const auto& piece = delivery.pieces[random.below(delivery.pieces.size())];
  const bool head = number % 5 == 3;
  const auto at = head ? piece.begin + random.below(3) : random.below(out.bytes.size());
  out.bytes[at] ^= static_cast<std::uint8_t>(1U << random.below(8));
  // The one change that nothing shows: a smaller size of the padding, with zeros left over.
  out.must_be_said = at < delivery.padding() || at > delivery.padding() + 2;
  return out;
}

}  // namespace

TEST_CASE("of a damaged bundle exactly the whole chunks are taken, and the damage is said",
          "[engine][damage]") {
  Delivery delivery;
  Expected expected(delivery);
  REQUIRE(expected.made() >= 4);
  REQUIRE(delivery.pieces.size() >= 8);
  SeededRandom random(2026);
  const std::size_t runs = soaking() ? 20'000 : 120;
  for (std::size_t run = 0; run < runs; ++run) {
    CAPTURE(run);
    const auto damaged = damage(delivery, run, random);
    const auto whole = whole_in(delivery, damaged.bytes);
    const auto& picture = expected.picture(whole);
    delivery.volunteer.restore(delivery.before);
    const auto report = delivery.import(damaged.bytes);
    REQUIRE(delivery.volunteer.transactions(delivery.space) == expected.transactions(whole));
    REQUIRE(delivery.volunteer.picture(delivery.space) == picture);
    if (damaged.must_be_said) REQUIRE_FALSE(report.refused.empty());
    if (run % 20 != 0) continue;
    REQUIRE(delivery.volunteer.engine().verify()->empty());
    delivery.volunteer.close();
    REQUIRE(delivery.volunteer.picture(delivery.space) == picture);
  }
}

// One engine takes damaged copies of a delivery, one after the other, and of the next delivery: it
// always holds what the whole chunks of all that it saw give, by the protocol's rule alone.
TEST_CASE("ten thousand damaged bundles give what was whole in them and nothing else",
          "[engine][damage]") {
  Delivery delivery;
  delivery.import(delivery.bytes);
  std::map<std::string, Seq> reached;  // by log, as far as whole chunks went
  for (const auto& piece : delivery.pieces)
    if (piece.type == 3) {
      const auto header = must_be(read_segment_header(piece.bytes), "a segment");
      Seq& last = reached[header.log_tag.hex()];
      last = std::max(last, header.last);
    }
  const auto held = [&] {
    return delivery.volunteer.engine().status(delivery.space)->transactions;
  };
  std::uint64_t expected = held();
  SeededRandom random(7);
  std::size_t refused = 0, silent = 0, taken = 0;
  const std::size_t deliveries = soaking() ? 10'000 : 125, copies = 80;
  for (std::size_t round = 0; round < deliveries; ++round) {
    delivery.write_next("Beras " + std::to_string(round));
    for (std::size_t copy = 0; copy < copies; ++copy) {
      CAPTURE(round, copy);
      const auto damaged = damage(delivery, copy, random);
      for (const auto i : whole_in(delivery, damaged.bytes)) {
        if (delivery.pieces[i].type != 3) continue;
        const auto header = must_be(read_segment_header(delivery.pieces[i].bytes), "a segment");
        Seq& last = reached[header.log_tag.hex()];
        if (header.first > last + 1 || header.last <= last) continue;
        expected += header.last - last;
        last = header.last;
        ++taken;
      }
      const auto report = delivery.import(damaged.bytes);
      REQUIRE(held() == expected);
      if (damaged.must_be_said) REQUIRE_FALSE(report.refused.empty());
      report.refused.empty() ? ++silent : ++refused;
    }
    delivery.import(delivery.bytes);
    expected = held();
    for (const auto& piece : delivery.pieces)
      if (piece.type == 3) {
        const auto header = must_be(read_segment_header(piece.bytes), "a segment");
        reached[header.log_tag.hex()] = header.last;
      }
    if (round % 25 == 0) REQUIRE(delivery.volunteer.engine().verify()->empty());
  }
  CHECK(delivery.volunteer.engine().verify()->empty());
  CHECK(delivery.volunteer.picture(delivery.space).substr(0, 64) ==
        delivery.head.picture(delivery.space).substr(0, 64));
  CHECK(taken > deliveries);
  std::printf(
      "%zu damaged bundles: %zu said so, %zu had only a smaller size of padding; %zu whole "
      "segments were taken from them\n",
      refused + silent, refused, silent, taken);
}

}  // namespace rukun::test
