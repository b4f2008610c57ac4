// Every move is a conditional update: of two operators who do the same, one is told that it is done already.
#include "core/vault/key_register.hpp"

#include <algorithm>

#include "core/vault/sealed_record.hpp"

namespace casebridge::vault {
namespace {

using ports::StoredKey;

std::string text_of(KeyState state) { return std::string(name_of(state)); }

bool is_in(const StoredKey& key, KeyState state) { return key.state == name_of(state); }

const StoredKey* find_in(const std::vector<StoredKey>& keys, std::string_view id) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const StoredKey& key) { return key.id == id; });
  return found == keys.end() ? nullptr : &*found;
}

const StoredKey* active_of(const std::vector<StoredKey>& keys) {
  const auto found = std::find_if(keys.begin(), keys.end(),
                                  [](const StoredKey& key) { return is_in(key, KeyState::active); });
  return found == keys.end() ? nullptr : &*found;
}

Trouble refused(const std::string& key_id, const std::string& why) {
  return field_trouble("key", "key " + key_id + " " + why);
}

Trouble not_destroyed(const std::string& key_id, const std::string& why) {
  return trouble(TroubleCode::dependency_failed,
                 "key " + key_id + " is out of use, but not destroyed; repeat the command: " + why);
}

Result<StoredKey> known_key(ports::KeyStore& table, const std::string& key_id) {
  CASEBRIDGE_TRY(const auto keys, table.list());
  const StoredKey* const found = find_in(keys, key_id);
  if (found == nullptr) return refused(key_id, "is not known");
  return *found;
}

Result<void> check_move(const StoredKey& key, KeyState to) {
  const auto from = key_state_of(key.state);
  if (from && may_follow(*from, to)) return {};
  return refused(key.id, "is " + key.state + " and cannot become " + text_of(to));
}

Result<void> move_in(ports::KeyStore& table, const StoredKey& key, KeyState to, Instant now) {
  CASEBRIDGE_CHECK(check_move(key, to));
  CASEBRIDGE_TRY(const bool moved, table.move(key.id, key.state, text_of(to), now));
  if (!moved) return refused(key.id, "was changed by somebody else just now");
  return {};
}

}  // namespace

Result<void> KeyRegister::refresh() {
  std::vector<StoredKey> known;
  Grant granted;
  CASEBRIDGE_CHECK(store_.glance([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_TRY(known, table.list());
    return {};
  }));
  look_for_missing(known);
  if (has_new(known) || wants_wraps(active_of(known))) {
    CASEBRIDGE_CHECK(store_.write([&](ports::KeyStore& table) -> Result<void> {
      CASEBRIDGE_TRY(known, table.list());
      CASEBRIDGE_CHECK(register_new(table, known));
      CASEBRIDGE_TRY(granted, grant(table, known));
      return {};
    }));
  }
  if (!granted.key_id.empty()) {
    granted_last_ = granted.more;
    ring_.grant(granted.key_id, static_cast<std::uint64_t>(granted.total),
                static_cast<std::uint64_t>(granted.more));
  }
  tell(known);
  return {};
}

bool KeyRegister::has_new(const std::vector<StoredKey>& known) const {
  const auto keys = ring_.keys();
  return std::any_of(keys.begin(), keys.end(),
                     [&](const auto& key) { return find_in(known, key.id) == nullptr; });
}

// What others have added is somewhere by now; what is lost for good need not be looked for every second.
void KeyRegister::look_for_missing(const std::vector<StoredKey>& known) {
  const bool missing = std::any_of(known.begin(), known.end(), [&](const StoredKey& key) {
    return !is_in(key, KeyState::destroyed) && !ring_.has(key.id);
  });
  const auto now = std::chrono::steady_clock::now();
  if (!missing || now < look_again_at_) return;
  look_again_at_ = now + settings_.look_pause;
  if (const auto looked = ring_.look_again(); !looked) {
    // Some provider cannot be asked: the ring's health tells of it, and this is tried again.
  }
}

Result<void> KeyRegister::register_new(ports::KeyStore& table, std::vector<StoredKey>& known) {
  const bool first = known.empty();
  const std::string newest = first ? ring_.current() : std::string();
  bool some = false;
  for (const KeyRing::Key& key : ring_.keys()) {
    if (find_in(known, key.id) != nullptr) continue;
    const KeyState state = !first             ? KeyState::pre_active
                           : key.id == newest ? KeyState::active
                                              : KeyState::decrypt_only;
    CASEBRIDGE_TRY(const bool inserted,
                   table.insert({key.id, key.provider, text_of(state), clock_.now(), 0}));
    some = some || inserted;
  }
  if (some) {
    CASEBRIDGE_TRY(known, table.list());
  }
  return {};
}

// Half of the last grant is kept in hand, since nobody waits for the next one.
bool KeyRegister::wants_wraps(const StoredKey* active) const {
  return settings_.wraps_granted > 0 && active != nullptr && ring_.has(active->id) &&
         static_cast<std::uint64_t>(active->wraps) < WrapLimits{}.refuse_from &&
         static_cast<std::int64_t>(ring_.left(active->id)) < granted_last_ / 2 + 1;
}

Result<KeyRegister::Grant> KeyRegister::grant(ports::KeyStore& table,
                                              const std::vector<StoredKey>& known) const {
  const StoredKey* const active = active_of(known);
  if (!wants_wraps(active)) return Grant{};
  const std::int64_t wanted = granted_last_ == 0 ? settings_.wraps_first : granted_last_ * 2;
  const std::int64_t more = std::min(wanted, settings_.wraps_granted);
  CASEBRIDGE_TRY(const std::int64_t total, table.add_wraps(active->id, more));
  return Grant{active->id, total, more};
}

void KeyRegister::tell(const std::vector<StoredKey>& known) {
  std::map<std::string, KeyState, std::less<>> states;
  for (const StoredKey& key : known)
    if (const auto state = key_state_of(key.state)) states.emplace(key.id, *state);
  ring_.tell_states(std::move(states));
}

Result<std::vector<StoredKey>> KeyRegister::keys() {
  std::vector<StoredKey> known;
  CASEBRIDGE_CHECK(store_.read([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_TRY(known, table.list());
    return {};
  }));
  return known;
}

Result<void> KeyRegister::activate(const std::string& key_id) {
  if (!ring_.has(key_id)) return refused(key_id, "is not at hand here");
  CASEBRIDGE_CHECK(store_.write([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_TRY(const StoredKey key, known_key(table, key_id));
    CASEBRIDGE_CHECK(check_move(key, KeyState::active));
    CASEBRIDGE_TRY(const auto keys, table.list());
    // The old one first: there is never a second one.
    if (const StoredKey* const old = active_of(keys))
      CASEBRIDGE_CHECK(move_in(table, *old, KeyState::decrypt_only, clock_.now()));
    return move_in(table, key, KeyState::active, clock_.now());
  }));
  return refresh();
}

Result<void> KeyRegister::move(const std::string& key_id, KeyState to) {
  CASEBRIDGE_CHECK(store_.write([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_TRY(const StoredKey key, known_key(table, key_id));
    return move_in(table, key, to, clock_.now());
  }));
  return refresh();
}

Result<void> KeyRegister::mark_compromised(const std::string& key_id) {
  return move(key_id, KeyState::compromised);
}

Result<std::vector<std::pair<std::string, std::int64_t>>> KeyRegister::uses(const std::string& key_id) {
  std::vector<std::pair<std::string, std::int64_t>> found;
  CASEBRIDGE_CHECK(store_.read([&](ports::KeyStore& table) -> Result<void> {
    found.clear();
    for (const std::string& place : table.places()) {
      std::int64_t rows = 0;
      for (const std::uint8_t version : {record_version_first, record_version}) {
        CASEBRIDGE_TRY(const auto more, table.count(place, text_beginning(version, key_id)));
        rows += more;
      }
      if (rows > 0) found.emplace_back(place, rows);
    }
    return {};
  }));
  return found;
}

// Of two who add at the same time each has a number of its own, wherever their keys are.
Result<std::string> KeyRegister::claim_id(const KeyProvider& holder, bool& first) {
  std::string id;
  CASEBRIDGE_CHECK(store_.write([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_TRY(const auto known, table.list());
    first = known.empty();
    std::vector<std::string> taken = holder.list();
    for (const StoredKey& key : known) taken.push_back(key.id);
    id = next_key_id(holder.stem(), taken);
    CASEBRIDGE_TRY(const bool ours, table.insert({id, std::string(holder.name()),
                                                  text_of(KeyState::pre_active), clock_.now(), 0}));
    if (!ours) return refused(id, "is being added by somebody else just now; add another one");
    return {};
  }));
  return id;
}

Result<std::string> KeyRegister::add(const std::string& provider) {
  KeyProvider* const holder = ring_.provider(provider);
  if (holder == nullptr) return field_trouble("provider", "provider " + provider + " is not set up");
  if (holder->stem().empty())
    return trouble(TroubleCode::not_supported, "keys of provider " + provider + " are made there");
  CASEBRIDGE_CHECK(holder->can_change());
  CASEBRIDGE_CHECK(holder->look_again());
  bool first = false;
  CASEBRIDGE_TRY(const std::string id, claim_id(*holder, first));
  if (const auto made = holder->add(id); !made) {
    // No key has this number; it is used up all the same.
    CASEBRIDGE_CHECK(move(id, KeyState::destroyed));
    return made.error();
  }
  CASEBRIDGE_CHECK(first ? activate(id) : refresh());
  if (!ring_.has(id))
    return trouble(TroubleCode::dependency_failed, "key " + id + " was made and is not found");
  return id;
}

// Refused until nobody needs the key; one that is destroyed already may still be at its provider.
Result<StoredKey> KeyRegister::take_out_of_use(const std::string& key_id) {
  StoredKey found;
  CASEBRIDGE_CHECK(store_.write([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_TRY(const StoredKey key, known_key(table, key_id));
    found = key;
    if (is_in(key, KeyState::destroyed)) return {};
    CASEBRIDGE_CHECK(check_move(key, KeyState::destroyed));
    const bool has_wrapped = !is_in(key, KeyState::pre_active);
    if (has_wrapped && clock_.now() - key.since < settings_.destroy_after)
      return refused(key_id, "wrapped until a moment ago; other gateways may still use it");
    for (const std::string& place : table.places())
      for (const std::uint8_t version : {record_version_first, record_version}) {
        CASEBRIDGE_TRY(const auto rows, table.count(place, text_beginning(version, key_id)));
        if (rows > 0) return refused(key_id, "is still named by rows of " + place);
      }
    return move_in(table, key, KeyState::destroyed, clock_.now());
  }));
  return found;
}

Result<void> KeyRegister::destroy(const std::string& key_id) {
  if (const KeyProvider* const here = ring_.holder_of(key_id)) CASEBRIDGE_CHECK(here->can_change());
  CASEBRIDGE_TRY(const StoredKey key, take_out_of_use(key_id));
  CASEBRIDGE_CHECK(refresh());
  KeyProvider* const holder = ring_.provider(key.provider);
  if (holder == nullptr) return not_destroyed(key_id, "provider " + key.provider + " is not set up here");
  // Only a provider that has looked just now can say that a key is gone.
  if (const auto looked = holder->look_again(); !looked) return not_destroyed(key_id, looked.error().detail);
  const auto there = holder->list();
  if (std::find(there.begin(), there.end(), key_id) == there.end()) return {};
  const auto destroyed = holder->destroy(key_id);
  if (!destroyed && destroyed.error().code != TroubleCode::not_supported)
    return not_destroyed(key_id, destroyed.error().detail);
  return destroyed;
}

}  // namespace casebridge::vault
