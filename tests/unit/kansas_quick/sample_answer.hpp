// Envelopes of the service for tests, and the reading of what is inside.
#pragma once

#include <string>

#include "plugins/kansas_quick/quick_answer.hpp"

namespace casebridge::kansas_quick::testing {

inline const Instant sample_now = *parse_instant("2026-03-16T14:00:00Z");

// `body` in an envelope whose default namespace is the service's own.
inline std::string envelope(const std::string& body) {
  return R"(<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns=")" +
         std::string(quick_namespace) + R"(" xmlns:nc=")" + std::string(core_namespace) + R"(" xmlns:hs=")" +
         std::string(services_namespace) + "\"><soap:Body>" + body + "</soap:Body></soap:Envelope>";
}

inline std::string response(const std::string& operation, const std::string& content,
                            const std::string& data_code = "000", const std::string& system_code = "000") {
  return envelope("<" + operation + "Response><ResponseStatus><SystemResponseCode>" + system_code +
                  "</SystemResponseCode><DataResponseCode>" + data_code +
                  "</DataResponseCode></ResponseStatus>" + content + "</" + operation + "Response>");
}

inline std::string fault(const std::string& code, const std::string& more = {}) {
  return envelope(
      "<soap:Fault><faultcode xmlns=\"\">soap:Client</faultcode><detail xmlns=\"\"><q:QuickFault xmlns:q=\"" +
      std::string(quick_namespace) + "\"><q:Code>" + code + "</q:Code>" + more +
      "</q:QuickFault></detail></soap:Fault>");
}

inline sdk::Answer<QuickAnswer> opened(const std::string& body, int status = 200,
                                       const std::string& operation = "GetFinancial") {
  sdk::HttpResponse answer;
  answer.status = status;
  answer.headers = {{"Content-Type", "text/xml; charset=utf-8"}};
  answer.body = body;
  return open_answer(std::move(answer), operation, sample_now);
}

}  // namespace casebridge::kansas_quick::testing
