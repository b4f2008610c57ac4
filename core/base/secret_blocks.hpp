// Blocks of secret memory that are used again: to map, lock and guard pages costs more than most uses of
// them, and while one thread does it the others wait.
#pragma once

#include <cstddef>
#include <cstdint>

namespace casebridge::secret_blocks {

// Zeroed, locked as far as the machine's limit allows, and right before a guard page; nullptr when there is
// no memory. Any thread.
std::uint8_t* take(std::size_t size) noexcept;
// Zeroes it first; what could not be locked is not used again. With the size it was taken with.
void give_back(std::uint8_t* octets, std::size_t size) noexcept;

}  // namespace casebridge::secret_blocks
