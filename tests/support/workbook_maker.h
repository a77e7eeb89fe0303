#pragma once
// Zip files and workbooks in memory, sound or with one thing wrong, for tests and fuzz targets.
// Entries are stored, not deflated. Tests only.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/bytes.h"

namespace rukun::test {

inline std::uint32_t zip_checksum(std::string_view text) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : text) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

struct ZipEntry {
  std::string name;
  std::string content;
  std::uint16_t flags = 0;         // 1: encrypted
  std::uint32_t wrong_sum = 0;     // added to the checksum
  std::uint32_t more_claimed = 0;  // added to the size that the directory claims
};

inline Bytes make_zip(const std::vector<ZipEntry>& entries) {
  Bytes out;
  Bytes directory;
  const auto put = [](Bytes& to, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  };
  const auto head = [&](Bytes& to, const ZipEntry& one) {
    put(to, 20, 2);
    put(to, one.flags, 2);
    put(to, 0, 2);  // stored
    put(to, 0, 4);
    put(to, zip_checksum(one.content) + one.wrong_sum, 4);
    put(to, one.content.size(), 4);
    put(to, one.content.size() + one.more_claimed, 4);
    put(to, one.name.size(), 2);
    put(to, 0, 2);
  };
  for (const auto& one : entries) {
    const auto offset = out.size();
    put(out, 0x04034B50, 4);
    head(out, one);
    append(out, view(one.name));
    append(out, view(one.content));
    put(directory, 0x02014B50, 4);
    put(directory, 20, 2);
    head(directory, one);
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 4);
    put(directory, offset, 4);
    append(directory, view(one.name));
  }
  const auto start = out.size();
  append(out, directory);
  put(out, 0x06054B50, 4);
  put(out, 0, 4);
  put(out, entries.size(), 2);
  put(out, entries.size(), 2);
  put(out, directory.size(), 4);
  put(out, start, 4);
  put(out, 0, 2);
  return out;
}

struct MadeSheet {
  std::string name;
  std::string xml;  // the whole part; see sheet_of
  bool hidden = false;
};

struct MadeBook {
  std::vector<MadeSheet> sheets;
  std::string texts;   // <si> elements
  std::string styles;  // what stands in styleSheet
  bool from_1904 = false;
};

// `rows` is what stands in sheetData, `after` behind it.
inline std::string sheet_of(const std::string& rows, const std::string& after = {}) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet "
         "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" +
         rows + "</sheetData>" + after + "</worksheet>";
}

// A row of texts, as writers without shared texts put them.
inline std::string text_row(int number, const std::vector<std::string>& cells) {
  auto out = "<row r=\"" + std::to_string(number) + "\">";
  for (const auto& cell : cells) out += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
  return out + "</row>";
}

inline std::vector<ZipEntry> parts_of(const MadeBook& book) {
  const std::string kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto relation = [&](const std::string& id, const std::string& type,
                            const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kind + type + "\" Target=\"" + target +
           "\"/>";
  };
  std::vector<ZipEntry> out;
  out.push_back({"_rels/.rels", "<Relationships>" +
                                    relation("rId1", "officeDocument", "xl/workbook.xml") +
                                    "</Relationships>"});
  std::string names, relations;
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    const auto id = "rId" + std::to_string(i + 1);
    const auto part = "worksheets/sheet" + std::to_string(i + 1) + ".xml";
    names += "<sheet name=\"" + book.sheets[i].name + "\" sheetId=\"" + std::to_string(i + 1) +
             "\"" + (book.sheets[i].hidden ? " state=\"hidden\"" : "") + " r:id=\"" + id + "\"/>";
    relations += relation(id, "worksheet", part);
    out.push_back({"xl/" + part, book.sheets[i].xml});
  }
  if (!book.texts.empty()) {
    relations += relation("rId900", "sharedStrings", "sharedStrings.xml");
    out.push_back({"xl/sharedStrings.xml", "<sst>" + book.texts + "</sst>"});
  }
  if (!book.styles.empty()) {
    relations += relation("rId901", "styles", "/xl/styles.xml");
    out.push_back({"xl/styles.xml", "<styleSheet>" + book.styles + "</styleSheet>"});
  }
  out.push_back({"xl/workbook.xml", "<workbook><workbookPr date1904=\"" +
                                        std::string(book.from_1904 ? "1" : "0") + "\"/><sheets>" +
                                        names + "</sheets></workbook>"});
  out.push_back({"xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>"});
  return out;
}

inline Bytes make_book(const MadeBook& book) { return make_zip(parts_of(book)); }

}  // namespace rukun::test
