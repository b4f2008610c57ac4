// What the store knows of the vault's keys, and the columns in which sealed records stand.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"

namespace casebridge::ports {

struct StoredKey {
  std::string id;
  std::string provider;  // file, pkcs11, kms
  std::string state;     // pre-active, active, decrypt-only, compromised, destroyed
  Instant since{};       // in this state
  std::int64_t wraps = 0;
};

// How far wrapping anew for `key_id` has come in one column.
struct RewrapProgress {
  std::string place;
  std::string key_id;
  std::string done_up_to;  // of the row looked at last; empty at the beginning
  std::int64_t seen = 0;
  std::int64_t wrapped = 0;
  bool finished = false;
};

// The place of a record, as its row tells it.
struct PlaceInRow {
  std::string purpose, account, owner, system;
  std::int64_t version = 0;
};

// A text that is a sealed record, or holds some.
struct SealedText {
  std::string first_key, second_key;  // of the row; the second is empty where one is enough
  std::string text;
  PlaceInRow place{};  // its purpose is empty where a row does not tell it
};

class KeyStore {
 public:
  virtual ~KeyStore() = default;
  virtual Result<std::vector<StoredKey>> list() = 0;  // by id
  virtual Result<bool> insert(const StoredKey&) = 0;  // false: it was there
  // False: the key was not in the state `from`. At most one key is active.
  virtual Result<bool> move(const std::string& id, const std::string& from, const std::string& to,
                            Instant since) = 0;
  // How many there are then, all gateways together.
  virtual Result<std::int64_t> add_wraps(const std::string& id, std::int64_t more) = 0;

  // Every column that holds sealed records, as table.column.
  virtual std::vector<std::string> places() const = 0;
  // The next rows of a column after one, in the order of their keys.
  virtual Result<std::vector<SealedText>> next(const std::string& place, const std::string& done_up_to,
                                               int rows_max) = 0;
  // False: the row has changed or gone since.
  virtual Result<bool> replace(const std::string& place, const SealedText& old, const std::string& text) = 0;
  // How many rows hold a text in which `beginning` occurs.
  virtual Result<std::int64_t> count(const std::string& place, const std::string& beginning) = 0;
  virtual Result<std::vector<RewrapProgress>> progress() = 0;
  // Writes the progress of a column if it still is `before`; nullopt: if there is none.
  virtual Result<bool> advance(const std::optional<RewrapProgress>& before, const RewrapProgress& after) = 0;
};

// Opens transactions on what is told here; of the same database as the Store that everybody else uses.
class KeyDatabase {
 public:
  virtual ~KeyDatabase() = default;
  using Work = std::function<Result<void>(KeyStore&)>;
  // As Store's: what happens in one happens whole or not at all, and may be run again.
  virtual Result<void> write(const Work& work) = 0;
  virtual Result<void> read(const Work& work) = 0;
  virtual Result<void> glance(const Work& work) = 0;
};

// Where the next rows after this one begin.
inline constexpr char between_row_keys = '\n';  // occurs in no key
inline std::string position_of(const SealedText& row) {
  return row.second_key.empty() ? row.first_key : row.first_key + between_row_keys + row.second_key;
}

}  // namespace casebridge::ports
