#pragma once
// Texts that somebody else chose, made harmless for a terminal and for a line of a service's
// journal: no line breaks, no orders, no turned directions. Total: any bytes. Any thread.

#include <string>
#include <string_view>

namespace rukun {

// The text with control characters (also the Unicode ones that end lines or turn their direction)
// as \xNN, and bytes that are not UTF-8 too: what a peer chose to call itself cannot forge a line
// or drive a terminal.
std::string escape_controls(std::string_view text);

}  // namespace rukun
