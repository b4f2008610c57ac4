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

struct PasskeyRef {
  std::string id;          // of the credential, base64url
  std::string transports;  // words with blanks between
};

// What a browser is to ask its authenticators for (WebAuthn L3 §5.4, §5.5): always a user who is verified.
struct PasskeyAsk {
  std::string challenge;  // base64url
  std::string party;      // the domain passkeys are for
  // Of a new passkey, for whom it is.
  std::string user_handle{};  // base64url
  std::string user_name{};
  // To use: only one of these, where there are any; to create: none of those.
  std::vector<PasskeyRef> credentials{};
};

// One input of the form. Names are also the names of the submitted fields.
struct FlowNode {
  std::string name;       // email, password, new_password, code, resend, locale ...
  std::string type;       // email, password, code, text, select, action, passkey_create, passkey_get
  std::string label_key;  // into config/messages/<language>.json
  bool required = true;
  std::string autocomplete;             // HTML autofill token; empty: off
  int length_max = 0;                   // code points
  bool secret = false;                  // never prefilled, never shown back
  std::optional<PasskeyAsk> passkey{};  // of the types passkey_create and passkey_get
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
  SecretBytes device{};    // marks the browser as known: a cookie of its own; empty: none is to be set
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
  // Why the last submission was refused (sign_in_refused, code_refused, code_expired, password_refused,
  // and invalid_field for a new passkey); empty when it was taken. The step stays open, so the answer is a
  // view and not a trouble.
  std::optional<Trouble> refusal{};
  std::optional<SignedIn> outcome{};
};

using FlowFields = std::map<std::string, SecretBytes>;

}  // namespace casebridge::identity
