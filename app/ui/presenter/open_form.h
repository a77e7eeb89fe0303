#pragma once
// A form that is open, beside what FormView shows of it. A plain value.

#include <map>
#include <optional>
#include <string>

#include "app/ui/view_records.h"
#include "sync/ids.h"

namespace rukun::ui {

struct OpenForm {
  KindId kind = 0;
  std::optional<RecordId> record;               // empty: a new one
  FieldTexts given;                             // not asked
  std::string name;                             // of its draft
  bool tried = false;                           // somebody wanted to save it
  std::map<std::string, std::string> texts;     // what is typed now
  std::map<std::string, std::string> original;  // before anything was typed
};

}  // namespace rukun::ui
