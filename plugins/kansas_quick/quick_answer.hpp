// QuickAnswer: one good answer of the service; everything else has become a refusal.
#pragma once

#include <string_view>
#include <utility>

#include "plugins/kansas_quick/record.hpp"
#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/http.hpp"
#include "plugins/sdk/xml.hpp"

namespace casebridge::kansas_quick {

class QuickAnswer {
 public:
  QuickAnswer(sdk::XmlDocument document, sdk::XmlElement payload)
      : document_(std::move(document)), payload_(payload) {}

  // The response element; valid as long as this answer.
  Record payload(Reading& reading) const { return {payload_, reading}; }

 private:
  sdk::XmlDocument document_;
  sdk::XmlElement payload_;
};

// A token that the state found too old or too new; a fresh one may be tried, once.
inline constexpr std::string_view reason_assertion_time = "assertion_time";
// The state keeps this case from this parent. Outside of the adapter it is a case that is not there.
inline constexpr std::string_view reason_prohibited = "prohibited";

// The `<Operation>Response` with data. Response codes count before data, and a fault before both. Times of
// waiting are counted on the state's own clock, or on ours where it tells none.
sdk::Answer<QuickAnswer> open_answer(sdk::HttpResponse answer, std::string_view operation, Instant our_now);

}  // namespace casebridge::kansas_quick
