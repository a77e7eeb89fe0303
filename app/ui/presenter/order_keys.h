#pragma once
// What the rows of a list are put in order by: a number or words each, or nothing, which comes last
// whichever way. Words are compared as they are given (fold them first); those that occur often are
// compared once. Pure; one thread at a time.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace rukun::ui {

// One add…() a row, in the order that those which are equal keep; numbers come before words.
class OrderKeys {
 public:
  void add_number(std::int64_t number) { keys_.push_back({By::number, number}); }
  void add_words(const std::string& words);  // empty: nothing
  void add_nothing() { keys_.push_back({By::nothing, 0}); }
  std::size_t size() const { return keys_.size(); }

  // Which row comes where.
  std::vector<std::uint32_t> order(bool descending) const;

 private:
  enum class By : std::uint8_t { number, words, nothing };
  struct Key {
    By by = By::nothing;
    std::int64_t number = 0;  // of words: which of them
  };
  std::vector<std::int64_t> ranks() const;

  std::vector<Key> keys_;
  std::unordered_map<std::string, std::int64_t> words_;
};

}  // namespace rukun::ui
