// Any bytes as a key envelope, and as each authority act.
#include "platform/base/check.h"
#include "sync/envelope.h"
#include "tests/sync/golden.h"

using namespace rukun;
using namespace rukun::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!crypto_ready()) return 0;
  const ByteView bytes(data, size);
  if (const auto envelope = decode_envelope(bytes)) {
    CHECK_BUG(encode_envelope(*envelope) == Bytes(data, data + size));
    static_cast<void>(
        open_envelope(*envelope, box_tag(member_id(keys_of("Sari").key)), box_of("Sari")));
  }
  Run run = empty_run(log_of("Sari", LogKind::authority), {});
  append(run.text, bytes);
  for (KindId number = 0; number < 13; ++number) {
    PartRow part;
    part.ref = RefType::act;
    part.opaque = true;
    part.kind = number;
    part.op_count = static_cast<std::uint32_t>(size);
    const auto act = read_act(run, part);
    if (act && number >= 1 && number <= 11)
      CHECK_BUG(act_part(*act).opaque == Bytes(data, data + size));
  }
  return 0;
}
