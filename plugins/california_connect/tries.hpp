// Tries: how often a participant ID was refused in the last hour. The portal does not tell how many tries are
// left before it locks an account, so they are counted here; the fourth is not made.
#pragma once

#include <string>

#include "plugins/sdk/host.hpp"

namespace casebridge::california_connect {

// Kept in kv/1, so that all gateways of one house count together, and a restart forgets nothing.
class Tries {
 public:
  Tries(sdk::Call& call, std::string participant_id)
      : call_(call), key_("tries/" + std::move(participant_id)) {}

  // Books one try, before it is made: one whose outcome nobody hears of stays counted. Refused when three
  // stand in the book: blocked until the first of them is an hour old.
  sdk::Answer<sdk::Done> book();
  // The state did not look at the PIN.
  void give_back();
  // The PIN was right: the state counts from zero, and so do we.
  void clear();

 private:
  void forget_old_books();

  sdk::Call& call_;
  std::string key_;
};

}  // namespace casebridge::california_connect
