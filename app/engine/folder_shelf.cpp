#include "app/engine/folder_shelf.h"

#include <algorithm>

#include "sync/limits.h"

namespace rukun {

namespace {
constexpr std::string_view kSymbols = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::size_t kNameSize = 8;
constexpr Label kNameLabel("rukun/filename/1");
constexpr Label kEnvelopeItem("rukun/env-item/1");

constexpr std::string_view ending_of(ShelfFile what) {
  switch (what) {
    case ShelfFile::bundle: return ".rkb";
    case ShelfFile::receipt: return ".rkf";
    case ShelfFile::carried: return ".rkc";
    case ShelfFile::other: break;
  }
  return "";
}

bool is_short_name(std::string_view name) {
  return name.size() == kNameSize && name.find_first_not_of(kSymbols) == std::string_view::npos;
}

ShelfFile sort_of(const std::string& folded_name) {
  if (!is_short_name(std::string_view(folded_name).substr(0, kNameSize))) return ShelfFile::other;
  const auto ending = std::string_view(folded_name).substr(kNameSize);
  for (const auto what : {ShelfFile::bundle, ShelfFile::receipt, ShelfFile::carried})
    if (ending == ending_of(what)) return what;
  return ShelfFile::other;
}
}  // namespace

std::string short_name(ByteView bytes) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | bytes[i];
  std::string out;
  for (int shift = 35; shift >= 0; shift -= 5) out += kSymbols[bits >> shift & 31];
  return out;
}

std::string content_name(ByteView bytes, ShelfFile what) {
  return short_name(hash_to<TxnHash>(kNameLabel, bytes)) + std::string(ending_of(what));
}

std::string folded(std::string name) {
  for (auto& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name;
}

Result<std::vector<Path>> folders_called(FileSystem& files, const Path& parent,
                                         const std::string& name) {
  std::vector<Path> out;
  TRY(const bool there, files.exists(parent));
  if (!there) return out;
  TRY(const auto entries, files.list_dir(parent));
  for (const auto& entry : entries)
    if (entry.is_dir && folded(entry.name) == name) out.push_back(parent / entry.name);
  return out;
}

Result<std::vector<Path>> writers_in(FileSystem& files, const Path& parent,
                                     const std::set<std::string>& first) {
  TRY(const auto entries, files.list_dir(parent));
  std::vector<Path> known, others;
  for (const auto& entry : entries) {
    const auto name = folded(entry.name);
    if (!entry.is_dir || !is_short_name(name)) continue;
    if (first.contains(name))
      known.push_back(parent / entry.name);
    else if (others.size() < kMostWriters)
      others.push_back(parent / entry.name);
  }
  known.insert(known.end(), others.begin(), others.end());
  return known;
}

Result<Shelf> look_at(FileSystem& files, const Path& directory) {
  Shelf shelf;
  shelf.directory = directory;
  TRY(const bool there, files.exists(directory));
  if (!there) return shelf;
  TRY(const auto entries, files.list_dir(directory));
  for (const auto& entry : entries) {
    if (entry.is_dir) continue;
    const auto what = sort_of(folded(entry.name));
    if (what == ShelfFile::other) continue;
    auto& same = what == ShelfFile::bundle    ? shelf.bundles
                 : what == ShelfFile::receipt ? shelf.receipts
                                              : shelf.carried;
    if (same.size() == kMostShelfFiles) continue;
    same.push_back(entry);
    shelf.bytes += entry.size;
  }
  return shelf;
}

Result<Path> writers_folder(FileSystem& files, const Path& root, const std::string& space,
                            const std::string& writer) {
  TRY(const auto spaces, folders_called(files, root, space));
  for (const auto& folder : spaces) {
    TRY(const auto there, folders_called(files, folder, writer));
    if (!there.empty()) return there.back();  // in lower case, when there are several
  }
  return root / space / writer;
}

Status confirm(FileSystem& files, const Path& folder, Promise promised) {
  TRY(const auto now, look_at(files, folder));
  for (const auto* sort : {&now.bundles, &now.receipts, &now.carried})
    for (const auto& entry : *sort) {
      const auto found = promised.find(folded(entry.name));
      if (found != promised.end() && found->second == entry.size) promised.erase(found);
    }
  if (promised.empty()) return {};
  return error(Code::io, folder.string() + " does not keep what is written there",
               "use another stick; this one is failing or holds less than it claims");
}

Source bounded(FileReader& reader) {
  return [&reader,
          left = kMostShelfFileBytes](std::span<std::uint8_t> out) mutable -> Result<std::size_t> {
    TRY(const auto got, reader.read(out));
    if (got > left)
      return error(Code::damaged, "the file is larger than any that Rukun writes here",
                   "it can be deleted");
    left -= got;
    return got;
  };
}

Status ShelfContents::add(FileSystem& files, const Path& file) {
  TRY(const auto bytes, files.read_file(file, kMostShelfFileBytes));
  if (content_name(bytes, ShelfFile::bundle) != folded(file.filename().string()))
    return error(Code::damaged, file.string() + " is not what was written there");
  std::size_t at = 0;
  BundleReader bundle([&](std::span<std::uint8_t> out) -> Result<std::size_t> {
    const auto size = std::min(out.size(), bytes.size() - at);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, out.begin());
    at += size;
    return size;
  });
  for (;;) {
    TRY(const auto chunk, bundle.next());
    if (!chunk) return {};
    if (chunk->type == ChunkType::segment) {
      TRY(const auto header, read_segment_header(chunk->bytes));
      const auto& tag = header.log_tag.bytes;
      segments_.push_back({Bytes(tag.begin(), tag.end()), {header.first, header.last, header.end}});
    }
    if (chunk->type == ChunkType::envelope)
      envelopes_.insert(hash_to<TxnTag>(kEnvelopeItem, chunk->bytes));
  }
}

// A reader may lack more of a log than the one did for whom a segment was cut: then what comes
// before the cut must be here as well. Which branch of a forked log a segment continues cannot be
// seen from outside, so there only a segment that holds all of it counts.
bool ShelfContents::holds(const LackingPiece& piece, bool log_forked) const {
  const auto end = std::find_if(segments_.begin(), segments_.end(),
                                [&](const auto& held) { return held.second.end == piece.end; });
  if (end == segments_.end()) return false;
  Seq first = end->second.first;
  for (const auto& [tag, held] : segments_)
    if (held.end == piece.end) first = std::min(first, held.first);
  for (bool moved = true; first > piece.from && moved && !log_forked;) {
    moved = false;
    for (const auto& [tag, held] : segments_)
      if (tag == end->first && held.first < first && held.last + 1 >= first) {
        first = held.first;
        moved = true;
      }
  }
  return first <= piece.from;
}

}  // namespace rukun
