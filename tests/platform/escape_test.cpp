#include "platform/escape.h"

#include "tests/support/catch.h"

namespace rukun {
namespace {

TEST_CASE("a peer's name cannot forge a line or drive the terminal", "[escape]") {
  CHECK(escape_controls("a\nb\r\x1b[31m\x7f") == "a\\x0ab\\x0d\\x1b[31m\\x7f");
  CHECK(escape_controls(std::string_view("\0", 1)) == "\\x00");
  CHECK(escape_controls("Pak Budi, RT 003 – é 漢 🙂") == "Pak Budi, RT 003 – é 漢 🙂");
  CHECK(escape_controls("\xc2\x85|\xe2\x80\xa8|\xe2\x80\xae") ==
        "\\xc2\\x85|\\xe2\\x80\\xa8|\\xe2\\x80\\xae");
}

TEST_CASE("bytes that are not UTF-8 are escaped one by one", "[escape]") {
  CHECK(escape_controls("\xff|\xc3") == "\\xff|\\xc3");
  CHECK(escape_controls("\xc0\xaf") == "\\xc0\\xaf");                    // overlong
  CHECK(escape_controls("\xed\xa0\x80") == "\\xed\\xa0\\x80");           // surrogate
  CHECK(escape_controls("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // past the last
}

}  // namespace
}  // namespace rukun
