#include "app/engine/access_log.h"

#include <algorithm>
#include <array>

#include "sync/wire.h"

namespace rukun {

namespace {

constexpr std::size_t kMostFailures = 200;
constexpr std::size_t kMostFailureBytes = 16 * kMostFailures;

struct AccessWord {
  const char* name;
  std::string_view id;
  std::string_view en;
};
constexpr std::array<AccessWord, 8> kWords{{
    {"show", "Melihat data pribadi", "Looked at personal data"},
    {"list", "Melihat daftar data pribadi", "Looked at a list of personal data"},
    {"export", "Mencetak atau menyimpan ke berkas", "Printed or written into a file"},
    {"publish", "Mengirim ke basis data", "Published into a database"},
    {"unlock", "Membuka kunci", "Unlocked"},
    {"unlock_failed", "Gagal membuka kunci", "Failed to unlock"},
    {"recover", "Kata sandi baru dengan kode pemulihan", "New passphrase by the recovery code"},
    {"passphrase", "Mengganti kata sandi", "Changed the passphrase"},
}};

struct Failure {
  std::int64_t at_ms = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(at_ms);
  }
};

std::filesystem::path failures_file(const std::filesystem::path& directory) {
  return directory / "unlock-failed";
}

// None when there is no such file, or it is not what was written here.
std::vector<Failure> failures_in(FileSystem& files, const std::filesystem::path& directory) {
  const auto bytes = files.read_file(failures_file(directory), kMostFailureBytes);
  if (!bytes) return {};
  auto times = decode<std::vector<Failure>>(*bytes, "failures to unlock", kMostFailureBytes);
  return times ? std::move(*times) : std::vector<Failure>();
}

}  // namespace

const char* name_of(Access access) { return kWords.at(static_cast<std::size_t>(access)).name; }

std::string_view access_words(std::string_view name, Language language) {
  for (const auto& word : kWords)
    if (name == word.name) return pick(language, word.id, word.en);
  return pick(language, "Lainnya", "Other");
}

Status note_access(LocalStore& local, const Clock& clock, Access access, std::string_view subject,
                   std::uint64_t rows) {
  return local.note_access({clock.now(), name_of(access), std::string(subject), rows});
}

bool holds_personal(const KindSpec& kind, const TableSpec& table, const Row& row) {
  return std::any_of(kind.fields.begin(), kind.fields.end(), [&](const FieldSpec& field) {
    const auto column = table.find(field.id);
    return field.erasable() && column && !is_none(row.values[*column]);
  });
}

void note_failed_unlock(FileSystem& files, const std::filesystem::path& directory,
                        const Clock& clock) {
  auto times = failures_in(files, directory);
  if (times.size() >= kMostFailures)
    times.erase(times.begin(), times.end() - static_cast<std::ptrdiff_t>(kMostFailures - 1));
  times.push_back({clock.now().ms});
  if (!files.write_durable(failures_file(directory), encode(times))) return;
}

Status note_unlock(LocalStore& local, FileSystem& files, const std::filesystem::path& directory,
                   const Clock& clock) {
  const auto failures = failures_in(files, directory);
  for (const auto& failure : failures)
    TRY_VOID(local.note_access({WallTime{failure.at_ms}, name_of(Access::unlock_failed), "", 1}));
  if (!failures.empty()) TRY_VOID(files.remove(failures_file(directory)));
  return note_access(local, clock, Access::unlock, "", 1);
}

}  // namespace rukun
