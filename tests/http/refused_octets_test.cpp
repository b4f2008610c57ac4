// Raw octets against a real listener: what is refused never reaches a handler, and nothing behind it is
// believed.
#include <gtest/gtest.h>

#include "core/http/server.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"

namespace casebridge::tests {
namespace {

struct Attack {
  const char* name;
  std::string octets;
  int status;
  const char* label;
};
void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.name; }

class RefusedOctets : public testing::TestWithParam<Attack> {
 protected:
  struct Running {
    PlainHandler handler;
    RunningClock clock;
    http::Server server{http::ServerSetting{}, handler, clock};
  };
  // One server for all: each attack must also leave it well.
  static void SetUpTestSuite() {
    running = std::make_unique<Running>();
    ASSERT_TRUE(running->server.start());
  }
  static void TearDownTestSuite() { running.reset(); }

  static inline std::unique_ptr<Running> running;
};

// The second request in each of these would be believed by a server that reads the first one differently.
TEST_P(RefusedOctets, AreAnsweredOnceAndTheConnectionIsClosed) {
  RawClient client(running->server.port());
  client.send(GetParam().octets + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, GetParam().status);
  EXPECT_EQ(answer->body, GetParam().label);
  EXPECT_EQ(answer->field("connection"), "close");
  EXPECT_TRUE(client.closes());
  EXPECT_EQ(running->handler.handled, 0);
}

const std::string post = "POST /a HTTP/1.1\r\nHost: a\r\n";
const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n";

std::string many_fields() {
  std::string octets = get;
  for (int i = 0; i < 150; ++i) octets += "X-" + std::to_string(i) + ": a\r\n";
  return octets + "\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    Framing, RefusedOctets,
    testing::Values(
        Attack{"duplicate_length", post + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n", 400,
               "field_repeated"},
        Attack{"length_list", post + "Content-Length: 0, 44\r\n\r\n", 400, "length_malformed"},
        Attack{"negative_length", post + "Content-Length: -1\r\n\r\n", 400, "length_malformed"},
        Attack{"signed_length", post + "Content-Length: +5\r\n\r\n", 400, "length_malformed"},
        Attack{"length_then_chunked",
               post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
               "length_and_coding"},
        Attack{"chunked_then_length",
               post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400,
               "length_and_coding"},
        Attack{"blank_before_colon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400,
               "field_name_malformed"},
        Attack{"coding_twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
               400, "field_repeated"},
        Attack{"unknown_coding", post + "Transfer-Encoding: xchunked\r\n\r\n", 400, "coding_unknown"},
        Attack{"coding_before_chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501,
               "coding_before_chunked"},
        Attack{"bad_chunk_size", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400,
               "chunk_malformed"},
        Attack{"chunk_size_overflow", post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", 400,
               "chunk_malformed"},
        Attack{"chunk_with_bare_lf", post + "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n", 400,
               "chunk_malformed"},
        Attack{"chunk_too_large", post + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", 413,
               "body_too_large"},
        Attack{"body_too_large", post + "Content-Length: 262145\r\n\r\n", 413, "body_too_large"},
        Attack{"get_with_body", get + "Content-Length: 3\r\n\r\nabc", 400, "body_not_expected"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Head, RefusedOctets,
    testing::Values(
        Attack{"no_host", "GET / HTTP/1.1\r\n\r\n", 400, "host_missing"},
        Attack{"two_hosts", get + "Host: b\r\n\r\n", 400, "field_repeated"},
        Attack{"other_host_in_target", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "target_other_host"},
        Attack{"bare_lf_everywhere", "GET / HTTP/1.1\nHost: a\n\n", 400, "bare_lf"},
        Attack{"bare_lf_in_one_field", get + "X: y\nZ: w\r\n\r\n", 400, "bare_lf"},
        Attack{"bare_cr_in_a_value", get + "X: y\rZ: w\r\n\r\n", 400, "bare_cr"},
        Attack{"folded_field", get + "X: y\r\n z\r\n\r\n", 400, "field_folded"},
        Attack{"nul_in_a_value", get + std::string("X: \0\r\n\r\n", 8), 400, "nul_octet"},
        Attack{"control_in_a_value", get + "X: \x02\r\n\r\n", 400, "field_value_malformed"},
        Attack{"encoded_line_end_in_target", "GET /?q=%0d%0aX:y HTTP/1.1\r\nHost: a\r\n\r\n", 400,
               "target_malformed"},
        Attack{"unknown_method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "method_unknown"},
        Attack{"http_2_preface", "PRI * HTTP/2.0\r\n\r\n", 505, "version_unsupported"},
        Attack{"long_target", "GET /" + std::string(4096, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414,
               "target_too_long"},
        Attack{"many_fields", many_fields(), 431, "too_many_fields"},
        Attack{"large_head", get + "X: " + std::string(40'000, 'a') + "\r\n\r\n", 431, "head_too_large"},
        Attack{"other_expectation", post + "Expect: a-pony\r\nContent-Length: 0\r\n\r\n", 417,
               "expectation_unknown"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace casebridge::tests
