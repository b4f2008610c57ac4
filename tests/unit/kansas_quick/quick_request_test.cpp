// The request, read back as the state would read it.
#include <gtest/gtest.h>

#include <set>

#include "plugins/kansas_quick/quick_request.hpp"
#include "plugins/kansas_quick/wire_values.hpp"
#include "plugins/sdk/xml.hpp"

namespace casebridge::kansas_quick {
namespace {

constexpr const char* soap = "http://schemas.xmlsoap.org/soap/envelope/";

sdk::XmlDocument written(const Question& question, const Asker& asker = {}) {
  const SecretBytes token = SecretBytes::copy_of("aaa.bbb.ccc");
  return *sdk::XmlDocument::parse(write_request(question, asker, "id-1", token).reveal());
}

TEST(QuickRequest, SaysWhoAsksForWhom) {
  Asker asker;
  asker.system_user_id = "desk <7> & \"co\"";
  const auto document = written({"FindCases"}, asker);
  const auto context = document.root().child(soap, "Header").child(quick_namespace, "RequestContext");
  EXPECT_EQ(context.child(quick_namespace, "SystemUserId").text(), asker.system_user_id);
  EXPECT_EQ(context.child(quick_namespace, "RequestorId").text(), "99000");
  EXPECT_EQ(context.child(quick_namespace, "StateGeneratedId").text(), "id-1");
  EXPECT_EQ(context.child(quick_namespace, "ParentAssertion").text(), "aaa.bbb.ccc");
}

TEST(QuickRequest, NamesNoCaseAndNoDaysWhereNoneAreAskedAbout) {
  const auto document = written({"FindCases"});
  const auto body = document.root().child(soap, "Body").first_child();
  EXPECT_TRUE(body.is(quick_namespace, "FindCasesRequest"));
  EXPECT_EQ(body.first_child().local_name(), "OsFips");
  EXPECT_FALSE(body.first_child().next());
}

TEST(QuickRequest, NamesTheCaseAndTheRange) {
  const auto document = written(
      {"GetFinancial", "0078901234", model::Date::parse("2023-03-17"), model::Date::parse("2026-03-16")});
  const auto body = document.root().child(soap, "Body").first_child();
  const auto id = body.child(services_namespace, "ChildSupportEnforcementIV-DCaseIdentification");
  EXPECT_EQ(id.child(core_namespace, "IdentificationID").text(), "0078901234");
  EXPECT_EQ(body.child(quick_namespace, "StDate").text(), "20230317");
  EXPECT_EQ(body.child(quick_namespace, "EndDate").text(), "20260316");
}

TEST(QuickRequest, CallIdsAreRandomUuids) {
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    const std::string id = new_call_id();
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-', true) << id;
    EXPECT_EQ(id[14], '4');
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 100U);
}

}  // namespace
}  // namespace casebridge::kansas_quick
