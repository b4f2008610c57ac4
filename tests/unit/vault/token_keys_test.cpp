// Keys in a token: they wrap and unwrap there, survive lost sessions, and every failure says as little as it
// must.
#include "core/vault/token_settings.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "core/base/crypto.hpp"
#include "core/vault/file_keys.hpp"
#include "core/vault/record_vault.hpp"
#include "tests/unit/vault/key_directory.hpp"
#include "tests/unit/vault/soft_token.hpp"

namespace casebridge::vault {
namespace {

WrapContext context(const std::string& binding = "here") { return WrapContext::of({{"binding", binding}}); }

class TokenKeysTest : public ::testing::Test {
 protected:
  void SetUp() override { keys_ = open(); }
  void TearDown() override { keys_.reset(); }
  std::unique_ptr<KeyProvider> open() { return open_token_keys(token_.settings()).value(); }
  Result<std::string> add() {
    CASEBRIDGE_CHECK(keys_->look_again());
    std::string id = next_key_id(keys_->stem(), keys_->list());
    CASEBRIDGE_CHECK(keys_->add(id));
    return id;
  }
  bool round_trip(const std::string& id) {
    const auto wrapped = keys_->wrap(id, data_key_, context());
    if (!wrapped) return false;
    const auto back = keys_->unwrap(id, *wrapped, context());
    return back && back->equals(data_key_);
  }
  testing::SoftToken token_;
  std::unique_ptr<KeyProvider> keys_;
  const SecretBytes data_key_ = crypto::random_secret(32);
};

TEST_F(TokenKeysTest, AKeyIsMadeInTheTokenAndFoundAgain) {
  EXPECT_TRUE(keys_->list().empty());
  EXPECT_EQ(*add(), "casebridge-0001");
  EXPECT_EQ(*add(), "casebridge-0002");
  EXPECT_EQ(keys_->current(), "casebridge-0002");
  EXPECT_EQ(open()->list(), (std::vector<std::string>{"casebridge-0001", "casebridge-0002"}));
  EXPECT_TRUE(keys_->health());
}

TEST_F(TokenKeysTest, UnwrapsWithTheSameKeyAndContextOnly) {
  ASSERT_TRUE(add());
  ASSERT_TRUE(add());
  const auto wrapped = keys_->wrap("casebridge-0001", data_key_, context());
  ASSERT_TRUE(wrapped);
  EXPECT_EQ(wrapped->size(), 60U) << "iv, key, tag";
  EXPECT_TRUE(keys_->unwrap("casebridge-0001", *wrapped, context())->equals(data_key_));
  const Trouble elsewhere = keys_->unwrap("casebridge-0001", *wrapped, context("there")).error();
  const Trouble other_key = keys_->unwrap("casebridge-0002", *wrapped, context()).error();
  for (const Trouble& trouble : {elsewhere, other_key}) {
    EXPECT_EQ(trouble.code, TroubleCode::internal);
    EXPECT_EQ(trouble.detail, does_not_open().detail);
  }
  EXPECT_EQ(keys_->unwrap("casebridge-0009", *wrapped, context()).error().code,
            TroubleCode::dependency_failed)
      << "a key that is not there says nothing about the record";
  EXPECT_NE(*wrapped, *keys_->wrap("casebridge-0001", data_key_, context()));
}

TEST_F(TokenKeysTest, EveryFlippedBitAndEveryCutIsTheSameTrouble) {
  ASSERT_TRUE(add());
  const std::string wrapped = *keys_->wrap("casebridge-0001", data_key_, context());
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
    std::string changed = wrapped;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const auto opened = keys_->unwrap("casebridge-0001", changed, context());
    ASSERT_FALSE(opened) << bit;
    ASSERT_EQ(opened.error().detail, does_not_open().detail);
  }
  for (std::size_t size = 0; size < wrapped.size(); ++size)
    ASSERT_FALSE(keys_->unwrap("casebridge-0001", wrapped.substr(0, size), context())) << size;
  EXPECT_TRUE(round_trip("casebridge-0001")) << "failures leave no session behind that is of no use";
}

// What a busy or ailing token answers in place of an encryption's result.
CK_RV answered = CKR_OK;
CK_RV answers_to_begin(CK_SESSION_HANDLE, CK_MECHANISM*, CK_OBJECT_HANDLE) { return answered; }
CK_RV answers_to_decrypt(CK_SESSION_HANDLE, unsigned char*, CK_ULONG, unsigned char*, CK_ULONG*) {
  return answered;
}

TEST_F(TokenKeysTest, ATroubleOfTheTokenIsNoneOfTheRecord) {
  ASSERT_TRUE(add());
  const std::string wrapped = *keys_->wrap("casebridge-0001", data_key_, context());
  CK_FUNCTION_LIST& call = token_.call();
  const auto begin = call.C_DecryptInit;
  const auto decrypt = call.C_Decrypt;
  for (const CK_RV value : {CKR_SESSION_COUNT, CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_HOST_MEMORY,
                            CKR_DEVICE_MEMORY, CKR_KEY_FUNCTION_NOT_PERMITTED}) {
    answered = value;
    call.C_DecryptInit = answers_to_begin;
    EXPECT_EQ(keys_->unwrap("casebridge-0001", wrapped, context()).error().code,
              TroubleCode::dependency_failed)
        << value;
    call.C_DecryptInit = begin;
  }
  for (const CK_RV value : {CKR_SESSION_COUNT, CKR_FUNCTION_FAILED, CKR_HOST_MEMORY, CKR_DEVICE_MEMORY}) {
    answered = value;
    call.C_Decrypt = answers_to_decrypt;
    EXPECT_EQ(keys_->unwrap("casebridge-0001", wrapped, context()).error().code,
              TroubleCode::dependency_failed)
        << value;
    call.C_Decrypt = decrypt;
  }
}

TEST_F(TokenKeysTest, LostSessionsAreReplacedWithinTheCall) {
  ASSERT_TRUE(add());
  ASSERT_TRUE(round_trip("casebridge-0001"));
  token_.lose_sessions();
  EXPECT_TRUE(round_trip("casebridge-0001"));
  token_.lose_sessions();
  EXPECT_TRUE(keys_->health());
}

TEST_F(TokenKeysTest, APulledTokenCannotBeAskedUntilItIsBack) {
  ASSERT_TRUE(add());
  const std::string wrapped = *keys_->wrap("casebridge-0001", data_key_, context());
  token_.pull();
  const auto opened = keys_->unwrap("casebridge-0001", wrapped, context());
  EXPECT_EQ(opened.error().code, TroubleCode::dependency_failed);
  EXPECT_EQ(keys_->wrap("casebridge-0001", data_key_, context()).error().detail, opened.error().detail);
  EXPECT_FALSE(keys_->health());
  token_.put_back();
  EXPECT_TRUE(keys_->unwrap("casebridge-0001", wrapped, context())->equals(data_key_));
  EXPECT_TRUE(keys_->health());
}

TEST_F(TokenKeysTest, ATokenThatIsMissingAtTheStartIsFoundLater) {
  ASSERT_TRUE(add());
  keys_.reset();
  token_.pull();
  keys_ = open();
  EXPECT_TRUE(keys_->list().empty());
  token_.put_back();
  ASSERT_TRUE(keys_->look_again());
  EXPECT_TRUE(round_trip("casebridge-0001"));
}

TEST_F(TokenKeysTest, AWrongPinIsTriedOnceAndARightOneWhenTheFileHasChanged) {
  ASSERT_TRUE(add());
  token_.write_pin("111111");
  token_.lose_sessions();
  const Trouble refused = keys_->health().error();
  EXPECT_EQ(refused.code, TroubleCode::dependency_failed);
  EXPECT_EQ(refused.detail.find("111111"), std::string::npos);
  for (int again = 0; again < 20; ++again) EXPECT_FALSE(keys_->health());
  token_.write_pin(testing::SoftToken::pin);
  EXPECT_TRUE(round_trip("casebridge-0001"));
}

TEST_F(TokenKeysTest, APinFileThatOthersMayReadIsNotUsed) {
  token_.lose_sessions();
  std::filesystem::permissions(token_.settings().pin_file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(keys_->health().error().code, TroubleCode::dependency_failed);
}

TEST_F(TokenKeysTest, AKeyThatCouldLeaveTheTokenIsNotSeen) {
  ASSERT_TRUE(add());
  token_.make_extractable_key("casebridge-0007");
  ASSERT_TRUE(keys_->look_again());
  EXPECT_EQ(keys_->list(), std::vector<std::string>{"casebridge-0001"});
  EXPECT_FALSE(keys_->wrap("casebridge-0007", data_key_, context()));
}

TEST_F(TokenKeysTest, ADestroyedKeyIsGone) {
  ASSERT_TRUE(add());
  const std::string wrapped = *keys_->wrap("casebridge-0001", data_key_, context());
  ASSERT_TRUE(keys_->destroy("casebridge-0001"));
  EXPECT_TRUE(keys_->list().empty());
  EXPECT_FALSE(keys_->unwrap("casebridge-0001", wrapped, context()));
}

TEST_F(TokenKeysTest, ManyThreadsHaveSessionsOfTheirOwn) {
  ASSERT_TRUE(add());
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 25; ++n) good += round_trip("casebridge-0001") ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 200);
}

TEST_F(TokenKeysTest, RecordsMoveFromFilesToTheToken) {
  testing::KeyDirectory directory;
  ASSERT_TRUE(KeyFiles::make(directory.keys()));
  const ports::SealedPlace place{"state-credential", "acc_1", "lnk_1", "tx-icop", 3};
  const std::string before =
      *RecordVault(KeyFiles::load(directory.keys()).value()).seal(SecretBytes::copy_of("pin=0000"), place);
  ASSERT_TRUE(add());
  std::vector<std::unique_ptr<KeyProvider>> providers;
  providers.push_back(std::make_unique<FileKeys>(KeyFiles::load(directory.keys()).value()));
  providers.push_back(std::move(keys_));
  const RecordVault vault(std::make_unique<KeyRing>(std::move(providers)), crypto::random_secret(32));
  const auto after = vault.rewrap(before, std::nullopt);
  ASSERT_TRUE(after && *after);
  EXPECT_EQ(key_named_by(**after), "casebridge-0001");
  EXPECT_EQ(vault.open(**after, place)->reveal(), "pin=0000");
}

TEST(TokenModules, WhatIsNoneIsRefusedByItsSetting) {
  const auto opened = open_token_keys({"/usr/lib/nothing.so", "t", "/nowhere", "casebridge"});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(opened.error().field, "vault.pkcs11.module");
}

}  // namespace
}  // namespace casebridge::vault
