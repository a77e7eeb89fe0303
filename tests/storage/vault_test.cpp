// Who gets into a vault, what it says about files that are no sound vault, and its items.
#include "storage/vault.h"

#include "storage/vault_schema.h"
#include "tests/storage/disk.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {
namespace {

constexpr ArgonCost kQuick = kArgonLeast;

struct OnDisk {
  TempDir dir;
  SystemFiles files;
  SeededRandom random{5};
  VaultPlace place{dir / "vault", {}, true};
  RecoveryCode code = draw();

  RecoveryCode draw() {
    REQUIRE(crypto_ready());
    return RecoveryCode::draw(random);
  }
  void create() {
    auto made = Vault::create(place, files, view("empat kata yang panjang"), code, kQuick, random);
    INFO((made ? std::string() : made.error().message));
    REQUIRE(made);
    REQUIRE(made->put(ItemClass::setting, view("language"), view("id"), random));
  }
  Result<Vault> open(std::string_view passphrase) {
    return Vault::open(place, files, view(passphrase));
  }
  Code refusal() {
    const auto opened = open("empat kata yang panjang");
    REQUIRE_FALSE(opened);
    return opened.error().code;
  }
  Bytes bytes() { return files.read_file(Vault::file_in(place.directory), 1 << 24).value(); }
  void write(ByteView bytes) {
    REQUIRE(files.write_durable(Vault::file_in(place.directory), bytes));
  }
};

std::string setting_of(Vault& vault) {
  const auto value = vault.get(ItemClass::setting, view("language"));
  REQUIRE(value);
  REQUIRE(value->has_value());
  return std::string(text_of(**value));
}

TEST_CASE("the passphrase opens the vault and another one does not", "[vault]") {
  OnDisk d;
  d.create();
  const auto wrong = d.open("empat kata yang pendek");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == Code::locked);
  auto opened = d.open("empat kata yang panjang");
  REQUIRE(opened);
  CHECK(setting_of(*opened) == "id");
  CHECK(opened->check_passphrase(view("empat kata yang panjang")));
  CHECK(opened->check_passphrase(view("x")).error().code == Code::locked);
}

TEST_CASE("the recovery code opens the vault, and a new passphrase can be set then", "[vault]") {
  OnDisk d;
  d.create();
  {
    const auto typed = RecoveryCode::parse(d.code.text());
    REQUIRE(typed);
    auto opened = Vault::open(d.place, d.files, *typed);
    REQUIRE(opened);
    CHECK(setting_of(*opened) == "id");
    REQUIRE(opened->change_passphrase(view("kata sandi baru"), kQuick, d.random));
  }
  CHECK(d.refusal() == Code::locked);
  auto opened = d.open("kata sandi baru");
  REQUIRE(opened);
  CHECK(setting_of(*opened) == "id");
  const auto other = RecoveryCode::draw(d.random);
  REQUIRE(opened->change_code(other, d.random));
  opened = error(Code::busy, "let go of the vault");
  CHECK(Vault::open(d.place, d.files, d.code).error().code == Code::locked);
  CHECK(Vault::open(d.place, d.files, other));
}

TEST_CASE("a vault is open in one program at a time", "[vault]") {
  OnDisk d;
  d.create();
  const auto first = d.open("empat kata yang panjang");
  REQUIRE(first);
  CHECK(d.refusal() == Code::busy);
}

TEST_CASE("a vault is never made over something", "[vault]") {
  OnDisk d;
  d.create();
  const auto before = d.bytes();
  const auto again = Vault::create(d.place, d.files, view("lain"), d.code, kQuick, d.random);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == Code::not_allowed);
  CHECK(d.bytes() == before);
  SECTION("nor over a file that is none") {
    d.write(view("catatan kas RT, jangan dihapus"));
    CHECK_FALSE(Vault::create(d.place, d.files, view("lain"), d.code, kQuick, d.random));
    CHECK(text_of(d.bytes()) == "catatan kas RT, jangan dihapus");
  }
}

TEST_CASE("there may be no vault at all", "[vault]") {
  OnDisk d;
  CHECK(d.refusal() == Code::not_found);
  REQUIRE(d.files.make_dirs(d.place.directory));
  CHECK(d.refusal() == Code::not_found);
  d.write({});
  CHECK(d.refusal() == Code::not_found);
}

TEST_CASE("bytes that are no vault are told apart", "[vault]") {
  OnDisk d;
  d.create();
  auto bytes = d.bytes();
  SECTION("garbage") {
    d.random.fill(bytes);
    d.write(bytes);
    CHECK(d.refusal() == Code::damaged);
  }
  SECTION("cut short") {
    bytes.resize(bytes.size() / 2);
    d.write(bytes);
    CHECK(d.refusal() == Code::damaged);
  }
  SECTION("another program's database") {
    const auto file = Vault::file_in(d.place.directory);
    REQUIRE(d.files.remove(file));
    auto other = Db::open_durable({file, {}, true});
    REQUIRE(other);
    REQUIRE(other->execute("CREATE TABLE notes(text)"));
    other = error(Code::busy, "closed");
    CHECK(d.refusal() == Code::foreign);
  }
  SECTION("a newer format") {
    auto db = Db::open_durable({Vault::file_in(d.place.directory), {}, false});
    REQUIRE(db);
    REQUIRE(db->execute("PRAGMA user_version=99"));
    db = error(Code::busy, "closed");
    CHECK(d.refusal() == Code::unsupported);
  }
}

// The head of a vault, changed by `change`, in its place.
void change_head(OnDisk& d, const std::function<Bytes(VaultHead)>& change) {
  auto db = Db::open_durable({Vault::file_in(d.place.directory), {}, false});
  REQUIRE(db);
  auto read = db->prepare("SELECT bytes FROM head");
  REQUIRE(read);
  REQUIRE(read->step().value());
  const auto head = decode_vault_head(read->blob(0));
  REQUIRE(head);
  read->reset();
  const auto bytes = change(*head);
  auto write = db->prepare("UPDATE head SET bytes = ?1");
  REQUIRE(write->bind(1, ByteView(bytes)).run());
}

TEST_CASE("a head that was tampered with is refused, at no great cost", "[vault]") {
  OnDisk d;
  d.create();
  SECTION("a terabyte for Argon2") {
    change_head(d, [](VaultHead head) {
      head.slots[0].cost.memory_kib = 1U << 30;
      return encode_vault_head(head);
    });
    CHECK(d.refusal() == Code::damaged);
  }
  SECTION("no passes") {
    change_head(d, [](VaultHead head) {
      head.slots[0].cost.passes = 0;
      return encode_vault_head(head);
    });
    CHECK(d.refusal() == Code::damaged);
  }
  SECTION("another vault's id") {
    change_head(d, [](VaultHead head) {
      head.vault.bytes[0] ^= 1U;
      return encode_vault_head(head);
    });
    CHECK(d.refusal() == Code::locked);
  }
}

TEST_CASE("a head that was cut or changed anywhere opens nothing that it should not", "[vault]") {
  REQUIRE(crypto_ready());
  SeededRandom random(8);
  const auto code = RecoveryCode::draw(random);
  const auto key = Secret::drawn(32, random);
  VaultHead whole;
  whole.vault = random.draw<VaultId>();
  const auto wrapped =
      wrap_with_passphrase(whole.vault, key.view(), view("empat kata"), kQuick, random);
  REQUIRE(wrapped);
  whole.slots = {*wrapped, wrap_with_code(whole.vault, key.view(), code, random)};
  const auto sound = encode_vault_head(whole);
  REQUIRE(decode_vault_head(sound));
  for (std::size_t size = 0; size < sound.size(); ++size)
    CHECK_FALSE(decode_vault_head(ByteView(sound).first(size)));
  auto longer = sound;
  longer.push_back(0);
  CHECK_FALSE(decode_vault_head(longer));

  auto without_passphrase = whole;
  without_passphrase.slots.erase(without_passphrase.slots.begin());
  const auto passphrase_slot = sound.size() - encode_vault_head(without_passphrase).size();
  const std::size_t begin = VaultId::kSize + 1;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    CAPTURE(i);
    auto bytes = sound;
    bytes[i] ^= 0x40U;
    const auto head = decode_vault_head(bytes);
    const bool opens = head && unwrap_with_code(*head, code);
    // The recovery code's slot does not rest on the other one.
    CHECK((!opens || (i >= begin && i < begin + passphrase_slot)));
  }
}

TEST_CASE("a slot of a newer version is left alone", "[vault]") {
  OnDisk d;
  d.create();
  change_head(d, [](VaultHead head) {
    KeySlot newer;
    newer.kind = 9;
    newer.wrapped = Bytes(10, 1);
    head.slots.push_back(newer);
    return encode_vault_head(head);
  });
  auto opened = d.open("empat kata yang panjang");
  REQUIRE(opened);
  REQUIRE(opened->change_passphrase(view("b"), kQuick, d.random));
  opened = error(Code::busy, "closed");
  change_head(d, [](VaultHead head) {
    CHECK(head.slots.size() == 3);
    return encode_vault_head(head);
  });
}

TEST_CASE("a recovery code survives handwriting and finds what was mistyped", "[vault]") {
  REQUIRE(crypto_ready());
  SeededRandom random(3);
  const auto code = RecoveryCode::draw(random);
  const auto text = code.text();
  CHECK(text.size() == 26 + 4);
  auto loose = text;
  for (auto& letter : loose) {
    if (letter == '0') letter = 'o';
    if (letter == '1') letter = 'l';
    if (letter == '-') letter = ' ';
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  const auto parsed = RecoveryCode::parse(" " + loose + "\n");
  REQUIRE(parsed);
  CHECK(equal_secret(parsed->view(), code.view()));
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    auto wrong = text;
    wrong[i] = text[i] == 'Z' ? 'Y' : 'Z';
    CHECK_FALSE(RecoveryCode::parse(wrong));
    const auto next = i + 1 < text.size() && text[i + 1] == '-' ? i + 2 : i + 1;
    if (next >= text.size() || text[i] == text[next]) continue;
    auto swapped = text;
    std::swap(swapped[i], swapped[next]);
    CHECK_FALSE(RecoveryCode::parse(swapped));
  }
  CHECK_FALSE(RecoveryCode::parse(text + "0"));
  CHECK_FALSE(RecoveryCode::parse(text.substr(1)));
  CHECK_FALSE(RecoveryCode::parse("U" + text.substr(1)));
  CHECK_FALSE(RecoveryCode::parse(""));
}

TEST_CASE("items are kept apart by class and key, and listed whole", "[vault]") {
  Epochs epochs;
  Laptop laptop(epochs);
  REQUIRE(laptop.create());
  auto& vault = *laptop.vault;
  REQUIRE(vault.put(ItemClass::setting, view("a"), view("1"), laptop.random));
  REQUIRE(vault.put(ItemClass::setting, view("b"), view(""), laptop.random));
  REQUIRE(vault.put(ItemClass::draft, view("a"), view("3"), laptop.random));
  REQUIRE(vault.put(ItemClass::setting, view("a"), view("2"), laptop.random));
  REQUIRE(vault.put(ItemClass::identity, {}, view("key"), laptop.random));
  REQUIRE(laptop.boot());
  auto& again = *laptop.vault;
  CHECK(text_of(**again.get(ItemClass::setting, view("a"))) == "2");
  CHECK((*again.get(ItemClass::setting, view("b")))->empty());
  CHECK(text_of(**again.get(ItemClass::draft, view("a"))) == "3");
  CHECK(text_of((*again.get_secret(ItemClass::identity, {}))->view()) == "key");
  std::vector<std::string> keys;
  REQUIRE(again.each(ItemClass::setting, [&](ByteView key, Secret) -> Status {
    keys.emplace_back(text_of(key));
    return {};
  }));
  std::sort(keys.begin(), keys.end());
  CHECK(keys == std::vector<std::string>{"a", "b"});
  REQUIRE(again.remove(ItemClass::setting, view("a")));
  REQUIRE(again.remove(ItemClass::setting, view("never")));
  CHECK_FALSE(again.get(ItemClass::setting, view("a"))->has_value());
}

TEST_CASE("neither keys nor values are readable in the file", "[vault]") {
  Epochs epochs;
  Laptop laptop(epochs);
  REQUIRE(laptop.create());
  REQUIRE(laptop.vault->put(ItemClass::setting, view("nama-rahasia"), view("isi-rahasia"),
                            laptop.random));
  REQUIRE(laptop.logs->add_space(test_space()));
  auto alice = Author(epochs, 1, test_space());
  REQUIRE(laptop.append(alice.send(3)));
  laptop.close();
  const auto& bytes = laptop.vfs.content("/home/vault.db");
  const auto text = text_of(bytes);
  for (const auto* secret : {"rahasia", "Beras"})
    CHECK(text.find(secret) == std::string_view::npos);
  CHECK(text.find(text_of(test_space())) == std::string_view::npos);
  CHECK(text.find(text_of(alice.name().author)) == std::string_view::npos);
}

TEST_CASE("an item moved to another place is refused", "[vault]") {
  Epochs epochs;
  Laptop laptop(epochs);
  REQUIRE(laptop.create());
  auto& vault = *laptop.vault;
  REQUIRE(vault.put(ItemClass::setting, view("a"), view("1"), laptop.random));
  REQUIRE(vault.put(ItemClass::setting, view("b"), view("2"), laptop.random));
  REQUIRE(vault.db().execute("UPDATE item SET value = (SELECT max(value) FROM item)"));
  const bool both = vault.get(ItemClass::setting, view("a")).has_value() &&
                    vault.get(ItemClass::setting, view("b")).has_value();
  CHECK_FALSE(both);
}

class StepClock final : public Clock {
 public:
  WallTime now() const override { return {}; }
  std::int64_t steady_ms() const override { return at_ms_ += step_ms; }
  std::int64_t step_ms = 100;

 private:
  mutable std::int64_t at_ms_ = 0;
};

TEST_CASE("the cost of a passphrase is fitted to the machine within bounds", "[vault]") {
  REQUIRE(crypto_ready());
  StepClock clock;
  clock.step_ms = 5000;
  auto cost = calibrate_argon(clock, 1000);
  REQUIRE(cost);
  CHECK(cost->memory_kib == kArgonLeast.memory_kib);
  CHECK(cost->passes == kArgonLeast.passes);
  clock.step_ms = 1;
  cost = calibrate_argon(clock, 1000);
  REQUIRE(cost);
  CHECK(cost->memory_kib == kArgonMost.memory_kib);
  CHECK(cost->passes == kArgonMost.passes);
}

}  // namespace
}  // namespace rukun::test
