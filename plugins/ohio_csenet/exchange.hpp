// Exchange: one call's way to the system: deadlines, the one repetition, and what each kind of answer means.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "core/base/secret.hpp"
#include "plugins/ohio_csenet/answer_text.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/upstream.hpp"

namespace casebridge::ohio_csenet {

// The system's settings.
struct Endpoint {
  std::string base_path{};
  std::string gateway_locator{};
  Writing writing{};
  std::chrono::milliseconds deadline{20'000};
};

// Who is signed in: what the host keeps sealed between calls.
struct Session {
  std::string case_number{};
  SecretBytes token{};

  SecretBytes sealed_form() const;
  static std::optional<Session> open(const SecretBytes& sealed);
};

// What the mainframe answers to a transaction: its answer, or where and when to ask for it.
struct Answered {
  std::vector<Transaction> transactions{};
  std::string job{};  // the path of the job; empty when the answer is here
  std::chrono::seconds wait{0};
};

class Exchange {
 public:
  // All three must outlive this object. `session` is nullptr before a sign-in.
  Exchange(sdk::Call& call, const Endpoint& endpoint, const Session* session)
      : call_(call), endpoint_(endpoint), session_(session) {}

  // The same octets once more when the connection broke or the state was briefly away; never other ones.
  sdk::Answer<Answered> send_transaction(const std::string& octets) const;
  // The same without a second try, for who counts the tries.
  sdk::Answer<Answered> send_transaction_once(const std::string& octets) const;
  sdk::Answer<Answered> read_job(const std::string& path) const;
  // Records after a serial number, ascending; may be none.
  sdk::Answer<std::vector<Transaction>> read_inbox(const std::string& after) const;
  // A command of the sign-in and its reply: sent once, whatever happens.
  sdk::Answer<std::string> command(const SecretBytes& line) const;

  sdk::Call& call() const { return call_; }
  const Endpoint& endpoint() const { return endpoint_; }
  const Session& session() const { return *session_; }

 private:
  struct Sending;
  sdk::Answer<sdk::HttpResponse> send(const Sending& sending) const;
  sdk::Answer<sdk::HttpResponse> send_again_once(const Sending& sending) const;
  sdk::Answer<Answered> answered(sdk::Answer<sdk::HttpResponse> response) const;
  sdk::Answer<Answered> taken(sdk::Answer<sdk::HttpResponse> response) const;
  model::Refusal logged(model::Refusal refusal, int http_status) const {
    return sdk::logged(call_, std::move(refusal), http_status);
  }

  sdk::Call& call_;
  const Endpoint& endpoint_;
  const Session* session_;
};

}  // namespace casebridge::ohio_csenet
