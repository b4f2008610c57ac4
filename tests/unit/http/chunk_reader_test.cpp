// Chunked bodies: one way to write them, any way to cut them into pieces.
#include "core/http/chunk_reader.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

using State = ChunkReader::State;

struct Outcome {
  State state = State::more;
  std::string body;
  std::size_t taken = 0;
  HeadFault fault = HeadFault::none;
};

Outcome read(std::string_view octets, std::size_t most = 1000) {
  ChunkReader reader(most);
  Outcome outcome;
  outcome.state = reader.read(octets, outcome.body, outcome.taken);
  outcome.fault = reader.fault();
  return outcome;
}

TEST(ChunkReader, JoinsChunksAndLeavesTheNextRequest) {
  const std::string wire = "4\r\nabcd\r\n1\r\ne\r\n0\r\n\r\n";
  const Outcome outcome = read(wire + "GET /");
  EXPECT_EQ(outcome.state, State::done);
  EXPECT_EQ(outcome.body, "abcde");
  EXPECT_EQ(outcome.taken, wire.size());
}

TEST(ChunkReader, ReadsOctetByOctet) {
  const std::string wire = "A\r\n0123456789\r\n0\r\n\r\n";
  ChunkReader reader(100);
  std::string body;
  State state = State::more;
  for (const char c : wire) {
    ASSERT_EQ(state, State::more);
    std::size_t taken = 0;
    state = reader.read(std::string_view(&c, 1), body, taken);
    EXPECT_EQ(taken, 1U);
  }
  EXPECT_EQ(state, State::done);
  EXPECT_EQ(body, "0123456789");
}

TEST(ChunkReader, RefusesWhatIsNotASize) {
  for (const char* wire : {"g\r\n", "\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", " 1\r\n", "1 \r\n", "1,a=b\r\n",
                           "1\n\r\n", "123456789\r\n", "11111111111111111"}) {
    EXPECT_EQ(read(wire).fault, HeadFault::chunk_malformed) << wire;
  }
}

TEST(ChunkReader, RefusesContentThatDoesNotEndWhereItSaid) {
  EXPECT_EQ(read("1\r\nab\r\n").fault, HeadFault::chunk_malformed);
  EXPECT_EQ(read("1\r\na\n0\r\n\r\n").fault, HeadFault::chunk_malformed);
}

TEST(ChunkReader, ThrowsExtensionsAway) {
  for (const char* extension : {";a", ";a=b", " ; a = b;c", ";a=\"b \\\" ;c\""}) {
    const Outcome outcome = read("1" + std::string(extension) + "\r\nx\r\n0;a=b\r\n\r\n");
    EXPECT_EQ(outcome.state, State::done) << extension;
    EXPECT_EQ(outcome.body, "x") << extension;
  }
}

TEST(ChunkReader, RefusesWhatIsNoExtension) {
  for (const char* extension : {";", ";=b", ";a=", ";a=\"b", "; ;a", ";a b", ";a=\"\x01\"", ";a\n"})
    EXPECT_EQ(read("1" + std::string(extension) + "\r\nx\r\n").fault, HeadFault::chunk_malformed)
        << extension;
  EXPECT_EQ(read("1;" + std::string(5'000, 'a')).fault, HeadFault::chunk_malformed);
}

TEST(ChunkReader, ThrowsTrailersAway) {
  const Outcome outcome = read("1\r\nx\r\n0\r\nX: y\r\nZ:\r\n\r\nGET /");
  EXPECT_EQ(outcome.state, State::done);
  EXPECT_EQ(outcome.body, "x");
}

TEST(ChunkReader, RefusesTrailersThatFrameOrAreNone) {
  for (const char* trailer : {"Content-Length: 1", "transfer-encoding: chunked", "HOST: a", "X", "X : y",
                              " X: y", "X: y\x01", "X: y\n"})
    EXPECT_EQ(read("0\r\n" + std::string(trailer) + "\r\n\r\n").fault, HeadFault::chunk_malformed) << trailer;
}

TEST(ChunkReader, BoundsTheBodyBeforeItArrives) {
  EXPECT_EQ(read("3\r\n", 2).fault, HeadFault::body_too_large);
  EXPECT_EQ(read("2\r\nab\r\n1\r\n", 2).fault, HeadFault::body_too_large);
  EXPECT_EQ(read("ffffffff\r\n").fault, HeadFault::body_too_large);
}

TEST(ChunkReader, BoundsTheFraming) {
  std::string wire;
  for (int i = 0; i < 20'000; ++i) wire += "1\r\na\r\n";
  EXPECT_EQ(read(wire, 1'000'000).fault, HeadFault::chunk_malformed);
}

}  // namespace
}  // namespace casebridge::http
