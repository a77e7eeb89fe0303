#pragma once
// What people type into a search box, as a question to the projection's full-text index. Each word
// must be there; the last may be unfinished. Words are quoted, so that people's text is never
// syntax. Pure; empty when there is nothing to look for.

#include <string>
#include <string_view>

namespace rukun {

std::string match_text(std::string_view typed);

}  // namespace rukun
