// The ring: which key wraps, what states change about it, and that a count stops it.
#include "core/vault/key_ring.hpp"

#include <gtest/gtest.h>

#include "core/base/crypto.hpp"
#include "core/vault/file_keys.hpp"
#include "tests/unit/vault/key_directory.hpp"

namespace casebridge::vault {
namespace {

using States = std::map<std::string, KeyState, std::less<>>;

class KeyRingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(KeyFiles::make(directory_.keys()));
    ASSERT_TRUE(KeyFiles::add(directory_.keys(), "seal-0002"));
    ring_ = make({});
  }
  std::unique_ptr<KeyRing> make(WrapLimits limits) {
    std::vector<std::unique_ptr<KeyProvider>> providers;
    providers.push_back(std::make_unique<FileKeys>(KeyFiles::load(directory_.keys()).value()));
    return std::make_unique<KeyRing>(std::move(providers), limits);
  }
  static WrapContext context(std::string_view key_id, const std::string& binding = "here") {
    return WrapContext::of({{"key", std::string(key_id)}, {"binding", binding}});
  }
  Result<KeyRing::Wrapped> wrap() {
    return ring_->wrap(data_key_, [](std::string_view id) { return context(id); });
  }
  testing::KeyDirectory directory_;
  std::unique_ptr<KeyRing> ring_;
  const SecretBytes data_key_ = crypto::random_secret(32);
};

TEST_F(KeyRingTest, UnwrapsWhatItWrappedInTheSameContextOnly) {
  const auto wrapped = wrap();
  ASSERT_TRUE(wrapped);
  const auto back = ring_->unwrap(wrapped->key_id, wrapped->octets, context(wrapped->key_id));
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->equals(data_key_));
  EXPECT_FALSE(ring_->unwrap(wrapped->key_id, wrapped->octets, context(wrapped->key_id, "there")));
  EXPECT_FALSE(ring_->unwrap("seal-0001", wrapped->octets, context(wrapped->key_id)));
}

TEST_F(KeyRingTest, TheNewestWrapsUntilStatesAreTold) {
  EXPECT_EQ(ring_->current(), "seal-0002");
  ring_->tell_states({{"seal-0001", KeyState::active}, {"seal-0002", KeyState::pre_active}});
  EXPECT_EQ(ring_->current(), "seal-0001");
  EXPECT_EQ(wrap()->key_id, "seal-0001");
}

TEST_F(KeyRingTest, WithoutAnActiveKeyNothingIsWrappedAndItSaysSo) {
  EXPECT_TRUE(ring_->health());
  ring_->tell_states({{"seal-0001", KeyState::decrypt_only}});
  EXPECT_EQ(wrap().error().code, TroubleCode::dependency_failed);
  EXPECT_FALSE(ring_->health());
}

TEST_F(KeyRingTest, ADestroyedKeyUnwrapsNothing) {
  const auto wrapped = wrap();
  ASSERT_TRUE(wrapped);
  for (const KeyState state : {KeyState::decrypt_only, KeyState::compromised}) {
    ring_->tell_states({{"seal-0002", state}});
    EXPECT_TRUE(ring_->unwrap(wrapped->key_id, wrapped->octets, context(wrapped->key_id)));
  }
  ring_->tell_states({{"seal-0002", KeyState::destroyed}});
  const auto refused = ring_->unwrap(wrapped->key_id, wrapped->octets, context(wrapped->key_id));
  EXPECT_EQ(refused.error().detail, ring_->unwrap("nobody", "x", context("nobody")).error().detail);
}

TEST_F(KeyRingTest, AKnownKeyThatIsOutOfReachIsNoMatterOfTheRecord) {
  const auto wrapped = wrap();
  ASSERT_TRUE(wrapped);
  const auto file = directory_.keys() / "seal-0002.key", elsewhere = directory_.keys() / "elsewhere";
  std::filesystem::rename(file, elsewhere);
  ASSERT_TRUE(ring_->look_again());
  const auto code = [&] {
    return ring_->unwrap("seal-0002", wrapped->octets, context("seal-0002")).error().code;
  };
  EXPECT_EQ(code(), TroubleCode::internal) << "nobody knows such a key";
  for (const KeyState state :
       {KeyState::pre_active, KeyState::active, KeyState::decrypt_only, KeyState::compromised}) {
    ring_->tell_states({{"seal-0002", state}});
    EXPECT_EQ(code(), TroubleCode::dependency_failed) << name_of(state);
  }
  ring_->tell_states({{"seal-0002", KeyState::destroyed}});
  EXPECT_EQ(code(), TroubleCode::internal);
  ring_->tell_states({{"seal-0002", KeyState::active}});
  std::filesystem::rename(elsewhere, file);
  ASSERT_TRUE(ring_->look_again());
  EXPECT_TRUE(ring_->unwrap("seal-0002", wrapped->octets, context("seal-0002")));
}

TEST_F(KeyRingTest, FindsAKeyThatWasAddedMeanwhile) {
  ring_->tell_states({{"seal-0003", KeyState::active}});
  EXPECT_FALSE(wrap());
  ASSERT_TRUE(KeyFiles::add(directory_.keys(), "seal-0003"));
  ASSERT_TRUE(ring_->look_again());
  EXPECT_EQ(wrap()->key_id, "seal-0003");
}

TEST_F(KeyRingTest, AKeyThatHasWrappedOftenEnoughWrapsNoMore) {
  ring_ = make({.warn_from = 1, .refuse_from = 2});
  EXPECT_TRUE(wrap());
  EXPECT_TRUE(wrap());
  EXPECT_EQ(wrap().error().code, TroubleCode::dependency_failed);
}

TEST_F(KeyRingTest, WrapsWhatItWasGrantedAndWaitsForMore) {
  ring_->grant("seal-0002", 10, 1);
  EXPECT_TRUE(wrap());
  EXPECT_EQ(ring_->left("seal-0002"), 0U);
  EXPECT_EQ(wrap().error().code, TroubleCode::overloaded);
}

TEST_F(KeyRingTest, AFileThatOthersMayReadMakesItUnwell) {
  ASSERT_TRUE(ring_->health());
  std::filesystem::permissions(directory_.keys() / "seal-0001.key", std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_FALSE(ring_->health());
}

TEST(KeyIds, CountOn) {
  EXPECT_EQ(next_key_id("seal", {}), "seal-0001");
  EXPECT_EQ(next_key_id("seal", {"seal-0009", "seal-old", "hsm-0044"}), "seal-0010");
  EXPECT_TRUE(is_key_id("casebridge-0001"));
  for (const std::string& wrong :
       {std::string(), std::string("a b"), std::string(65, 'a'), std::string("a/b")})
    EXPECT_FALSE(is_key_id(wrong)) << wrong;
}

TEST(WrapContexts, HaveDifferentOctetsWhereverABoundaryMoves) {
  const auto aad = [](std::string a, std::string b) { return WrapContext::of({{"k", a}, {"l", b}}).aad; };
  EXPECT_NE(aad("ab", "c"), aad("a", "bc"));
  EXPECT_NE(WrapContext::of({{"k", ""}}).aad, WrapContext::of({{"", "k"}}).aad);
}

}  // namespace
}  // namespace casebridge::vault
