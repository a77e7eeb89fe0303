#pragma once
// Drives the real rukunctl as a script would: each home is a folder of its own with its own state,
// each call a process. Answers are parsed JSON. Tests only; one thread.

// rapidjson 1.1 adds to a null pointer before its first allocation, which does no harm.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/document.h>
#if defined(__clang__)
#pragma clang attribute pop
#endif

#include <filesystem>
#include <string>
#include <vector>

#include "platform/child.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {

struct Said {
  int exit = -1;
  std::string out;
  std::string err;

  rapidjson::Document json() const;         // of the whole output; null when it is none
  std::vector<std::string> lines() const;   // of the output
  std::string text(const char* key) const;  // of the object that was printed; empty if missing
  std::string code() const;                 // of the error that was printed
};

class Home {
 public:
  explicit Home(std::filesystem::path folder, std::string passphrase = "kata sandi untuk uji");

  // With --json and the passphrase.
  Said run(std::vector<std::string> words, const std::string& input = {}) const;
  // Exactly these words.
  Said raw(std::vector<std::string> words, const std::string& input = {}) const;
  // The same as a child that goes on running.
  Child start(std::vector<std::string> words) const;
  // A batch of these lines; REQUIREs that all went well; the ids by line.
  std::vector<std::string> batch(const std::string& lines) const;
  // REQUIREs exit 0; the value under `key`.
  std::string must(std::vector<std::string> words, const char* key) const;

  // A profile that unlocks as quickly as is allowed.
  void init(const std::string& name) const;
  // `init`, then a neighborhood.
  std::string found(const std::string& name, const std::string& space) const;
  // `init`, then joins with an invitation that `head` makes.
  void join(const Home& head, const std::string& name, const std::string& role) const;

  const std::filesystem::path& folder() const { return folder_; }
  void set_passphrase(std::string passphrase) { passphrase_ = std::move(passphrase); }

 private:
  ChildSetup setup(std::vector<std::string> words) const;

  std::filesystem::path folder_;
  std::string passphrase_;
};

void write_text(const std::filesystem::path& file, const std::string& text);
std::string read_text(const std::filesystem::path& file);
inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}
std::vector<std::string> keys_of(const rapidjson::Value& object);

}  // namespace rukun::test
