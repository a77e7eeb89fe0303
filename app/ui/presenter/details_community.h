#pragma once
// What is special about drives, listings, orders and trainings. Functions over the desk; its
// thread.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

Status fill_drive(Desk& desk, const Row& row, RecordDetail& out);
Status fill_listing(Desk& desk, const Row& row, RecordDetail& out);
Status fill_order(Desk& desk, const Row& row, RecordDetail& out);
Status fill_training(Desk& desk, const Row& row, RecordDetail& out);

}  // namespace rukun::ui
