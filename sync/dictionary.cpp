#include "sync/dictionary.h"

namespace rukun {

ByteView dictionary_bytes(std::uint8_t) { return {}; }

}  // namespace rukun
