#pragma once
// How far a neighborhood's logs go on this laptop, for a receiver outside that must be told only
// what is new (a database). A position is a frontier; as bytes it can be kept by the receiver and
// is read back within limits. Two laptops at one position show the same. Errors: not_found (no such
// neighborhood), damaged (bytes that are no position), io. One thread.

#include <optional>

#include "app/engine/engine.h"

namespace rukun {

Result<Frontier> position_of(Engine& engine, const SpaceId& space);
Bytes position_bytes(const Frontier& position);
Result<Frontier> read_position(ByteView bytes);

enum class Standing : std::uint8_t {
  same,
  ahead,   // all of theirs is here, and more
  behind,  // all that is here is theirs, and they have more
  apart,   // each has something that the other lacks
};
Result<Standing> standing(Engine& engine, const SpaceId& space, const Frontier& theirs);

// Where this laptop's view of its neighborhoods stands: Projection::touched_since tells what was
// written after it. `view` differs for another laptop, a copied profile, and a view that was built
// anew.
struct ViewMark {
  std::string view;
  std::int64_t arrival = 0;
};
ViewMark view_mark(Engine& engine);

// When data was last exchanged with anybody, by the others' clocks; nothing when never.
Result<std::optional<WallTime>> last_exchange(Engine& engine, const SpaceId& space);

}  // namespace rukun
