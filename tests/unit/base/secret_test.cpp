// Secrets: wiped, and closed to every way by which text usually gets out.
#include "core/base/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace casebridge {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <class T>
concept BecomesJson = requires(const T& value) {
  nlohmann::json(value);
};
template <class T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};

// The same questions have a different answer for an ordinary text, so they are real questions.
static_assert(Streamable<std::string> && !Streamable<SecretBytes>);
static_assert(BecomesJson<std::string> && !BecomesJson<SecretBytes>);
static_assert(fmt::is_formattable<std::string>::value && !fmt::is_formattable<SecretBytes>::value);
static_assert(Comparable<std::string> && !Comparable<SecretBytes>, "== would not take constant time");
static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes> &&
              std::is_nothrow_move_assignable_v<SecretBytes>);
static_assert(!std::is_convertible_v<SecretBytes, std::string> &&
              !std::is_convertible_v<SecretBytes, std::string_view> &&
              !std::is_convertible_v<SecretBytes, const char*> && !std::is_convertible_v<SecretBytes, bool>);
static_assert(!std::is_convertible_v<std::string, SecretBytes>, "making one must be seen in the code");

TEST(SecretBytes, StartsWithLibsodium) {
  EXPECT_TRUE(start_secret_memory());
  EXPECT_TRUE(start_secret_memory());
}

TEST(SecretBytes, ANewOneIsZeroed) {
  const SecretBytes secret(100);
  EXPECT_EQ(secret.size(), 100U);
  EXPECT_TRUE(
      std::all_of(secret.bytes().begin(), secret.bytes().end(), [](auto octet) { return octet == 0; }));
}

TEST(SecretBytes, NothingIsASecretToo) {
  const SecretBytes none, zero(0), copy = SecretBytes::copy_of(std::string_view());
  for (const SecretBytes* secret : {&none, &zero, &copy}) {
    EXPECT_TRUE(secret->empty());
    EXPECT_EQ(secret->reveal(), "");
    EXPECT_TRUE(secret->equals(none));
    EXPECT_TRUE(secret->clone().empty());
  }
}

TEST(SecretBytes, RevealsWhatItHolds) {
  const auto secret = SecretBytes::copy_of(std::string_view("pass\0word", 9));
  EXPECT_EQ(secret.reveal(), std::string_view("pass\0word", 9));
}

TEST(SecretBytes, MovingLeavesNothingBehind) {
  auto first = SecretBytes::copy_of(std::string_view("one"));
  SecretBytes second = std::move(first);
  EXPECT_TRUE(first.empty());  // NOLINT: a moved secret is empty by promise
  EXPECT_EQ(second.reveal(), "one");
  auto third = SecretBytes::copy_of(std::string_view("three"));
  third = std::move(second);
  EXPECT_EQ(third.reveal(), "one");
  EXPECT_TRUE(second.empty());  // NOLINT
  SecretBytes& same = third;
  third = std::move(same);
  EXPECT_EQ(third.reveal(), "one");
}

TEST(SecretBytes, CloneIsAnother) {
  const auto first = SecretBytes::copy_of(std::string_view("key"));
  SecretBytes second = first.clone();
  EXPECT_TRUE(first.equals(second));
  second.bytes()[0] = 'K';
  EXPECT_FALSE(first.equals(second));
  EXPECT_EQ(first.reveal(), "key");
}

TEST(SecretBytes, EqualsComparesSizeAndContent) {
  const auto key = SecretBytes::copy_of(std::string_view("key"));
  EXPECT_TRUE(key.equals(SecretBytes::copy_of(std::string_view("key"))));
  EXPECT_FALSE(key.equals(SecretBytes::copy_of(std::string_view("kez"))));
  EXPECT_FALSE(key.equals(SecretBytes::copy_of(std::string_view("keys"))));
  EXPECT_FALSE(key.equals(SecretBytes()));
}

TEST(SecretBytes, NothingOfAnotherIsLeftInIt) {
  for (const std::size_t size :
       {std::size_t{5}, std::size_t{4'000}, std::size_t{60'000}, std::size_t{70'000}}) {
    { const auto gone = SecretBytes::copy_of(std::string(size, 's')); }
    for (const std::size_t next : {size, size + 80}) {
      const SecretBytes secret(next);
      EXPECT_EQ(secret.reveal(), std::string(next, '\0')) << size;
    }
  }
}

TEST(SecretBytes, ManyAtOnceAreEachTheirOwn) {
  std::vector<SecretBytes> all;
  for (std::size_t i = 0; i < 600; ++i)
    all.push_back(SecretBytes::copy_of(std::string(i % 50 + 1, static_cast<char>('a' + i % 26))));
  for (std::size_t i = 0; i < all.size(); ++i)
    ASSERT_EQ(all[i].reveal(), std::string(i % 50 + 1, static_cast<char>('a' + i % 26)));
}

TEST(SecretBytesDeath, AnOctetBehindTheLastIsNobodysMemory) {
  { const SecretBytes gone(40); }
  SecretBytes secret(40);
  EXPECT_DEATH(*(secret.bytes().data() + secret.size()) = 1, "");
}

TEST(SecretBytes, TakingEmptiesAndOverwritesTheSource) {
  for (const std::size_t size : {std::size_t{5}, std::size_t{500}}) {
    std::string source(size, 's');
    const char* const place = source.data();
    const auto secret = SecretBytes::take(source);
    EXPECT_EQ(secret.reveal(), std::string(size, 's'));
    EXPECT_TRUE(source.empty());
    // The string still owns this memory; nothing of the secret may be left in it.
    ASSERT_EQ(source.data(), place);
    EXPECT_EQ(std::string_view(place, size).find('s'), std::string_view::npos);
  }
}

TEST(Wipe, ReachesTheSpareCapacity) {
  std::string text = "secret and a long tail that is cut off before it is wiped";
  const char* const place = text.data();
  const std::size_t capacity = text.capacity();
  text.resize(6);
  wipe(text);
  EXPECT_TRUE(text.empty());
  ASSERT_EQ(text.data(), place);
  EXPECT_EQ(std::string_view(place, capacity), std::string(capacity, '\0'));
}

}  // namespace
}  // namespace casebridge
