// Requests as they go over the wire.
#include "plugins/texas_smart/soap_request.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casebridge::texas_smart {
namespace {

TEST(SmartRequest, CarriesSessionAttributesAndEscapedMembers) {
  const SecretBytes session = SecretBytes::copy_of("smt-1");
  SoapRequest request("GetThing", &session);
  request.attribute("case", "0023456789")
      .element("Text", "a<b & \"c\"")
      .open("Inner")
      .element("X", "1")
      .close("Inner");
  const SecretBytes wire = request.finish();
  const std::string text(wire.reveal());
  EXPECT_NE(text.find("<soap:Header><s:Session>smt-1</s:Session></soap:Header>"), std::string::npos);
  EXPECT_NE(text.find(R"(<s:GetThingRequest case="0023456789"><s:Text>a&lt;b &amp; &quot;c&quot;</s:Text>)"
                      "<s:Inner><s:X>1</s:X></s:Inner></s:GetThingRequest>"),
            std::string::npos);
}

TEST(SmartRequest, WithoutSessionAndMembersIsAnEmptyElement) {
  const SecretBytes wire = SoapRequest("GetCases", nullptr).finish();
  const std::string text(wire.reveal());
  EXPECT_EQ(text.find("Header"), std::string::npos);
  EXPECT_NE(text.find("<soap:Body><s:GetCasesRequest></s:GetCasesRequest></soap:Body></soap:Envelope>"),
            std::string::npos);
}

}  // namespace
}  // namespace casebridge::texas_smart
