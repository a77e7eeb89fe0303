// When a vault may have a twin, a new incarnation begins; after a mere power cut it does not.
#include "storage/twin_token.h"

#include "tests/storage/disk.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {
namespace {

namespace fs = std::filesystem;

struct Home {
  TempDir dir;
  SystemFiles files;
  SeededRandom random{5};
  fs::path vault_dir = dir / "vault";
  fs::path state = dir / "state";

  Secret key() const {
    const Bytes bytes(32, 3);
    return Secret::copy_of(bytes);
  }
  Home() {
    REQUIRE(crypto_ready());
    REQUIRE(Vault::create_raw({vault_dir, {}, true}, files, key(), random));
  }
  TokenCheck unlock() { return unlock(vault_dir, state); }
  TokenCheck unlock(const fs::path& vault_at, const fs::path& state_at) {
    auto vault = Vault::open_raw({vault_at, {}, true}, files, key());
    REQUIRE(vault);
    const auto check = check_token(*vault, files, state_at, random);
    REQUIRE(check);
    return *check;
  }
  fs::path token() {
    auto vault = Vault::open_raw({vault_dir, {}, true}, files, key());
    return token_file(vault->id(), state);
  }
  bool keeps_births() { return files.file_identity(vault_dir / "vault.db")->birth_ms != 0; }
};

TEST_CASE("a laptop that is only used keeps its incarnation", "[token]") {
  Home home;
  const auto first = home.unlock();
  CHECK(first.minted);
  CHECK(first.reason == TwinReason::first_unlock);
  for (int i = 0; i < 3; ++i) {
    const auto next = home.unlock();
    CAPTURE(name_of(next.reason));
    CHECK_FALSE(next.minted);
    CHECK(next.incarnation == first.incarnation);
  }
}

TEST_CASE("a missing or unreadable token begins a new incarnation", "[token]") {
  Home home;
  const auto first = home.unlock();
  REQUIRE(home.files.remove(home.token()));
  const auto second = home.unlock();
  CHECK(second.reason == TwinReason::token_missing);
  CHECK(second.incarnation != first.incarnation);
  REQUIRE(home.files.write_durable(home.token(), view("not a token")));
  const auto third = home.unlock();
  CHECK(third.reason == TwinReason::token_unreadable);
  CHECK(third.incarnation != second.incarnation);
  CHECK_FALSE(home.unlock().minted);
}

TEST_CASE("a vault that was put back begins a new incarnation", "[token]") {
  Home home;
  const auto first = home.unlock();
  const auto file = home.vault_dir / "vault.db";
  const auto old = home.files.read_file(file, 1 << 24).value();
  home.unlock();
  home.unlock();
  {
    // In place, so that inode and birth stay.
    auto* out = std::fopen(file.c_str(), "r+b");
    REQUIRE(out != nullptr);
    CHECK(std::fwrite(old.data(), 1, old.size(), out) == old.size());
    std::fclose(out);
  }
  const auto back = home.unlock();
  CHECK(back.minted);
  CHECK(back.reason == TwinReason::token_differs);
  CHECK(back.incarnation != first.incarnation);
}

TEST_CASE("an older token begins a new incarnation", "[token]") {
  Home home;
  home.unlock();
  const auto old = home.files.read_file(home.token(), 4096).value();
  home.unlock();
  home.unlock();
  REQUIRE(home.files.write_durable(home.token(), old));
  CHECK(home.unlock().reason == TwinReason::token_differs);
}

TEST_CASE("a copied home begins a new incarnation, and the original does not", "[token]") {
  Home home;
  const auto first = home.unlock();
  const auto copy = home.dir / "copy";
  fs::create_directories(copy);
  SECTION("with its state folder") {
    if (!home.keeps_births()) SKIP_TEST("the file system of the temporary folder keeps no births");
    fs::copy(home.vault_dir, copy / "vault");
    fs::copy(home.state, copy / "state");
    const auto twin = home.unlock(copy / "vault", copy / "state");
    CHECK(twin.reason == TwinReason::file_replaced);
    CHECK(twin.incarnation != first.incarnation);
  }
  SECTION("without it") {
    fs::copy(home.vault_dir, copy / "vault");
    const auto twin = home.unlock(copy / "vault", copy / "state");
    CHECK(twin.reason == TwinReason::token_missing);
    CHECK(twin.incarnation != first.incarnation);
  }
  CHECK_FALSE(home.unlock().minted);
}

TEST_CASE("a new incarnation can be asked for", "[token]") {
  Home home;
  const auto first = home.unlock();
  auto vault = Vault::open_raw({home.vault_dir, {}, true}, home.files, home.key());
  REQUIRE(vault);
  const auto minted = mint_incarnation(*vault, home.files, home.state, home.random);
  REQUIRE(minted);
  CHECK(minted->minted);
  CHECK(minted->incarnation != first.incarnation);
  vault = error(Code::busy, "closed");
  CHECK(home.unlock().incarnation == minted->incarnation);
}

// The three writes of an unlock (vault, token, vault), with the power gone at every point.
TEST_CASE("a power cut during an unlock keeps the incarnation", "[token][fault]") {
  Epochs epochs;
  const auto mode = GENERATE(Unsynced::keep, Unsynced::drop, Unsynced::garble);
  const bool in_vault = GENERATE(true, false);
  for (std::uint64_t k = 0;; ++k) {
    CAPTURE(k);
    Laptop laptop(epochs);
    REQUIRE(laptop.create());
    const auto first = check_token(*laptop.vault, laptop.files, "/state", laptop.random);
    REQUIRE(first);
    REQUIRE(check_token(*laptop.vault, laptop.files, "/state", laptop.random));
    if (in_vault)
      laptop.vfs.arm({DiskFault::power_cut, k, mode});
    else
      laptop.files.faults.pulled_at_call = laptop.files.calls() + k;
    const auto interrupted = check_token(*laptop.vault, laptop.files, "/state", laptop.random);
    laptop.close();
    laptop.vfs.reboot();
    laptop.files.power_cut();
    laptop.files.faults = {};
    const auto booted = laptop.boot();
    INFO((booted ? std::string() : booted.error().message));
    REQUIRE(booted);
    const auto next = check_token(*laptop.vault, laptop.files, "/state", laptop.random);
    REQUIRE(next);
    CAPTURE(name_of(next->reason));
    CHECK_FALSE(next->minted);
    CHECK(next->incarnation == first->incarnation);
    if (interrupted) break;
  }
}

}  // namespace
}  // namespace rukun::test
