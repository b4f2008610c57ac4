// Response heads: no value can end its line, whatever it is made of.
#include "core/http/response.hpp"

#include <gtest/gtest.h>

#include "core/http/request_id.hpp"

namespace casebridge::http {
namespace {

TEST(Response, WritesItsHead) {
  Response response = json(201, "{}");
  response.set("Location", "/v1/links/a");
  EXPECT_EQ(response.head_text("D", false),
            "HTTP/1.1 201 Created\r\nDate: D\r\nContent-Type: application/json\r\nLocation: /v1/links/a\r\n"
            "Content-Length: 2\r\nConnection: keep-alive\r\n\r\n");
}

TEST(Response, NoValueCanEndItsLine) {
  Response response(204);
  response.set("Location", std::string("/a\r\nSet-Cookie: b=c\n\t\0d\x7F\xC3", 24));
  EXPECT_EQ(response.field("location").find_first_of(std::string("\r\n\0\t\x7F", 5)), std::string_view::npos);
  EXPECT_EQ(response.head_text("D", true),
            "HTTP/1.1 204 No Content\r\nDate: D\r\nLocation: /a??Set-Cookie: b=c???d?\r\nConnection: "
            "close\r\n\r\n");
}

TEST(Response, ReplacesAFieldButKeepsEveryCookie) {
  Response response(204);
  response.set("ETag", "\"a\"").set("etag", "\"b\"").set("Set-Cookie", "a=1").set("Set-Cookie", "b=2");
  const std::string head = response.head_text("D", true);
  EXPECT_EQ(response.field("etag"), "\"b\"");
  EXPECT_NE(head.find("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n"), std::string::npos);
}

TEST(Response, NotModifiedHasNoBody) {
  Response response = json(200, "{}");
  response.set("ETag", "\"a\"");
  response.become_not_modified();
  EXPECT_EQ(response.status(), 304);
  EXPECT_TRUE(response.body().empty());
  EXPECT_TRUE(response.field("content-type").empty());
  EXPECT_EQ(response.head_text("D", false).find("Content-Length"), std::string::npos);
}

TEST(Response, WholeLinesTakeThePlaceOfFields) {
  constexpr std::string_view lines = "Vary: Accept\r\nCache-Control: no-store\r\n";
  Response response = json(200, "{}");
  response.set("cache-control", "private").set("ETag", "\"a\"");
  response.set_lines(lines);
  EXPECT_EQ(response.field("CACHE-CONTROL"), "no-store");
  EXPECT_EQ(response.field("vary"), "Accept");
  EXPECT_EQ(response.field("etag"), "\"a\"");
  EXPECT_EQ(response.field("cache"), "");
  EXPECT_EQ(response.head_text("D", false),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: application/json\r\nETag: \"a\"\r\nVary: Accept\r\n"
            "Cache-Control: no-store\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n");
}

TEST(Response, CopiesOfASharedBodyAreOneUntilTheyAreWiped) {
  Response first = json(200, "octets");
  first.share_body();
  Response second = first;
  EXPECT_EQ(first.body().data(), second.body().data());
  first.wipe_body();
  EXPECT_TRUE(first.body().empty());
  EXPECT_EQ(second.body(), "octets");
  EXPECT_NE(second.head_text("D", false).find("Content-Length: 6\r\n"), std::string::npos);
  second.become_not_modified();
  EXPECT_TRUE(second.body().empty());
}

TEST(RequestId, TakesTheTraceOfAWellFormedTraceparent) {
  EXPECT_EQ(request_id_of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(RequestId, MakesOneOtherwise) {
  for (const char* given : {"", "x", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"}) {
    const std::string id = request_id_of(given);
    EXPECT_EQ(id.size(), 32U) << given;
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_NE(id, request_id_of(given));
  }
}

}  // namespace
}  // namespace casebridge::http
