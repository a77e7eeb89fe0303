#include "app/report/zip_reader.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace rukun {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::size_t kMostEntryName = 512;
constexpr std::uint64_t kEncryptedFlag = 1;

// The file as minizip's "stream".
struct Memory {
  ByteView bytes;
  std::uint64_t at = 0;
};

voidpf open_memory(voidpf memory, const void*, int) { return memory; }

uLong read_memory(voidpf, voidpf stream, void* into, uLong size) {
  auto& memory = *static_cast<Memory*>(stream);
  const auto left = memory.bytes.size() - memory.at;
  const auto count = std::min<std::uint64_t>(size, left);
  if (count > 0) std::memcpy(into, memory.bytes.data() + memory.at, count);
  memory.at += count;
  return static_cast<uLong>(count);
}

ZPOS64_T tell_memory(voidpf, voidpf stream) { return static_cast<Memory*>(stream)->at; }

long seek_memory(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  auto& memory = *static_cast<Memory*>(stream);
  const std::uint64_t size = memory.bytes.size();
  const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? memory.at
                             : origin == ZLIB_FILEFUNC_SEEK_END ? size
                                                                : 0;
  if (offset > size - base) return -1;
  memory.at = base + offset;
  return 0;
}

int close_memory(voidpf, voidpf) { return 0; }
int error_memory(voidpf, voidpf) { return 0; }

}  // namespace

struct ZipReader::Archive {
  Memory memory;
  unzFile handle = nullptr;
  ~Archive() {
    if (handle != nullptr) unzClose(handle);
  }
};

ZipReader::ZipReader(std::unique_ptr<Archive> archive, const ZipLimits& limits, Language language)
    : archive_(std::move(archive)), limits_(limits), language_(language) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

tl::unexpected<Error> ZipReader::fail(std::string_view name, std::string_view indonesian,
                                      std::string_view english) const {
  return error(Code::damaged,
               (name.empty() ? "" : std::string(name) + ": ") +
                   std::string(pick(language_, indonesian, english)),
               std::string(pick(language_, "Buka dengan Excel atau LibreOffice, lalu simpan lagi",
                                "Open it with Excel or LibreOffice and save it again")));
}

Result<ZipReader> ZipReader::open(ByteView file, const ZipLimits& limits, Language language) {
  auto archive = std::make_unique<Archive>();
  archive->memory.bytes = file;
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_memory;
  functions.zread_file = read_memory;
  functions.ztell64_file = tell_memory;
  functions.zseek64_file = seek_memory;
  functions.zclose_file = close_memory;
  functions.zerror_file = error_memory;
  functions.opaque = &archive->memory;
  archive->handle = unzOpen2_64("", &functions);
  ZipReader reader(std::move(archive), limits, language);
  if (reader.archive_->handle == nullptr)
    return reader.fail({}, "berkas XLSX ini rusak atau terpotong",
                       "this XLSX file is damaged or cut off");
  TRY_VOID(reader.list());
  return reader;
}

Status ZipReader::list() {
  auto* handle = archive_->handle;
  int code = unzGoToFirstFile(handle);
  for (; code == UNZ_OK; code = unzGoToNextFile(handle)) {
    if (entries_.size() == limits_.entries)
      return fail({}, "terlalu banyak berkas di dalamnya", "too many files inside");
    std::array<char, kMostEntryName + 1> name{};
    unz_file_info64 info{};
    unz64_file_pos place{};
    if (unzGetCurrentFileInfo64(handle, &info, name.data(), kMostEntryName, nullptr, 0, nullptr,
                                0) != UNZ_OK ||
        unzGetFilePos64(handle, &place) != UNZ_OK || info.size_filename > kMostEntryName)
      return fail({}, "daftar isinya rusak", "its list of contents is damaged");
    if ((info.flag & kEncryptedFlag) != 0)
      return fail(name.data(), "dikunci dengan kata sandi", "locked with a password");
    const Entry entry{place.pos_in_zip_directory, place.num_of_file, info.compressed_size,
                      info.uncompressed_size};
    if (!entries_.emplace(name.data(), entry).second)
      return fail(name.data(), "ada dua kali di dalamnya", "is inside twice");
  }
  if (code != UNZ_END_OF_LIST_OF_FILE)
    return fail({}, "daftar isinya rusak", "its list of contents is damaged");
  return {};
}

bool ZipReader::has(std::string_view name) const { return entries_.find(name) != entries_.end(); }

Status ZipReader::read(std::string_view name, const std::function<Status(std::string_view)>& use) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return fail(name, "tidak ada di dalamnya", "is not inside");
  auto* handle = archive_->handle;
  const unz64_file_pos place{found->second.offset, found->second.number};
  if (unzGoToFilePos64(handle, &place) != UNZ_OK || unzOpenCurrentFile(handle) != UNZ_OK)
    return fail(name, "tidak dapat dibuka", "cannot be opened");
  Status status;
  std::uint64_t size = 0;
  std::string piece(kPieceBytes, '\0');
  for (;;) {
    const int count = unzReadCurrentFile(handle, piece.data(), static_cast<unsigned>(piece.size()));
    if (count == 0) break;
    if (count < 0) {
      status = fail(name, "rusak", "is damaged");
      break;
    }
    size += static_cast<std::uint64_t>(count);
    read_bytes_ += static_cast<std::uint64_t>(count);
    const bool swollen = size > limits_.ratio_from_bytes &&
                         size / limits_.ratio > std::max<std::uint64_t>(1, found->second.packed);
    if (size > limits_.entry_bytes || read_bytes_ > limits_.all_bytes || swollen) {
      status = fail(name, "mengembang terlalu besar untuk sebuah lembar kerja",
                    "swells beyond what a spreadsheet holds");
      break;
    }
    status = use(std::string_view(piece).substr(0, static_cast<std::size_t>(count)));
    if (!status) break;
  }
  const bool sum_differs = unzCloseCurrentFile(handle) == UNZ_CRCERROR;
  if (status && size != found->second.size) return fail(name, "terpotong", "is cut off");
  if (status && sum_differs) return fail(name, "rusak (jumlah periksa)", "is damaged (checksum)");
  return status;
}

Result<std::string> ZipReader::read_small(std::string_view name, std::size_t most_bytes) {
  std::string out;
  TRY_VOID(read(name, [&](std::string_view piece) -> Status {
    if (out.size() + piece.size() > most_bytes) return fail(name, "terlalu besar", "is too large");
    out += piece;
    return {};
  }));
  return out;
}

}  // namespace rukun
