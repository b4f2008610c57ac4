// KeyRegister: what state each key is in, for all gateways of one database; and the moves an operator makes.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/ports/store_keys.hpp"
#include "core/vault/key_ring.hpp"

namespace casebridge::vault {

struct RegisterSettings {
  // Wraps that are written down before they are used up: few at first, so that a gateway that starts again
  // and again loses little of the 2^32 that a key has; then twice as many each time, up to enough for a
  // minute of the busiest gateway. 0: this process wraps nothing.
  std::int64_t wraps_first = 1'024;
  std::int64_t wraps_granted = 65'536;
  std::chrono::seconds look_pause = std::chrono::seconds(5);  // between two searches for missing keys
  // A gateway that has not heard yet may seal with the old key for as long as it takes it to ask again.
  std::chrono::seconds destroy_after = std::chrono::minutes(10);
};

// One thread at a time. The database tells, the ring is told; nothing is remembered here but when it was
// looked for missing keys, and how many wraps were granted last.
class KeyRegister {
 public:
  KeyRegister(ports::KeyDatabase& store, KeyRing& ring, const Clock& clock, RegisterSettings settings = {})
      : store_(store), ring_(ring), clock_(clock), settings_(settings) {}

  // To be called at the start, and every few seconds from then on: registers keys that are new, tells the
  // ring every key's state, looks for keys that others have added, and has wraps granted. Of an empty
  // register the ring's current key becomes active and the others decrypt-only; later ones begin as
  // pre-active.
  Result<void> refresh();
  Result<std::vector<ports::StoredKey>> keys();

  // Makes `key_id` the one that wraps, the active one decrypt-only. invalid_field says why not.
  Result<void> activate(const std::string& key_id);
  // An active key that is compromised stops wrapping; another one must be activated for it.
  Result<void> mark_compromised(const std::string& key_id);
  // Rows whose records name the key, each column apart; those that name it nowhere are left out.
  Result<std::vector<std::pair<std::string, std::int64_t>>> uses(const std::string& key_id);
  // Makes a key at a provider; its id, which no other key has or ever had. It is pre-active, but the first
  // one of all is active.
  Result<std::string> add(const std::string& provider);
  // Refused as long as a row names it, and for a while after it stopped wrapping. Afterwards no gateway opens
  // anything with it, and the provider is told to destroy it, where it can. dependency_failed tells that it
  // is out of use and may still exist: to be repeated.
  Result<void> destroy(const std::string& key_id);

 private:
  Result<void> register_new(ports::KeyStore& table, std::vector<ports::StoredKey>& known);
  struct Grant {
    std::string key_id;  // empty: none
    std::int64_t total = 0;
    std::int64_t more = 0;
  };
  Result<Grant> grant(ports::KeyStore& table, const std::vector<ports::StoredKey>& known) const;
  bool has_new(const std::vector<ports::StoredKey>& known) const;
  void look_for_missing(const std::vector<ports::StoredKey>& known);
  bool wants_wraps(const ports::StoredKey* active) const;
  void tell(const std::vector<ports::StoredKey>& known);
  Result<void> move(const std::string& key_id, KeyState to);
  Result<std::string> claim_id(const KeyProvider& holder, bool& first);
  Result<ports::StoredKey> take_out_of_use(const std::string& key_id);

  ports::KeyDatabase& store_;
  KeyRing& ring_;
  const Clock& clock_;
  const RegisterSettings settings_;
  std::chrono::steady_clock::time_point look_again_at_{};
  std::int64_t granted_last_ = 0;
};

}  // namespace casebridge::vault
