#include "tests/support/fat_files.h"

#include <algorithm>

namespace rukun::test {
namespace {

class BytesReader final : public FileReader {
 public:
  explicit BytesReader(Bytes bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read(std::span<std::uint8_t> into) override {
    const auto length = std::min(into.size(), bytes_.size() - at_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), length, into.begin());
    at_ += length;
    return length;
  }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

std::string changed_case(std::string text, char from, char to) {
  for (auto& c : text)
    if (c >= from && c <= from + 25) c = static_cast<char>(c - from + to);
  return text;
}

bool is_8_3(const std::string& name) {
  const auto dot = name.find('.');
  const auto ending = dot == std::string::npos ? 0 : name.size() - dot - 1;
  return std::min(dot, name.size()) <= 8 && ending <= 3 && name.find('.', dot + 1) == dot;
}

}  // namespace

class FatWriter final : public FileWriter {
 public:
  FatWriter(FatStick& owner, std::string written, std::string wanted, WriteAs as)
      : owner_(owner), written_(std::move(written)), wanted_(std::move(wanted)), as_(as) {}
  ~FatWriter() override {
    // A pulled stick keeps what it had: nobody is left to tidy up.
    if (!finished_ && !owner_.was_pulled()) owner_.files_.erase(written_);
  }

  Status write(ByteView bytes) override {
    auto& file = owner_.files_[written_];
    auto allowed = owner_.operation("write", wanted_, true);
    const auto room = owner_.faults.capacity - std::min(owner_.faults.capacity, owner_.used());
    if (allowed && bytes.size() > room) {
      append(file.now, bytes.first(static_cast<std::size_t>(room)));
      allowed = error(Code::full, "cannot write " + wanted_ + ": no space left",
                      "make room on the device and try again");
    } else if (allowed) {
      append(file.now, bytes);
    } else {
      append(file.now, bytes.first(bytes.size() / 2));
    }
    broken_ = broken_ || !allowed;
    return allowed;
  }

  Status finish() override {
    if (broken_) return error(Code::io, "cannot finish " + wanted_);
    TRY_VOID(owner_.operation("flush", wanted_, true));
    auto& file = owner_.files_[written_];
    const Bytes meant = file.now;
    TRY_VOID(owner_.flush(file));
    if (as_ == WriteAs::replacement) {
      TRY_VOID(owner_.rename(written_, wanted_));
    } else {
      TRY_VOID(owner_.operation("read back", wanted_, false));
      if (owner_.files_[written_].now != meant)
        return error(Code::io, wanted_ + " reads back differently from what was written",
                     "use another stick; this one is failing or holds less than it claims");
    }
    finished_ = true;
    return {};
  }

 private:
  FatStick& owner_;
  std::string written_;
  std::string wanted_;
  WriteAs as_;
  bool broken_ = false;
  bool finished_ = false;
};

std::string FatStick::key(const Path& path) {
  auto text = path.lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return changed_case(std::move(text), 'A', 'a');
}

std::string FatStick::shown(const std::string& name) const {
  return faults.upper_case && is_8_3(name) ? changed_case(name, 'a', 'A') : name;
}

Status FatStick::operation(const char* what, const Path& path, bool writes) {
  const auto number = operations_++;
  const auto failed = [&](const char* why) {
    return error(Code::io, std::string("cannot ") + what + ' ' + path.string() + ": " + why,
                 "try another device; this one may be failing");
  };
  if (number >= faults.pulled_at) return failed("the device is gone");
  if (writes && faults.read_only) return failed("the device is write-protected");
  return {};
}

std::uint64_t FatStick::used() const {
  std::uint64_t sum = 0;
  for (const auto& [path, file] : files_) sum += file.now.size();
  return sum;
}

Bytes FatStick::rubbish(const Bytes& bytes, std::size_t from) {
  Bytes out = bytes;
  for (auto i = from; i < out.size(); ++i)
    out[i] ^= static_cast<std::uint8_t>(1 + random_.below(255));
  return out;
}

// The computer writes its cache out and drops it; what it then reads is what the device gives.
Status FatStick::flush(File& file) {
  if (faults.sync_lies) file.now = rubbish(file.now, file.now.size() / 2);
  std::uint64_t before = used() - file.now.size();
  if (before + file.now.size() > faults.real_capacity) {
    const auto good = faults.real_capacity - std::min(faults.real_capacity, before);
    file.now = rubbish(file.now, static_cast<std::size_t>(good));
    // What lies beyond the end is written over something else.
    if (!files_.empty() && random_.below(2) == 0) {
      auto victim =
          std::next(files_.begin(), static_cast<std::ptrdiff_t>(random_.below(files_.size())));
      if (&victim->second != &file && victim->second.flushed) {
        victim->second.now = rubbish(victim->second.now, 0);
        victim->second.flushed = victim->second.now;
      }
    }
  }
  file.kept_back = faults.sync_later;
  file.flushed = file.now;
  return {};
}

// On FAT a rename is two writes: either, both or none of the names may be there afterwards.
Status FatStick::rename(const std::string& from, const std::string& to) {
  const auto allowed = operation("name", to, true);
  auto file = files_[from];
  if (allowed) {
    files_.erase(from);
    files_[to] = std::move(file);
    return {};
  }
  switch (random_.below(4)) {
    case 0: files_[to] = file; break;
    case 1: files_.erase(from); break;
    case 2: files_[to] = File{file.name, {}, Bytes(), false}; break;
    default: break;
  }
  return allowed;
}

void FatStick::pull() {
  for (auto at = files_.begin(); at != files_.end();) {
    auto& file = at->second;
    const bool safe = file.flushed && !file.kept_back;
    const auto fate = safe ? 0 : random_.below(4);
    if (fate == 1) file.now.clear();
    if (fate == 2) file.now.resize(random_.below(file.now.size() + 1));
    file.flushed = file.now;
    file.kept_back = false;
    at = fate == 3 ? files_.erase(at) : std::next(at);
  }
  for (auto& [path, bytes] : removed_)
    if (was_pulled() && random_.below(2) == 0 && !files_.contains(path))
      files_[path] = File{path, bytes, bytes, false};
  removed_.clear();
  operations_ = 0;
  faults = {};
}

void FatStick::plug_in() {
  for (auto& [path, file] : files_) file.kept_back = false;
  removed_.clear();
  operations_ = 0;
  faults = {};
}

void FatStick::put(const Path& path, ByteView bytes) {
  for (auto dir = path.parent_path(); !dir.empty(); dir = dir.parent_path()) {
    dirs_.emplace(key(dir), dir.string());
    if (dir == dir.parent_path()) break;
  }
  const Bytes copy(bytes.begin(), bytes.end());
  files_[key(path)] = File{path.string(), copy, copy, false};
}

std::map<std::string, Bytes> FatStick::contents() const {
  std::map<std::string, Bytes> out;
  for (const auto& [path, file] : files_) out[file.name] = file.now;
  return out;
}

Result<std::vector<DirEntry>> FatStick::list_dir(const Path& dir) {
  TRY_VOID(operation("list", dir, false));
  const auto wanted = key(dir);
  if (!dirs_.contains(wanted)) return error(Code::not_found, "cannot list " + dir.string());
  std::vector<DirEntry> entries;
  for (const auto& [path, file] : files_)
    if (Path(path).parent_path() == wanted)
      entries.push_back({shown(Path(file.name).filename().string()), false, file.now.size()});
  for (const auto& [path, name] : dirs_)
    if (path != wanted && Path(path).parent_path() == wanted)
      entries.push_back({shown(Path(name).filename().string()), true, 0});
  std::sort(entries.begin(), entries.end());
  return entries;
}

Result<bool> FatStick::exists(const Path& path) {
  TRY_VOID(operation("look at", path, false));
  return files_.contains(key(path)) || dirs_.contains(key(path));
}

Status FatStick::make_dirs(const Path& dir) {
  TRY_VOID(operation("make folder", dir, !dirs_.contains(key(dir))));
  if (files_.contains(key(dir)))
    return error(Code::io, "cannot make folder " + dir.string() + ": a file has that name");
  for (auto at = dir; !at.empty(); at = at.parent_path()) {
    dirs_.emplace(key(at), at.string());
    if (at == at.parent_path()) break;
  }
  return {};
}

Status FatStick::remove(const Path& path) {
  TRY_VOID(operation("remove", path, true));
  const auto found = files_.find(key(path));
  if (found == files_.end()) return {};
  if (found->second.flushed) removed_[key(path)] = *found->second.flushed;
  files_.erase(found);
  return {};
}

// FAT numbers its files anew at every mount, and knows times to two seconds only.
Result<FileIdentity> FatStick::file_identity(const Path& path) {
  TRY_VOID(operation("look at", path, false));
  if (!files_.contains(key(path))) return error(Code::not_found, "cannot look at " + path.string());
  return FileIdentity{random_.below(1'000'000) + 1,
                      static_cast<std::int64_t>(random_.below(1'000'000)) * 2000};
}

Result<std::uint64_t> FatStick::free_bytes(const Path& dir) {
  TRY_VOID(operation("look at", dir, false));
  return faults.capacity - std::min(faults.capacity, used());
}

Result<std::unique_ptr<FileReader>> FatStick::open_reader(const Path& path) {
  TRY_VOID(operation("open", path, false));
  const auto found = files_.find(key(path));
  if (found == files_.end()) return error(Code::not_found, "cannot open " + path.string());
  return std::make_unique<BytesReader>(found->second.now);
}

Result<std::unique_ptr<FileWriter>> FatStick::open_writer(const Path& path, WriteAs as) {
  TRY_VOID(operation("create", path, true));
  const auto wanted = key(path);
  if (!dirs_.contains(key(path.parent_path())))
    return error(Code::not_found, "cannot create " + path.string());
  if (dirs_.contains(wanted) || (as == WriteAs::new_verified && files_.contains(wanted)))
    return error(Code::io, "cannot create " + path.string() + ": exists");
  const auto written = as == WriteAs::replacement ? wanted + ".new" : wanted;
  files_[written] = File{path.string(), {}, {}, false};
  return std::make_unique<FatWriter>(*this, written, wanted, as);
}

}  // namespace rukun::test
