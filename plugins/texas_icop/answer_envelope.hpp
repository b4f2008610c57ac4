// Opens an answer: a good one gives its JSON, everything else the refusal that it means.
#pragma once

#include <memory>
#include <string>

#include "core/model/json_document.hpp"
#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/http.hpp"

namespace casebridge::texas_icop {

// A JSON object with `status` OK, together with the octets that it looks at. Wiped when it goes: the answers
// of a sign-in hold a token.
class Envelope {
 public:
  Envelope(std::unique_ptr<std::string> octets, model::JsonDocument document, bool over_tls)
      : octets_(std::move(octets)),
        document_(std::make_unique<model::JsonDocument>(std::move(document))),
        over_tls_(over_tls) {}
  Envelope(Envelope&&) = default;
  Envelope& operator=(Envelope&&) = default;
  Envelope(const Envelope&) = delete;
  Envelope& operator=(const Envelope&) = delete;
  ~Envelope();

  // Valid as long as this object or one that it was moved to.
  model::JsonNode root() const { return document_->root(); }
  bool over_tls() const { return over_tls_; }

 private:
  std::unique_ptr<std::string> octets_;
  std::unique_ptr<model::JsonDocument> document_;
  bool over_tls_;
};

// `status` decides before the HTTP status does: an error may come with 200, and then nothing beside it is
// used. `our_now` stands in for a missing Date. `good_status` is the one that the operation promises.
sdk::Answer<Envelope> open_answer(sdk::HttpResponse answer, Instant our_now, int good_status = 200);

// What an answer means that should have been something else (a document) and is not: never a good end.
model::Refusal refusal_of_other(const sdk::HttpResponse& answer, Instant our_now);

}  // namespace casebridge::texas_icop
