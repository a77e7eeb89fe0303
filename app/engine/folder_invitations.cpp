#include "app/engine/folder_invitations.h"

#include "app/engine/folder_shelf.h"

namespace rukun {
namespace {

bool is_ours(const Error& error) {
  return error.code == Code::full || error.code == Code::io || error.code == Code::busy;
}

Status read_envelopes(Engine::Works& works, const Path& file, std::uint64_t& read_bytes) {
  auto reader = works.context.files.open_reader(file);
  if (!reader) return {};
  BundleReader bundle(bounded(**reader));
  for (;;) {
    auto chunk = bundle.next();
    // Envelopes come first in a section, so most of a file need not be read.
    if (!chunk || !*chunk || (*chunk)->type == ChunkType::segment) break;
    if ((*chunk)->type == ChunkType::envelope)
      if (const auto taken = works.take_envelope((*chunk)->bytes); !taken && is_ours(taken.error()))
        return taken;
  }
  read_bytes += bundle.offset();
  return {};
}

}  // namespace

Status find_invitations(Engine::Works& works, const Path& root, std::uint64_t most_bytes,
                        std::uint64_t& read_bytes) {
  FileSystem& files = works.context.files;
  bool waiting = false;
  TRY_VOID(works.vault.each(ItemClass::invitation, [&](ByteView, Secret) -> Status {
    waiting = true;
    return {};
  }));
  TRY(const bool there, files.exists(root));
  if (!waiting || !there) return {};
  TRY(const auto spaces, writers_in(files, root, {}));
  for (const auto& space : spaces) {
    const auto writers = writers_in(files, space, {});
    if (!writers) continue;
    for (const auto& writer : *writers) {
      const auto shelf = look_at(files, writer);
      if (!shelf || read_bytes > most_bytes) continue;
      for (const auto& bundle : shelf->bundles)
        TRY_VOID(read_envelopes(works, shelf->directory / bundle.name, read_bytes));
    }
  }
  return {};
}

}  // namespace rukun
