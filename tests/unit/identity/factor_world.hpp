// FactorWorld: a parent with an authenticator app, and what that app shows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/identity/totp.hpp"
#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::identity::testing {

constexpr const char* parent_email = "parent@mail.example";

// RFC 4648 §6, as an app reads what its owner typed in.
inline SecretBytes from_base32(std::string_view text) {
  std::string octets;
  unsigned bits = 0, held = 0;
  for (const char c : text) {
    bits = (bits << 5U) | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
    held += 5;
    if (held < 8) continue;
    held -= 8;
    octets.push_back(static_cast<char>((bits >> held) & 0xFFU));
  }
  return SecretBytes::copy_of(octets);
}

inline std::string shown_in(const FlowView& view, std::string_view name) {
  for (const FlowShown& shown : view.shown)
    if (shown.name == name) return std::string(shown.value.reveal());
  return "";
}

class FactorWorld : public FlowWorld {
 protected:
  void SetUp() override {
    FlowWorld::SetUp();
    register_account(parent_email);
    first_ = std::make_unique<FlowView>(std::move(sign_in(parent_email)).value());
    (void)read_mail();
  }
  // Adds an app in the name of the caller, whose session is replaced.
  FlowView add_app(std::optional<model::Caller>& caller) {
    const FlowView offered = start("add_totp", caller);
    secret_ = from_base32(shown_in(offered, "secret"));
    auto added = submit(offered, fields({{"code", code()}}), caller);
    EXPECT_TRUE(added && added->outcome);
    caller = caller_of(*added);
    recovery_codes_.clear();
    for (const FlowShown& shown : added->shown)
      if (shown.name == "recovery_code") recovery_codes_.emplace_back(shown.value.reveal());
    return std::move(added).value();
  }
  // The parent with an app, one step later, so that the next code is a new one.
  void with_app() {
    caller_ = caller_of(*first_);
    (void)add_app(caller_);
    next_step();
    (void)read_mail();
  }
  std::string code(int steps_away = 0) const {
    return std::string(totp_code(secret_, totp_step_at(clock_.now()) + steps_away).reveal());
  }
  std::string wrong_code() const { return code() == "000000" ? "000001" : "000000"; }
  void next_step() { clock_.advance(std::chrono::seconds{30}); }
  // After the password, where the second factor is asked for.
  FlowView half_signed_in() {
    auto view = sign_in(parent_email);
    EXPECT_TRUE(view);
    EXPECT_EQ(view->step, "second_factor");
    return std::move(view).value();
  }
  bool refused_as(const Result<FlowView>& answer, TroubleCode code) {
    return answer && answer->refusal && answer->refusal->code == code && !answer->outcome;
  }

  std::unique_ptr<FlowView> first_;  // the first sign-in, by password alone
  std::optional<model::Caller> caller_;
  SecretBytes secret_;
  std::vector<std::string> recovery_codes_;
};

}  // namespace casebridge::identity::testing
