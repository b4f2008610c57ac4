// Lists of codings: the one that is read, those that could be, and those that say nothing for sure.
#include "core/http/transfer_coding.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

TEST(TransferCoding, ChunkedIsRead) {
  for (const char* value : {"chunked", "CHUNKED", "cHuNkEd"})
    EXPECT_EQ(check_transfer_coding(value), HeadFault::none) << value;
}

TEST(TransferCoding, AnotherCodingBeforeChunkedIsNotImplemented) {
  for (const char* value :
       {"gzip, chunked", "gzip,chunked", "GZIP , \tCHUNKED", "x-a, b, chunked", "identity, chunked",
        "gzip;q=1, chunked", "a; b = c ;d=\"e, f\\\" g\", chunked", "xchunked, chunked"}) {
    EXPECT_EQ(check_transfer_coding(value), HeadFault::coding_before_chunked) << value;
  }
}

TEST(TransferCoding, WithoutChunkedAtTheEndNobodyKnowsTheEnd) {
  for (const char* value : {"gzip", "identity", "chunked, gzip", "xchunked", "chunkedx", "gzip, chunkedx"})
    EXPECT_EQ(check_transfer_coding(value), HeadFault::coding_unknown) << value;
}

TEST(TransferCoding, ChunkedComesOnceAndAlone) {
  for (const char* value : {"chunked, chunked", "chunked, gzip, chunked", "chunked;a=b", "gzip, chunked;a=b"})
    EXPECT_EQ(check_transfer_coding(value), HeadFault::coding_unknown) << value;
}

TEST(TransferCoding, WhatIsNoListIsNotUnderstood) {
  for (const char* value :
       {"", ",", ", chunked", "gzip,, chunked", "chunked,", "gzip chunked", "gzip; chunked", "gzip;, chunked",
        "gzip;a=, chunked", "gzip;a=\"b, chunked", "\"gzip\", chunked", "gzip=1, chunked", "chun ked",
        ": chunked", "gz\xC3\xA4p, chunked"}) {
    EXPECT_EQ(check_transfer_coding(value), HeadFault::coding_unknown) << value;
  }
}

}  // namespace
}  // namespace casebridge::http
