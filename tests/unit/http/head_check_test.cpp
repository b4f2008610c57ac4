// The rules of a request head: each way to say one thing twice, or nothing at all, is refused.
#include "core/http/head_check.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

CheckedHead check(const std::string& lines) { return check_head(lines + "\r\n"); }
HeadFault fault_of(const std::string& lines) { return check(lines).fault; }

struct Refused {
  const char* name;
  std::string lines;
  HeadFault fault;
};

void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }

class HeadRefusal : public testing::TestWithParam<Refused> {};

TEST_P(HeadRefusal, HasItsOwnFault) { EXPECT_EQ(fault_of(GetParam().lines), GetParam().fault); }

const std::string get = "GET / HTTP/1.1\r\nHost: a.example\r\n";
const std::string post = "POST / HTTP/1.1\r\nHost: a.example\r\n";

INSTANTIATE_TEST_SUITE_P(
    Table, HeadRefusal,
    testing::Values(
        Refused{"no_version", "GET /\r\nHost: a\r\n", HeadFault::request_line_malformed},
        Refused{"two_blanks", "GET  / HTTP/1.1\r\nHost: a\r\n", HeadFault::request_line_malformed},
        Refused{"blank_in_target", "GET /a b HTTP/1.1\r\nHost: a\r\n", HeadFault::request_line_malformed},
        Refused{"tab_for_blank", "GET\t/ HTTP/1.1\r\nHost: a\r\n", HeadFault::request_line_malformed},
        Refused{"leading_blank", " GET / HTTP/1.1\r\nHost: a\r\n", HeadFault::request_line_malformed},
        Refused{"lower_case_method", "get / HTTP/1.1\r\nHost: a\r\n", HeadFault::method_unknown},
        Refused{"unknown_method", "BREW / HTTP/1.1\r\nHost: a\r\n", HeadFault::method_unknown},
        Refused{"http_2", "GET / HTTP/2.0\r\nHost: a\r\n", HeadFault::version_unsupported},
        Refused{"http_lower_case", "GET / http/1.1\r\nHost: a\r\n", HeadFault::version_malformed},
        Refused{"http_1_11", "GET / HTTP/1.11\r\nHost: a\r\n", HeadFault::version_malformed},
        Refused{"star_target", "GET * HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"authority_target", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n", HeadFault::target_malformed},
        Refused{"encoded_nul", "GET /%00 HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"encoded_crlf_in_query", "GET /?q=%0d%0a HTTP/1.1\r\nHost: a\r\n",
                HeadFault::target_malformed},
        Refused{"encoded_slash", "GET /a%2Fb HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"encoded_backslash", "GET /a%5cb HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"encoded_dots", "GET /%2e%2e/a HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"dot_segment", "GET /a/../b HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"double_slash", "GET //a HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"cut_escape", "GET /a%4 HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"raw_utf8", "GET /\xC3\xA4 HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"backslash", "GET /\\a HTTP/1.1\r\nHost: a\r\n", HeadFault::target_malformed},
        Refused{"absolute_other_host", "GET http://b.example/ HTTP/1.1\r\nHost: a.example\r\n",
                HeadFault::target_other_host},
        Refused{"absolute_with_user", "GET http://u@a.example/ HTTP/1.1\r\nHost: a.example\r\n",
                HeadFault::target_malformed},
        Refused{"absolute_other_scheme", "GET file://a/ HTTP/1.1\r\nHost: a\r\n",
                HeadFault::target_malformed},
        Refused{"long_target", "GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: a\r\n",
                HeadFault::target_too_long},
        Refused{"no_host", "GET / HTTP/1.1\r\n", HeadFault::host_missing},
        Refused{"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n", HeadFault::field_repeated},
        Refused{"same_host_twice", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n", HeadFault::field_repeated},
        Refused{"empty_host", "GET / HTTP/1.1\r\nHost:\r\n", HeadFault::host_malformed},
        Refused{"host_list", "GET / HTTP/1.1\r\nHost: a, b\r\n", HeadFault::host_malformed},
        Refused{"host_with_user", "GET / HTTP/1.1\r\nHost: u@a\r\n", HeadFault::host_malformed},
        Refused{"host_with_path", "GET / HTTP/1.1\r\nHost: a/b\r\n", HeadFault::host_malformed},
        Refused{"host_port_words", "GET / HTTP/1.1\r\nHost: a:http\r\n", HeadFault::host_malformed},
        Refused{"field_without_colon", get + "X-A\r\n", HeadFault::field_line_malformed},
        Refused{"field_without_name", get + ": b\r\n", HeadFault::field_name_malformed},
        Refused{"blank_before_colon", post + "Transfer-Encoding : chunked\r\n",
                HeadFault::field_name_malformed},
        Refused{"folded", get + "X-A: b\r\n c\r\n", HeadFault::field_folded},
        Refused{"folded_by_tab", get + "X-A: b\r\n\tc\r\n", HeadFault::field_folded},
        Refused{"control_in_value", get + "X-A: b\x01\r\n", HeadFault::field_value_malformed},
        Refused{"delete_in_value", get + "X-A: b\x7F\r\n", HeadFault::field_value_malformed},
        Refused{"two_lengths", post + "Content-Length: 1\r\nContent-Length: 1\r\n",
                HeadFault::field_repeated},
        Refused{"list_of_lengths", post + "Content-Length: 1, 1\r\n", HeadFault::length_malformed},
        Refused{"negative_length", post + "Content-Length: -1\r\n", HeadFault::length_malformed},
        Refused{"signed_length", post + "Content-Length: +5\r\n", HeadFault::length_malformed},
        Refused{"hex_length", post + "Content-Length: 0x5\r\n", HeadFault::length_malformed},
        Refused{"empty_length", post + "Content-Length:\r\n", HeadFault::length_malformed},
        Refused{"huge_length", post + "Content-Length: 99999999999999999999\r\n", HeadFault::body_too_large},
        Refused{"large_length", post + "Content-Length: 262145\r\n", HeadFault::body_too_large},
        Refused{"length_and_coding", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                HeadFault::length_and_coding},
        Refused{"coding_twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                HeadFault::field_repeated},
        Refused{"coding_list", post + "Transfer-Encoding: gzip, chunked\r\n",
                HeadFault::coding_before_chunked},
        Refused{"coding_xchunked", post + "Transfer-Encoding: xchunked\r\n", HeadFault::coding_unknown},
        Refused{"coding_identity", post + "Transfer-Encoding: identity\r\n", HeadFault::coding_unknown},
        Refused{"coding_in_1_0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n",
                HeadFault::coding_before_1_1},
        Refused{"get_with_body", get + "Content-Length: 2\r\n", HeadFault::body_not_expected},
        Refused{"get_with_chunks", get + "Transfer-Encoding: chunked\r\n", HeadFault::body_not_expected},
        Refused{"two_cookies", get + "Cookie: a=b\r\nCookie: c=d\r\n", HeadFault::field_repeated},
        Refused{"two_authorizations", get + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n",
                HeadFault::field_repeated},
        Refused{"other_expectation", post + "Expect: 200-ok\r\n", HeadFault::expectation_unknown}),
    [](const auto& test) { return test.param.name; });

TEST(HeadCheck, ReadsAPlainRequest) {
  const CheckedHead checked = check(
      "POST /v1/links/a?x=1&y=%20 HTTP/1.1\r\nHOST: A.Example:8443\r\nX-Any:  two words "
      "\t\r\nContent-Length: 5\r\n");
  ASSERT_EQ(checked.fault, HeadFault::none);
  EXPECT_EQ(checked.head.method, Method::post);
  EXPECT_EQ(checked.head.path, "/v1/links/a");
  EXPECT_EQ(checked.head.query, "x=1&y=%20");
  EXPECT_EQ(checked.head.host, "a.example:8443");
  EXPECT_EQ(checked.head.field("x-any"), "two words");
  EXPECT_EQ(checked.head.content_length, 5U);
  EXPECT_TRUE(checked.head.keep_alive);
  EXPECT_EQ(checked.head.field("absent"), std::nullopt);
}

TEST(HeadCheck, ForgivesOneEmptyLineBefore) { EXPECT_EQ(fault_of("\r\n" + get), HeadFault::none); }

TEST(HeadCheck, TakesAnAbsoluteTargetOfTheSamePlace) {
  const CheckedHead checked = check("GET https://A.example/x HTTP/1.1\r\nHost: a.EXAMPLE\r\n");
  ASSERT_EQ(checked.fault, HeadFault::none);
  EXPECT_EQ(checked.head.path, "/x");
}

TEST(HeadCheck, AnAbsoluteTargetWithoutPathIsTheRoot) {
  const CheckedHead checked = check("GET http://a?x=1 HTTP/1.1\r\nHost: a\r\n");
  ASSERT_EQ(checked.fault, HeadFault::none);
  EXPECT_EQ(checked.head.path, "/");
  EXPECT_EQ(checked.head.query, "x=1");
}

TEST(HeadCheck, AnAsteriskIsOfOptionsAlone) {
  for (const char* line : {"OPTIONS * HTTP/1.1\r\n", "OPTIONS http://a HTTP/1.1\r\n"}) {
    const CheckedHead checked = check(std::string(line) + "Host: a\r\n");
    ASSERT_EQ(checked.fault, HeadFault::none) << line;
    EXPECT_EQ(checked.head.path, "*") << line;
  }
}

TEST(HeadCheck, ALaterMinorVersionIsReadAsTheLastOneKnown) {
  const CheckedHead checked = check("GET / HTTP/1.2\r\nHost: a\r\n");
  ASSERT_EQ(checked.fault, HeadFault::none);
  EXPECT_EQ(checked.head.minor_version, 1);
  EXPECT_TRUE(checked.head.keep_alive);
}

TEST(HeadCheck, LinesOfAListAreOneList) {
  const CheckedHead checked = check(get + "Accept: a\r\nX-A: b\r\naccept: c\r\n");
  ASSERT_EQ(checked.fault, HeadFault::none);
  EXPECT_EQ(checked.head.field("accept"), "a, c");
}

TEST(HeadCheck, AnEmptyBodyMayBeDeclaredByGet) {
  EXPECT_EQ(fault_of(get + "Content-Length: 0\r\n"), HeadFault::none);
}

TEST(HeadCheck, Http10ClosesUnlessItAsksToStay) {
  const CheckedHead plain = check("GET / HTTP/1.0\r\n");
  ASSERT_EQ(plain.fault, HeadFault::none);
  EXPECT_FALSE(plain.head.keep_alive);
  EXPECT_TRUE(check("GET / HTTP/1.0\r\nConnection: keep-alive\r\n").head.keep_alive);
  EXPECT_FALSE(check(get + "Connection: x, Close\r\n").head.keep_alive);
}

TEST(HeadCheck, ALengthMayBeginWithZeros) {
  const CheckedHead checked = check(post + "Content-Length: " + std::string(60, '0') + "7\r\n");
  ASSERT_EQ(checked.fault, HeadFault::none);
  EXPECT_EQ(checked.head.content_length, 7U);
}

TEST(HeadCheck, CountsItsFields) {
  std::string lines = get;
  for (int i = 1; i < 100; ++i) lines += "X-" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(fault_of(lines), HeadFault::none);
  EXPECT_EQ(fault_of(lines + "X-More: a\r\n"), HeadFault::too_many_fields);
}

TEST(HeadCheck, KnowsHosts) {
  EXPECT_TRUE(is_host("a.example"));
  EXPECT_TRUE(is_host("127.0.0.1:8080"));
  EXPECT_TRUE(is_host("[::1]:8080"));
  EXPECT_FALSE(is_host("[::1"));
  EXPECT_FALSE(is_host("[]"));
  EXPECT_FALSE(is_host("a:123456"));
  EXPECT_FALSE(is_host("a b"));
  EXPECT_FALSE(is_host(std::string(300, 'a')));
}

}  // namespace
}  // namespace casebridge::http
