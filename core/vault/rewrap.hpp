// Rewrap: brings every sealed record under the key that wraps now, batch by batch, and goes on after any end.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/store_keys.hpp"
#include "core/vault/record_vault.hpp"

namespace casebridge::vault {

struct RewrapSum {
  std::int64_t seen = 0;     // rows looked at
  std::int64_t wrapped = 0;  // rows changed
  int places_left = 0;       // columns that are not finished
  bool finished() const { return places_left == 0; }
};

// One thread; several of them, in several gateways, do no harm: a row is changed only if it still is what it
// was, and the cursor moves only from where it was. Work is done outside transactions, as keys may be far
// away.
class Rewrap {
 public:
  Rewrap(ports::KeyDatabase& store, const RecordVault& vault) : store_(store), vault_(vault) {}
  // The next rows of the first column that is not finished. When another key wraps than the last time, it
  // begins from the first row again. Does nothing once it is finished.
  Result<RewrapSum> step(int rows_max);
  // Lets it begin anew, although it was finished: records may have come under the old key since.
  Result<void> begin_anew();
  Result<RewrapSum> sum();

 private:
  struct Batch {
    std::string place;
    std::optional<ports::RewrapProgress> before;
    ports::RewrapProgress after;
    std::vector<ports::SealedText> rows;
  };
  Result<std::optional<Batch>> next(const std::string& key_id, int rows_max);
  Result<std::string> wrapped_anew(const ports::SealedText& row) const;

  ports::KeyDatabase& store_;
  const RecordVault& vault_;
};

}  // namespace casebridge::vault
