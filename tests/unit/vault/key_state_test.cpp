// The life of a key: every move that is allowed, and none beside.
#include "core/vault/key_state.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace casebridge::vault {
namespace {

const std::vector<KeyState> all{KeyState::pre_active, KeyState::active, KeyState::decrypt_only,
                                KeyState::compromised, KeyState::destroyed};

TEST(KeyStates, HaveNamesThatLeadBack) {
  for (const KeyState state : all) EXPECT_EQ(key_state_of(name_of(state)), state);
  EXPECT_FALSE(key_state_of("retired"));
}

TEST(KeyStates, OnlyTheActiveOneWrapsAndOnlyADestroyedOneIsOfNoUse) {
  for (const KeyState state : all) {
    EXPECT_EQ(may_wrap(state), state == KeyState::active);
    EXPECT_EQ(may_unwrap(state), state != KeyState::destroyed);
  }
}

TEST(KeyStates, MoveAsTheTableSays) {
  std::string moves;
  for (const KeyState from : all)
    for (const KeyState to : all)
      if (may_follow(from, to)) moves += std::string(name_of(from)) + " > " + std::string(name_of(to)) + "\n";
  EXPECT_EQ(moves,
            "pre-active > active\n"
            "pre-active > compromised\n"
            "pre-active > destroyed\n"
            "active > decrypt-only\n"
            "active > compromised\n"
            "decrypt-only > active\n"
            "decrypt-only > compromised\n"
            "decrypt-only > destroyed\n"
            "compromised > destroyed\n");
}

}  // namespace
}  // namespace casebridge::vault
