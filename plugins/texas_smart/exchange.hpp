// Exchange: one call's way to the service: address, headers, deadlines, and which requests are made twice.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "core/base/secret.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/upstream.hpp"
#include "plugins/texas_smart/soap_answer.hpp"
#include "plugins/texas_smart/soap_request.hpp"

namespace casebridge::texas_smart {

// The system's settings; the deadlines are those of the interface unless the operator shortens them.
struct Endpoint {
  std::string path{};
  std::string state = "TX";
  std::string time_zone = "America/Chicago";
  std::string password_page{};
  std::chrono::milliseconds deadline{20'000};
  std::chrono::milliseconds payment_deadline{40'000};
};

class Exchange {
 public:
  // All three must outlive this object. `session` is the token; nullptr before a sign-in.
  Exchange(sdk::Call& call, const Endpoint& endpoint, const SecretBytes* session)
      : call_(call), endpoint_(endpoint), session_(session) {}

  SoapRequest request(std::string_view operation) const { return {operation, session_}; }

  // Made again once when the connection failed or the service was briefly away.
  sdk::Answer<SoapAnswer> read(SoapRequest request) const;
  // A step of a sign-in: sent once, whatever happens. Nobody knows whether a lost one was counted.
  sdk::Answer<SoapAnswer> sign_in_step(SoapRequest request) const;

  // A write, sent once; the body carries its id. `detail` gets what a fault says besides its code.
  sdk::Answer<SoapAnswer> write(const std::string& operation, const SecretBytes& body,
                                FaultDetail& detail) const;

  sdk::Call& call() const { return call_; }
  const Endpoint& endpoint() const { return endpoint_; }

 private:
  sdk::Answer<sdk::HttpResponse> send(std::string_view operation, const SecretBytes& body,
                                      std::chrono::milliseconds deadline) const;
  model::Refusal logged(model::Refusal refusal, int http_status) const {
    return sdk::logged(call_, std::move(refusal), http_status);
  }

  sdk::Call& call_;
  const Endpoint& endpoint_;
  const SecretBytes* session_;
};

}  // namespace casebridge::texas_smart
