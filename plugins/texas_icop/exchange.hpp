// Exchange: one call's way to iCOP: the headers every request has, deadlines, and the one repetition of
// reads.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "core/base/secret.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/upstream.hpp"
#include "plugins/texas_icop/answer_envelope.hpp"

namespace casebridge::texas_icop {

// The system's settings; the deadlines are those of the interface document unless the operator shortens them.
struct Endpoint {
  std::string base_path{};
  std::string client_id{};
  std::string password_page{};
  std::chrono::milliseconds login_deadline{15'000};
  std::chrono::milliseconds list_deadline{10'000};
  std::chrono::milliseconds document_deadline{30'000};
  std::chrono::milliseconds write_deadline{20'000};
};

// One write as it goes over the wire. Sent again it has the same id and the same octets.
struct WireWrite {
  std::string_view method = "POST";
  std::string path{};
  std::string write_id{};
  SecretBytes body{};
  std::string content_type = "application/json; charset=utf-8";
  int good_status = 201;
};

class Exchange {
 public:
  // All three must outlive this object. `session` is the bearer token; nullptr before a sign-in.
  Exchange(sdk::Call& call, const Endpoint& endpoint, const SecretBytes* session)
      : call_(call), endpoint_(endpoint), session_(session) {}

  // A list or a record. Made again once when the connection failed or the state was briefly away.
  sdk::Answer<Envelope> read(const std::string& path) const;
  // The octets of a document, with its media type; everything but a 200 of that type is a refusal.
  sdk::Answer<std::string> read_document(const std::string& path, std::string_view media_type) const;
  // A step of a sign-in or an enrolment: sent once, whatever happens. Nobody knows whether a lost one was
  // counted.
  sdk::Answer<Envelope> sign_in_step(const std::string& path, std::string_view body,
                                     int good_status = 200) const;
  // A write, sent once under its id.
  sdk::Answer<Envelope> write(const WireWrite& write) const;
  // Done also when the state no longer knows the session.
  sdk::Answer<sdk::Done> log_out() const;

  sdk::Call& call() const { return call_; }
  const Endpoint& endpoint() const { return endpoint_; }

 private:
  // What differs from request to request.
  struct Wire {
    std::string_view method, path, body;
    std::chrono::milliseconds deadline;
    std::string_view content_type = "application/json; charset=utf-8";
    std::string_view write_id{};
  };
  sdk::Answer<sdk::HttpResponse> send(const Wire& wire) const;
  sdk::Answer<sdk::HttpResponse> send_read(const std::string& path, std::chrono::milliseconds deadline) const;
  model::Refusal logged(model::Refusal refusal, int http_status) const {
    return sdk::logged(call_, std::move(refusal), http_status);
  }

  sdk::Call& call_;
  const Endpoint& endpoint_;
  const SecretBytes* session_;
};

}  // namespace casebridge::texas_icop
