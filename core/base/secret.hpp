// SecretBytes: memory that is locked, guarded, wiped, and cannot be printed, copied or encoded by accident.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace casebridge {

class SecretBytes {
 public:
  SecretBytes() = default;
  // Zeroed. Locked as far as the machine's limit allows; throws std::bad_alloc when there is no memory.
  explicit SecretBytes(std::size_t size);
  static SecretBytes copy_of(std::string_view text);
  static SecretBytes copy_of(std::span<const std::uint8_t> bytes);
  // Copies, then wipes the source string, its spare capacity included.
  static SecretBytes take(std::string& text);

  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  SecretBytes clone() const { return copy_of(bytes()); }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  std::span<const std::uint8_t> bytes() const noexcept { return {data_, size_}; }
  std::span<std::uint8_t> bytes() noexcept { return {data_, size_}; }
  // Valid as long as this object; look, do not keep.
  std::string_view reveal() const noexcept { return {reinterpret_cast<const char*>(data_), size_}; }
  bool equals(const SecretBytes& other) const noexcept;  // constant time for equal sizes

  friend std::ostream& operator<<(std::ostream&, const SecretBytes&) = delete;

 private:
  void give_back() noexcept;

  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

// Overwrites the whole capacity of a string that held a secret, then clears it.
void wipe(std::string& text) noexcept;
// Called once at start, so that a machine without libsodium's needs is refused early; harmless when repeated.
bool start_secret_memory() noexcept;

}  // namespace casebridge
