#pragma once
// How far an exchange with a folder is, for somebody who waits for it and may stop it. Counted in
// bytes: first of what others have left there, then of what is written. Whoever stops it loses
// nothing: what was read stays, every file that was written was read back, and the next exchange
// goes on from there. One thread: the engine's; goes_on() is called between files.

#include "app/engine/engine.h"

namespace rukun {

struct FolderProgress {
  bool writing = false;
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // of this half; never less than done
};

class FolderWatch {
 public:
  virtual ~FolderWatch() = default;
  virtual bool goes_on(const FolderProgress& progress) = 0;
};

struct WatchedExchange {
  ExchangeReport report;
  bool stopped = false;  // then not all that is known here is on it, though it may be pulled
};

// Engine::sync_folder, watched.
Result<WatchedExchange> sync_folder(Engine& engine, const Path& directory, FolderWatch& watch);

// Counts for a watch, or for nobody.
class FolderMeter {
 public:
  explicit FolderMeter(FolderWatch* watch) : watch_(watch) {}
  bool is_watched() const { return watch_ != nullptr; }
  bool stopped() const { return stopped_; }
  void expect(std::uint64_t bytes) { progress_.total += bytes; }
  void begin_writing();
  void did(std::uint64_t bytes);

 private:
  FolderWatch* watch_;
  FolderProgress progress_;
  bool stopped_ = false;
};

}  // namespace rukun
