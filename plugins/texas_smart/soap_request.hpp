// SoapRequest: writes one request of the service into secret memory: envelope, session, operation, its
// members.
#pragma once

#include <string>
#include <string_view>

#include "core/base/secret.hpp"
#include "core/model/json_writer.hpp"

namespace casebridge::texas_smart {

// Attributes first, then elements. Text must fit XML (sdk::fits_xml); it is written as it was typed.
class SoapRequest {
 public:
  // `session` may be nullptr: before a sign-in there is none.
  SoapRequest(std::string_view operation, const SecretBytes* session);

  SoapRequest& attribute(std::string_view name, std::string_view value);
  SoapRequest& element(std::string_view name, std::string_view text);
  SoapRequest& element(std::string_view name, const SecretBytes& text);
  // Elements between these two calls are members of `name`.
  SoapRequest& open(std::string_view name);
  SoapRequest& close(std::string_view name);

  const std::string& operation() const { return operation_; }
  SecretBytes finish();

 private:
  void put_text(std::string_view text);
  void end_start_tag();

  std::string operation_;
  model::SecretSink sink_;
  bool in_start_tag_ = true;
};

}  // namespace casebridge::texas_smart
