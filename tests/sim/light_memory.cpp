// Memory of SQLite and of secrets in the simulator. A sanitized allocation costs twenty times a
// plain one, and SQLite, which is not compiled with the sanitizer, makes most of them here; a
// secret of libsodium costs three pages and six system calls. So SQLite gets a pool that tells the
// address sanitizer what it may read: each piece lies between poisoned headers, a freed one is
// poisoned and rests before it is reused, so our own misuse of SQLite's memory is seen as before.
// Secrets come from the sanitized heap, which guards them to the byte, and are wiped when freed.
// test_storage and test_app run the same code on the libraries' own allocators. One thread.

#include <sanitizer/asan_interface.h>
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "platform/base/check.h"

// Of what reads and writes the poisoned headers.
#define UNGUARDED __attribute__((no_sanitize_address))

namespace rukun::test {

namespace {

constexpr std::size_t kClasses = 32;       // 32, 48, 64, 96 to 1.5 MiB; beyond it, the heap
constexpr std::size_t kResting = 16;       // freed pieces of a size before one is reused
constexpr std::size_t kSlab = 1U << 18;    // taken from the heap at once
constexpr std::size_t kLarge = kSlab / 4;  // such a piece is taken by itself and never rests: to
                                           // touch fresh pages costs more than to fill it

struct alignas(16) Header {
  std::uint32_t size;   // as asked for, in full words
  std::uint32_t piece;  // index of the size class; kClasses: of the heap
  Header* next;
};

struct Pool {
  std::array<Header*, kClasses> free{};
  std::array<std::array<Header*, kResting>, kClasses> resting{};
  std::array<std::size_t, kClasses> oldest{};  // of the resting ones
  char* slab = nullptr;
  std::size_t left = 0;
  std::vector<char*> taken;  // else the leak sanitizer misses what only a poisoned header names
};

constexpr std::size_t room_of(std::size_t piece) {
  const std::size_t power = std::size_t{32} << (piece / 2);
  return piece % 2 == 0 ? power : power + power / 2;
}

std::size_t class_of(std::size_t size) {
  std::size_t piece = 0;
  while (piece < kClasses && room_of(piece) < size) ++piece;
  return piece;
}

Pool& pool() {
  static Pool& one = *new Pool;  // SQLite frees for as long as the program runs
  return one;
}

UNGUARDED Header* header_of(void* memory) { return static_cast<Header*>(memory) - 1; }

char* from_heap(std::size_t size) {
  auto* memory = static_cast<char*>(std::malloc(size));
  CHECK_BUG(memory != nullptr);
  ASAN_POISON_MEMORY_REGION(memory, size);
  pool().taken.push_back(memory);
  return memory;
}

UNGUARDED Header* piece_of(std::size_t piece) {
  auto& all = pool();
  if (Header* found = all.free[piece]; found != nullptr) {
    all.free[piece] = found->next;
    return found;
  }
  const auto size = sizeof(Header) + room_of(piece);
  if (size >= kLarge) return static_cast<Header*>(static_cast<void*>(from_heap(size)));
  if (all.left < size) {
    all.slab = from_heap(kSlab);
    all.left = kSlab;
  }
  void* found = all.slab;
  all.slab += size;
  all.left -= size;
  return static_cast<Header*>(found);
}

UNGUARDED void* take(int wanted) {
  const auto size = static_cast<std::size_t>(wanted);
  const auto piece = class_of(size);
  auto* header =
      piece < kClasses ? piece_of(piece) : static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) return nullptr;
  header->size = static_cast<std::uint32_t>(size);
  header->piece = static_cast<std::uint32_t>(piece);
  header->next = nullptr;
  if (piece < kClasses) ASAN_UNPOISON_MEMORY_REGION(header + 1, size);
  return header + 1;
}

UNGUARDED void give(void* memory) {
  if (memory == nullptr) return;
  auto* header = header_of(memory);
  if (header->piece == kClasses) {
    std::free(header);
    return;
  }
  const auto piece = header->piece;
  ASAN_POISON_MEMORY_REGION(memory, header->size);
  auto& all = pool();
  if (room_of(piece) < kLarge) {
    auto& oldest = all.oldest[piece];
    std::swap(header, all.resting[piece][oldest]);
    oldest = (oldest + 1) % kResting;
    if (header == nullptr) return;
  }
  header->next = all.free[piece];
  all.free[piece] = header;
}

UNGUARDED int size_of(void* memory) {
  return memory == nullptr ? 0 : static_cast<int>(header_of(memory)->size);
}

void* take_again(void* memory, int wanted) {
  void* more = take(wanted);
  if (more == nullptr) return nullptr;
  const auto held = size_of(memory);
  std::memcpy(more, memory, static_cast<std::size_t>(held < wanted ? held : wanted));
  give(memory);
  return more;
}

int full_words(int wanted) { return (wanted + 7) & ~7; }
int begin(void*) { return SQLITE_OK; }
void end(void*) {}

// Before main(): SQLite takes an allocator only while it has not begun.
const bool kPooled = [] {
  const sqlite3_mem_methods methods{take,       give,  take_again, size_of,
                                    full_words, begin, end,        nullptr};
  CHECK_BUG(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK);
  CHECK_BUG(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK);
  return true;
}();

}  // namespace

}  // namespace rukun::test

// In place of libsodium's, for this program.
extern "C" {

void sodium_memzero(void* memory, std::size_t size);

void* sodium_malloc(std::size_t size) {
  auto* memory = static_cast<std::size_t*>(std::malloc(2 * sizeof(std::size_t) + size));
  if (memory == nullptr) return nullptr;
  memory[0] = size;
  void* given = memory + 2;
  std::memset(given, 0xdb, size);
  ASAN_POISON_MEMORY_REGION(memory, 2 * sizeof(std::size_t));
  return given;
}

void sodium_free(void* given) {
  if (given == nullptr) return;
  auto* memory = static_cast<std::size_t*>(given) - 2;
  ASAN_UNPOISON_MEMORY_REGION(memory, 2 * sizeof(std::size_t));
  sodium_memzero(given, memory[0]);
  std::free(memory);
}
}
