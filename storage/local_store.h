#pragma once
// What is this profile's alone and never leaves it: settings (how lists are shown among them),
// unfinished forms, and who looked at or took out what on this laptop. Small sealed items in the
// vault.
// Errors: those of the vault. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/time.h"
#include "storage/vault.h"
#include "sync/ids.h"

namespace rukun {

// A form that was left before it was saved, as it was typed.
struct FormDraft {
  std::string form;  // which form
  SpaceId space;
  RecordId record;  // zero for a new one
  WallTime at;
  std::vector<std::pair<std::string, std::string>> fields;  // name, text

  template <class Archive>
  void serialize(Archive& archive) {
    archive(form, space, record, at.ms, fields);
  }
};

// Something that this profile did with personal data, or with its own lock.
struct AccessEntry {
  WallTime at;          // of the first time
  std::string action;   // app/engine/access_log.h
  std::string subject;  // which list or record
  std::uint64_t rows = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(at.ms, action, subject, rows);
  }
};

class LocalStore {
 public:
  static constexpr std::uint64_t kAccessEntries = 10'000;  // older ones are dropped
  static constexpr std::int64_t kAccessKept_ms = std::int64_t{2} * 365 * 24 * 60 * 60 * 1000;
  static constexpr std::int64_t kAccessJoined_ms = 60 * 60 * 1000;
  static constexpr std::size_t kItemBytes = 4 * 1024 * 1024;

  LocalStore(Vault& vault, Random& random) : vault_(vault), random_(random) {}

  // Texts by name: the last folder, the language, the last report that was handed in.
  Result<std::optional<std::string>> setting(std::string_view name);
  Status set_setting(std::string_view name, std::string_view value);
  Status clear_setting(std::string_view name);

  // One draft a form, space and record.
  Status save_draft(const FormDraft& draft);
  Status drop_draft(const FormDraft& draft);
  Result<std::vector<FormDraft>> drafts();  // the oldest first

  // The same action on the same subject within an hour is one entry whose rows add up. At most two
  // that are too old or too many are dropped each time, so that a clock gone wrong empties nothing.
  Status note_access(const AccessEntry& entry);
  Result<std::vector<AccessEntry>> accesses();  // in the order in which they were noted

 private:
  struct Numbers {  // the oldest access kept, and the next one to be noted
    std::uint64_t first = 1;
    std::uint64_t next = 1;

    template <class Archive>
    void serialize(Archive& archive) {
      archive(first, next);
    }
  };
  Result<Numbers> access_numbers();
  Result<std::optional<AccessEntry>> access(std::uint64_t number);
  Result<bool> join_access(const Numbers& numbers, const AccessEntry& entry);
  Status store_access(Numbers numbers, const AccessEntry& entry);

  Vault& vault_;
  Random& random_;
};

}  // namespace rukun
