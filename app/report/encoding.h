#pragma once
// Text files of older spreadsheets into UTF-8: UTF-16 with a byte order mark or recognised by its
// zero bytes ("Unicode text"), and Windows-1252, which every file is that is no UTF-8 but could be
// that. What is neither, or both mixed, is refused. Errors: damaged. Pure; any thread.

#include <string>
#include <string_view>

#include "app/domain/language.h"
#include "platform/base/bytes.h"
#include "platform/base/result.h"

namespace rukun {

enum class Encoding : std::uint8_t { utf8, utf16, windows_1252 };

// How the bytes are to be read; damaged when no way fits.
Result<Encoding> encoding_of(ByteView bytes, Language language);

// The bytes as UTF-8, without a byte order mark. `encoding` is what encoding_of said.
Result<std::string> to_utf8(ByteView bytes, Encoding encoding, Language language);

}  // namespace rukun
