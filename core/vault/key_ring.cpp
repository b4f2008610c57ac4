// Finds the holder of a key and asks it, if the key's state allows that.
#include "core/vault/key_ring.hpp"

#include <algorithm>

namespace casebridge::vault {
namespace {

Trouble not_at_hand(std::string_view key_id) {
  return trouble(TroubleCode::dependency_failed, "key " + std::string(key_id) + " is not at hand here");
}

}  // namespace

KeyRing::KeyRing(std::vector<std::unique_ptr<KeyProvider>> providers, WrapLimits limits)
    : providers_(std::move(providers)), limits_(limits) {}

Result<KeyRing::Wrapped> KeyRing::wrap(const SecretBytes& data_key, const ContextOf& context_of) {
  const std::string id = current();
  KeyProvider* const holder = holder_of(id);
  if (holder == nullptr) return trouble(TroubleCode::dependency_failed, "no key that may wrap is at hand");
  {
    const std::lock_guard lock(mutex_);
    CASEBRIDGE_CHECK(counts_.try_emplace(id, limits_).first->second.take());
  }
  CASEBRIDGE_TRY(std::string octets, holder->wrap(id, data_key, context_of(id)));
  return Wrapped{id, std::move(octets)};
}

Result<SecretBytes> KeyRing::unwrap(std::string_view key_id, std::string_view wrapped,
                                    const WrapContext& context) {
  const auto state = state_of(key_id);
  if (state && !may_unwrap(*state)) return does_not_open();
  KeyProvider* const holder = holder_of(key_id);
  // A key that the register knows exists somewhere: what it wrapped opens once the key is at hand.
  if (holder == nullptr && state) return not_at_hand(key_id);
  if (holder == nullptr) return does_not_open();
  return holder->unwrap(key_id, wrapped, context);
}

std::string KeyRing::current() const {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, state] : states_)
      if (may_wrap(state)) return id;
    if (told_) return {};
  }
  for (auto provider = providers_.rbegin(); provider != providers_.rend(); ++provider)
    if (std::string id = (*provider)->current(); !id.empty()) return id;
  return {};
}

std::vector<KeyRing::Key> KeyRing::keys() const {
  std::vector<Key> all;
  for (const auto& provider : providers_)
    for (std::string& id : provider->list()) all.push_back({std::move(id), std::string(provider->name())});
  return all;
}

KeyProvider* KeyRing::provider(std::string_view name) const {
  for (const auto& provider : providers_)
    if (provider->name() == name) return provider.get();
  return nullptr;
}

// The first provider that has it: an id that two of them have is the earlier one's.
KeyProvider* KeyRing::holder_of(std::string_view key_id) const {
  if (key_id.empty()) return nullptr;
  for (const auto& provider : providers_) {
    const auto ids = provider->list();
    if (std::find(ids.begin(), ids.end(), key_id) != ids.end()) return provider.get();
  }
  return nullptr;
}

std::optional<KeyState> KeyRing::state_of(std::string_view key_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(key_id);
  if (found == states_.end()) return std::nullopt;
  return found->second;
}

void KeyRing::tell_states(std::map<std::string, KeyState, std::less<>> states) {
  const std::lock_guard lock(mutex_);
  states_ = std::move(states);
  told_ = true;
}

void KeyRing::grant(std::string_view key_id, std::uint64_t total, std::uint64_t more) {
  const std::lock_guard lock(mutex_);
  counts_.try_emplace(std::string(key_id), limits_).first->second.grant(total, more);
}

std::uint64_t KeyRing::left(std::string_view key_id) const {
  const std::lock_guard lock(mutex_);
  const auto count = counts_.find(key_id);
  return count == counts_.end() ? 0 : count->second.left();
}

Result<void> KeyRing::look_again() {
  Result<void> first;
  for (const auto& provider : providers_)
    if (auto looked = provider->look_again(); !looked && first) first = std::move(looked);
  return first;
}

Result<void> KeyRing::health() {
  Result<void> first;
  for (const auto& provider : providers_)
    if (auto healthy = provider->health(); !healthy && first) first = std::move(healthy);
  if (first && !has(current()))
    return trouble(TroubleCode::dependency_failed, "no key that may wrap is at hand");
  return first;
}

}  // namespace casebridge::vault
