// Any bytes as a record: what is decoded encodes to the same bytes, and can be judged at any time.

#include <cstdlib>

#include "openhash/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::ByteView bytes(data, size);
  const auto record = openhash::decode(bytes);
  if (!record) return 0;
  if (!base::equal(openhash::encode(*record), bytes)) std::abort();

  const openhash::Rules rules{.network = 1001, .work_named = 0, .work_opaque = 0};
  if (openhash::slot_of(*record, rules.network) == 0) std::abort();
  const openhash::Key key =
      openhash::key_of(record->kind, record->name).value_or(openhash::Key::of("locator"));
  for (const std::int64_t second : {std::int64_t{0}, std::int64_t{1'700'000'000}}) {
    const base::WallTime now{std::chrono::seconds(second)};
    const auto opened = openhash::open_record(rules, key, bytes, now);
    if (opened && !openhash::verify(*opened, rules.network, key)) std::abort();
    (void)openhash::is_current(*record, now);
  }
  return 0;
}
