#pragma once
// Rekap: all neighborhoods of this profile together, worked out once after each change; the records
// behind each line, what changed since a list that was handed in, and the workbook that an office
// hands on. One thread, the presenter's.

#include <memory>
#include <optional>
#include <string>

#include "app/report/handed_in.h"
#include "app/report/recap.h"
#include "app/ui/presenter/desk.h"

namespace rukun::ui {

class RecapPart {
 public:
  explicit RecapPart(Desk& desk) : desk_(desk) {}

  std::optional<Status> run(const Command& command);  // empty: it is of another screen
  void enter();
  void fill();
  void forget() { picture_.reset(); }

 private:
  struct Picture;
  Result<const Picture*> picture();
  RecapLineView line_of(const Picture& picture, RecapBy by, const RecapLine& line) const;
  void add_state(const Picture& picture, std::size_t source, bool has_needs,
                 RecapLineView& out) const;
  void fill_lines(const Picture& picture, RecapBy by);
  void fill_reporting(const Picture& picture);
  Status fill_behind(const Picture& picture, RecapBy by);
  void fill_fits(const Picture& picture);
  RecapChangeView change_of(const ListChange& change) const;
  Status fill_changes(const Picture& picture);
  // A new name each time; told only once the file is on the device and was read back.
  Status write_list(const ExportRecap& wanted);
  Status publish(const PublishRecap& wanted);

  Desk& desk_;
  std::shared_ptr<const Picture> picture_;
  std::uint64_t picture_at_ = 0;  // the version of the records that it was worked out from
  std::string opened_;            // the line, by its key
};

}  // namespace rukun::ui
