#include "tests/support/disk_laptop.h"

#include <sstream>

#include "app/domain/schema.h"

namespace rukun::test {

namespace {
Secret disk_key() {
  const Bytes raw(32, 9);
  return Secret::copy_of(raw);
}
}  // namespace

Bytes image_of_nothing() {
  auto empty = must_be(Projection::create(projection_schema()), "an empty projection");
  const auto image = must_be(empty.image(), "its image");
  return {image.view().begin(), image.view().end()};
}

DiskLaptop::DiskLaptop(const std::string& disk, std::string person, std::uint64_t seed,
                       FileSystem& outside)
    : person_(std::move(person)),
      vfs_(disk),
      files_(own_, outside),
      random_(seed),
      empty_view_(image_of_nothing()) {
  CHECK_BUG(crypto_ready());
  must_be(create_profile_raw(files_, "/home", person_, disk_key(), random_, vfs_.name()),
          "a profile");
}

Engine& DiskLaptop::engine() {
  if (engine_ == nullptr) {
    const EngineContext context{files_,  clock_,   random_,      test_items(), test_words(),
                                "/home", "/state", Language::id, vfs_.name(),  empty_view_};
    const auto profile = must_be(find_profile(files_, "/home", ""), "the profile");
    engine_ = std::make_unique<Engine>(
        must_be(Engine::unlock_raw(context, profile, disk_key()), "unlocking"));
  }
  return *engine_;
}

DiskLaptop::Disk DiskLaptop::save() {
  close();
  return {vfs_.save(), own_};
}

void DiskLaptop::restore(const Disk& disk) {
  close();
  vfs_.restore(disk.vault);
  own_ = disk.own;
}

RecordId DiskLaptop::add_need(const SpaceId& space, const std::string& title) {
  using namespace fields::need;
  clock_.pass(1000);
  const Action action{{AddRecord{kKind,
                                 {{kTitle, OpType::put, title},
                                  {kCategory, OpType::put, std::int64_t{1}},
                                  {kQuantity, OpType::put, std::int64_t{5000}},
                                  {kUnit, OpType::put, std::string("kg")}}}}};
  return must_be(engine().execute(space, action), "a need").records.at(0);
}

std::set<TxnHash> DiskLaptop::transactions(const SpaceId& space) {
  std::set<TxnHash> out;
  for (const auto& line : must_be(engine().log(space, {}, 1'000'000), "the log"))
    out.insert(line.txn);
  return out;
}

std::string DiskLaptop::picture(const SpaceId& space) {
  std::ostringstream out;
  const auto status = must_be(engine().status(space), "the status");
  out << must_be(engine().records().canonical_digest(status.info.number), "a digest").hex() << ' '
      << status.records << " records, " << status.transactions << " transactions, "
      << status.waiting << " waiting\n";
  for (const auto& txn : transactions(space)) out << txn.hex().substr(0, 8) << ' ';
  const auto* authority = must_be(engine().authority(space), "the members");
  for (const auto& member : authority->members)
    out << '\n' << member.name << ' ' << static_cast<int>(member.role);
  for (const auto& invitation : authority->invitations)
    out << "\ninvitation " << invitation.id.hex().substr(0, 8);
  for (const auto& one : status.reached)
    out << '\n' << one.name << " has " << one.seen << " since " << one.last.ms;
  return out.str();
}

}  // namespace rukun::test
