// Exchange over any folder: a stick, a folder that Syncthing or Nextcloud keeps alike, the profiles
// of one home. Everybody writes in a directory of their own, only files with new names, each read
// back before it counts; so two laptops never write the same file, and a torn one stops nobody.
// Layout: PROTOCOL.md, "Folder".

#include <algorithm>

#include "app/engine/engine_works.h"
#include "sync/limits.h"

namespace rukun {

namespace {
constexpr std::string_view kFolder = "rukun";
constexpr std::string_view kBundleEnd = ".rkb";
constexpr std::string_view kReceiptEnd = ".rkf";
constexpr std::size_t kSlack = 64 * 1024;
constexpr Label kNameLabel("rukun/filename/1");

// 40 bits as eight characters that every file system keeps apart.
std::string short_name(ByteView bytes) {
  static constexpr char kSymbols[] = "abcdefghijkmnpqrstuvwxyz23456789";
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | bytes[i];
  std::string out;
  for (int shift = 35; shift >= 0; shift -= 5) out += kSymbols[bits >> shift & 31];
  return out;
}

std::string content_name(ByteView bytes, std::string_view ending) {
  return short_name(hash_to<TxnHash>(kNameLabel, bytes)) + std::string(ending);
}

bool ends_with(const std::string& name, std::string_view ending) {
  return name.size() == 8 + ending.size() && name.compare(8, ending.size(), ending) == 0;
}

Sink into(Bytes& out) {
  return [&out](ByteView bytes) -> Status {
    append(out, bytes);
    return {};
  };
}

// What one writer's directory offers, by what can be read without opening anything.
struct Shelf {
  Path directory;
  std::vector<DirEntry> bundles;
  std::vector<DirEntry> receipts;
  std::set<TxnHash> segment_ends;  // of all segments in sound bundles
  std::set<TxnTag> envelopes;
  std::uint64_t bytes = 0;
};

class FolderExchange {
 public:
  FolderExchange(Engine::Works& works, Path root)
      : works_(works), files_(works.context.files), root_(std::move(root)) {}

  Result<ExchangeReport> run() {
    TRY_VOID(find_invitations());
    for (auto& space : works_.spaces) {
      if (!works_.epoch_keys.contains(space.item.epoch)) continue;
      TRY_VOID(exchange(space));
    }
    for (auto& space : works_.spaces) works_.count_reached(space, report_);
    report_.safe_to_remove = true;
    return std::move(report_);
  }

 private:
  Path space_dir(const Space& space) const { return root_ / short_name(space_tag(space.id)); }

  Result<std::vector<DirEntry>> list(const Path& dir) {
    TRY(const bool there, files_.exists(dir));
    if (!there) return std::vector<DirEntry>();
    return files_.list_dir(dir);
  }

  // Somebody who has only the words of an invitation looks for its envelope in every directory.
  Status find_invitations() {
    bool waiting = false;
    TRY_VOID(works_.vault.each(ItemClass::invitation, [&](ByteView, Secret) -> Status {
      waiting = true;
      return {};
    }));
    if (!waiting) return {};
    TRY(const auto spaces, list(root_));
    for (const auto& space : spaces) {
      if (!space.is_dir) continue;
      TRY(const auto writers, list(root_ / space.name));
      for (const auto& writer : writers) {
        if (!writer.is_dir) continue;
        TRY(const auto entries, list(root_ / space.name / writer.name));
        for (const auto& entry : entries)
          if (ends_with(entry.name, kBundleEnd))
            TRY_VOID(read_envelopes(root_ / space.name / writer.name / entry.name));
      }
    }
    return {};
  }

  Status read_envelopes(const Path& file) {
    auto reader = files_.open_reader(file);
    if (!reader) return {};
    BundleReader bundle([&](std::span<std::uint8_t> out) { return (*reader)->read(out); });
    for (;;) {
      auto chunk = bundle.next();
      // A torn or foreign file is not ours to judge here: whoever exchanges with its space will say
      // so.
      if (!chunk || !*chunk) return {};
      if ((*chunk)->type == ChunkType::envelope)
        if (const auto taken = works_.take_envelope((*chunk)->bytes);
            !taken && is_ours(taken.error()))
          return taken;
    }
  }

  static bool is_ours(const Error& error) {
    return error.code == Code::full || error.code == Code::io || error.code == Code::busy;
  }

  Status exchange(Space& space) {
    found_.clear();
    TRY(const auto writers, list(space_dir(space)));
    const std::string mine =
        short_name(writer_tag(space.id, works_.signing.key, works_.incarnation));
    Shelf own{space_dir(space) / mine, {}, {}, {}, {}, 0};
    std::vector<Shelf> others;
    for (const auto& writer : writers) {
      if (!writer.is_dir || writer.name.size() != 8) continue;
      Shelf shelf{space_dir(space) / writer.name, {}, {}, {}, {}, 0};
      TRY(const auto entries, list(shelf.directory));
      for (const auto& entry : entries) {
        if (entry.is_dir) continue;
        if (ends_with(entry.name, kBundleEnd)) shelf.bundles.push_back(entry);
        if (ends_with(entry.name, kReceiptEnd)) shelf.receipts.push_back(entry);
        shelf.bytes += entry.size;
      }
      if (writer.name == mine)
        own = std::move(shelf);
      else
        others.push_back(std::move(shelf));
    }
    for (auto& shelf : others) TRY_VOID(read(space, shelf));
    // A twin that nothing had told apart writes here too: what its receipt says is read like
    // anybody's.
    TRY_VOID(read(space, own));
    TRY_VOID(survey(own));
    return write(space, own);
  }

  // A writer's receipt first: when everything it holds is here, its bundles need not be read.
  Status read(Space& space, Shelf& shelf) {
    bool all_here = !shelf.receipts.empty();
    for (const auto& entry : shelf.receipts) {
      auto bytes = files_.read_file(shelf.directory / entry.name, limits::kFrontierBytes);
      if (!bytes) {
        refuse(shelf.directory / entry.name, std::move(bytes).error());
        all_here = false;
        continue;
      }
      report_.bytes_in += bytes->size();
      auto receipt =
          open_frontier_chunk(*bytes, space.id, works_.keys(), works_.already_checked(space));
      if (!receipt) {
        refuse(shelf.directory / entry.name, std::move(receipt).error());
        all_here = false;
        continue;
      }
      for (const auto& head : receipt->frontier.heads) {
        TRY(const bool here, works_.store->has(head));
        all_here = all_here && here;
      }
      auto& found = found_[member_id(receipt->member)];
      if (found.first <= receipt->counter) found = {receipt->counter, receipt->frontier};
      TRY_VOID(works_.keep_receipt(space, *receipt));
    }
    if (all_here) return {};
    std::vector<Path> bundles;
    for (const auto& entry : shelf.bundles) bundles.push_back(shelf.directory / entry.name);
    return read_bundles(std::move(bundles));
  }

  // Names say nothing about the order, and a later bundle goes on where an earlier one ends: what
  // could not be taken is read again after the others, as long as that brings something.
  Status read_bundles(std::vector<Path> bundles) {
    for (;;) {
      std::vector<Path> left;
      std::vector<Refused> refused;
      std::uint64_t received = 0;
      for (const auto& file : bundles) {
        auto reader = files_.open_reader(file);
        if (!reader) {
          refuse(file, std::move(reader).error());
          continue;
        }
        TRY(auto one,
            works_.read_bundle([&](std::span<std::uint8_t> out) { return (*reader)->read(out); },
                               file.string()));
        for (const auto& space : one.spaces) received += space.received;
        if (!one.refused.empty()) left.push_back(file);
        for (auto& problem : one.refused) refused.push_back(std::move(problem));
        one.refused.clear();
        add(report_, std::move(one));
      }
      if (left.empty()) return {};
      if (left.size() == bundles.size() && received == 0) {
        for (auto& problem : refused) report_.refused.push_back(std::move(problem));
        return {};
      }
      bundles = std::move(left);
    }
  }

  void refuse(const Path& file, Error error) {
    report_.refused.push_back({file.string(), std::move(error)});
  }

  // What one's own directory holds already. A file that does not read whole is taken away: its
  // content is written anew.
  Status survey(Shelf& own) {
    std::vector<DirEntry> sound;
    for (const auto& entry : own.bundles) {
      const Path file = own.directory / entry.name;
      Shelf inside;
      if (const auto read_all = survey_bundle(file, inside); !read_all) {
        if (read_all.error().code == Code::io) return read_all;
        TRY_VOID(files_.remove(file));
        own.bytes -= entry.size;
        continue;
      }
      own.segment_ends.merge(inside.segment_ends);
      own.envelopes.merge(inside.envelopes);
      sound.push_back(entry);
    }
    own.bundles = std::move(sound);
    return {};
  }

  Status survey_bundle(const Path& file, Shelf& inside) {
    TRY(auto reader, files_.open_reader(file));
    BundleReader bundle([&](std::span<std::uint8_t> out) { return reader->read(out); });
    for (;;) {
      TRY(const auto chunk, bundle.next());
      if (!chunk) return {};
      if (chunk->type == ChunkType::segment) {
        TRY(const auto header, read_segment_header(chunk->bytes));
        inside.segment_ends.insert(header.end);
      }
      if (chunk->type == ChunkType::envelope) {
        inside.envelopes.insert(hash_to<TxnTag>(Label("rukun/env-item/1"), chunk->bytes));
      }
    }
  }

  // What some member lacks, by the latest receipts: those met here, and those that others passed
  // on.
  Result<std::vector<LackingPiece>> lacking(Space& space) {
    std::vector<LackingPiece> all;
    std::vector<MemberId> readers;
    for (const auto& member : space.authority.members)
      if (member.id != works_.me && !member.removed) readers.push_back(member.id);
    const bool open_invitation =
        std::any_of(space.authority.invitations.begin(), space.authority.invitations.end(),
                    [](const Invitation& invitation) { return invitation.open(); });
    // Who has not been heard of, and who may yet come by an invitation, has nothing.
    if (open_invitation || readers.empty()) return works_.store->missing_for(space.ix, {});
    for (const auto& reader : readers) {
      const auto found = found_.find(reader);
      if (found == found_.end() && !space.receipts.contains(reader))
        return works_.store->missing_for(space.ix, {});
      TRY(const auto pieces,
          works_.store->missing_for(space.ix, found != found_.end()
                                                  ? found->second.second
                                                  : works_.known_frontier(space, reader)));
      for (const auto& piece : pieces) {
        const auto same = std::find_if(all.begin(), all.end(), [&](const LackingPiece& known) {
          return known.arrival == piece.arrival;
        });
        if (same == all.end())
          all.push_back(piece);
        else
          same->from = std::min(same->from, piece.from);
      }
    }
    std::sort(all.begin(), all.end(), [&](const LackingPiece& a, const LackingPiece& b) {
      const bool a_data = works_.store->log(a.log).name.which == LogKind::data;
      const bool b_data = works_.store->log(b.log).name.which == LogKind::data;
      return std::tie(a_data, a.log, a.from, a.arrival) <
             std::tie(b_data, b.log, b.from, b.arrival);
    });
    return all;
  }

  Status write(Space& space, Shelf& own) {
    TRY(const auto wanted, lacking(space));
    std::vector<LackingPiece> missing;
    std::uint64_t wanted_bytes = 0;
    for (const auto& piece : wanted) {
      wanted_bytes += piece.bytes;
      if (!own.segment_ends.contains(piece.end)) missing.push_back(piece);
    }
    const bool envelopes_missing =
        std::any_of(space.envelopes.begin(), space.envelopes.end(),
                    [&](const auto& known) { return !own.envelopes.contains(known.first); });
    const bool too_large = own.bytes > 2 * wanted_bytes + kSlack && own.bundles.size() > 1;
    if (missing.empty() && !envelopes_missing && !too_large) return write_receipt(space, own);
    Bytes bytes;
    ExchangeReport one;
    BundleWriter out(into(bytes), works_.context.random);
    TRY_VOID(works_.write_section(out, space, too_large ? wanted : missing, one));
    TRY_VOID(out.finish());
    TRY_VOID(files_.make_dirs(own.directory));
    TRY_VOID(put(own.directory / content_name(bytes, kBundleEnd), bytes));
    report_.bytes_out += bytes.size();
    add(report_, std::move(one));
    if (too_large)
      for (const auto& old : own.bundles) TRY_VOID(files_.remove(own.directory / old.name));
    return write_receipt(space, own);
  }

  Status put(const Path& file, ByteView bytes) {
    TRY(const bool there, files_.exists(file));
    if (!there) return files_.write_new_verified(file, bytes);
    auto same = files_.read_file(file, bytes.size());
    if (same && std::equal(same->begin(), same->end(), bytes.begin(), bytes.end())) return {};
    TRY_VOID(files_.remove(file));
    return files_.write_new_verified(file, bytes);
  }

  // The new receipt is read back before the older ones go.
  Status write_receipt(Space& space, const Shelf& own) {
    const auto before = space.receipts.find(works_.me);
    const bool unchanged = before != space.receipts.end() && own.receipts.size() == 1 &&
                           before->second.frontier == works_.store->frontier(space.ix);
    if (unchanged) {
      auto bytes =
          files_.read_file(own.directory / own.receipts.front().name, limits::kFrontierBytes);
      auto stored = bytes ? open_frontier_chunk(*bytes, space.id, works_.keys(),
                                                works_.already_checked(space))
                          : Result<SignedFrontier>(tl::make_unexpected(bytes.error()));
      if (stored && stored->counter == before->second.counter) return {};
    }
    TRY(const auto* receipt, works_.my_receipt(space));
    const Secret& key = works_.epoch_keys.at(space.item.epoch);
    const auto bytes = seal_frontier_chunk(*receipt, space.item.epoch, key, works_.context.random);
    const std::string name = content_name(bytes, kReceiptEnd);
    TRY_VOID(files_.make_dirs(own.directory));
    TRY_VOID(put(own.directory / name, bytes));
    report_.bytes_out += bytes.size();
    for (const auto& old : own.receipts)
      if (old.name != name) TRY_VOID(files_.remove(own.directory / old.name));
    return {};
  }

  Engine::Works& works_;
  FileSystem& files_;
  Path root_;
  std::map<MemberId, std::pair<std::uint64_t, Frontier>>
      found_;  // by whose latest receipt lies here
  ExchangeReport report_;
};

}  // namespace

Result<ExchangeReport> Engine::Works::sync_folder(const Path& directory, bool make) {
  TRY(const bool there, context.files.exists(directory));
  if (!there && !make)
    return error(Code::not_found, "there is no folder " + directory.string(),
                 "plug the stick in, or make the folder; it is never made by itself");
  return FolderExchange(*this, directory / kFolder).run();
}

Result<ExchangeReport> Engine::sync_folder(const Path& directory) {
  return works_->sync_folder(directory, false);
}

Result<ExchangeReport> Engine::sync_shared() {
  return works_->sync_folder(works_->context.home / "shared", true);
}

}  // namespace rukun
