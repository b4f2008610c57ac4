// KeyProvider: whoever holds keys that wrap data keys, and never shows them: files, a token, a key server.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::vault {

// What a wrapped key is bound to: `aad` are the octets that are authenticated, `named` the same as names and
// values for providers that take such a map. A context of the first record version has no names.
struct WrapContext {
  std::string aad;
  std::vector<std::pair<std::string, std::string>> named{};

  static WrapContext of(std::vector<std::pair<std::string, std::string>> named);
};

// Any thread. What cannot be unwrapped is always the same trouble (internal), whatever was wrong with it;
// dependency_failed says that the provider could not be asked, so that trying again later may help.
class KeyProvider {
 public:
  virtual ~KeyProvider() = default;
  virtual std::string_view name() const = 0;  // file, pkcs11, kms
  virtual Result<std::string> wrap(std::string_view key_id, const SecretBytes& data_key,
                                   const WrapContext&) = 0;
  virtual Result<SecretBytes> unwrap(std::string_view key_id, std::string_view wrapped,
                                     const WrapContext&) = 0;
  // The ids that were there when it was last looked, in the order of their names.
  virtual std::vector<std::string> list() const = 0;
  // The newest of them, empty for none: what wraps as long as nobody keeps states of keys.
  std::string current() const;
  // Looks again which keys there are.
  virtual Result<void> look_again() = 0;
  virtual Result<void> health() = 0;
  // What the ids of keys begin with that are made here; empty where they are made elsewhere.
  virtual std::string stem() const = 0;
  // Whether keys can be made and destroyed from here; asked before anybody is told of a change.
  virtual Result<void> can_change() const { return {}; }
  // Makes a key of that id. not_supported where keys are made elsewhere, as `destroy`.
  virtual Result<void> add(std::string_view key_id) = 0;
  virtual Result<void> destroy(std::string_view key_id) = 0;
};

// Ids stand in records and in the database: 1 to 64 letters, digits, dots, hyphens and underscores.
bool is_key_id(std::string_view text);
// `<stem>-0002` after `<stem>-0001`; the first one when none of `ids` has the stem.
std::string next_key_id(std::string_view stem, const std::vector<std::string>& ids);

Trouble does_not_open();
Trouble cannot_be_asked(std::string_view provider);

}  // namespace casebridge::vault
