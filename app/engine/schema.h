#pragma once
// The declared kinds as the projection wants them. Pure; any thread.

#include "storage/query.h"

namespace rukun {

Schema projection_schema();

}  // namespace rukun
