// What the processors can hash at most: Argon2id at the gateway's cost, on so many threads and nothing else.
// Ends with one JSON line.
#include <argon2.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <vector>

#include "core/identity/password_hasher.hpp"

namespace {

bool hash_once() {
  constexpr casebridge::identity::HashCost cost{};
  constexpr std::string_view password = "violet-harbour-pencil-73", salt = "sixteen octets..";
  std::array<unsigned char, 32> tag{};
  return argon2id_hash_raw(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(),
                           salt.data(), salt.size(), tag.data(), tag.size()) == ARGON2_OK;
}

}  // namespace

// THREADS SECONDS
int main(int argc, char** argv) {
  if (argc != 3) return 64;
  const auto begun = std::chrono::steady_clock::now();
  const auto end = begun + std::chrono::duration<double>(std::atof(argv[2]));
  std::atomic<int> hashes{0}, failed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < std::atoi(argv[1]); ++i)
    threads.emplace_back([&] {
      while (std::chrono::steady_clock::now() < end) ++(hash_once() ? hashes : failed);
    });
  for (std::thread& thread : threads) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  std::printf("{\"hashes\":%d,\"failed\":%d,\"seconds\":%.4f}\n", hashes.load(), failed.load(), took.count());
  return 0;
}
