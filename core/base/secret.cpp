// Secret memory: guard pages around it, locked, zeroed when it is given back.
#include "core/base/secret.hpp"

#include <sodium.h>

#include <cstring>
#include <new>
#include <utility>

#include "core/base/secret_blocks.hpp"

namespace casebridge {

bool start_secret_memory() noexcept { return sodium_init() >= 0; }

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  if (size == 0) return;
  // Without a start libsodium does not know the page size; starting again costs one lock.
  if (!start_secret_memory()) throw std::bad_alloc();
  data_ = secret_blocks::take(size);
  if (data_ == nullptr) throw std::bad_alloc();
}

SecretBytes SecretBytes::copy_of(std::string_view text) {
  SecretBytes made(text.size());
  if (!text.empty()) std::memcpy(made.data_, text.data(), text.size());
  return made;
}

SecretBytes SecretBytes::copy_of(std::span<const std::uint8_t> bytes) {
  return copy_of(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

SecretBytes SecretBytes::take(std::string& text) {
  SecretBytes made = copy_of(std::string_view(text));
  wipe(text);
  return made;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this == &other) return *this;
  give_back();
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

SecretBytes::~SecretBytes() { give_back(); }

void SecretBytes::give_back() noexcept {
  if (data_ != nullptr) secret_blocks::give_back(data_, size_);
}

bool SecretBytes::equals(const SecretBytes& other) const noexcept {
  if (size_ != other.size_) return false;
  return size_ == 0 || sodium_memcmp(data_, other.data_, size_) == 0;
}

void wipe(std::string& text) noexcept {
  // Growing to the capacity never allocates, so the spare octets are ours to overwrite.
  text.resize(text.capacity());
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace casebridge
