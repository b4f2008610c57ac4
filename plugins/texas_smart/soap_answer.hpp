// SoapAnswer: one good answer of the service; everything else has become a refusal.
#pragma once

#include <optional>
#include <string_view>

#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/http.hpp"
#include "plugins/sdk/xml.hpp"
#include "plugins/texas_smart/record.hpp"

namespace casebridge::texas_smart {

class SoapAnswer {
 public:
  SoapAnswer(sdk::XmlDocument document, sdk::XmlElement payload)
      : document_(std::move(document)), payload_(payload) {}

  // The response element; valid as long as this answer.
  Record payload(Reading& reading) const { return {payload_, reading}; }

 private:
  sdk::XmlDocument document_;
  sdk::XmlElement payload_;
};

// What a fault says besides its code, for the one caller that has to show it.
struct FaultDetail {
  std::optional<model::Money> fee{};       // S-405: the fee as it is now
  std::optional<model::Money> smallest{};  // S-404
  std::optional<model::Date> usable_from{};
};

// The `<Operation>Response` of an answer with status 200. A fault is known by its content, whatever the
// status. Times of waiting are counted on the state's own clock, or on ours where it tells none.
sdk::Answer<SoapAnswer> open_answer(sdk::HttpResponse answer, std::string_view operation, Instant our_now,
                                    FaultDetail* detail = nullptr);

}  // namespace casebridge::texas_smart
