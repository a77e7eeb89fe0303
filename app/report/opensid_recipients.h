#pragma once
// Recipients of an aid program as OpenSID's program sheet wants them: Peserta (NIK, or the card
// number where the program is for families), No. Peserta (left empty: OpenSID gives one), then the
// person: NIK, name, birth, address. Identifiers stand whole: for heads and the office only, and
// the caller puts it on record. Errors: not_found (no such program), not_allowed. One thread.

#include "app/engine/engine.h"
#include "app/report/table.h"

namespace rukun {

Result<Table> opensid_recipients(Engine& engine, const SpaceInfo& space, const RecordId& program,
                                 Language language);

}  // namespace rukun
