#include "app/domain/opensid.h"

#include <array>
#include <span>

#include "app/domain/fold.h"

namespace rukun {
namespace {

constexpr std::array<std::string_view, kOpensidColumns> kHeadings = {
    "alamat",      "dusun",        "rw",       "rt",       "nama",  "no_kk",        "nik", "sex",
    "tempatlahir", "tanggallahir", "kk_level", "cacat_id", "hamil", "status_dasar", "lat", "lng"};

struct OpensidCode {
  std::string_view code;
  std::string_view labels;  // folded keys, in bars
  std::string_view value;
};

constexpr OpensidCode kSexes[] = {
    {"1", "|l|lakilaki|lk|pria|", "male"},
    {"2", "|p|perempuan|pr|wanita|", "female"},
};

constexpr OpensidCode kLevels[] = {
    {"1", "|kepalakeluarga|kk|", "head"}, {"2", "|suami|", "spouse"},
    {"3", "|istri|isteri|", "spouse"},    {"4", "|anak|", "child"},
    {"5", "|menantu|", "other"},          {"6", "|cucu|", "other"},
    {"7", "|orangtua|", "parent"},        {"8", "|mertua|", "other"},
    {"9", "|famililain|", "other"},       {"10", "|pembantu|", "other"},
    {"11", "|lainnya|", "other"},
};

constexpr OpensidCode kDisabilities[] = {
    {"1", "|cacatfisik|fisik|disabilitasfisik|", "physical"},
    {"2", "|cacatnetrabuta|cacatnetra|netra|buta|disabilitasnetrabuta|", "visual"},
    {"3", "|cacatrunguwicara|cacatrungu|rungu|runguwicara|disabilitasrunguwicara|", "hearing"},
    {"4", "|cacatmentaljiwa|cacatmental|mental|disabilitasmentaljiwa|", "mental"},
    {"5", "|cacatfisikdanmental|fisikdanmental|disabilitasfisikdanmental|", "multiple"},
    {"6", "|cacatlainnya|lainnya|disabilitaslainnya|", "other"},
    {"7", "|tidakcacat|tidakada|bukandisabilitas|tidakdisabilitas|0|", "none"},
};

constexpr OpensidCode kPregnancies[] = {
    {"1", "|hamil|ya|", "true"},
    {"2", "|tidakhamil|tidak|0|", "false"},
};

constexpr OpensidCode kStatuses[] = {
    {"1", "|hidup|", "here"},
    {"2", "|mati|meninggal|", "died"},
    {"3", "|pindah|", "moved"},
};

std::span<const OpensidCode> codes_of(OpensidColumn column) {
  switch (column) {
    case OpensidColumn::sex: return kSexes;
    case OpensidColumn::family_role: return kLevels;
    case OpensidColumn::disability: return kDisabilities;
    case OpensidColumn::pregnant: return kPregnancies;
    case OpensidColumn::status: return kStatuses;
    default: return {};
  }
}

// "1", "01" and "1.0" are one code.
std::string_view bare_number(std::string_view text) {
  if (text.ends_with(".0")) text.remove_suffix(2);
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  return text;
}

}  // namespace

OpensidColumn opensid_column(std::string_view heading) {
  const auto key = folded_key(heading);
  for (std::size_t i = 0; i < kHeadings.size(); ++i)
    if (key == folded_key(kHeadings[i])) return static_cast<OpensidColumn>(i);
  return OpensidColumn::other;
}

std::string_view opensid_heading(OpensidColumn column) {
  const auto index = static_cast<std::size_t>(column);
  return index < kHeadings.size() ? kHeadings[index] : std::string_view();
}

Result<std::string> opensid_value(OpensidColumn column, std::string_view cell, Language language) {
  const auto text = trimmed(cell);
  const auto codes = codes_of(column);
  if (codes.empty() || text.empty() || text == "-") return std::string(text == "-" ? "" : text);
  const auto number = bare_number(text);
  const auto label = "|" + folded_key(text) + "|";
  for (const auto& one : codes)
    if (number == one.code || one.labels.find(label) != one.labels.npos)
      return std::string(one.value);
  std::string known;
  for (const auto& one : codes)
    known += (known.empty() ? "" : ", ") + std::string(one.code) + " " + std::string(one.value);
  return error(Code::bad_value,
               std::string(opensid_heading(column)) + ": " + std::string(text) +
                   std::string(pick(language, ": kode ini tidak dikenal", ": an unknown code")),
               std::string(pick(language, "yang dikenal: ", "known are: ")) + known);
}

bool ends_opensid(std::string_view second_cell) { return trimmed(second_cell).starts_with("###"); }

}  // namespace rukun
