#include "tests/support/memory_files.h"

#include <algorithm>

namespace rukun::test {
namespace {

class MemoryReader final : public FileReader {
 public:
  explicit MemoryReader(Bytes bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read(std::span<std::uint8_t> into) override {
    const std::size_t length = std::min(into.size(), bytes_.size() - at_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), length, into.begin());
    at_ += length;
    return length;
  }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

}  // namespace

class MemoryWriter final : public FileWriter {
 public:
  MemoryWriter(MemoryFiles& owner, std::string written, std::string wanted, WriteAs as)
      : owner_(owner), written_(std::move(written)), wanted_(std::move(wanted)), as_(as) {}
  ~MemoryWriter() override {
    // A pulled stick keeps what it had: nobody is left to tidy up.
    if (!finished_ && !owner_.is_pulled()) owner_.files_.erase(written_);
  }

  Status write(ByteView bytes) override {
    auto& kept = owner_.files_[written_].bytes;
    if (auto allowed = owner_.call("write", wanted_); !allowed) {
      if (owner_.is_pulled()) append(kept, bytes.first(bytes.size() / 2));
      broken_ = true;
      return allowed;
    }
    const std::uint64_t room =
        owner_.faults.capacity - std::min(owner_.faults.capacity, owner_.used());
    if (bytes.size() > room) {
      append(kept, bytes.first(static_cast<std::size_t>(room)));
      broken_ = true;
      return error(Code::full, "cannot write " + wanted_ + ": no space left");
    }
    append(kept, bytes);
    return {};
  }

  Status finish() override {
    if (broken_) return error(Code::io, "cannot finish " + wanted_);
    TRY_VOID(owner_.call("flush", wanted_));
    auto& file = owner_.files_[written_];
    file.flushed = true;
    if (as_ == WriteAs::new_verified && owner_.faults.corrupts) {
      return error(Code::io, wanted_ + " reads back differently from what was written");
    }
    if (as_ == WriteAs::replacement) {
      TRY_VOID(owner_.call("name", wanted_));
      owner_.files_[wanted_] = std::move(file);
      owner_.files_.erase(written_);
    }
    finished_ = true;
    return {};
  }

 private:
  MemoryFiles& owner_;
  std::string written_;
  std::string wanted_;
  WriteAs as_;
  bool broken_ = false;
  bool finished_ = false;
};

std::string MemoryFiles::key(const Path& path) {
  auto text = path.string();
  // Nearly every path is in order already, and putting one in order is slow.
  const bool odd = text.find("//") != std::string::npos || text.find("./") != std::string::npos ||
                   text.ends_with('.');
  if (odd) text = path.lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

Status MemoryFiles::call(const char* what, const std::string& path) {
  const auto number = calls_++;
  if (number >= faults.pulled_at_call) {
    return error(Code::io, std::string("cannot ") + what + ' ' + path + ": the device is gone");
  }
  if (number == faults.fail_at_call) {
    return error(faults.fail_with, std::string("cannot ") + what + ' ' + path);
  }
  return {};
}

std::uint64_t MemoryFiles::used() const {
  std::uint64_t sum = 0;
  for (const auto& [path, file] : files_) sum += file.bytes.size();
  return sum;
}

void MemoryFiles::add_parents(const std::string& path) {
  for (auto dir = Path(path).parent_path(); !dir.empty(); dir = dir.parent_path()) {
    dirs_.insert(dir.string());
    if (dir == dir.parent_path()) break;
  }
}

void MemoryFiles::power_cut() {
  for (auto file = files_.begin(); file != files_.end();) {
    if (file->second.flushed) {
      ++file;
    } else if (file->second.bytes.empty()) {
      file = files_.erase(file);
    } else {
      file->second.bytes.resize(file->second.bytes.size() / 2);
      ++file;
    }
  }
  faults = {};
}

void MemoryFiles::put(const Path& path, ByteView bytes) {
  add_parents(key(path));
  files_[key(path)] = {Bytes(bytes.begin(), bytes.end()), ++last_inode_, true};
}

const Bytes* MemoryFiles::look(const Path& path) const {
  const auto found = files_.find(key(path));
  return found == files_.end() ? nullptr : &found->second.bytes;
}

std::vector<std::string> MemoryFiles::names() const {
  std::vector<std::string> out;
  for (const auto& [path, file] : files_) out.push_back(path);
  return out;
}

Result<std::vector<DirEntry>> MemoryFiles::list_dir(const Path& dir) {
  const auto wanted = key(dir);
  TRY_VOID(call("list", wanted));
  if (!dirs_.contains(wanted)) return error(Code::not_found, "cannot list " + wanted);
  std::vector<DirEntry> entries;
  const auto inside = wanted.ends_with('/') ? wanted : wanted + '/';
  // Of all that is below: what is directly inside.
  const auto is_in = [&](const std::string& path) {
    return path.size() > inside.size() && path.find('/', inside.size()) == std::string::npos;
  };
  for (auto at = files_.lower_bound(inside); at != files_.end() && at->first.starts_with(inside);
       ++at)
    if (is_in(at->first))
      entries.push_back({at->first.substr(inside.size()), false, at->second.bytes.size()});
  for (auto at = dirs_.lower_bound(inside); at != dirs_.end() && at->starts_with(inside); ++at)
    if (is_in(*at)) entries.push_back({at->substr(inside.size()), true, 0});
  std::sort(entries.begin(), entries.end());
  return entries;
}

Result<bool> MemoryFiles::exists(const Path& path) {
  TRY_VOID(call("look at", key(path)));
  return files_.contains(key(path)) || dirs_.contains(key(path));
}

Status MemoryFiles::make_dirs(const Path& dir) {
  TRY_VOID(call("make folder", key(dir)));
  if (files_.contains(key(dir))) return error(Code::io, "cannot make folder " + key(dir));
  add_parents(key(dir));
  dirs_.insert(key(dir));
  return {};
}

Status MemoryFiles::remove(const Path& path) {
  const auto wanted = key(path);
  TRY_VOID(call("remove", wanted));
  if (files_.erase(wanted) > 0 || !dirs_.contains(wanted)) return {};
  const auto inside = wanted + '/';
  const auto holds = [&](const std::string& name) { return name.starts_with(inside); };
  const bool empty =
      std::none_of(dirs_.begin(), dirs_.end(), holds) &&
      std::none_of(files_.begin(), files_.end(), [&](const auto& f) { return holds(f.first); });
  if (!empty) return error(Code::io, "cannot remove " + wanted + ": not empty");
  dirs_.erase(wanted);
  return {};
}

Result<FileIdentity> MemoryFiles::file_identity(const Path& path) {
  TRY_VOID(call("look at", key(path)));
  const auto found = files_.find(key(path));
  if (found == files_.end()) return error(Code::not_found, "cannot look at " + key(path));
  return FileIdentity{found->second.inode, 0};
}

Result<std::uint64_t> MemoryFiles::free_bytes(const Path& dir) {
  TRY_VOID(call("look at", key(dir)));
  return faults.capacity - std::min(faults.capacity, used());
}

Result<std::unique_ptr<FileReader>> MemoryFiles::open_reader(const Path& path) {
  TRY_VOID(call("open", key(path)));
  const auto found = files_.find(key(path));
  if (found == files_.end()) return error(Code::not_found, "cannot open " + key(path));
  auto bytes = found->second.bytes;
  if (faults.corrupts && !bytes.empty()) bytes[bytes.size() / 2] ^= 1;
  return std::make_unique<MemoryReader>(std::move(bytes));
}

Result<std::unique_ptr<FileWriter>> MemoryFiles::open_writer(const Path& path, WriteAs as) {
  const auto wanted = key(path);
  TRY_VOID(call("create", wanted));
  const auto parent = Path(wanted).parent_path().string();
  if (!parent.empty() && !dirs_.contains(parent)) {
    return error(Code::not_found, "cannot create " + wanted);
  }
  if (dirs_.contains(wanted) || (as == WriteAs::new_verified && files_.contains(wanted))) {
    return error(Code::io, "cannot create " + wanted + ": exists");
  }
  const auto written = as == WriteAs::replacement ? wanted + ".new" : wanted;
  files_[written] = {{}, ++last_inode_, false};
  return std::make_unique<MemoryWriter>(*this, written, wanted, as);
}

}  // namespace rukun::test
