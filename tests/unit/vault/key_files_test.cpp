// Key files: what is made, what is taken, and what is refused with a reason an operator can act on.
#include "core/vault/key_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <set>
#include <vector>

#include "tests/unit/vault/key_directory.hpp"

namespace casebridge::vault {
namespace {

using ::testing::HasSubstr;

class KeyFilesTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(KeyFiles::make(directory_.keys())); }
  void set_mode(const std::filesystem::path& path, mode_t mode) { ASSERT_EQ(::chmod(path.c_str(), mode), 0); }
  std::string refusal(const std::filesystem::path& path) {
    const auto loaded = KeyFiles::load(path);
    if (loaded) return "loaded";
    EXPECT_EQ(loaded.error().code, TroubleCode::dependency_failed);
    return loaded.error().detail;
  }
  testing::KeyDirectory directory_;
};

TEST_F(KeyFilesTest, MadeKeysAreReadableByTheirOwnerOnlyAndLoad) {
  struct stat found {};
  ASSERT_EQ(::stat((directory_.keys() / "root.key").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777U, 0400U);
  const auto loaded = KeyFiles::load(directory_.keys());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->current_seal_id(), "seal-0001");
  EXPECT_EQ(loaded->seal_key("seal-0002"), nullptr);
}

TEST_F(KeyFilesTest, KeysAreNeverMadeTwiceInOnePlace) { EXPECT_FALSE(KeyFiles::make(directory_.keys())); }

TEST_F(KeyFilesTest, EveryOtherModeIsRefusedAndNamed) {
  const auto file = directory_.keys() / "seal-0001.key";
  for (const mode_t mode : {0440U, 0404U, 0644U, 0660U, 0700U, 0500U, 01400U}) {
    set_mode(file, mode);
    EXPECT_THAT(refusal(directory_.keys()), HasSubstr("seal-0001.key has mode ")) << std::oct << mode;
  }
  set_mode(file, 0644);
  EXPECT_THAT(refusal(directory_.keys()), HasSubstr("has mode 0644; it must be 0400 or 0600"));
  set_mode(file, 0600);
  EXPECT_EQ(refusal(directory_.keys()), "loaded");
}

TEST_F(KeyFilesTest, ADirectoryOthersMayWriteIsRefused) {
  set_mode(directory_.keys(), 0770);
  EXPECT_THAT(refusal(directory_.keys()), HasSubstr("group and world must not write there"));
}

TEST_F(KeyFilesTest, WrongSizesLinksAndMissingFilesAreRefused) {
  const auto extra = directory_.keys() / "seal-0002.key";
  std::ofstream(extra) << "too short";
  set_mode(extra, 0600);
  EXPECT_THAT(refusal(directory_.keys()), HasSubstr("does not hold 32 octets"));
  std::filesystem::remove(extra);
  std::filesystem::create_symlink(directory_.keys() / "root.key", extra);
  EXPECT_THAT(refusal(directory_.keys()), HasSubstr("seal-0002.key cannot be opened"));
  std::filesystem::remove(extra);
  std::filesystem::remove(directory_.keys() / "seal-0001.key");
  EXPECT_THAT(refusal(directory_.keys()), HasSubstr("holds no seal-"));
  EXPECT_THAT(refusal(directory_.keys() / "nowhere"), HasSubstr("does not exist"));
}

TEST_F(KeyFilesTest, PurposesGiveUnrelatedKeys) {
  const auto loaded = KeyFiles::load(directory_.keys());
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->derive("fingerprint").equals(loaded->derive("password-pepper")));
  EXPECT_TRUE(loaded->derive("password-pepper").equals(loaded->derive("password-pepper")));
  EXPECT_FALSE(loaded->derive("seal-0001").equals(*loaded->seal_key("seal-0001")));
}

TEST_F(KeyFilesTest, NoTwoPurposesHaveTheSameKey) {
  const auto loaded = KeyFiles::load(directory_.keys());
  ASSERT_TRUE(loaded);
  const std::vector<KeyPurpose> purposes{KeyPurpose::fingerprint, KeyPurpose::password_pepper,
                                         KeyPurpose::audit_checkpoint};
  std::set<std::string> keys{std::string(loaded->seal_key("seal-0001")->reveal())};
  for (const KeyPurpose purpose : purposes) keys.emplace(loaded->derive(purpose).reveal());
  EXPECT_EQ(keys.size(), purposes.size() + 1);
}

TEST_F(KeyFilesTest, KeysAreAddedAndRemovedByName) {
  ASSERT_TRUE(KeyFiles::add(directory_.keys(), "seal-0002"));
  ASSERT_TRUE(KeyFiles::add(directory_.keys(), "seal-0003"));
  EXPECT_FALSE(KeyFiles::add(directory_.keys(), "root")) << "it makes every other key";
  EXPECT_TRUE(KeyFiles::remove(directory_.keys(), "seal-0002"));
  EXPECT_FALSE(KeyFiles::remove(directory_.keys(), "seal-0002"));
  EXPECT_FALSE(KeyFiles::remove(directory_.keys(), "root"));
  EXPECT_EQ(KeyFiles::load(directory_.keys())->seal_ids(),
            (std::vector<std::string>{"seal-0001", "seal-0003"}));
}

TEST_F(KeyFilesTest, AKeyIsNeverWrittenOverAnother) {
  const auto octets = [&] {
    const auto loaded = KeyFiles::load(directory_.keys());
    return std::string(loaded.value().seal_key("seal-0001")->reveal());
  };
  const std::string before = octets();
  const auto added = KeyFiles::add(directory_.keys(), "seal-0001");
  ASSERT_FALSE(added);
  EXPECT_THAT(added.error().detail, HasSubstr("exists already"));
  EXPECT_EQ(octets(), before);
}

// A disk that is full after the first octets, for as long as this lives.
class FullDisk {
 public:
  FullDisk() {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit few{16, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &few);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

TEST_F(KeyFilesTest, AWriteThatFailsLeavesNothingOfTheKey) {
  {
    const FullDisk full;
    const auto added = KeyFiles::add(directory_.keys(), "seal-0002");
    ASSERT_FALSE(added);
    EXPECT_THAT(added.error().detail, HasSubstr("seal-0002.key cannot be written"));
  }
  std::set<std::string> left;
  for (const auto& entry : std::filesystem::directory_iterator(directory_.keys()))
    left.insert(entry.path().filename().string());
  EXPECT_EQ(left, (std::set<std::string>{"root.key", "seal-0001.key"}));
  EXPECT_EQ(refusal(directory_.keys()), "loaded");
}

TEST_F(KeyFilesTest, ASingleFileTakesNoSecondKey) {
  EXPECT_FALSE(KeyFiles::add(directory_.keys() / "root.key", "seal-0002"));
}

TEST_F(KeyFilesTest, ASingleFileServesEveryPurposeWithAnotherKey) {
  const auto loaded = KeyFiles::load(directory_.keys() / "root.key");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->current_seal_id(), "single");
  EXPECT_FALSE(loaded->derive("fingerprint").equals(*loaded->seal_key("single")));
}

}  // namespace
}  // namespace casebridge::vault
