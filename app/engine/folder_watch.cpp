#include "app/engine/folder_watch.h"

#include <algorithm>

namespace rukun {

void FolderMeter::begin_writing() {
  progress_ = {};
  progress_.writing = true;
}

void FolderMeter::did(std::uint64_t bytes) {
  progress_.done += bytes;
  progress_.total = std::max(progress_.total, progress_.done);
  if (watch_ != nullptr && !stopped_) stopped_ = !watch_->goes_on(progress_);
}

}  // namespace rukun
