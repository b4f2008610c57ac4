// PasskeyWorld: a parent, and an authenticator that makes and uses passkeys.
#pragma once

#include <string>

#include "tests/support/software_authenticator.hpp"
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity::testing {

class PasskeyWorld : public FactorWorld {
 protected:
  using Device = casebridge::tests::SoftwareAuthenticator;
  using Twist = casebridge::tests::Twist;

  void SetUp() override {
    settings_.passkeys = {"gateway.example", {"https://gateway.example"}};
    FactorWorld::SetUp();
    caller_ = caller_of(*first_);
  }
  static const PasskeyAsk& asked_in(const FlowView& view) {
    for (const FlowNode& node : view.nodes)
      if (node.passkey) return *node.passkey;
    throw std::logic_error("the form asks for no passkey");
  }
  static bool asks(const FlowView& view, std::string_view name) {
    for (const FlowNode& node : view.nodes)
      if (node.name == name) return true;
    return false;
  }
  Result<FlowView> try_to_add(Device& device, const Twist& twist = {}, const std::string& name = "") {
    const FlowView offered = start("add_passkey", caller_);
    return submit(
        offered,
        fields({{"passkey", device.create(asked_in(offered).challenge, twist)}, {"passkey_name", name}}),
        caller_);
  }
  // In the name of the caller, whose session is replaced.
  FlowView add_passkey(Device& device, const std::string& name = "") {
    const FlowView offered = start("add_passkey", caller_);
    handle_ = casebridge::tests::from_base64url_text(asked_in(offered).user_handle);
    auto added = submit(
        offered, fields({{"passkey", device.create(asked_in(offered).challenge)}, {"passkey_name", name}}),
        caller_);
    EXPECT_TRUE(added && added->outcome);
    caller_ = caller_of(*added);
    clock_.advance(std::chrono::seconds{1});  // lists go by the second
    recovery_codes_.clear();
    for (const FlowShown& shown : added->shown) recovery_codes_.emplace_back(shown.value.reveal());
    return std::move(added).value();
  }
  void with_passkey() {
    (void)add_passkey(device_);
    (void)read_mail();
  }
  std::string answer_to(const FlowView& view, const Twist& twist = {}) {
    return device_.get(asked_in(view).challenge, handle_, twist);
  }
  Result<FlowView> use_passkey(const FlowView& view, const Twist& twist = {},
                               const std::optional<model::Caller>& caller = {}) {
    return submit(view, fields({{"passkey", answer_to(view, twist)}}), caller);
  }
  std::vector<ports::Passkey> passkeys() {
    std::vector<ports::Passkey> found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.passkeys().list(caller_->account));
      return {};
    }));
    return found;
  }

  Device device_;
  std::string handle_;
};

}  // namespace casebridge::identity::testing
