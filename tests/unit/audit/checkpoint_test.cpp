// Checkpoints as notes.
#include "core/audit/checkpoint.hpp"

#include <gtest/gtest.h>

#include "core/audit/tree.hpp"

namespace casebridge::audit {
namespace {

NoteSigner signer(const std::string& name) { return {name, SecretBytes::copy_of(std::string(32, 's'))}; }

TEST(CheckpointTest, HasThreeLinesAndASignature) {
  const std::string note =
      write_checkpoint({"casebridge/accounts", 0, Tree().root()}, signer("casebridge/accounts"));
  EXPECT_TRUE(
      note.starts_with("casebridge/accounts\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\xE2\x80\x94 "
                       "casebridge/accounts "))
      << note;
}

TEST(CheckpointTest, IsReadAsItWasWritten) {
  const NoteSigner key = signer("casebridge/accounts");
  Tree tree;
  tree.add({1, 2, 3});
  const auto read =
      read_checkpoint(write_checkpoint({"casebridge/accounts", 1, tree.root()}, key), key.key());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size, 1U);
  EXPECT_EQ(read->root, tree.root());
}

TEST(CheckpointTest, OfAnotherOriginIsRefused) {
  const NoteSigner key = signer("casebridge/accounts");
  const std::string other = write_checkpoint({"elsewhere/accounts", 0, Tree().root()}, key);
  EXPECT_FALSE(read_checkpoint(other, key.key()));
}

TEST(CheckpointTest, WhatIsSignedButNoCheckpointIsRefused) {
  const NoteSigner key = signer("a/b");
  for (const char* text : {"a/b\n", "a/b\n1\n", "a/b\nx\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                           "a/b\n1\nAAAA\n", "a/b\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"})
    EXPECT_FALSE(read_checkpoint(key.sign(text), key.key())) << text;
}

}  // namespace
}  // namespace casebridge::audit
