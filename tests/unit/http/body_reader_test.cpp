// Strict JSON: everything two parsers could read differently is a clear 400, everything typed wrongly names
// its field.
#include "core/http/body_reader.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

TEST(BodyReader, RefusesWhatIsNotStrictJson) {
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  for (const std::string& body :
       {std::string(), std::string("{"), std::string("[]"), std::string("\"a\""),
        std::string("{\"a\":1,\"a\":2}"), std::string("{\"a\":1,\"\\u0061\":2}"),
        std::string("{\"a\":\"\xC3\x28\"}"), std::string("{\"a\":\"\xED\xA0\x80\"}"),
        std::string("{\"a\":\"\\u0000\"}"), std::string("{\"a\":\"\\ud800\"}"), std::string("{\"a\":1}x"),
        std::string("{'a':1}"), std::string("{\"a\":01}"), std::string("{\"a\":NaN}"),
        std::string("{\"a\":1,}"), std::string("\xEF\xBB\xBF{}"), std::string("{\"a\":\"\t\"}"),
        "{\"a\":" + deep + "}", std::string("{\"a\":\"\0\"}", 9)}) {
    const auto opened = BodyReader::open(body);
    ASSERT_FALSE(opened) << body;
    EXPECT_EQ(opened.error().code, TroubleCode::invalid_request) << body;
  }
}

TEST(BodyReader, NeverRepeatsAValue) {
  const auto opened = BodyReader::open("{\"password\":\"hunter2-hunter2\" oops}");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().detail.find("hunter2"), std::string::npos);
  auto reader = BodyReader::open("{\"kind\":\"hunter2-hunter2\"}");
  ASSERT_TRUE(reader);
  reader->word("kind", {"a"});
  EXPECT_EQ(reader->done().error().detail.find("hunter2"), std::string::npos);
}

TEST(BodyReader, ReadsTypedMembers) {
  const std::string body =
      "{\"kind\":\"b\",\"seq\":7,\"name\":\"\\u00c4nne\",\"sure\":true,\"fields\":{\"code\":\"123\","
      "\"email\":\"a@b\"}}";
  auto reader = BodyReader::open(body);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->word("kind", {"a", "b"}), "b");
  EXPECT_EQ(reader->count("seq"), 7);
  EXPECT_EQ(reader->text("name", 4), "\xC3\x84nne");
  EXPECT_TRUE(reader->flag("sure"));
  EXPECT_FALSE(reader->flag("absent"));
  const auto fields = reader->secrets("fields");
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields.at("code").reveal(), "123");
  EXPECT_TRUE(reader->done());
}

struct Wrong {
  const char* body;
  const char* field;
};

TEST(BodyReader, NamesTheFieldThatIsWrong) {
  for (const Wrong& row :
       {Wrong{"{}", "kind"}, Wrong{"{\"kind\":1}", "kind"}, Wrong{"{\"kind\":\"c\"}", "kind"},
        Wrong{"{\"kind\":null}", "kind"}, Wrong{"{\"kind\":\"a\"}", "seq"},
        Wrong{"{\"kind\":\"a\",\"seq\":-1}", "seq"}, Wrong{"{\"kind\":\"a\",\"seq\":1.5}", "seq"},
        Wrong{"{\"kind\":\"a\",\"seq\":\"1\"}", "seq"},
        Wrong{"{\"kind\":\"a\",\"seq\":99999999999999999999}", "seq"},
        Wrong{"{\"kind\":\"a\",\"seq\":1,\"fields\":[]}", "fields"},
        Wrong{"{\"kind\":\"a\",\"seq\":1,\"fields\":{\"code\":1}}", "code"},
        Wrong{"{\"kind\":\"a\",\"seq\":1,\"fields\":{\"A b\":\"1\"}}", "fields"}}) {
    auto reader = BodyReader::open(row.body);
    ASSERT_TRUE(reader) << row.body;
    reader->word("kind", {"a", "b"});
    reader->count("seq");
    reader->secrets("fields");
    const auto done = reader->done();
    ASSERT_FALSE(done) << row.body;
    EXPECT_EQ(done.error().code, TroubleCode::invalid_field) << row.body;
    EXPECT_EQ(done.error().field, row.field) << row.body;
  }
}

TEST(BodyReader, RefusesMembersNobodyAskedFor) {
  auto reader = BodyReader::open("{\"kind\":\"a\",\"admin\":true}");
  ASSERT_TRUE(reader);
  reader->word("kind", {"a"});
  EXPECT_EQ(reader->done().error().code, TroubleCode::unsupported_parameter);
}

TEST(BodyReader, BoundsTextsAndSecrets) {
  const std::string long_name = "{\"name\":\"12345\"}";
  auto reader = BodyReader::open(long_name);
  ASSERT_TRUE(reader);
  reader->text("name", 4);
  EXPECT_EQ(reader->done().error().field, "name");
  const std::string long_secret = "{\"fields\":{\"a\":\"" + std::string(1025, 'x') + "\"}}";
  auto other = BodyReader::open(long_secret);
  ASSERT_TRUE(other);
  other->secrets("fields");
  EXPECT_EQ(other->done().error().field, "a");
  auto wider = BodyReader::open(long_secret);
  ASSERT_TRUE(wider);
  EXPECT_EQ(wider->secrets("fields", 1025).size(), 1U);
  EXPECT_TRUE(wider->done());
}

}  // namespace
}  // namespace casebridge::http
