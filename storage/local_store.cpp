#include "storage/local_store.h"

#include <algorithm>

#include "sync/wire.h"

namespace rukun {

namespace {

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

Status LocalStore::save_view(std::string_view name, const ViewChoice& choice) {
  return store(vault_, ItemClass::view, rukun::view(name), choice, random_);
}

Result<std::optional<ViewChoice>> LocalStore::view(std::string_view name) {
  return load<ViewChoice>(vault_, ItemClass::view, rukun::view(name), "the choice of a view");
}

Status LocalStore::note_access(const AccessEntry& entry) {
  if (next_access_ == 0) {
    std::uint64_t last = 0;
    TRY_VOID(vault_.each(ItemClass::access, [&](ByteView key, Secret) -> Status {
      Reader in(key);
      last = std::max(last, in.u64());
      return in.finish("the number of an access");
    }));
    next_access_ = last + 1;
  }
  TRY_VOID(store(vault_, ItemClass::access, access_key(next_access_), entry, random_));
  const auto noted = next_access_++;
  if (noted <= kAccessEntries) return {};
  return vault_.remove(ItemClass::access, access_key(noted - kAccessEntries));
}

Result<std::vector<AccessEntry>> LocalStore::accesses() {
  std::vector<std::pair<std::uint64_t, AccessEntry>> numbered;
  TRY_VOID(vault_.each(ItemClass::access, [&](ByteView key, Secret value) -> Status {
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
