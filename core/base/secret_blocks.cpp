// libsodium maps and guards; what comes back is kept, zeroed, for the next one of about its size.
#include "core/base/secret_blocks.hpp"

#include <sodium.h>

#include <array>
#include <mutex>

namespace casebridge::secret_blocks {
namespace {

// libsodium puts so much in front of a block, on its first page, to see whether something wrote there.
constexpr std::size_t page = 4'096, mark = 16;

// Most secrets are keys, tokens and records; some are lists of many records.
struct Shelf {
  std::size_t block_size;  // the first octet says whether the block is locked
  std::size_t kept_max;
};
constexpr std::array shelves{Shelf{page - mark, 256}, Shelf{4 * page - mark, 64},
                             Shelf{16 * page - mark, 16}};
constexpr std::size_t kept_at_all = 256;

// While somebody looks for a use after the end, none is used again.
#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr bool uses_again = false;
#else
constexpr bool uses_again = true;
#endif

class Kept {
 public:
  std::uint8_t* take() noexcept {
    const std::lock_guard lock(mutex_);
    return count_ == 0 ? nullptr : blocks_[--count_];
  }
  bool keep(std::uint8_t* block, std::size_t most) noexcept {
    const std::lock_guard lock(mutex_);
    if (count_ >= most) return false;
    blocks_[count_++] = block;
    return true;
  }

 private:
  std::mutex mutex_;
  std::array<std::uint8_t*, kept_at_all> blocks_{};
  std::size_t count_ = 0;
};

// Of the process, as all memory is. Never destroyed: secrets may end after everything else has.
Kept& kept_on(std::size_t shelf) noexcept {
  static auto* const all = new std::array<Kept, shelves.size()>;
  return (*all)[shelf];
}

std::size_t shelf_of(std::size_t size) noexcept {
  std::size_t shelf = 0;
  while (shelf < shelves.size() && size >= shelves[shelf].block_size) ++shelf;
  return uses_again ? shelf : shelves.size();
}

std::uint8_t* made(std::size_t size) noexcept {
  auto* const block = static_cast<std::uint8_t*>(sodium_malloc(size));
  if (block != nullptr) sodium_memzero(block, size);
  return block;
}

// libsodium does not say whether it could lock it; to ask again does.
std::uint8_t* made_for_shelf(std::size_t whole) noexcept {
  std::uint8_t* const block = made(whole);
  if (block != nullptr) block[0] = sodium_mlock(block, whole) == 0 ? 1 : 0;
  return block;
}

}  // namespace

std::uint8_t* take(std::size_t size) noexcept {
  const std::size_t shelf = shelf_of(size);
  if (shelf == shelves.size()) return made(size);
  const std::size_t whole = shelves[shelf].block_size;
  std::uint8_t* block = kept_on(shelf).take();
  if (block == nullptr) block = made_for_shelf(whole);
  return block == nullptr ? nullptr : block + (whole - size);
}

void give_back(std::uint8_t* octets, std::size_t size) noexcept {
  const std::size_t shelf = shelf_of(size);
  if (shelf == shelves.size()) {
    sodium_free(octets);
    return;
  }
  const std::size_t whole = shelves[shelf].block_size;
  std::uint8_t* const block = octets - (whole - size);
  // All of it, as something may have been written before the octets by mistake.
  sodium_memzero(block + 1, whole - 1);
  const bool is_locked = block[0] == 1;
  if (!is_locked || !kept_on(shelf).keep(block, shelves[shelf].kept_max)) sodium_free(block);
}

}  // namespace casebridge::secret_blocks
