// What adapters do alike with a state's answers: whether to ask again, what to log of a refusal, and how a
// pass over an answer ends.
#pragma once

#include <string_view>

#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/http.hpp"
#include "plugins/sdk/reading.hpp"

namespace casebridge::sdk {

// Whether the state was away for the moment and named no time to come back: nothing was sent, the answer was
// lost, or 502, 503 or 504 without Retry-After. Only for requests that may be made twice. An answer that did
// not come in time is none of these: the parent has waited long enough.
bool was_away(const Answer<HttpResponse>& answer);

// Logs the refusal by its outcome and the HTTP status, 0 when there was no answer, and returns it.
model::Refusal logged(const Call& call, model::Refusal refusal, int http_status);

// Ends a pass over one or more answers about `what`, a word of the interface: schema_drift if the state left
// its interface, else Done, with a word in the log about unknown codes and records left out.
Answer<Done> end_reading(const Call& call, const Reading& reading, std::string_view what);

}  // namespace casebridge::sdk
