#include "app/report/xlsx_parts.h"

#include <charconv>
#include <map>

#include "app/report/xml_stream.h"

namespace rukun {
namespace {

constexpr std::size_t kMostSheets = 1'000;
constexpr std::size_t kMostRelations = 10'000;
constexpr std::size_t kMostStyles = 70'000;  // a workbook may hold 65,490
constexpr std::size_t kMostTexts = 4'000'000;
constexpr std::size_t kMostTextBytes = 256 * 1024 * 1024;
constexpr std::size_t kMostOneText = 64 * 1024;

Status read_part(ZipReader& zip, std::string_view part, XmlHandler& handler, Language language) {
  XmlStream xml(handler, language);
  TRY_VOID(zip.read(part, [&](std::string_view piece) { return xml.feed(piece); }));
  return xml.finish();
}

tl::unexpected<Error> too_many(std::string_view what) {
  return error(Code::damaged, std::string(what));
}

std::uint32_t number_of(std::optional<std::string_view> text) {
  std::uint32_t out = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}

struct Relation {
  std::string type;  // its last word
  std::string target;
};
using Relations = std::map<std::string, Relation, std::less<>>;

// "xl/workbook.xml" and "../x/y.xml" make "x/y.xml".
std::string resolved(std::string_view base, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string folder(base.substr(0, base.rfind('/') == base.npos ? 0 : base.rfind('/')));
  while (target.starts_with("../") || target.starts_with("./")) {
    if (target.starts_with("../")) {
      const auto up = folder.rfind('/');
      folder.resize(up == folder.npos ? 0 : up);
    }
    target.remove_prefix(target.starts_with("../") ? 3 : 2);
  }
  return folder.empty() ? std::string(target) : folder + "/" + std::string(target);
}

class RelationReader final : public XmlHandler {
 public:
  RelationReader(std::string base) : base_(std::move(base)) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return {};
    if (found.size() == kMostRelations) return too_many("Relationships");
    const auto type = attributes.find("Type").value_or("");
    const auto target = attributes.find("Target").value_or("");
    found[std::string(attributes.find("Id").value_or(""))] = {
        std::string(type.substr(type.rfind('/') == type.npos ? 0 : type.rfind('/') + 1)),
        resolved(base_, target)};
    return {};
  }
  Status end(std::string_view) override { return {}; }
  Status text(std::string_view) override { return {}; }

  Relations found;

 private:
  std::string base_;
};

class WorkbookReader final : public XmlHandler {
 public:
  WorkbookReader(const Relations& relations, XlsxParts& parts)
      : relations_(relations), parts_(parts) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const auto value = attributes.find("date1904").value_or("0");
      if (value == "1" || value == "true") parts_.days = DayCount::from_1904;
    }
    if (name != "sheet") return {};
    if (parts_.sheets.size() == kMostSheets) return too_many("sheets");
    const auto relation = relations_.find(attributes.find("id").value_or(""));
    if (relation == relations_.end() || relation->second.type != "worksheet") return {};
    parts_.sheets.push_back({std::string(attributes.find("name").value_or("")),
                             relation->second.target,
                             attributes.find("state").value_or("visible") != "visible"});
    return {};
  }
  Status end(std::string_view) override { return {}; }
  Status text(std::string_view) override { return {}; }

 private:
  const Relations& relations_;
  XlsxParts& parts_;
};

class StyleReader final : public XmlHandler {
 public:
  explicit StyleReader(XlsxParts& parts) : parts_(parts) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      if (codes_.size() == kMostStyles) return too_many("numFmts");
      codes_[number_of(attributes.find("numFmtId"))] =
          shape_of_code(attributes.find("formatCode").value_or(""));
    } else if (name == "cellXfs") {
      inside_ = true;
    } else if (inside_ && name == "xf") {
      if (parts_.styles.size() == kMostStyles) return too_many("cellXfs");
      const auto id = number_of(attributes.find("numFmtId"));
      const auto own = codes_.find(id);
      parts_.styles.push_back(own != codes_.end() ? own->second : shape_of_builtin(id));
    }
    return {};
  }
  Status end(std::string_view name) override {
    if (name == "cellXfs") inside_ = false;
    return {};
  }
  Status text(std::string_view) override { return {}; }

 private:
  XlsxParts& parts_;
  std::map<std::uint32_t, NumberShape> codes_;
  bool inside_ = false;
};

class TextReader final : public XmlHandler {
 public:
  TextReader(SharedTexts& texts, Language language) : texts_(texts), language_(language) {}
  Status start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") text_.clear();
    if (name == "rPh") ++aside_;  // how to pronounce it
    taking_ = name == "t" && aside_ == 0;
    return {};
  }
  Status end(std::string_view name) override {
    taking_ = false;
    if (name == "rPh") --aside_;
    if (name != "si") return {};
    if (texts_.size() == kMostTexts || texts_.bytes() > kMostTextBytes) return fail();
    texts_.add(without_escapes(text_));
    return {};
  }
  Status text(std::string_view piece) override {
    if (!taking_) return {};
    if (text_.size() + piece.size() > kMostOneText) return fail();
    text_ += piece;
    return {};
  }

 private:
  Status fail() const {
    return error(Code::damaged, std::string(pick(language_, "terlalu banyak teks di buku kerja",
                                                 "the workbook holds too much text")));
  }
  SharedTexts& texts_;
  Language language_;
  std::string text_;
  int aside_ = 0;
  bool taking_ = false;
};

// Says what it is, where it is not a workbook that can be read.
Status refuse_others(ZipReader& zip, std::string_view workbook, Language language) {
  const auto refuse = [&](std::string_view what) {
    return error(
        Code::bad_value,
        std::string(what) + std::string(pick(language, ": jenis berkas ini belum dapat dibaca",
                                             ": this kind of file cannot be read yet")),
        std::string(
            pick(language, "Simpan sebagai XLSX atau CSV UTF-8", "Save it as XLSX or CSV UTF-8")));
  };
  if (workbook.ends_with(".bin") || zip.has("xl/workbook.bin")) return refuse("XLSB");
  if (zip.has("mimetype") && zip.has("content.xml")) return refuse("ODS");
  if (zip.has("word/document.xml")) return refuse("DOCX");
  if (zip.has("ppt/presentation.xml")) return refuse("PPTX");
  if (!workbook.empty() && zip.has(workbook)) return {};
  return refuse(pick(language, "ZIP tanpa lembar kerja", "A ZIP without a workbook"));
}

}  // namespace

void SharedTexts::add(std::string_view text) {
  all_ += text;
  ends_.push_back(static_cast<std::uint32_t>(all_.size()));
}

std::string_view SharedTexts::at(std::size_t index) const {
  const std::size_t from = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(all_).substr(from, ends_[index] - from);
}

Result<XlsxParts> read_parts(ZipReader& zip, Language language) {
  std::string workbook;
  if (zip.has("_rels/.rels")) {
    RelationReader top("");
    TRY_VOID(read_part(zip, "_rels/.rels", top, language));
    for (const auto& [id, relation] : top.found)
      if (relation.type == "officeDocument") workbook = relation.target;
  }
  TRY_VOID(refuse_others(zip, workbook, language));
  const auto slash = workbook.rfind('/');
  const auto name_at = slash == workbook.npos ? 0 : slash + 1;
  const auto relations_part =
      workbook.substr(0, name_at) + "_rels/" + workbook.substr(name_at) + ".rels";
  RelationReader relations(workbook);
  TRY_VOID(read_part(zip, relations_part, relations, language));
  XlsxParts parts;
  WorkbookReader book(relations.found, parts);
  TRY_VOID(read_part(zip, workbook, book, language));
  for (const auto& [id, relation] : relations.found) {
    if (relation.type == "styles") {
      StyleReader styles(parts);
      TRY_VOID(read_part(zip, relation.target, styles, language));
    } else if (relation.type == "sharedStrings") {
      TextReader texts(parts.texts, language);
      TRY_VOID(read_part(zip, relation.target, texts, language));
    }
  }
  return parts;
}

}  // namespace rukun
