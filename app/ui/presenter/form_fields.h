#pragma once
// One field of a form: how it is asked, what may be chosen, and between its value and what is
// typed. Functions over the desk; its thread.

#include <optional>
#include <string>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

// `itself`: the record that is changed; it does not refer to itself.
Result<FormField> form_field(Desk& desk, const KindSpec& kind, const FieldSpec& spec,
                             const std::optional<RecordId>& itself);
// What may be given: of references when there are few.
Status fill_choices(Desk& desk, const FieldSpec& spec, const std::optional<RecordId>& itself,
                    FormField& field);
// What is written there now, as somebody would type it.
std::string typed_text(Desk& desk, const FieldSpec& spec, const Value& value);
// A name that was typed and not chosen counts when just one record has it.
Result<Value> form_value(Desk& desk, const FieldSpec& spec, const std::string& text);

}  // namespace rukun::ui
