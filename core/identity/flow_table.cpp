// Kinds and forms as data; what a step does is in the file of the step.
#include "core/identity/flow_table.hpp"

#include <algorithm>
#include <array>

#include "core/identity/passkey_answer.hpp"

namespace casebridge::identity {
namespace {

constexpr std::array kinds{
    FlowKind{"registration", "details", false, false, StepUp::nobody, "flow.registration.done"},
    FlowKind{"sign_in", "credentials", false, true, StepUp::nobody, "flow.sign_in.done"},
    FlowKind{"verify_email", "credentials", false, false, StepUp::nobody, "flow.verify_email.done"},
    // It asks for the password itself, which is all that an account without second factor can show.
    FlowKind{"change_password", "passwords", true, true, StepUp::with_second_factor,
             "flow.change_password.done"},
    FlowKind{"step_up", "confirm_password", true, true, StepUp::nobody, "flow.step_up.done"},
    FlowKind{"add_totp", "add_app", true, true, StepUp::everybody, "flow.add_totp.done"},
    FlowKind{"remove_totp", "remove_app", true, true, StepUp::everybody, "flow.remove_totp.done"},
    FlowKind{"add_passkey", "add_passkey", true, true, StepUp::everybody, "flow.add_passkey.done"},
    FlowKind{"recovery_codes", "make_codes", true, false, StepUp::everybody, "flow.recovery_codes.done"},
    FlowKind{"reset_password", "address", false, false, StepUp::nobody, "flow.reset_password.done"},
    FlowKind{"unlock", "address", false, false, StepUp::nobody, "flow.unlock.done"},
    FlowKind{"lost_phone", "credentials", false, false, StepUp::nobody, "flow.lost_phone.done"},
    FlowKind{"delete_account", "confirm_deletion", true, false, StepUp::everybody,
             "flow.delete_account.done"},
    FlowKind{"add_address", "new_address", true, false, StepUp::everybody, "flow.add_address.done"},
    FlowKind{"change_email", "new_address", true, false, StepUp::everybody, "flow.change_email.done"},
    // Whoever has the link of an alert need not sign in, and perhaps cannot any more.
    FlowKind{"not_me", "mailed_link", false, false, StepUp::nobody, "flow.not_me.done"},
    FlowKind{"stop_hold", "mailed_link", false, false, StepUp::nobody, "flow.stop_hold.done"},
    FlowKind{"revert_email", "mailed_link", false, false, StepUp::nobody, "flow.revert_email.done"},
};

constexpr int email_length_max = 254;
constexpr int password_length_max = 128;
constexpr int code_length_max = 16;  // eight digits, and the blanks people type between them
constexpr int recovery_code_length_max = 32;
constexpr int passkey_name_length_max = 60;
constexpr int link_length_max = 64;

FlowNode email() { return {"email", "email", "flow.field.email", true, "username", email_length_max, false}; }
FlowNode password(std::string name, std::string autocomplete) {
  std::string label = "flow.field." + name;
  return {std::move(name),     "password", std::move(label), true, std::move(autocomplete),
          password_length_max, true};
}
FlowNode app_code() {
  return {"code", "code", "flow.field.app_code", true, "one-time-code", code_length_max, true};
}
FlowNode passkey(std::string type) {
  return {
      "passkey", std::move(type), "flow.field.passkey", true, "", static_cast<int>(passkey_answer_bytes_max),
      false};
}
FlowNode action(std::string name) {
  std::string label = "flow.field." + name;
  return {std::move(name), "action", std::move(label), false, "", 8, false};
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
            action("resend")};
  if (step == "second_factor") return {app_code(), action("use_passkey"), action("use_recovery_code")};
  if (step == "passkey") return {passkey("passkey_get"), action("use_app"), action("use_recovery_code")};
  if (step == "add_passkey")
    return {
        passkey("passkey_create"),
        {"passkey_name", "text", "flow.field.passkey_name", false, "off", passkey_name_length_max, false}};
  if (step == "recovery_code")
    return {
        {"recovery_code", "text", "flow.field.recovery_code", true, "off", recovery_code_length_max, true},
        action("use_app"),
        action("use_passkey")};
  if (step == "confirm_password") return {password("password", "current-password")};
  if (step == "add_app") return {app_code()};
  if (step == "remove_app") return {action("remove")};
  if (step == "address") return {email()};
  if (step == "new_password") return {password("new_password", "new-password")};
  if (step == "make_codes") return {action("make")};
  if (step == "lost_phone") return {action("use_recovery_code"), action("begin_hold")};
  if (step == "new_address") return {email()};
  if (step == "confirm_deletion") return {action("delete")};
  if (step == "waiting") return {action("use_recovery_code")};
  if (step == "mailed_link")
    return {{"link_code", "text", "flow.field.link_code", true, "off", link_length_max, true}};
  return {};
}

FlowNode sign_in_passkey() {
  FlowNode node = passkey("passkey_get");
  node.label_key = "flow.field.sign_in_passkey";
  node.required = false;
  return node;
}

const std::vector<std::string>& flow_steps() {
  static const std::vector<std::string> steps{
      "details",    "credentials",  "passwords",        "code",       "second_factor", "recovery_code",
      "passkey",    "add_passkey",  "confirm_password", "add_app",    "remove_app",    "make_codes",
      "address",    "new_password", "mailed_link",      "lost_phone", "waiting",       "confirm_deletion",
      "new_address"};
  return steps;
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
                                "flow.second_factor.asked",
                                "flow.second_factor.refused",
                                "flow.add_app.shown",
                                "flow.add_app.refused",
                                "flow.remove_app.asked",
                                "flow.make_codes.asked",
                                "flow.shown.secret",
                                "flow.shown.uri",
                                "flow.shown.recovery_code",
                                "flow.passkey.asked",
                                "flow.passkey.refused",
                                "flow.passkey.expired",
                                "flow.add_passkey.asked",
                                "flow.add_passkey.refused",
                                "flow.field.sign_in_passkey",
                                "flow.passkey.name"};
  for (const char* key :
       {"flow.not_me.asked", "flow.stop_hold.asked", "flow.mailed_link.refused", "flow.lost_phone.asked",
        "flow.lost_phone.waiting", "flow.lost_phone.no_app", "flow.delete_account.asked",
        "flow.revert_email.asked", "mail.revert_email", "mail.plain.subject", "mail.plain.text",
        "mail.plain.code.subject", "mail.plain.code.text", "mail.plain.not_me", "mail.plain.stop_hold",
        "mail.plain.revert_email", "mail.not_me", "mail.stop_hold"})
    keys.emplace_back(key);
  for (const char* mail :
       {"new_device", "disowned", "hold_lost_phone", "hold_stopped", "hold_deletion", "account_deleted",
        "stop_lifted", "address_added", "email_changed", "contact_changed", "reset_begun"}) {
    keys.push_back(std::string("mail.") + mail + ".subject");
    keys.push_back(std::string("mail.") + mail + ".text");
  }
  for (const char* mail :
       {"password_changed", "second_factor_added", "second_factor_removed", "second_factor_refused",
        "recovery_codes_made", "recovery_code_used", "passkey_added", "passkey_removed", "passkey_suspected",
        "already_registered", "no_account", "account_locked", "letter_awaited", "letter_news",
        "letter_too_late"}) {
    keys.push_back(std::string("mail.") + mail + ".subject");
    keys.push_back(std::string("mail.") + mail + ".text");
  }
  for (const FlowKind& kind : kinds) keys.emplace_back(kind.done_key);
  for (const std::string& step : flow_steps())
    for (const FlowNode& node : nodes_of(step)) keys.push_back(node.label_key);
  return keys;
}

}  // namespace casebridge::identity
