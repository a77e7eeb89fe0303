#pragma once
// Cetak: what a screen shows, or a report about it, as a PDF file where people find it, or as text
// that can be pasted. It asks which of several papers is wanted, and is on record before it leaves.
// One thread, the presenter's.

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/lists.h"
#include "app/ui/presenter/schedule.h"

namespace rukun::ui {

class PrintPart {
 public:
  PrintPart(Desk& desk, Lists& lists, const SchedulePart& schedule)
      : desk_(desk), lists_(lists), schedule_(schedule) {}

  std::optional<Status> run(const Command& command);  // empty: it is of something else
  // Asks which, or prints. What goes wrong stands in the same dialog, with the way to try again.
  Status print(const Deed& deed);
  // The same as on paper, as text.
  Status copy(const Deed& deed);

 private:
  struct Printed {
    Path file;
    std::size_t pages = 0;
    std::uint64_t rows = 0;
  };
  struct PaperName {
    std::string subject;  // for the access log
    std::string title;
  };
  // True when there are several, and which of them is asked now.
  bool ask_which_paper(const Deed& deed, std::string_view title_key);
  Result<Printed> print_file(const Deed& deed);
  Result<PaperName> paper_name(const Deed& deed);
  Result<std::string> left_off_the_board(const Deed& deed, std::uint64_t printed);

  Desk& desk_;
  Lists& lists_;
  const SchedulePart& schedule_;
};

}  // namespace rukun::ui
