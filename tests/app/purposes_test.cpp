#include "app/domain/purposes.h"

#include <string>

#include "tests/support/catch.h"

namespace rukun::test {

TEST_CASE("every personal field says what it is for, and no other does", "[kinds]") {
  for (const auto& kind : all_kinds()) {
    for (const auto& field : kind.fields) {
      CAPTURE(std::string(kind.name), std::string(field.name));
      for (const auto language : {Language::id, Language::en})
        CHECK(purpose_of(kind.id, field.id, language).empty() != field.erasable());
    }
  }
}

}  // namespace rukun::test
