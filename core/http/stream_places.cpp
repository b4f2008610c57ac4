// Counting under one lock; a place remembers whose it is.
#include "core/http/stream_places.hpp"

namespace casebridge::http {

Result<StreamPlaces::Place> StreamPlaces::take(const std::string& account) {
  const std::lock_guard lock(mutex_);
  if (open_ >= setting_.all_max) return trouble(TroubleCode::overloaded, "all event streams are in use");
  const auto own = by_account_.find(account);
  if (own != by_account_.end() && own->second >= setting_.account_max)
    return trouble(TroubleCode::rate_limited, "the account has enough event streams");
  ++open_;
  ++by_account_[account];
  return Place(static_cast<const void*>(this), [this, account](const void*) { give_back(account); });
}

int StreamPlaces::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

void StreamPlaces::give_back(const std::string& account) {
  const std::lock_guard lock(mutex_);
  --open_;
  const auto own = by_account_.find(account);
  if (--own->second == 0) by_account_.erase(own);
}

}  // namespace casebridge::http
