// Kinds and forms as data; what a step does is in the file of the step.
#include "core/identity/flow_table.hpp"

#include <algorithm>
#include <array>

namespace casebridge::identity {
namespace {

constexpr std::array kinds{
    FlowKind{"registration", "details", false, false, "flow.registration.done"},
    FlowKind{"sign_in", "credentials", false, true, "flow.sign_in.done"},
    FlowKind{"verify_email", "credentials", false, false, "flow.verify_email.done"},
    FlowKind{"change_password", "passwords", true, true, "flow.change_password.done"},
};

constexpr int email_length_max = 254;
constexpr int password_length_max = 128;
constexpr int code_length_max = 16;  // eight digits, and the blanks people type between them

FlowNode email() { return {"email", "email", "flow.field.email", true, "username", email_length_max, false}; }
FlowNode password(std::string name, std::string autocomplete) {
  std::string label = "flow.field." + name;
  return {std::move(name),     "password", std::move(label), true, std::move(autocomplete),
          password_length_max, true};
}

}  // namespace

const FlowKind* find_flow_kind(std::string_view name) {
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const FlowKind& kind) { return kind.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

std::vector<FlowNode> nodes_of(std::string_view step) {
  if (step == "details")
    return {email(),
            password("password", "new-password"),
            {"locale", "select", "flow.field.locale", false, "language", 8, false}};
  if (step == "credentials") return {email(), password("password", "current-password")};
  if (step == "passwords")
    return {password("current_password", "current-password"), password("new_password", "new-password")};
  if (step == "code")
    return {{"code", "code", "flow.field.code", false, "one-time-code", code_length_max, true},
            {"resend", "action", "flow.field.resend", false, "", 8, false}};
  return {};
}

std::vector<std::string> flow_message_keys() {
  std::vector<std::string> keys{"flow.code.sent",
                                "flow.code.refused",
                                "flow.code.expired",
                                "flow.sign_in.refused",
                                "flow.password.wrong",
                                "flow.password.too_short",
                                "flow.password.too_long",
                                "flow.password.too_common",
                                "flow.password.too_weak",
                                "flow.password.same",
                                "mail.code.subject",
                                "mail.code.text",
                                "mail.code.page",
                                "mail.already_registered.subject",
                                "mail.already_registered.text",
                                "mail.password_changed.subject",
                                "mail.password_changed.text"};
  for (const FlowKind& kind : kinds) keys.emplace_back(kind.done_key);
  for (const char* step : {"details", "credentials", "passwords", "code"})
    for (const FlowNode& node : nodes_of(step)) keys.push_back(node.label_key);
  return keys;
}

}  // namespace casebridge::identity
