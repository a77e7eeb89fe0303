// Exchange over any folder: a stick, a folder that Syncthing or Nextcloud keeps alike, the profiles
// of one home. Everybody writes in a directory of their own, only files with new names, each read
// back before it counts; so two laptops never write the same file, and a torn one stops nobody.
// First everything is read, then one's own directory is written; only when all that it promises
// was read back from the device may it be pulled. Layout: PROTOCOL.md, "Folder".

#include <algorithm>

#include "app/engine/folder_invitations.h"
#include "app/engine/folder_lacking.h"
#include "app/engine/folder_shelf.h"
#include "app/engine/folder_watch.h"
#include "sync/limits.h"

namespace rukun {

namespace {
constexpr std::string_view kFolder = "rukun";
constexpr std::uint64_t kSlack = 64 * 1024;
constexpr std::uint64_t kBundleGoal = 4 * 1024 * 1024;  // then the next file begins
constexpr std::size_t kMostBundles = 128;               // beyond, small ones are written together
// What strangers may cost, by files that are refused and by bytes that say nothing new.
constexpr std::size_t kMostRefusedOfWriter = 32;
constexpr std::size_t kMostRefusedOfStrangers = 256;
constexpr std::uint64_t kMostFruitlessBytes = 256 * 1024 * 1024;

Sink into(Bytes& out) {
  return [&out](ByteView bytes) -> Status {
    append(out, bytes);
    return {};
  };
}

class FolderExchange {
 public:
  FolderExchange(Engine::Works& works, Path root, FolderWatch* watch)
      : works_(works), files_(works.context.files), root_(std::move(root)), meter_(watch) {}

  Result<WatchedExchange> run() {
    TRY_VOID(works_.catch_up());
    TRY_VOID(find_invitations(works_, root_, kMostFruitlessBytes, fruitless_));
    if (meter_.is_watched()) expect_files();
    for (auto& space : works_.spaces)
      if (works_.epoch_keys.contains(space.item.epoch)) TRY_VOID(read(space));
    // Before it is written: what became settled here shall not go out once more.
    TRY_VOID(works_.drop_erased());
    if (!meter_.stopped()) meter_.begin_writing();
    for (auto& space : works_.spaces) {
      if (meter_.stopped() || !works_.epoch_keys.contains(space.item.epoch)) continue;
      if (auto written = write(space); !written) {
        auto failure = std::move(written).error();
        failure.hint +=
            std::string(failure.hint.empty() ? "" : "; ") +
            "what others had written there was taken, what this laptop has is not on it";
        return tl::make_unexpected(std::move(failure));
      }
    }
    for (auto& space : works_.spaces) works_.count_reached(space, report_);
    TRY_VOID(works_.count_many_deleted(report_));
    report_.safe_to_remove = true;
    return WatchedExchange{std::move(report_), meter_.stopped()};
  }

 private:
  // By whose latest receipt lies here, in its own directory or carried by others.
  struct Met {
    ReceiptsHere own;
    std::map<MemberId, std::uint64_t> carried;  // by others than this laptop
    std::map<MemberId, std::uint64_t> carried_by_me;
  };

  std::string name_of_space(const Space& space) const { return short_name(space_tag(space.id)); }
  std::string my_name(const Space& space) const {
    return short_name(writer_tag(space.id, works_.signing.key, works_.incarnation));
  }

  // What cannot be listed now will be refused when it is read.
  void expect_files() {
    for (const auto& space : works_.spaces) {
      if (!works_.epoch_keys.contains(space.item.epoch)) continue;
      const auto folders = folders_called(files_, root_, name_of_space(space));
      if (!folders) continue;
      for (const auto& folder : *folders) {
        const auto writers = writers_in(files_, folder, {});
        if (!writers) continue;
        for (const auto& writer : *writers)
          if (const auto shelf = look_at(files_, writer)) meter_.expect(shelf->bytes);
      }
    }
  }

  Status read(Space& space) {
    met_[space.id] = {};
    unopened_.clear();
    std::set<std::string> known;  // by logs that are here: nobody's litter comes before theirs
    for (const auto ix : works_.store->logs(space.ix)) {
      const auto& name = works_.store->log(ix).name;
      known.insert(short_name(writer_tag(space.id, name.author, name.incarnation)));
    }
    TRY(const auto folders, folders_called(files_, root_, name_of_space(space)));
    for (const auto& folder : folders) {
      auto writers = writers_in(files_, folder, known);
      if (!writers) {
        refuse(folder, std::move(writers).error());
        continue;
      }
      for (const auto& writer : *writers) {
        const bool stranger = !known.contains(folded(writer.filename().string()));
        if (stranger && (strange_ > kMostRefusedOfStrangers || fruitless_ > kMostFruitlessBytes)) {
          refuse(folder, Error{Code::damaged, "there is too much here that says nothing",
                               "delete what does not belong there"});
          break;
        }
        const auto before = report_.refused.size();
        TRY_VOID(read_writer(space, writer));
        if (meter_.stopped()) return {};
        if (stranger) strange_ += report_.refused.size() - before;
      }
    }
    TRY_VOID(read_postponed());
    for (const auto& one : std::exchange(unopened_, {})) TRY_VOID(read_late(space, one));
    return works_.end_reading(space, report_);
  }

  // Names say nothing of what follows what: files that came before what they follow are read again
  // when the others have been, as long as that brings something.
  Status read_postponed() {
    for (bool moved = true; moved && !postponed_.empty();) {
      moved = false;
      auto again = std::exchange(postponed_, {});
      for (auto& [file, report] : again) {
        TRY(const bool fruitful, read_bundle(file));
        moved = moved || fruitful;
      }
      moved = moved || postponed_.size() < again.size();
    }
    for (auto& [file, report] : std::exchange(postponed_, {})) add(report_, std::move(report));
    return {};
  }

  // Sealed with a key that may lie in a file that is read after it.
  struct Unopened {
    Path file;
    bool carried = false;
    bool mine = false;
  };
  bool may_open_later(const Error& error) const {
    return error.code == Code::foreign && unopened_.size() < kMostRefusedOfStrangers;
  }
  Status read_late(Space& space, const Unopened& one) {
    if (one.carried) return read_carried(space, one.file, one.mine, false);
    return read_receipt(space, one.file, false).map([](bool) {});
  }

  // A writer's receipt first: when everything it holds is here, its bundles need not be read.
  Status read_writer(Space& space, const Path& directory) {
    auto shelf = look_at(files_, directory);
    if (!shelf) {
      refuse(directory, std::move(shelf).error());
      return {};
    }
    const auto before = report_.refused.size();
    bool all_here = !shelf->receipts.empty();
    for (const auto& entry : shelf->receipts) {
      TRY(const bool here, read_receipt(space, shelf->directory / entry.name));
      all_here = all_here && here;
      if (report_.refused.size() - before >= kMostRefusedOfWriter) break;
    }
    const bool mine = folded(directory.filename().string()) == my_name(space);
    for (const auto& entry : shelf->carried) {
      TRY_VOID(read_carried(space, shelf->directory / entry.name, mine));
      if (report_.refused.size() - before >= kMostRefusedOfWriter) break;
    }
    std::uint64_t of_bundles = 0;
    for (const auto& entry : shelf->bundles) of_bundles += entry.size;
    meter_.did(all_here ? shelf->bytes : shelf->bytes - of_bundles);
    if (all_here) return {};
    for (const auto& entry : shelf->bundles) {
      if (meter_.stopped()) return {};
      if (report_.refused.size() - before >= kMostRefusedOfWriter) {
        refuse(directory, Error{Code::damaged, "the rest of this folder was not looked at",
                                "copy the files there again"});
        break;
      }
      TRY_VOID(read_bundle(shelf->directory / entry.name).map([](bool) {}));
      meter_.did(entry.size);
    }
    return {};
  }

  // Whether it brought something.
  Result<bool> read_bundle(const Path& file) {
    auto reader = files_.open_reader(file);
    if (!reader) {
      refuse(file, std::move(reader).error());
      return false;
    }
    TRY(auto one, works_.read_bundle(bounded(**reader), file.string()));
    bool fruitful = false, gaps = false;
    for (const auto& got : one.spaces) {
      fruitful = fruitful || got.received > 0;
      gaps = gaps || got.gaps > 0;
    }
    if (!fruitful) fruitless_ += one.bytes_in;
    if (!gaps || postponed_.size() >= kMostShelfFiles) {
      add(report_, std::move(one));
      return fruitful;
    }
    // What it brought counts now, what is wrong with it may turn out to be nothing.
    ExchangeReport refused;
    refused.refused = std::exchange(one.refused, {});
    add(report_, std::move(one));
    postponed_.emplace_back(file, std::move(refused));
    return fruitful;
  }

  Result<SignedFrontier> open_receipt(const Space& space, ByteView bytes) {
    return open_frontier_chunk(bytes, space.id, works_.keys(), works_.already_checked(space));
  }

  // Whether all that the receipt names is here.
  Result<bool> read_receipt(Space& space, const Path& file, bool first = true) {
    auto bytes = files_.read_file(file, limits::kFrontierBytes);
    auto receipt = bytes ? open_receipt(space, *bytes)
                         : Result<SignedFrontier>(tl::make_unexpected(bytes.error()));
    if (!receipt) {
      if (first && may_open_later(receipt.error()))
        unopened_.push_back({file});
      else
        refuse(file, std::move(receipt).error());
      return false;
    }
    report_.bytes_in += bytes->size();
    bool all_here = true;
    for (const auto& head : receipt->frontier.heads) {
      TRY(const bool here, works_.store->has(head));
      all_here = all_here && here;
    }
    auto& found = met_[space.id].own[member_id(receipt->member)];
    if (found.first <= receipt->counter) found = {receipt->counter, receipt->frontier};
    TRY_VOID(works_.keep_receipt(space, *receipt));
    return all_here;
  }

  // Receipts of members who were never at this folder, as somebody who met them brings them.
  Status read_carried(Space& space, const Path& file, bool mine, bool first = true) {
    auto reader = files_.open_reader(file);
    if (!reader) {
      refuse(file, std::move(reader).error());
      return {};
    }
    BundleReader bundle(bounded(**reader));
    for (;;) {
      auto chunk = bundle.next();
      if (!chunk) {
        refuse(file, std::move(chunk).error());
        return {};
      }
      report_.bytes_in += *chunk ? (*chunk)->bytes.size() : 0;
      if (!*chunk) return {};
      if ((*chunk)->type != ChunkType::frontier) continue;
      const auto receipt = open_receipt(space, (*chunk)->bytes);
      if (!receipt) {
        if (first && may_open_later(receipt.error()))
          unopened_.push_back({file, true, mine});
        else
          refuse(file, receipt.error());
        return {};
      }
      auto& met = met_[space.id];
      auto& counter = (mine ? met.carried_by_me : met.carried)[member_id(receipt->member)];
      counter = std::max(counter, receipt->counter);
      TRY_VOID(works_.keep_receipt(space, *receipt));
    }
  }

  void refuse(const Path& file, Error error) {
    report_.refused.push_back({file.string(), std::move(error)});
  }

  // New names first, then the receipt that speaks of them, and what they replace goes last.
  Status write(Space& space) {
    TRY(const auto folder, writers_folder(files_, root_, name_of_space(space), my_name(space)));
    TRY(const auto own, look_at(files_, folder));
    promised_.clear();
    const auto contents = survey(own);
    TRY(const auto wanted, lacking_of_readers(works_, space, met_[space.id].own));
    std::vector<LackingPiece> missing;
    std::uint64_t needed = 0;
    for (const auto& piece : wanted) {
      needed += piece.bytes;
      const bool forked = works_.store->heads(piece.log).size() > 1;
      if (!contents.holds(piece, forked)) missing.push_back(piece);
    }
    std::vector<Bytes> envelopes, all_envelopes;
    for (const auto& [hash, bytes] : space.envelopes) {
      needed += bytes.size();
      all_envelopes.push_back(bytes);
      if (!contents.holds(hash)) envelopes.push_back(bytes);
    }
    TRY(const bool tells, works_.tells_of_dropped(space, own));
    const bool anew = tells || own.bytes > 2 * padme(needed) + kSlack ||
                      own.bundles.size() > kMostBundles + 2 * needed / kBundleGoal;
    if (anew) promised_.clear();
    if (anew || !missing.empty() || !envelopes.empty())
      TRY_VOID(
          write_bundles(space, folder, anew ? all_envelopes : envelopes, anew ? wanted : missing));
    // The receipt speaks of all that is known here, so it waits until all of it is there.
    if (meter_.stopped()) return confirm(files_, folder, promised_);
    TRY_VOID(write_receipt(space, own));
    TRY_VOID(write_carried(space, own));
    TRY_VOID(confirm(files_, folder, promised_));
    for (const auto* old : {&own.bundles, &own.receipts, &own.carried})
      for (const auto& entry : *old)
        if (!promised_.contains(folded(entry.name)))
          TRY_VOID(files_.remove(own.directory / entry.name));
    return {};
  }

  // What one's own directory holds already. A file that does not read whole does not count, so its
  // content is written anew before it goes.
  ShelfContents survey(const Shelf& own) {
    ShelfContents contents;
    for (const auto& entry : own.bundles) {
      const auto added = contents.add(files_, own.directory / entry.name);
      if (added) promised_[folded(entry.name)] = entry.size;
    }
    return contents;
  }

  Status write_bundles(Space& space, const Path& folder, const std::vector<Bytes>& envelopes,
                       const std::vector<LackingPiece>& pieces) {
    const Secret& key = works_.epoch_keys.at(space.item.epoch);
    SpaceExchange counts;
    counts.space = space.id;
    for (const auto& piece : pieces) meter_.expect(piece.bytes);
    std::size_t next = 0;
    bool first = true;
    while ((first || next < pieces.size()) && !meter_.stopped()) {
      Bytes bytes;
      BundleWriter out(into(bytes), works_.context.random);
      TRY_VOID(out.begin_space(space.id));
      if (first)
        for (const auto& envelope : envelopes) TRY_VOID(out.envelope(envelope));
      first = false;
      while (next < pieces.size() && out.bytes() < kBundleGoal) {
        const auto& piece = pieces[next++];
        TRY(const auto segment, works_.store->read(piece));
        TRY_VOID(out.segment(segment));
        if (works_.store->log(piece.log).name.which == LogKind::data)
          counts.sent += piece.last - piece.from + 1;
      }
      TRY_VOID(out.end_space(space.item.epoch, key));
      TRY_VOID(out.finish());
      TRY_VOID(put(folder, content_name(bytes, ShelfFile::bundle), bytes));
      meter_.did(bytes.size());
    }
    ExchangeReport one;
    one.spaces.push_back(counts);
    add(report_, std::move(one));
    return {};
  }

  Status put(const Path& folder, const std::string& name, ByteView bytes) {
    TRY_VOID(files_.make_dirs(folder));
    const Path file = folder / name;
    TRY(const bool there, files_.exists(file));
    if (there) TRY_VOID(files_.remove(file));
    TRY_VOID(files_.write_new_verified(file, bytes));
    report_.bytes_out += bytes.size();
    promised_[name] = bytes.size();
    return {};
  }

  Status write_receipt(Space& space, const Shelf& own) {
    const auto before = space.receipts.find(works_.me);
    if (before != space.receipts.end() && own.receipts.size() == 1 &&
        before->second.frontier == works_.store->frontier(space.ix)) {
      const auto& entry = own.receipts.front();
      const auto bytes = files_.read_file(own.directory / entry.name, limits::kFrontierBytes);
      const auto stored = bytes ? open_receipt(space, *bytes)
                                : Result<SignedFrontier>(tl::make_unexpected(bytes.error()));
      if (stored && *stored == before->second) {
        promised_[folded(entry.name)] = entry.size;
        return {};
      }
    }
    TRY(const auto* receipt, works_.my_receipt(space));
    const Secret& key = works_.epoch_keys.at(space.item.epoch);
    const auto bytes = seal_frontier_chunk(*receipt, space.item.epoch, key, works_.context.random);
    return put(own.directory, content_name(bytes, ShelfFile::receipt), bytes);
  }

  // Only what nobody else here says already: where everybody comes by themselves, nothing.
  Status write_carried(Space& space, const Shelf& own) {
    const auto& met = met_[space.id];
    const auto counter_in = [](const auto& map, const MemberId& id) -> std::uint64_t {
      const auto found = map.find(id);
      return found == map.end() ? 0 : found->second;
    };
    std::vector<const SignedFrontier*> wanted;
    bool as_it_stands = own.carried.size() == 1;
    for (const auto& [id, receipt] : space.receipts) {
      const auto here = met.own.find(id);
      const bool told = id == works_.me ||
                        (here != met.own.end() && here->second.first >= receipt.counter) ||
                        counter_in(met.carried, id) >= receipt.counter;
      if (told) continue;
      wanted.push_back(&receipt);
      as_it_stands = as_it_stands && counter_in(met.carried_by_me, id) == receipt.counter;
    }
    if (wanted.empty()) return {};
    if (as_it_stands) {
      promised_[folded(own.carried.front().name)] = own.carried.front().size;
      return {};
    }
    const Secret& key = works_.epoch_keys.at(space.item.epoch);
    Bytes bytes;
    BundleWriter out(into(bytes), works_.context.random);
    TRY_VOID(out.begin_space(space.id));
    for (const auto* receipt : wanted) TRY_VOID(out.frontier(*receipt, space.item.epoch, key));
    TRY_VOID(out.end_space(space.item.epoch, key));
    TRY_VOID(out.finish());
    return put(own.directory, content_name(bytes, ShelfFile::carried), bytes);
  }

  Engine::Works& works_;
  FileSystem& files_;
  Path root_;
  std::map<SpaceId, Met> met_;
  std::map<std::string, std::uint64_t>
      promised_;  // name in lower case, size: what readers will find
  std::vector<std::pair<Path, ExchangeReport>> postponed_;
  std::vector<Unopened> unopened_;
  std::size_t strange_ = 0;      // refused from writers nobody knows
  std::uint64_t fruitless_ = 0;  // bytes read that said nothing new
  FolderMeter meter_;
  ExchangeReport report_;
};

// `make`: the folder is ours to make.
Result<WatchedExchange> exchange(Engine::Works& works, const Path& directory, bool make,
                                 FolderWatch* watch) {
  TRY(const bool there, works.context.files.exists(directory));
  if (!there && !make)
    return error(Code::not_found, "there is no folder " + directory.string(),
                 "plug the stick in, or make the folder; it is never made by itself");
  return FolderExchange(works, directory / kFolder, watch).run();
}

}  // namespace

Result<ExchangeReport> Engine::Works::sync_folder(const Path& directory, bool make) {
  TRY(auto done, exchange(*this, directory, make, nullptr));
  return std::move(done.report);
}

Result<WatchedExchange> sync_folder(Engine& engine, const Path& directory, FolderWatch& watch) {
  return exchange(engine.works(), directory, false, &watch);
}

Result<ExchangeReport> Engine::sync_folder(const Path& directory) {
  return works_->sync_folder(directory, false);
}

Result<ExchangeReport> Engine::sync_shared() {
  return works_->sync_folder(works_->context.home / "shared", true);
}

}  // namespace rukun
