#pragma once
// Which list is shown, and how: its tab, columns and order (both kept in the profile's own store),
// what is looked for in it, which rows are marked, and which record is open beside it. One
// mechanism for needs and for records of any other kind; the parts fill pictures from it. Rows are
// named by where they stand, so a list has another number each time its rows are others. One
// thread, the presenter's.

#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/domain/fields.h"
#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/kind_plans.h"
#include "app/ui/presenter/list_index.h"

namespace rukun::ui {

class Lists {
 public:
  explicit Lists(Desk& desk) : desk_(desk) {}

  std::optional<Status> run(const Command& command);  // empty: it is of something else
  void enter();   // nothing is typed, marked, charted or open any more
  void forget();  // the session is over
  // A line a kind, "need=title,for,age;age;down"; read once, at the unlock. What is not known any
  // more is passed over.
  Status load();

  // Which one. The tab that was chosen, else the first; it is the one that is shown from now on.
  const TabPlan& choose_tab(const std::vector<TabPlan>& tabs);
  KindId shown_kind() const;
  KindId listed_kind() const { return listed_kind_; }  // of the tab
  Arrangement arrangement_of(KindId kind) const;
  const std::string& search() const { return search_; }
  bool charts() const { return charts_; }  // stand in its place

  // Its rows. fit_…() puts them in order and chooses those that are looked for.
  Status fit_needs();
  Status fit_records();
  const ListIndex& needs() const { return needs_; }
  const ListIndex& records() const { return records_; }
  const ListIndex& shown() const;
  bool is_in_order(const ListIndex& list) const { return list.ordered_at == desk_.version(); }
  // How many there are, how many of them are marked, and which list they are counted in.
  void fill_place(const ListIndex& list, ListTools& tools);

  // Marks. As the list has them, whatever is looked for in it now; those that it has no more come
  // last.
  std::vector<Listed> marked_in_order() const;
  std::size_t marked() const { return marks_.size(); }
  bool is_marked(const RecordId& id) const { return marks_.count(id) != 0; }
  void unmark() { marks_.clear(); }

  // What is open beside it, on record when it names people.
  const std::string& opened() const { return opened_; }
  void open_record(const std::string& id, KindId kind);
  Status open_listed(const std::string& id);
  void set_opened(const std::string& id) { opened_ = id; }

 private:
  Status arrange_list(const ArrangeList& command);
  Status mark_rows(const MarkRows& command);
  Status mark_all(bool on);
  void tell_sorting(const ListIndex& list);
  Status order(ListIndex& list);
  Status fit(ListIndex& list, const std::string& search, NeedFilter filter);

  Desk& desk_;
  ListIndex needs_{.kind = fields::need::kKind};
  ListIndex records_;  // of the tab that is shown
  std::uint64_t numbers_ = 0;
  SearchNeeds need_search_;
  std::string search_;
  std::string tab_;
  std::string opened_;
  KindId listed_kind_ = 0;
  bool charts_ = false;
  std::map<KindId, Arrangement> arrangements_;
  std::unordered_set<RecordId, IdHash> marks_;
};

}  // namespace rukun::ui
