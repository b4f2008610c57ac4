// PasswordHasher: Argon2id behind a pepper, on a bounded pool of threads that give way to everything else.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::identity {

struct HashCost {
  std::uint32_t memory_kib = 47104;
  std::uint32_t passes = 1;
  std::uint32_t lanes = 1;
};

struct HashSettings {
  HashCost cost{};
  HashCost code_cost{19456, 2, 1};      // of recovery codes: ten are hashed at once
  unsigned threads = 0;                 // 0: one per core
  std::size_t queue_max = 64;           // waiting, beyond those that are worked on
  std::chrono::seconds retry_after{2};  // told to those who found no place
};

// Any thread. hash and verify block until the pool has done the work.
class PasswordHasher {
 public:
  // Starts the threads, and makes the dummy hash with the present cost. Throws std::bad_alloc when the
  // machine has no memory for a single hash.
  PasswordHasher(SecretBytes pepper, HashSettings settings, const Clock& clock);
  ~PasswordHasher();
  PasswordHasher(const PasswordHasher&) = delete;
  PasswordHasher& operator=(const PasswordHasher&) = delete;

  // Room in the pool for one caller, kept until it goes out of scope. Taken before a try is counted, so that
  // an overloaded gateway uses up nobody's tries.
  class Place {
   public:
    explicit Place(std::atomic<std::size_t>& taken) : taken_(&taken) {}
    Place(Place&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (taken_ != nullptr) --*taken_;
    }

   private:
    std::atomic<std::size_t>* taken_;
  };
  Result<Place> admit();  // overloaded, with retry_at

  struct Verdict {
    bool matches = false;
    bool outdated = false;  // made with less than the present cost
  };
  // PHC string. overloaded when the machine has no memory for it.
  Result<std::string> hash(const Place& place, const SecretBytes& normal_password);
  // A stored hash whose cost is beyond reason was planted: it never matches, and costs as much as any other.
  Result<Verdict> verify(const Place& place, const SecretBytes& normal_password, std::string_view stored);
  // The same for a recovery code, at its own cost.
  Result<std::string> hash_code(const Place& place, const SecretBytes& normal_code);
  // With the salt and the cost of another hash, to be compared with it as text. A planted one is not
  // followed.
  Result<std::string> hash_like(const Place& place, const SecretBytes& normal_code, std::string_view stored);
  // What is compared where there is no account, so that both take the same time; no password fits it.
  const std::string& dummy_hash() const noexcept { return dummy_hash_; }
  const std::string& dummy_code_hash() const noexcept { return dummy_code_hash_; }
  std::int64_t verifications() const noexcept { return verifications_.load(); }

 private:
  void work();
  void stop();
  void run(const std::function<void()>& task);
  SecretBytes peppered(const SecretBytes& normal_password) const;
  Trouble overloaded() const;
  Result<std::string> encoded(const HashCost& cost, std::string_view salt, const SecretBytes& secret);
  Result<std::string> freshly_salted(const HashCost& cost, const SecretBytes& secret);

  SecretBytes pepper_;
  HashSettings settings_;
  const Clock& clock_;
  std::atomic<std::size_t> taken_{0};
  std::atomic<std::int64_t> verifications_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
  std::string dummy_hash_;
  std::string dummy_code_hash_;
};

// The cost named in a PHC string; nullopt when it is not Argon2id version 19.
std::optional<HashCost> cost_of(std::string_view phc);

}  // namespace casebridge::identity
