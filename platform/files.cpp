#include "platform/files.h"

#include <algorithm>

namespace rukun {

Result<Bytes> FileSystem::read_file(const Path& path, std::size_t max_bytes) {
  TRY(const auto reader, open_reader(path));
  const auto too_long = [&] {
    return error(Code::damaged, path.string() + " is longer than the " + std::to_string(max_bytes) +
                                    " bytes it may have");
  };
  if (reader->size() > max_bytes) return too_long();
  // A pipe says 0 and a file may grow while it is read, so the size is only where to begin.
  Bytes out;
  std::size_t length = 0;
  std::size_t room = static_cast<std::size_t>(reader->size()) + 1;
  while (true) {
    out.resize(length + room);
    TRY(const auto got, reader->read(std::span(out).subspan(length)));
    length += got;
    if (length > max_bytes) return too_long();
    if (got < room) break;
    room = std::max<std::size_t>(length, 4096);
  }
  out.resize(length);
  return out;
}

Status FileSystem::write_durable(const Path& path, ByteView bytes) {
  TRY(const auto writer, open_writer(path, WriteAs::replacement));
  TRY_VOID(writer->write(bytes));
  return writer->finish();
}

Status FileSystem::write_new_verified(const Path& path, ByteView bytes) {
  TRY(const auto writer, open_writer(path, WriteAs::new_verified));
  TRY_VOID(writer->write(bytes));
  return writer->finish();
}

}  // namespace rukun
