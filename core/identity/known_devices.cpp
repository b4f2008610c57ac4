// Tokens are random, stored as digests, and each belongs to one account: who shares a browser shares nothing.
#include "core/identity/known_devices.hpp"

#include <utility>
#include <vector>

#include "core/base/crypto.hpp"
#include "core/identity/sessions.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t token_size = 43;

// What has not the form of a token is left out, and so is what is too much.
std::vector<std::string_view> tokens_in(std::string_view cookie) {
  std::vector<std::string_view> tokens;
  while (!cookie.empty() && tokens.size() < device_tokens_max) {
    const std::size_t end = std::min(cookie.find('.'), cookie.size());
    if (end == token_size) tokens.push_back(cookie.substr(0, end));
    cookie.remove_prefix(std::min(end + 1, cookie.size()));
  }
  return tokens;
}

Result<void> make_room(ports::DeviceStore& devices, const AccountId& account, std::size_t most) {
  CASEBRIDGE_TRY(const std::vector<ports::KnownDevice> last_used_first, devices.list(account));
  for (std::size_t i = most == 0 ? 0 : most - 1; i < last_used_first.size(); ++i) {
    CASEBRIDGE_TRY([[maybe_unused]] const bool forgotten, devices.forget(account, last_used_first[i].id));
  }
  return {};
}

}  // namespace

Result<std::optional<ports::KnownDevice>> find_device(ports::DeviceStore& devices, const AccountId& account,
                                                      std::string_view cookie, Instant now) {
  std::optional<ports::KnownDevice> found;
  for (const std::string_view token : tokens_in(cookie)) {
    CASEBRIDGE_TRY(std::optional<ports::KnownDevice> device, devices.find(account, digest_of(token)));
    if (device && now < device->expires_at) found = std::move(device);
  }
  return found;
}

Result<RememberedDevice> remember_device(ports::DeviceStore& devices, const AccountId& account,
                                         std::string_view cookie, const model::Origin& origin, Instant now,
                                         const DeviceSettings& settings) {
  CASEBRIDGE_TRY(std::optional<ports::KnownDevice> known, find_device(devices, account, cookie, now));
  if (known) {
    known->name = shortened_agent(origin.user_agent);
    known->address = coarse_address(origin.address);
    known->last_seen_at = now;
    known->expires_at = now + settings.life;
    CASEBRIDGE_CHECK(devices.see(*known));
    return RememberedDevice{SecretBytes::copy_of(cookie), true};
  }
  CASEBRIDGE_CHECK(make_room(devices, account, settings.per_account_max));
  std::string value = crypto::random_token();
  CASEBRIDGE_CHECK(
      devices.insert({DeviceId::make(now), account, digest_of(value), shortened_agent(origin.user_agent),
                      coarse_address(origin.address), now, now, now + settings.life}));
  std::size_t kept = 1;
  for (const std::string_view token : tokens_in(cookie))
    if (kept++ < device_tokens_max) value.append(".").append(token);
  return RememberedDevice{SecretBytes::take(value), false};
}

}  // namespace casebridge::identity
