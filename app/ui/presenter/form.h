#pragma once
// The form for records of any kind, made from the declared kinds. It is judged by Engine::foresee,
// which warns and refuses as writing would; what is wrong stands beside the field. A draft is kept
// at every key. One thread, the presenter's.

#include <optional>
#include <string>
#include <vector>

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/lists.h"
#include "app/ui/presenter/open_form.h"

namespace rukun::ui {

class FormPart {
 public:
  // What was added is opened beside its list.
  FormPart(Desk& desk, Lists& lists) : desk_(desk), lists_(lists) {}

  std::optional<Status> run(const Command& command);  // empty: it is of another screen
  Status open(const Deed& deed);                      // to add or to edit
  void close();                                       // the draft stays

 private:
  void fill_texts(const KindSpec& kind, const Row* row);
  Status resume();
  void take_field(const FieldSpec& spec, const Row* row, FormField& field,
                  std::vector<FieldChange>& out);
  Result<std::optional<Action>> wanted();
  void place_problem(const Error& failure);
  void place_warning(const std::string& words);
  std::optional<Action> judge();
  FormDraft draft_of_it() const;
  Status typed(const FormTyped& command);
  Status save(const SaveForm& command);
  Status leave(bool drop);
  void find(const AskRecords& command);

  Desk& desk_;
  Lists& lists_;
  std::optional<OpenForm> form_;
  std::uint64_t number_ = 0;  // FormView::number
};

}  // namespace rukun::ui
