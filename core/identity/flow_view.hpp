// FlowView: what a client may know of a flow. It renders the nodes, sends the fields back, decides nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/secret.hpp"
#include "core/base/trouble.hpp"
#include "core/ports/store_accounts.hpp"

namespace casebridge::identity {

// One input of the form. Names are also the names of the submitted fields.
struct FlowNode {
  std::string name;       // email, password, new_password, code, resend, locale ...
  std::string type;       // email, password, code, text, select, action
  std::string label_key;  // into config/messages/<language>.json
  bool required = true;
  std::string autocomplete;  // HTML autofill token; empty: off
  int length_max = 0;        // code points
  bool secret = false;       // never prefilled, never shown back
};

struct FlowMessage {
  std::string key;   // into config/messages/<language>.json
  std::string kind;  // info, error
};

// Something to read or to copy, such as the secret for an authenticator app.
struct FlowShown {
  std::string name;       // secret, uri, recovery_code
  std::string label_key;  // into config/messages/<language>.json
  SecretBytes value;
};

// Handed out once, by the submission that ended the flow. Owns the only clear copies of both tokens.
struct SignedIn {
  SecretBytes token;       // goes into the cookie, or is the bearer token
  SecretBytes csrf_token;  // empty for bearer
  ports::Session session;  // what is stored of it
};

struct FlowView {
  FlowId id;
  std::string kind;       // see flow_table.cpp
  std::string transport;  // cookie, bearer
  std::string step;       // details, credentials, second_factor ... done
  std::int64_t seq = 0;   // to be sent with the next submission
  std::vector<FlowNode> nodes;
  std::vector<FlowShown> shown{};
  std::vector<FlowMessage> messages;
  Instant expires_at{};
  bool done = false;
  // Why the last submission was refused (sign_in_refused, code_refused, code_expired, password_refused);
  // empty when it was taken. The step stays open, so the answer is a view and not a trouble.
  std::optional<Trouble> refusal{};
  std::optional<SignedIn> outcome{};
};

using FlowFields = std::map<std::string, SecretBytes>;

}  // namespace casebridge::identity
