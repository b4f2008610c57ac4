// Strict JSON: what is read, what is refused, and that another reader agrees where the grammar decides.
#include "core/model/json_document.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/limits.hpp"
#include "core/model/json_writer.hpp"

namespace casebridge::model {
namespace {

bool accepted(std::string_view text) { return JsonDocument::parse(text).has_value(); }

std::string nested(std::size_t levels) { return std::string(levels, '[') + "1" + std::string(levels, ']'); }

TEST(JsonDocument, ReadsMembersElementsAndTokens) {
  const std::string text = R"( {"a":[1,-2.50,true,null,"x"],"b":{"c":"d"}} )";
  const auto document = JsonDocument::parse(text);
  ASSERT_TRUE(document);
  const JsonNode root = document->root();
  EXPECT_EQ(root.size(), 2U);
  const auto list = root.find("a")->children();
  ASSERT_EQ(list.size(), 5U);
  EXPECT_EQ(list[1].number(), "-2.50");
  EXPECT_TRUE(list[2].truth());
  EXPECT_EQ(list[3].kind(), JsonKind::null);
  EXPECT_EQ(root.find("b")->find("c")->text(), "d");
  EXPECT_FALSE(root.find("c"));
}

TEST(JsonDocument, UndoesEscapes) {
  const std::string text = R"(["\"\\\/\b\f\n\r\t\u00e9\u20ac\ud83d\ude00","caf\u00e9",""])";
  const auto document = JsonDocument::parse(text);
  ASSERT_TRUE(document);
  const auto list = document->root().children();
  EXPECT_EQ(list[0].text(), "\"\\/\b\f\n\r\té€😀");
  EXPECT_EQ(list[1].secret_text().reveal(), "café");
  EXPECT_TRUE(list[2].secret_text().empty());
}

TEST(JsonDocument, RefusesWhatIsDoubtful) {
  for (const char* text : {R"({"a":1,"a":2})",
                           R"({"a":1,"\u0061":2})",
                           R"(["\u0000"])",
                           R"(["\ud800"])",
                           R"(["\udc00\ud800"])",
                           R"(["\ud800\u0041"])",
                           "[\"\xFF\"]",
                           "[\"\xC0\xAF\"]",
                           "\xEF\xBB\xBF[]",
                           "[1] [2]",
                           "",
                           " ",
                           "[1,]",
                           "{,}",
                           "[01]",
                           "[+1]",
                           "[1.]",
                           "[.5]",
                           "[1e]",
                           "[NaN]",
                           "['a']",
                           "{a:1}",
                           "[\"a\nb\"]",
                           R"(["\x41"])",
                           "[tru]",
                           "[\"a]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "[1",
                           "//x\n[]",
                           "[-]",
                           R"(["\u12G4"])",
                           R"(["\)"})
    EXPECT_FALSE(accepted(text)) << text;
  EXPECT_FALSE(accepted(std::string_view("[\0]", 3)));
  EXPECT_FALSE(accepted(std::string_view("[]\0", 3)));
}

TEST(JsonDocument, TroubleNamesTheOctetOnly) {
  const auto document = JsonDocument::parse(R"({"password":"hunter2",})");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, TroubleCode::source_changed);
  EXPECT_EQ(document.error().detail, "not strict JSON at octet 22");
}

TEST(JsonDocument, IsAsDeepAsAllowedAndNotDeeper) {
  EXPECT_TRUE(accepted(nested(limits::json_depth_max)));
  EXPECT_FALSE(accepted(nested(limits::json_depth_max + 1)));
  EXPECT_FALSE(accepted(std::string(200000, '[')));
}

TEST(JsonDocument, SameNameMayComeAgainInAnotherObject) {
  EXPECT_TRUE(accepted(R"([{"a":{"a":1}},{"a":2}])"));
}

TEST(JsonDocument, AgreesWithAnotherReaderOnDamagedTexts) {
  const std::string whole = R"({"k":[1,-0.5e+3,"t\u00e9\\",null,true,{"n":{}}],"z":false})";
  const std::string replacements = "{}[]\",:0-.eu\\ x";
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : replacements) {
      std::string damaged = whole;
      damaged[at] = c;
      // A second member of one name is where the other reader is more lenient.
      const bool other = nlohmann::json::accept(damaged);
      EXPECT_EQ(accepted(damaged), other) << damaged;
    }
    EXPECT_FALSE(accepted(whole.substr(0, at)));
  }
}

TEST(JsonWriter, WritesWhatReadersUnderstand) {
  StringSink sink;
  JsonWriter out(sink);
  out.begin_object();
  out.name("text");
  out.value("a\"b\\c\n\x01é");
  out.name("list");
  out.begin_array();
  out.value(std::int64_t{-9007199254740993});
  out.value(true);
  out.null();
  out.begin_object();
  out.end_object();
  out.end_array();
  out.end_object();
  const std::string text = sink.take();
  EXPECT_EQ(text, "{\"text\":\"a\\\"b\\\\c\\n\\u0001é\",\"list\":[-9007199254740993,true,null,{}]}");
  EXPECT_TRUE(nlohmann::json::accept(text));
}

TEST(JsonWriter, EscapesWhereverTheyStandInTextsOfEverySize) {
  for (std::size_t size = 1; size <= 70; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (const char escaped : {'"', '\\', '\n'}) {
        std::string text(size, 'a');
        text[at] = escaped;
        StringSink sink;
        JsonWriter out(sink);
        out.begin_array();
        out.value(std::string(size, 'b'));
        out.value(text);
        out.end_array();
        const std::string json = sink.take();
        const auto read = JsonDocument::parse(json);
        ASSERT_TRUE(read) << size << " " << at;
        EXPECT_EQ(read->root().children().at(0).text(), std::string(size, 'b'));
        EXPECT_EQ(read->root().children().at(1).text(), text);
      }
}

TEST(JsonWriter, NamesAndTheirValuesStayTogetherWhateverIsEscaped) {
  for (const std::string name : {"a", "a \"name\" of quotes", "n"})
    for (const std::string text : {"plain", "a \\ that is escaped", ""}) {
      StringSink sink;
      JsonWriter out(sink);
      out.begin_object();
      out.name_of_ours("first");
      out.value(text);
      out.name(name);
      out.begin_array();
      out.value(text);
      out.end_array();
      out.name_of_ours("last");
      out.json(std::string(100, '7'));
      out.end_object();
      const auto quoted = [](const std::string& plain) { return nlohmann::json(plain).dump(); };
      EXPECT_EQ(sink.take(), "{\"first\":" + quoted(text) + "," + quoted(name) + ":[" + quoted(text) +
                                 "],\"last\":" + std::string(100, '7') + "}");
    }
}

TEST(JsonWriter, BlobsOfEverySizeComeBack) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string octets;
    for (std::size_t i = 0; i < size; ++i) octets += static_cast<char>(i * 37 + size);
    SecretSink sink;
    JsonWriter out(sink);
    out.begin_array();
    out.base64url(SecretBytes::copy_of(octets));
    out.end_array();
    const SecretBytes text = sink.take();
    const auto document = JsonDocument::parse(text.reveal());
    ASSERT_TRUE(document);
    const auto back = document->root().children()[0].base64url();
    ASSERT_TRUE(back);
    EXPECT_EQ(back->reveal(), octets);
  }
}

TEST(JsonWriter, SecretMemoryGrowsWithTheText) {
  const std::string long_text(5000, 's');
  SecretSink sink;
  sink.put("a");
  sink.put(long_text);
  sink.put("z");
  EXPECT_EQ(sink.take().reveal(), "a" + long_text + "z");
  EXPECT_TRUE(sink.take().empty());
}

}  // namespace
}  // namespace casebridge::model
