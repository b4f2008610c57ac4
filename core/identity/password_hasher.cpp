// Runs libargon2 on the pool; parameters come from settings or from checked stored hashes, never from a
// caller.
#include "core/identity/password_hasher.hpp"

#include <argon2.h>
#include <pthread.h>
#include <sched.h>
#include <sodium.h>

#include <algorithm>
#include <future>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t salt_size_octets = 16;
constexpr std::size_t tag_size_octets = 32;
constexpr std::uint32_t memory_kib_max = 256 * 1024;
constexpr std::uint32_t passes_max = 10;
constexpr std::uint32_t lanes_max = 4;

bool is_reasonable(const HashCost& cost) {
  return cost.memory_kib <= memory_kib_max && cost.passes <= passes_max && cost.lanes <= lanes_max;
}

bool is_less(const HashCost& a, const HashCost& b) {
  return a.memory_kib < b.memory_kib || a.passes < b.passes;
}

std::optional<std::uint32_t> number_after(std::string_view part, std::string_view name) {
  if (!part.starts_with(name)) return std::nullopt;
  part.remove_prefix(name.size());
  if (part.empty() || part.size() > 9 || !text::all_digits(part)) return std::nullopt;
  return static_cast<std::uint32_t>(*text::parse_int(part));
}

// PHC strings write octets in base 64 without padding, in the alphabet of RFC 4648 §4.
std::optional<std::string> salt_of(std::string_view phc) {
  const auto parts = text::split(phc, '$');
  if (parts.size() != 6) return std::nullopt;
  std::string salt(parts[4]);
  std::replace(salt.begin(), salt.end(), '+', '-');
  std::replace(salt.begin(), salt.end(), '/', '_');
  auto octets = crypto::from_base64url(salt);
  if (!octets || octets->size() != salt_size_octets) return std::nullopt;
  return std::move(octets).value();
}

// SCHED_IDLE: a storm of sign-ins must not slow down those who are signed in. Where the machine forbids it,
// the pool still works, at normal priority.
void give_way() {
  const sched_param none{};
  (void)::pthread_setschedparam(::pthread_self(), SCHED_IDLE, &none);
}

}  // namespace

std::optional<HashCost> cost_of(std::string_view phc) {
  const auto parts = text::split(phc, '$');
  if (parts.size() != 6 || !parts[0].empty() || parts[1] != "argon2id" || parts[2] != "v=19")
    return std::nullopt;
  const auto costs = text::split(parts[3], ',');
  if (costs.size() != 3) return std::nullopt;
  const auto memory = number_after(costs[0], "m=");
  const auto passes = number_after(costs[1], "t=");
  const auto lanes = number_after(costs[2], "p=");
  if (!memory || !passes || !lanes) return std::nullopt;
  return HashCost{*memory, *passes, *lanes};
}

PasswordHasher::PasswordHasher(SecretBytes pepper, HashSettings settings, const Clock& clock)
    : pepper_(std::move(pepper)), settings_(settings), clock_(clock) {
  if (settings_.threads == 0) settings_.threads = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { work(); });
  auto made = hash(*admit(), crypto::random_secret(tag_size_octets));
  auto made_code = hash_code(*admit(), crypto::random_secret(tag_size_octets));
  if (!made || !made_code) {
    stop();
    throw std::bad_alloc();
  }
  dummy_hash_ = std::move(made).value();
  dummy_code_hash_ = std::move(made_code).value();
}

PasswordHasher::~PasswordHasher() { stop(); }

void PasswordHasher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void PasswordHasher::work() {
  give_way();
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;  // only when stopping: whoever waits is served first
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task();
  }
}

void PasswordHasher::run(const std::function<void()>& task) {
  // Shared, so that it is still there while the pool's thread leaves set_value and this one has gone on.
  const auto done = std::make_shared<std::promise<void>>();
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back([&task, done] {
      task();
      done->set_value();
    });
  }
  changed_.notify_one();
  done->get_future().get();
}

Trouble PasswordHasher::overloaded() const {
  Trouble made = trouble(TroubleCode::overloaded, "no room to check a password");
  made.retry_at = clock_.now() + settings_.retry_after;
  return made;
}

Result<PasswordHasher::Place> PasswordHasher::admit() {
  const std::size_t before = taken_++;
  Place place(taken_);
  if (before >= settings_.threads + settings_.queue_max) return overloaded();
  return place;
}

SecretBytes PasswordHasher::peppered(const SecretBytes& normal_password) const {
  crypto::Digest digest = crypto::hmac_sha256(pepper_, normal_password.reveal());
  SecretBytes made = SecretBytes::copy_of(digest);
  sodium_memzero(digest.data(), digest.size());
  return made;
}

Result<std::string> PasswordHasher::hash(const Place&, const SecretBytes& normal_password) {
  return freshly_salted(settings_.cost, normal_password);
}

Result<std::string> PasswordHasher::hash_code(const Place&, const SecretBytes& normal_code) {
  return freshly_salted(settings_.code_cost, normal_code);
}

Result<std::string> PasswordHasher::hash_like(const Place&, const SecretBytes& normal_code,
                                              std::string_view stored) {
  ++verifications_;
  auto cost = cost_of(stored);
  auto salt = salt_of(stored);
  if (!cost || !salt || !is_reasonable(*cost)) {
    cost = cost_of(dummy_code_hash_);
    salt = salt_of(dummy_code_hash_);
  }
  return encoded(*cost, *salt, normal_code);
}

Result<std::string> PasswordHasher::freshly_salted(const HashCost& cost, const SecretBytes& secret) {
  std::string salt(salt_size_octets, '\0');
  crypto::random_bytes({reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()});
  return encoded(cost, salt, secret);
}

Result<std::string> PasswordHasher::encoded(const HashCost& cost, std::string_view salt,
                                            const SecretBytes& secret) {
  const SecretBytes input = peppered(secret);
  std::string phc(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes,
                                    static_cast<std::uint32_t>(salt.size()), tag_size_octets, Argon2_id),
                  '\0');
  int outcome = ARGON2_OK;
  run([&] {
    outcome =
        argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, input.bytes().data(), input.size(),
                              salt.data(), salt.size(), tag_size_octets, phc.data(), phc.size());
  });
  if (outcome != ARGON2_OK) return overloaded();
  phc.resize(phc.find('\0'));
  return phc;
}

Result<PasswordHasher::Verdict> PasswordHasher::verify(const Place&, const SecretBytes& normal_password,
                                                       std::string_view stored) {
  ++verifications_;
  const auto cost = cost_of(stored);
  const bool planted = !cost || !is_reasonable(*cost);
  const std::string phc = planted ? dummy_hash_ : std::string(stored);
  const SecretBytes input = peppered(normal_password);
  int outcome = ARGON2_OK;
  run([&] { outcome = argon2id_verify(phc.c_str(), input.bytes().data(), input.size()); });
  if (outcome == ARGON2_MEMORY_ALLOCATION_ERROR) return overloaded();
  const bool matches = outcome == ARGON2_OK && !planted;
  return Verdict{matches, matches && is_less(*cost, settings_.cost)};
}

}  // namespace casebridge::identity
