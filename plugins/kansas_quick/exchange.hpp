// Exchange: one parent's way to the service: a new assertion for each request, deadlines, and which requests
// are made twice.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "plugins/kansas_quick/quick_answer.hpp"
#include "plugins/kansas_quick/quick_request.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/upstream.hpp"

namespace casebridge::kansas_quick {

// The system's settings; the deadline is that of the interface unless the operator shortens it.
struct Endpoint {
  std::string path{};
  std::string state = "KS";
  std::string time_zone = "America/Chicago";
  Asker asker{};
  std::chrono::milliseconds deadline{15'000};
};

class Exchange {
 public:
  // `call` and `endpoint` must outlive this object. `person` is the state's own number of the parent.
  Exchange(sdk::Call& call, const Endpoint& endpoint, std::string person)
      : call_(call), endpoint_(endpoint), person_(std::move(person)) {}

  // Made again once when the connection failed or the service was briefly away, and once when the state
  // found the assertion's times wrong; each time with another assertion.
  sdk::Answer<QuickAnswer> ask(const Question& question) const;

  sdk::Call& call() const { return call_; }
  const Endpoint& endpoint() const { return endpoint_; }
  const std::string& person() const { return person_; }

 private:
  sdk::Answer<sdk::HttpResponse> send(const Question& question) const;
  model::Refusal logged(model::Refusal refusal, int http_status) const {
    return sdk::logged(call_, std::move(refusal), http_status);
  }

  sdk::Call& call_;
  const Endpoint& endpoint_;
  std::string person_;
};

}  // namespace casebridge::kansas_quick
