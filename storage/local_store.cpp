#include "storage/local_store.h"

#include <algorithm>

#include "sync/wire.h"

namespace rukun {

namespace {

constexpr std::string_view kNumbersKey = "numbers";  // no number: those have eight bytes
constexpr std::uint64_t kJoinedAmong = 8;
constexpr int kDroppedAtOnce = 2;

template <class T>
Result<std::optional<T>> load(Vault& vault, ItemClass what, ByteView key, const char* name) {
  TRY(const auto bytes, vault.get(what, key));
  if (!bytes) return std::optional<T>();
  TRY(auto thing, decode<T>(*bytes, name, LocalStore::kItemBytes));
  return std::optional<T>(std::move(thing));
}

template <class T>
Status store(Vault& vault, ItemClass what, ByteView key, const T& thing, Random& random) {
  const auto bytes = encode(thing);
  if (bytes.size() > LocalStore::kItemBytes)
    return error(Code::bad_value, "that is too long to be kept");
  return vault.put(what, key, bytes, random);
}

// What tells one draft from another.
Bytes draft_key(const FormDraft& draft) {
  Writer out;
  out.raw(draft.space);
  out.raw(draft.record);
  out.raw(view(draft.form));
  return std::move(out.out);
}

Bytes access_key(std::uint64_t number) {
  Writer out;
  out.u64(number);
  return std::move(out.out);
}

}  // namespace

Result<std::optional<std::string>> LocalStore::setting(std::string_view name) {
  return load<std::string>(vault_, ItemClass::setting, rukun::view(name), "a setting");
}

Status LocalStore::set_setting(std::string_view name, std::string_view value) {
  return store(vault_, ItemClass::setting, rukun::view(name), std::string(value), random_);
}

Status LocalStore::clear_setting(std::string_view name) {
  return vault_.remove(ItemClass::setting, rukun::view(name));
}

Status LocalStore::save_draft(const FormDraft& draft) {
  return store(vault_, ItemClass::draft, draft_key(draft), draft, random_);
}

Status LocalStore::drop_draft(const FormDraft& draft) {
  return vault_.remove(ItemClass::draft, draft_key(draft));
}

Result<std::vector<FormDraft>> LocalStore::drafts() {
  std::vector<FormDraft> found;
  TRY_VOID(vault_.each(ItemClass::draft, [&](ByteView, Secret value) -> Status {
    TRY(auto draft, decode<FormDraft>(value.view(), "a draft", kItemBytes));
    found.push_back(std::move(draft));
    return {};
  }));
  std::sort(found.begin(), found.end(), [](const FormDraft& a, const FormDraft& b) {
    return std::tie(a.at, a.form, a.record) < std::tie(b.at, b.form, b.record);
  });
  return found;
}

Result<LocalStore::Numbers> LocalStore::access_numbers() {
  TRY(const auto bytes, vault_.get(ItemClass::access, rukun::view(kNumbersKey)));
  if (bytes) return decode<Numbers>(*bytes, "the numbers of accesses", kItemBytes);
  // A vault of before they were kept.
  Numbers numbers;
  std::uint64_t least = UINT64_MAX;
  TRY_VOID(vault_.each(ItemClass::access, [&](ByteView key, Secret) -> Status {
    Reader in(key);
    const auto number = in.u64();
    least = std::min(least, number);
    numbers.next = std::max(numbers.next, number + 1);
    return in.finish("the number of an access");
  }));
  if (least != UINT64_MAX) numbers.first = least;
  return numbers;
}

Result<std::optional<AccessEntry>> LocalStore::access(std::uint64_t number) {
  return load<AccessEntry>(vault_, ItemClass::access, access_key(number), "an access");
}

// Into one of the latest entries, when it is of the same thing and of the same hour.
Result<bool> LocalStore::join_access(const Numbers& numbers, const AccessEntry& entry) {
  const auto last = numbers.next - std::min(numbers.next - numbers.first, kJoinedAmong);
  for (auto number = numbers.next; number > last; --number) {
    TRY(auto same, access(number - 1));
    if (!same || same->action != entry.action || same->subject != entry.subject) continue;
    const auto later_ms = entry.at.ms - same->at.ms;
    if (later_ms < 0 || later_ms >= kAccessJoined_ms) return false;
    same->rows += entry.rows;
    TRY_VOID(store(vault_, ItemClass::access, access_key(number - 1), *same, random_));
    return true;
  }
  return false;
}

Status LocalStore::store_access(Numbers numbers, const AccessEntry& entry) {
  TRY_VOID(store(vault_, ItemClass::access, access_key(numbers.next), entry, random_));
  ++numbers.next;
  for (int dropped = 0; dropped < kDroppedAtOnce; ++dropped) {
    TRY(const auto oldest, access(numbers.first));
    const bool many = numbers.next - numbers.first > kAccessEntries;
    if (oldest && !many && entry.at.ms - oldest->at.ms <= kAccessKept_ms) break;
    if (numbers.first + 1 >= numbers.next) break;
    TRY_VOID(vault_.remove(ItemClass::access, access_key(numbers.first)));
    ++numbers.first;
  }
  return store(vault_, ItemClass::access, rukun::view(kNumbersKey), numbers, random_);
}

Status LocalStore::note_access(const AccessEntry& entry) {
  TRY(const auto numbers, access_numbers());
  TRY(const bool joined, join_access(numbers, entry));
  if (joined) return {};
  if (vault_.db().in_transaction()) return store_access(numbers, entry);
  TRY(auto transaction, Transaction::begin(vault_.db()));
  TRY_VOID(store_access(numbers, entry));
  return transaction.commit();
}

Result<std::vector<AccessEntry>> LocalStore::accesses() {
  std::vector<std::pair<std::uint64_t, AccessEntry>> numbered;
  TRY_VOID(vault_.each(ItemClass::access, [&](ByteView key, Secret value) -> Status {
    if (text_of(key) == kNumbersKey) return {};
    Reader in(key);
    const auto number = in.u64();
    TRY(auto entry, decode<AccessEntry>(value.view(), "an access", kItemBytes));
    numbered.emplace_back(number, std::move(entry));
    return in.finish("the number of an access");
  }));
  std::sort(numbered.begin(), numbered.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<AccessEntry> found;
  found.reserve(numbered.size());
  for (auto& [number, entry] : numbered) found.push_back(std::move(entry));
  return found;
}

}  // namespace rukun
