#pragma once
// What pressing something asks for: buttons for a form, for a value that is written at once, for a
// paper, and the way to where a record is at home. Functions over the desk; its thread.

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

// `given` is not asked; `asked`: these fields alone.
DeedButton add_button(Desk& desk, KindId kind, std::string_view key, FieldTexts given = {},
                      std::vector<std::string> asked = {});
DeedButton edit_button(Desk& desk, const RecordId& id, std::string_view key, Icon icon,
                       std::vector<std::string> asked = {});
DeedButton write_button(Desk& desk, const RecordId& id, std::string_view key, Icon icon,
                        FieldTexts fields);
Deed open_deed(const Row& row);
DeedButton print_button(Desk& desk, std::string_view what, const std::string& record,
                        std::string_view key);
// If there is a paper about such a record.
void add_print_button(Desk& desk, RecordDetail& detail);
// Carries out what a write_button asks for.
Status write_fields(Desk& desk, const Deed& deed);

}  // namespace rukun::ui
