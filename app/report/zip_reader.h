#pragma once
// One entry after the other out of a zip file that lies in memory, inflated piece by piece, so that
// memory does not grow with what is inside. Nothing that the file says about sizes is believed:
// every entry ends at a limit on what comes out, in all and against what went in, so a bomb is
// refused while it is small. Encrypted entries, two entries of one name and wrong checksums are
// refused. Errors: damaged, with the entry's name. minizip's one door. One thread; `file` must
// outlive it.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "app/domain/language.h"
#include "platform/base/bytes.h"
#include "platform/base/result.h"

namespace rukun {

struct ZipLimits {
  std::size_t entries = 4'000;
  std::uint64_t entry_bytes = std::uint64_t{1} << 30;  // inflated
  std::uint64_t all_bytes = std::uint64_t{8} << 30;    // of everything that is read
  // Inflated against packed; a sheet of a million equal rows stays below it.
  std::uint64_t ratio = 300;
  std::uint64_t ratio_from_bytes = 1024 * 1024;
};

class ZipReader {
 public:
  static Result<ZipReader> open(ByteView file, const ZipLimits& limits = {},
                                Language language = Language::id);
  ZipReader(ZipReader&&) noexcept;
  ZipReader& operator=(ZipReader&&) noexcept;
  ~ZipReader();

  bool has(std::string_view name) const;
  // In pieces of at most 64 KiB; an error of `use` ends it and is what the call returns.
  Status read(std::string_view name, const std::function<Status(std::string_view)>& use);
  // The whole of a small entry; damaged when it is longer.
  Result<std::string> read_small(std::string_view name, std::size_t most_bytes);

 private:
  struct Archive;
  struct Entry {
    std::uint64_t offset = 0;  // in the directory
    std::uint64_t number = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;  // as it claims
  };

  ZipReader(std::unique_ptr<Archive> archive, const ZipLimits& limits, Language language);
  Status list();
  tl::unexpected<Error> fail(std::string_view name, std::string_view indonesian,
                             std::string_view english) const;

  std::unique_ptr<Archive> archive_;
  ZipLimits limits_;
  Language language_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::uint64_t read_bytes_ = 0;
};

}  // namespace rukun
