#pragma once
// Papers of one hand-over: the receipt that stays with who received (A6), and the berita acara
// serah terima that offices keep (A4, to be signed). Both carry the receipt code of the record.
// Errors: bad_value when the record is no hand-over, not_found when it has not arrived, io. One
// thread.

#include "app/engine/engine.h"
#include "app/report/sheet.h"

namespace rukun {

struct HandoverPaper {
  std::string space;
  std::string code;  // of the receipt
  std::string goods, quantity, unit;
  std::string at;  // in words
  std::string day;
  std::string given_by;  // who wrote it down
  std::string given_role;
  std::string received_by, witness;
  std::string whom;     // the household or resident it was meant for
  std::string address;  // of that household
  std::string source;   // the aid program, or the offer's giver
  std::string note;
};
Result<HandoverPaper> read_handover(Engine& engine, const SpaceInfo& space, const RecordId& record,
                                    const FormatContext& showing);

Sheet receipt_sheet(const HandoverPaper& paper, Language language);
Sheet bast_sheet(const HandoverPaper& paper, Language language);

}  // namespace rukun
