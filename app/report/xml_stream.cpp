#include "app/report/xml_stream.h"

#include <expat.h>

#include <array>

namespace rukun {
namespace {

constexpr int kMostDepth = 64;
constexpr std::size_t kMostTag = 1024 * 1024;

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

// What expat finds wrong, in Indonesian; English it says itself. What asks for a document type
// never comes so far, and what a program would do wrong is no fault of a file.
struct XmlFault {
  XML_Error code;
  std::string_view indonesian;
};
constexpr std::array kXmlFaults{
    XmlFault{XML_ERROR_SYNTAX, "susunannya salah"},
    XmlFault{XML_ERROR_NO_ELEMENTS, "isinya kosong atau terpotong"},
    XmlFault{XML_ERROR_INVALID_TOKEN, "ada tanda yang tidak dikenal"},
    XmlFault{XML_ERROR_UNCLOSED_TOKEN, "terpotong di tengah sebuah tanda"},
    XmlFault{XML_ERROR_PARTIAL_CHAR, "terpotong di tengah sebuah huruf"},
    XmlFault{XML_ERROR_TAG_MISMATCH, "tanda pembuka dan penutup tidak sepasang"},
    XmlFault{XML_ERROR_DUPLICATE_ATTRIBUTE, "sebuah keterangan ditulis dua kali"},
    XmlFault{XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "ada isian setelah akhirnya"},
    XmlFault{XML_ERROR_UNDEFINED_ENTITY, "ada singkatan yang artinya tidak dijelaskan"},
    XmlFault{XML_ERROR_BAD_CHAR_REF, "ada nomor huruf yang tidak ada"},
    XmlFault{XML_ERROR_MISPLACED_XML_PI, "pembukanya tidak berada di awal"},
    XmlFault{XML_ERROR_UNKNOWN_ENCODING, "susunan hurufnya tidak dikenal"},
    XmlFault{XML_ERROR_INCORRECT_ENCODING, "susunan hurufnya bukan yang disebut"},
    XmlFault{XML_ERROR_UNCLOSED_CDATA_SECTION, "terpotong di tengah sebuah teks"},
    XmlFault{XML_ERROR_XML_DECL, "pembukanya salah"}};

std::string indonesian_of(XML_Error code) {
  for (const auto& fault : kXmlFaults)
    if (fault.code == code) return std::string(fault.indonesian);
  return "kesalahan XML nomor " + std::to_string(static_cast<int>(code));
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2)
    if (without_prefix(*pair) == name) return std::string_view(pair[1]);
  return std::nullopt;
}

struct XmlStream::Inside {
  XmlHandler& handler;
  Language language;
  XML_Parser parser;
  Status status;
  int depth = 0;
  std::size_t since_event = 0;  // bytes fed while expat said nothing

  Inside(XmlHandler& to, Language in)
      : handler(to), language(in), parser(XML_ParserCreate(nullptr)) {}
  ~Inside() { XML_ParserFree(parser); }

  void stop(Status why) {
    if (!status) return;
    status = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
  Status failure(std::string_view indonesian, std::string_view english) const {
    return error(Code::damaged,
                 std::string(pick(language, "bagian XML rusak di baris ",
                                  "a part is damaged XML in line ")) +
                     std::to_string(XML_GetCurrentLineNumber(parser)) + ": " +
                     std::string(pick(language, indonesian, english)),
                 std::string(pick(language, "Buka dengan Excel atau LibreOffice, lalu simpan lagi",
                                  "Open it with Excel or LibreOffice and save it again")));
  }
  void take(Status taken) {
    since_event = 0;
    if (!taken) stop(std::move(taken));
  }

  static Inside& of(void* data) { return *static_cast<Inside*>(data); }
  static void on_start(void* data, const char* name, const char** attributes) {
    auto& self = of(data);
    if (!self.status) return;
    if (++self.depth > kMostDepth)
      return self.stop(self.failure("terlalu dalam", "nested too deeply"));
    self.take(self.handler.start(without_prefix(name), XmlAttributes(attributes)));
  }
  static void on_end(void* data, const char* name) {
    auto& self = of(data);
    if (!self.status) return;
    --self.depth;
    self.take(self.handler.end(without_prefix(name)));
  }
  static void on_text(void* data, const char* text, int size) {
    auto& self = of(data);
    if (!self.status) return;
    self.take(self.handler.text({text, static_cast<std::size_t>(size)}));
  }
  static void on_doctype(void* data, const char*, const char*, const char*, int) {
    auto& self = of(data);
    self.stop(self.failure("jenis dokumen tidak diterima", "a document type is not accepted"));
  }
};

XmlStream::XmlStream(XmlHandler& handler, Language language)
    : inside_(std::make_unique<Inside>(handler, language)) {
  auto* parser = inside_->parser;
  XML_SetUserData(parser, inside_.get());
  XML_SetElementHandler(parser, Inside::on_start, Inside::on_end);
  XML_SetCharacterDataHandler(parser, Inside::on_text);
  XML_SetStartDoctypeDeclHandler(parser, Inside::on_doctype);
}

XmlStream::~XmlStream() = default;

Status XmlStream::parse(std::string_view piece, bool last) {
  auto& inside = *inside_;
  if (!inside.status) return inside.status;
  inside.since_event += piece.size();
  const auto code =
      XML_Parse(inside.parser, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (!inside.status) return inside.status;
  if (code != XML_STATUS_OK) {
    const auto why = XML_GetErrorCode(inside.parser);
    inside.status = inside.failure(indonesian_of(why), XML_ErrorString(why));
  } else if (inside.since_event > kMostTag) {
    inside.status = inside.failure("satu tanda terlalu panjang", "one tag is too long");
  }
  return inside.status;
}

Status XmlStream::feed(std::string_view piece) { return parse(piece, false); }
Status XmlStream::finish() { return parse({}, true); }

}  // namespace rukun
