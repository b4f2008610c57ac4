// Buckets that have filled up again say nothing and are forgotten, so the table stays small.
#include "core/http/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace casebridge::http {
namespace {

constexpr std::size_t buckets_max = 50'000;
constexpr std::chrono::seconds forgotten_after{60};  // more than any of them needs to fill up again
constexpr std::chrono::seconds forgotten_every{1};

}  // namespace

const Rate& RateLimiter::rate_of(RateClass rate) const {
  switch (rate) {
    case RateClass::read: return rates_.read;
    case RateClass::write: return rates_.write;
    case RateClass::flow: return rates_.flow;
    case RateClass::secret: return rates_.secret;
  }
  return rates_.read;
}

RateLimiter::Bucket& RateLimiter::bucket_of(RateClass rate, std::string_view who, TimePoint now) {
  std::string key(name_of(rate));
  key.append("|");
  const std::size_t kind = key.size();
  key.append(who);
  const Bucket fresh{rate_of(rate).burst, now};
  if (const auto known = buckets_.find(key); known != buckets_.end()) return known->second;
  if (buckets_.size() >= buckets_max && now - forgotten_at_ >= forgotten_every) forget_full(now);
  if (buckets_.size() >= buckets_max) key.resize(kind);
  return buckets_.try_emplace(std::move(key), fresh).first->second;
}

std::optional<std::chrono::seconds> RateLimiter::take(RateClass rate, std::string_view who) {
  const Rate& allowed = rate_of(rate);
  if (allowed.per_second <= 0) return std::nullopt;
  const TimePoint now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(rate, who, now);
  const double passed_s = std::chrono::duration<double>(now - bucket.at).count();
  bucket.tokens = std::min(allowed.burst, bucket.tokens + passed_s * allowed.per_second);
  bucket.at = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  const double wait_s = std::ceil((1 - bucket.tokens) / allowed.per_second);
  return std::chrono::seconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(wait_s)));
}

void RateLimiter::forget_full(TimePoint now) {
  std::erase_if(buckets_, [now](const auto& entry) { return now - entry.second.at > forgotten_after; });
  forgotten_at_ = now;
}

}  // namespace casebridge::http
