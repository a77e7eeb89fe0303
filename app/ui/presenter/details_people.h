#pragma once
// What is special about households, residents and volunteers: who lives there, what reached them,
// their duties, and who may be the same. Functions over the desk; its thread.

#include <string>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

Status fill_household(Desk& desk, const Row& row, RecordDetail& out);
Status fill_resident(Desk& desk, const Row& row, RecordDetail& out);
Status fill_volunteer(Desk& desk, const Row& row, RecordDetail& out);
// All who may be the same, two and two.
Status fill_pairs(Desk& desk, RecordsView& view);
// They are not, somebody says; ids as a view has them.
Status keep_apart(Desk& desk, const std::string& a, const std::string& b);

}  // namespace rukun::ui
