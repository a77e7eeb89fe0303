#pragma once
// XML as it comes, element by element, nothing held: for the parts of a workbook. A document type
// is refused, so no entity is ever expanded and nothing outside is fetched; depth and the size of
// one tag are bounded. Names come without their prefix. Errors: damaged, with the line; and
// whatever the handler says, which ends the reading. expat's one door. One thread.

#include <memory>
#include <optional>
#include <string_view>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun {

class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // By name without prefix; the first that fits.
  std::optional<std::string_view> find(std::string_view name) const;

 private:
  const char** pairs_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual Status start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual Status end(std::string_view name) = 0;
  virtual Status text(std::string_view piece) = 0;  // UTF-8, in pieces of any size
};

class XmlStream {
 public:
  XmlStream(XmlHandler& handler, Language language);
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;
  ~XmlStream();

  Status feed(std::string_view piece);
  Status finish();

 private:
  struct Inside;
  Status parse(std::string_view piece, bool last);
  std::unique_ptr<Inside> inside_;
};

}  // namespace rukun
