// Finding the end of a head, whatever the size of the pieces it comes in.
#include "core/http/head_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casebridge::http {
namespace {

using State = HeadReader::State;

HeadFault fault_of(const std::string& octets) {
  HeadReader reader;
  return reader.look_at(octets) == State::refused ? reader.fault() : HeadFault::none;
}

TEST(HeadReader, FindsTheEndAndLeavesWhatFollows) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  HeadReader reader;
  ASSERT_EQ(reader.look_at(head + "GET /next"), State::complete);
  EXPECT_EQ(reader.size(), head.size());
}

TEST(HeadReader, GivesTheSameAnswerOctetByOctet) {
  const std::string head = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
  HeadReader reader;
  for (std::size_t size = 1; size < head.size(); ++size) {
    ASSERT_EQ(reader.look_at(std::string_view(head).substr(0, size)), State::incomplete) << size;
  }
  ASSERT_EQ(reader.look_at(head), State::complete);
  EXPECT_EQ(reader.size(), head.size());
}

TEST(HeadReader, RefusesBrokenLineEndsBeforeTheHeadIsWhole) {
  EXPECT_EQ(fault_of("GET / HTTP/1.1\n"), HeadFault::bare_lf);
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: a\n"), HeadFault::bare_lf);
  EXPECT_EQ(fault_of("GET / HTTP/1.1\rHost"), HeadFault::bare_cr);
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\r\n"), HeadFault::bare_cr);
  EXPECT_EQ(fault_of("\n"), HeadFault::bare_lf);
  EXPECT_EQ(fault_of(std::string("GET /\0", 6)), HeadFault::nul_octet);
}

TEST(HeadReader, ForgivesOneEmptyLineNotTwo) {
  EXPECT_EQ(fault_of("\r\nGET"), HeadFault::none);
  EXPECT_EQ(fault_of("\r\n\r\n"), HeadFault::request_line_malformed);
}

TEST(HeadReader, BoundsTheHeadAndTheRequestLine) {
  EXPECT_EQ(fault_of("GET /" + std::string(5000, 'a')), HeadFault::target_too_long);
  std::string head = "GET / HTTP/1.1\r\n";
  while (head.size() <= limits::request_head_bytes_max) head += "X-Filler: " + std::string(500, 'a') + "\r\n";
  EXPECT_EQ(fault_of(head), HeadFault::head_too_large);
}

}  // namespace
}  // namespace casebridge::http
