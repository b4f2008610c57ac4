// Every step of every flow that tests a secret is throttled. A step that is new and has a secret field fails
// here until this file says how it is reached, or why nothing is tested by it.
#include <functional>
#include <map>
#include <set>

#include "core/identity/flow_table.hpp"
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::parent_email;

// What is typed there is chosen or made, not guessed at.
const std::set<std::string, std::less<>> chosen{"details", "new_password"};
constexpr int tries_max = 40;  // more than any rule allows within a minute

class EverySecretIsCounted : public testing::FactorWorld {
 protected:
  struct Place {
    FlowView view;
    std::optional<model::Caller> caller{};
  };
  using Reach = std::function<Place()>;

  Place mailed_code_asked() {
    auto waiting = submit(start("reset_password"), fields({{"email", parent_email}}));
    return {std::move(waiting).value()};
  }
  Place recovery_code_asked() {
    return {submit(half_signed_in(), fields({{"use_recovery_code", "true"}})).value()};
  }
  std::map<std::string, Reach, std::less<>> reaches() {
    return {
        {"credentials", [this] { return Place{start("sign_in")}; }},
        {"code", [this] { return mailed_code_asked(); }},
        {"passwords",
         [this] {
           return Place{start("change_password", caller_), caller_};
         }},
        {"confirm_password",
         [this] {
           return Place{start("step_up", caller_), caller_};
         }},
        {"second_factor", [this] { return Place{half_signed_in()}; }},
        {"recovery_code", [this] { return recovery_code_asked(); }},
        {"add_app",
         [this] {
           return Place{start("add_totp", caller_), caller_};
         }},
        {"mailed_link", [this] { return Place{start("not_me")}; }},
    };
  }
  // Submits wrong secrets again and again; whether that ends.
  bool is_counted(const Reach& reach) {
    Place place = reach();
    for (int i = 0; i < tries_max; ++i) {
      FlowFields typed;
      for (const FlowNode& node : place.view.nodes)
        if (node.secret)
          typed.emplace(node.name, SecretBytes::copy_of("00000" + std::to_string(i % 10)));
        else if (node.required)
          typed.emplace(node.name, SecretBytes::copy_of(parent_email));
      if (typed.contains("new_password"))
        typed["new_password"] = SecretBytes::copy_of(testing::other_password);
      auto answer = submit(place.view, typed, place.caller);
      if (!answer) return answer.error().code == TroubleCode::rate_limited;
      if (answer->refusal && answer->refusal->code == TroubleCode::code_expired) return true;
      if (!answer->refusal) return false;
      place.view = std::move(answer).value();
    }
    return false;
  }
};

TEST_F(EverySecretIsCounted, EachStepWithASecretFieldIsKnownHere) {
  const auto known = reaches();
  for (const std::string& step : flow_steps())
    for (const FlowNode& node : nodes_of(step))
      EXPECT_TRUE(!node.secret || chosen.contains(step) || known.contains(step)) << step;
}

TEST_F(EverySecretIsCounted, NoneMayBeGuessedAtForLong) {
  for (const char* step : {"credentials", "code", "mailed_link", "passwords", "confirm_password"}) {
    origin_.address = "203.0.113." + std::to_string(step[1]);
    caller_ = caller_of(*first_);
    EXPECT_TRUE(is_counted(reaches().at(step))) << step;
    clock_.advance(std::chrono::minutes{5});
  }
}

TEST_F(EverySecretIsCounted, NeitherMayASecondFactor) {
  with_app();
  for (const char* step : {"second_factor", "recovery_code", "add_app"}) {
    origin_.address = "203.0.113." + std::to_string(step[1]);
    EXPECT_TRUE(is_counted(reaches().at(step))) << step;
    clock_.advance(std::chrono::minutes{2});
  }
}

}  // namespace
}  // namespace casebridge::identity
