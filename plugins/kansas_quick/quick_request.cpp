// SOAP 1.1, document/literal; the prefixes are ours to choose.
#include "plugins/kansas_quick/quick_request.hpp"

#include <array>

#include "core/base/crypto.hpp"
#include "core/model/json_writer.hpp"
#include "plugins/kansas_quick/wire_values.hpp"
#include "plugins/sdk/xml.hpp"

namespace casebridge::kansas_quick {
namespace {

class Envelope {
 public:
  Envelope& put(std::string_view octets) {
    sink_.put(octets);
    return *this;
  }
  Envelope& element(std::string_view name, std::string_view text) {
    std::string escaped;
    sdk::append_xml_text(escaped, text);
    return put("<").put(name).put(">").put(escaped).put("</").put(name).put(">");
  }
  SecretBytes take() { return sink_.take(); }

 private:
  model::SecretSink sink_;
};

}  // namespace

SecretBytes write_request(const Question& question, const Asker& asker, std::string_view call_id,
                          const SecretBytes& assertion) {
  Envelope out;
  out.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope");
  out.put(" xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:q=\"").put(quick_namespace);
  out.put("\" xmlns:nc=\"").put(core_namespace).put("\" xmlns:hs=\"").put(services_namespace);
  out.put("\"><soap:Header><q:RequestContext>");
  out.element("q:SystemUserId", asker.system_user_id).element("q:RequestorId", asker.requestor_id);
  out.element("q:StateGeneratedId", call_id);
  // A compact token has no character that XML reserves (RFC 7515 §7.1), so that it needs no copy.
  out.put("<q:ParentAssertion>").put(assertion.reveal()).put("</q:ParentAssertion>");
  out.put("</q:RequestContext></soap:Header><soap:Body><q:").put(question.operation).put("Request>");
  if (!question.case_number.empty())
    out.put("<hs:ChildSupportEnforcementIV-DCaseIdentification>")
        .element("nc:IdentificationID", question.case_number)
        .put("</hs:ChildSupportEnforcementIV-DCaseIdentification>");
  out.element("q:OsFips", asker.fips);
  if (question.from) out.element("q:StDate", wire_date(*question.from));
  if (question.to) out.element("q:EndDate", wire_date(*question.to));
  out.put("</q:").put(question.operation).put("Request></soap:Body></soap:Envelope>");
  return out.take();
}

std::string new_call_id() {
  std::array<std::uint8_t, 16> octets{};
  crypto::random_bytes(octets);
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0FU) | 0x40U);
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3FU) | 0x80U);
  std::string id = crypto::hex(octets);
  for (const std::size_t place : {20U, 16U, 12U, 8U}) id.insert(place, "-");
  return id;
}

}  // namespace casebridge::kansas_quick
