#include "app/cli/json.h"

// rapidjson 1.1 adds to a null pointer before its first allocation, which does no harm.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/writer.h>
#if defined(__clang__)
#pragma clang attribute pop
#endif

#include <array>

#include "platform/base/check.h"

namespace rukun::cli {
namespace {

// What rapidjson writes to: pieces of some kilobytes.
class Pieces {
 public:
  using Ch = char;
  explicit Pieces(TextOut out) : out_(std::move(out)) {}
  void Put(char c) {
    if (used_ == piece_.size()) Flush();
    piece_[used_++] = c;
  }
  void Flush() {
    if (used_ > 0) out_({piece_.data(), used_});
    used_ = 0;
  }

 private:
  TextOut out_;
  std::array<char, 16 * 1024> piece_{};
  std::size_t used_ = 0;
};

unsigned length(std::string_view text) { return static_cast<unsigned>(text.size()); }

}  // namespace

struct Json::Works {
  explicit Works(TextOut out) : pieces(std::move(out)), writer(pieces) {}
  Pieces pieces;
  rapidjson::Writer<Pieces> writer;
  void done(bool fine) {
    CHECK_BUG(fine);
    if (writer.IsComplete()) pieces.Flush();
  }
};

Json::Json(TextOut out) : works_(std::make_unique<Works>(std::move(out))) {}
Json::~Json() { works_->pieces.Flush(); }

Json& Json::object() {
  works_->done(works_->writer.StartObject());
  return *this;
}
Json& Json::end_object() {
  works_->done(works_->writer.EndObject());
  return *this;
}
Json& Json::array() {
  works_->done(works_->writer.StartArray());
  return *this;
}
Json& Json::end_array() {
  works_->done(works_->writer.EndArray());
  return *this;
}
Json& Json::key(std::string_view name) {
  works_->done(works_->writer.Key(name.data(), length(name)));
  return *this;
}
Json& Json::text(std::string_view value) {
  works_->done(works_->writer.String(value.data(), length(value)));
  return *this;
}
Json& Json::number(std::int64_t value) {
  works_->done(works_->writer.Int64(value));
  return *this;
}
Json& Json::boolean(bool value) {
  works_->done(works_->writer.Bool(value));
  return *this;
}
Json& Json::raw(std::string_view document) {
  works_->done(works_->writer.RawValue(document.data(), document.size(), rapidjson::kObjectType));
  return *this;
}

}  // namespace rukun::cli
