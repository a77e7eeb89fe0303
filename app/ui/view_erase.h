#pragma once
// The picture of erasing personal data, which stands in the place of a list of records while it is
// open: what is asked about, or what was erased and who has heard. Plain values. Any thread, one at
// a time.

#include <optional>
#include <string>
#include <vector>

namespace rukun::ui {

struct EraseTarget {
  std::string id;
  std::string kind;  // words
  std::string title;
};
struct ErasedRow {
  std::string what;
  std::string why;
  std::string here;   // how far it is on this laptop
  std::string heard;  // "sudah sampai ke Bu Sari"; empty: nobody
  std::string open;   // "menunggu Pak Budi"; empty: nobody
};
struct EraseView {
  std::optional<EraseTarget> target;  // asked about
  std::vector<EraseTarget> linked;    // near it, and may name the same person
  bool listing = false;
  std::vector<ErasedRow> done;  // the latest first
  bool open() const { return target || listing; }
};
struct EraseState {
  std::string target;             // for which the rest was chosen
  std::vector<std::string> also;  // ids of `linked`
  std::string reason;
};

}  // namespace rukun::ui
