#pragma once
// What people are told when this computer may write what is open to its disk. Pure; any thread.

#include <string>
#include <vector>

#include "app/domain/language.h"
#include "platform/process.h"

namespace rukun {

// One sentence for each risk, with what to do.
std::vector<std::string> memory_warnings(const MemoryRisks& risks, Language language);

}  // namespace rukun
