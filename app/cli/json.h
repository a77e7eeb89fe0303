#pragma once
// The JSON document that a command prints, written as it comes, so that a million rows cost one.
// Keys and values must alternate as JSON wants; anything else is our own bug. One thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace rukun::cli {

using TextOut = std::function<void(std::string_view)>;

class Json {
 public:
  explicit Json(TextOut out);
  ~Json();
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;

  Json& object();
  Json& end_object();
  Json& array();
  Json& end_array();
  Json& key(std::string_view name);
  Json& text(std::string_view value);
  Json& number(std::int64_t value);
  Json& boolean(bool value);
  Json& raw(std::string_view document);  // a whole document made elsewhere

  Json& pair(std::string_view name, std::string_view value) { return key(name).text(value); }
  Json& count(std::string_view name, std::uint64_t value) {
    return key(name).number(static_cast<std::int64_t>(value));
  }
  Json& flag(std::string_view name, bool value) { return key(name).boolean(value); }

 private:
  struct Works;
  std::unique_ptr<Works> works_;
};

}  // namespace rukun::cli
