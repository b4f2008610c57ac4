// AssertionSigner: vouches for a parent towards one system, with a key that stays here (RFC 7515, RFC 7519).
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/ports/state_adapter.hpp"

namespace casebridge::switchboard {

struct AssertionRules {
  std::string key_file;  // PEM of a P-256 key, mode 0400
  std::string key_id;    // empty: the key's thumbprint (RFC 7638)
  std::string issuer;
  std::vector<std::string> audiences;
  std::string type = "JWT";     // `typ` of the header
  std::string purpose;          // claim `purpose`; empty: none
  std::string reference_claim;  // the claim that carries the state's number of the parent; empty: none
  std::chrono::seconds lifetime{180};
  std::chrono::seconds authentication_age_max{3600};
  int authentication_level_min = 2;
  int identity_level = 1;  // what registering with this gateway proves, by agreement with the state
  // The state's number of a parent to the subject that it bound; for sandboxes, where nobody can bind ours,
  // nor prove who he is: such a person counts as AAL2 and IAL2.
  std::map<std::string, std::string> fixed_subjects;
};

class AssertionSigner {
 public:
  // `certificate_thumbprint` goes into `cnf` (RFC 8705 §3.1); empty: none. Trouble internal when the key is
  // of no use.
  static Result<std::unique_ptr<AssertionSigner>> make(AssertionRules rules,
                                                       std::string certificate_thumbprint);
  ~AssertionSigner();
  // Any thread. One of CASEBRIDGE_ASSERTION_*; the token only with OK.
  std::int32_t sign(const ports::AssertedPerson* person, std::string_view audience,
                    std::string_view reference, Instant now, SecretBytes& token) const;
  // The public key as a JWK (RFC 7517), for the state's key set.
  const std::string& public_jwk() const;

 private:
  struct Key;
  AssertionSigner(AssertionRules rules, std::string thumbprint, std::unique_ptr<const Key> key);
  std::string claims(const ports::AssertedPerson& person, std::string_view audience,
                     std::string_view reference, Instant now) const;

  const AssertionRules rules_;
  const std::string thumbprint_;
  const std::unique_ptr<const Key> key_;
};

}  // namespace casebridge::switchboard
