#include "app/domain/error_words.h"

#include <set>

#include "tests/support/catch.h"

using namespace rukun;

namespace {

std::multiset<char> places(std::string_view text) {
  std::multiset<char> out;
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == '%' && text[i + 1] >= '1' && text[i + 1] <= '9') out.insert(text[i + 1]);
  return out;
}

std::string in_indonesian(std::string_view text) { return said_in(Language::id, text); }

}  // namespace

TEST_CASE("every sentence of the table says the same places in both languages, once", "[words]") {
  std::set<std::string_view> seen;
  for (const auto table : {error_words_of_files(), error_words_of_neighbors()})
    for (const auto& words : table) {
      INFO(words.english);
      CHECK(seen.insert(words.english).second);
      CHECK(places(words.english) == places(words.indonesian));
      // What stands in the places comes through unchanged.
      CHECK(in_indonesian(words.english) == words.indonesian);
    }
  CHECK(seen.size() > 200);
}

TEST_CASE("an error is said in the reader's language, names and numbers in their places",
          "[words]") {
  CHECK(in_indonesian("the profile Budi is in /home/a b already") ==
        "profil Budi sudah ada di /home/a b");
  CHECK(in_indonesian("cannot write /stick/a: No space left on device") ==
        "/stick/a tidak dapat ditulis: tempatnya penuh");
  CHECK(in_indonesian("that is not the passphrase of this vault") == "kata sandi itu salah");
  CHECK(in_indonesian("a frontier: heads out of order at byte 12 (chunk at byte 40)") ==
        "daftar posisi: urutannya salah, di bita 12 (bagian di bita 40)");
  CHECK(in_indonesian("close Rukun and open it again: cannot write /a: No space left on device") ==
        "tutup Rukun, lalu buka lagi: /a tidak dapat ditulis: tempatnya penuh");
  const Error error{Code::not_allowed, "only a head invites people",
                    "ask the head of the neighborhood"};
  CHECK(said_in(Language::id, error).message == "hanya ketua yang mengundang");
  CHECK(said_in(Language::id, error).hint == "minta tolong ketua kelompok");
  CHECK(said_in(Language::id, error).code == Code::not_allowed);
  CHECK(said_in(Language::en, error).message == error.message);
  CHECK(in_indonesian("try again; capital letters matter in a passphrase") ==
        "coba lagi; huruf besar dan kecil dibedakan dalam kata sandi");
}

TEST_CASE("what the table does not know stays as it is", "[words]") {
  for (const std::string text :
       {"", "Jumlah: -3, yang diharapkan: lebih dari 0", "%1 %2", "cannot"})
    CHECK(in_indonesian(text) == text);
}
