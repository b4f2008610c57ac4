// Twenty thousand bent records: none opens, none is read beyond its end, and what is read is written the
// same.
#include <gtest/gtest.h>

#include <random>

#include "core/base/crypto.hpp"
#include "tests/fuzz/record_reading.hpp"

namespace casebridge::fuzz {
namespace {

// One to four changes: an octet, a cut, a piece taken twice.
std::string bent(std::string octets, std::minstd_rand& random) {
  const auto below = [&](std::size_t bound) { return bound == 0 ? 0 : random() % bound; };
  for (std::size_t changes = 1 + below(4); changes > 0 && !octets.empty(); --changes) {
    const std::size_t at = below(octets.size());
    switch (below(4)) {
      case 0: octets[at] = static_cast<char>(random()); break;
      case 1: octets.resize(at); break;
      case 2: octets.insert(at, octets.substr(at, below(40))); break;
      // Where the lengths stand.
      default:
        octets[below(std::min<std::size_t>(octets.size(), 48))] = static_cast<char>(random() % 4);
        break;
    }
  }
  return octets;
}

TEST(BentRecords, AreRefusedOrReadAndNeverOpen) {
  constexpr int inputs = 20'000;
  std::minstd_rand random(16'032'026);
  const auto sealed =
      vault_of_this_process().seal(SecretBytes::copy_of("user=parent"), {"p", "a", "o", "s", 1});
  ASSERT_TRUE(sealed);
  const std::string whole = *crypto::from_base64url(*sealed);
  int read = 0;
  for (int input = 0; input < inputs; ++input)
    if (try_record(vault_of_this_process(), bent(whole, random))) ++read;
  EXPECT_GT(read, inputs / 100) << "nothing gets past the first check";
  EXPECT_LT(read, inputs) << "nothing is bent";
}

}  // namespace
}  // namespace casebridge::fuzz
