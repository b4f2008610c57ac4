// The octets of an adapter's library: read once, sealed, and from then on the same for every later look.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/switchboard/owned_descriptor.hpp"

namespace casebridge::switchboard {

inline constexpr std::size_t library_bytes_max = 256 * 1024 * 1024;

class LibraryImage {
 public:
  // Trouble adapter_fault with the reason in words. Symbolic links are not followed.
  static Result<LibraryImage> read(const std::string& path);
  static Result<LibraryImage> of(std::vector<std::uint8_t> bytes, const std::string& name);

  std::span<const std::uint8_t> bytes() const { return bytes_; }
  // A memory file with the same octets that nobody can change any more; gives the descriptor away.
  OwnedDescriptor take_sealed() { return std::move(sealed_); }

 private:
  std::vector<std::uint8_t> bytes_;
  OwnedDescriptor sealed_;
};

}  // namespace casebridge::switchboard
