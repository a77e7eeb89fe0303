#pragma once
// Where files come from and go to: sticks that are plugged in, the folder that was exchanged with
// last, and where people's papers are. Functions over the desk; its thread.

#include <string>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

// Those to exchange with.
void fill_places(Desk& desk);
// True when a stick was plugged in or pulled since the list was made.
bool notice_places(Desk& desk);
bool is_stick(Desk& desk, const std::string& path);
// Where an invitation is offered to go: the stick that is plugged in, else where was exchanged
// last, else where people's papers are.
std::string paper_place(Desk& desk);
// Where a print goes: a stick that is plugged in goes with whoever prints; else where their
// documents are.
Result<Path> paper_folder(Desk& desk);
// Invitation files at the top of a stick, so that nobody has to type a path; true when they are
// others than before.
bool notice_invitations(Desk& desk);
std::string megabytes_words(std::uint64_t bytes, Language language);
std::string size_words(std::uint64_t bytes);  // of a file, with its unit

}  // namespace rukun::ui
