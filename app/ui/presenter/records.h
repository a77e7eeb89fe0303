#pragma once
// Lists of any kind but needs, with one record beside them: tabs, columns and what may be done,
// from the declared kinds. One thread, the presenter's.

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/lists.h"

namespace rukun::ui {

class RecordsPart {
 public:
  RecordsPart(Desk& desk, Lists& lists) : desk_(desk), lists_(lists) {}

  void fill();
  Status note_listed();  // that people's names are shown, when they are
  void hide();

 private:
  Status fill_rows(KindId kind, RecordsView& view);
  // Letters typed and rows asked for leave it as it is: it costs more than they may.
  void open_detail(RecordsView& view);

  Desk& desk_;
  Lists& lists_;
  std::uint64_t detail_at_ = 0;  // the glance that it was read for
};

}  // namespace rukun::ui
