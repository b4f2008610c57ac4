// KeyRing: every key of every provider, which of them wraps now, and how often each has wrapped.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/vault/key_provider.hpp"
#include "core/vault/key_state.hpp"
#include "core/vault/wrap_count.hpp"

namespace casebridge::vault {

// Any thread. Until somebody tells the states of keys, the newest key of the last provider that has one
// wraps, and every key unwraps.
class KeyRing {
 public:
  struct Key {
    std::string id;
    std::string provider;
  };
  struct Wrapped {
    std::string key_id;
    std::string octets;
  };
  using ContextOf = std::function<WrapContext(std::string_view key_id)>;

  explicit KeyRing(std::vector<std::unique_ptr<KeyProvider>> providers, WrapLimits limits = {});
  Result<Wrapped> wrap(const SecretBytes& data_key, const ContextOf& context_of);
  // A key whose state was told and that nobody holds here is dependency_failed; one that nobody knows, or
  // that is destroyed, opens nothing.
  Result<SecretBytes> unwrap(std::string_view key_id, std::string_view wrapped, const WrapContext& context);

  std::string current() const;  // the key that wraps; empty for none
  std::vector<Key> keys() const;
  bool has(std::string_view key_id) const { return holder_of(key_id) != nullptr; }
  KeyProvider* provider(std::string_view name) const;     // nullptr: not set up
  KeyProvider* holder_of(std::string_view key_id) const;  // nullptr: nobody has it

  void tell_states(std::map<std::string, KeyState, std::less<>> states);
  void grant(std::string_view key_id, std::uint64_t total, std::uint64_t more);
  std::uint64_t left(std::string_view key_id) const;  // of what was granted
  // Looks again which keys there are; the first trouble, after all were asked.
  Result<void> look_again();
  // Every provider answers, and there is a key that wraps; the first trouble, after all were asked.
  Result<void> health();

 private:
  std::optional<KeyState> state_of(std::string_view key_id) const;  // nullopt: nobody told of it

  const std::vector<std::unique_ptr<KeyProvider>> providers_;
  const WrapLimits limits_;
  mutable std::mutex mutex_;  // guards what follows; never held while a provider works
  bool told_ = false;
  std::map<std::string, KeyState, std::less<>> states_;
  std::map<std::string, WrapCount, std::less<>> counts_;
};

}  // namespace casebridge::vault
