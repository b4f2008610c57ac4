// Log lines: one JSON object each, whatever is written into them.
#include "core/base/log.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <thread>
#include <type_traits>
#include <vector>

#include "core/base/secret.hpp"

namespace casebridge {
namespace {

static_assert(!std::is_constructible_v<decltype(LogField::value), const SecretBytes&>);

class LogFile : public testing::Test {
 protected:
  LogFile() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("log_test." + std::to_string(getpid()) + "." + std::to_string(++count));
  }
  ~LogFile() override { std::filesystem::remove(path_); }

  std::vector<std::string> lines() const {
    std::vector<std::string> found;
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) found.push_back(line);
    return found;
  }
  // What one text becomes, as written and as read again.
  std::string written(std::string_view value) const {
    Log::to(path_.string(), LogLevel::debug)->write(LogLevel::info, "e", {{"v", value}});
    return lines().back();
  }

  std::filesystem::path path_;
};

TEST_F(LogFile, ALineHasTimeLevelEventAndFields) {
  const Log log = Log::to(path_.string(), LogLevel::info).value();
  log.write(LogLevel::warn, "sync_ended",
            {{"system", "tx-icop"}, {"cases", std::int64_t{3}}, {"partial", true}, {"share", 0.5}});
  log.flush();
  ASSERT_EQ(lines().size(), 1U);
  const auto line = nlohmann::json::parse(lines()[0]);
  EXPECT_EQ(line["level"], "warn");
  EXPECT_EQ(line["event"], "sync_ended");
  EXPECT_EQ(line["system"], "tx-icop");
  EXPECT_EQ(line["cases"], 3);
  EXPECT_EQ(line["partial"], true);
  EXPECT_EQ(line["share"], 0.5);
  const std::string ts = line["ts"];
  EXPECT_EQ(ts.size(), std::string_view("2026-03-16T14:00:00.000Z").size());
  EXPECT_TRUE(parse_instant(ts)) << ts;
}

TEST_F(LogFile, ALineEndCannotForgeALine) {
  const std::string line = written("a\r\n{\"level\":\"error\"}\n");
  EXPECT_EQ(lines().size(), 1U);
  EXPECT_EQ(nlohmann::json::parse(line)["v"], "a\r\n{\"level\":\"error\"}\n");
  EXPECT_EQ(nlohmann::json::parse(line)["level"], "info");
}

TEST_F(LogFile, QuotesBackslashesAndControlsAreEscaped) {
  for (int octet = 0; octet < 0x80; ++octet) {
    const std::string value = "<" + std::string(1, static_cast<char>(octet)) + ">";
    const std::string line = written(value);
    EXPECT_EQ(nlohmann::json::parse(line)["v"], value) << octet;
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
    EXPECT_EQ(line.find('\x7f'), std::string::npos);
  }
}

TEST_F(LogFile, EventsAndNamesAreEscapedToo) {
  Log::to(path_.string(), LogLevel::info)->write(LogLevel::info, "a\"b\n", {{"c\"d\n", "x"}});
  ASSERT_EQ(lines().size(), 1U);
  EXPECT_EQ(nlohmann::json::parse(lines()[0])["event"], "a\"b\n");
  EXPECT_EQ(nlohmann::json::parse(lines()[0])["c\"d\n"], "x");
}

TEST_F(LogFile, WordsOfManyLanguagesStayReadable) {
  EXPECT_NE(written("niño 子 😀").find("niño 子 😀"), std::string::npos);
}

TEST_F(LogFile, TerminalControlsBeyondAsciiAreEscaped) {
  const std::string line = written(
      "\xc2\x9b"
      "31m");
  EXPECT_NE(line.find("\\u009b31m"), std::string::npos);
  EXPECT_EQ(line.find("\xc2\x9b"), std::string::npos);
}

TEST_F(LogFile, OctetsThatAreNoTextBecomeAMark) {
  EXPECT_EQ(nlohmann::json::parse(written("a\xff\xc3"
                                          "b\xe2\x82"))["v"],
            "a\xef\xbf\xbd\xef\xbf\xbd"
            "b\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_F(LogFile, NumbersThatAreNoNumberBecomeNull) {
  Log::to(path_.string(), LogLevel::info)
      ->write(
          LogLevel::info, "e",
          {{"a", std::numeric_limits<double>::quiet_NaN()}, {"b", std::numeric_limits<double>::infinity()}});
  const auto line = nlohmann::json::parse(lines()[0]);
  EXPECT_TRUE(line["a"].is_null());
  EXPECT_TRUE(line["b"].is_null());
}

TEST_F(LogFile, LowerLevelsAreLeftOut) {
  const Log log = Log::to(path_.string(), LogLevel::warn).value();
  log.write(LogLevel::debug, "no");
  log.write(LogLevel::info, "no");
  log.write(LogLevel::warn, "yes");
  log.write(LogLevel::error, "yes");
  log.flush();
  EXPECT_EQ(lines().size(), 2U);
}

TEST_F(LogFile, GoesOnWhereItStopped) {
  Log::to(path_.string(), LogLevel::info)->write(LogLevel::info, "first");
  Log::to(path_.string(), LogLevel::info)->write(LogLevel::info, "second");
  EXPECT_EQ(lines().size(), 2U);
}

TEST_F(LogFile, OthersMayNotReadIt) {
  ASSERT_TRUE(Log::to(path_.string(), LogLevel::info));
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07, 0U);
}

TEST_F(LogFile, LinesOfManyThreadsDoNotMix) {
  const Log log = Log::to(path_.string(), LogLevel::info).value();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([log] {
      for (int n = 0; n < 100; ++n) log.write(LogLevel::info, "e", {{"n", std::int64_t{n}}});
    });
  for (std::thread& thread : threads) thread.join();
  log.flush();
  ASSERT_EQ(lines().size(), 400U);
  for (const std::string& line : lines()) EXPECT_TRUE(nlohmann::json::accept(line)) << line;
}

TEST(Log, ADefaultOneWritesNothing) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  const Log log;
  log.write(LogLevel::error, "nowhere", {{"a", "b"}});
  log.flush();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(Log, AFileThatCannotBeOpenedIsNotNamed) {
  const Result<Log> log = Log::to("/nowhere/secret-name/log", LogLevel::info);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(log.error().detail.find("secret-name"), std::string::npos);
}

TEST(Log, StandardErrorIsADash) {
  testing::internal::CaptureStderr();
  Log::to("-", LogLevel::info)->write(LogLevel::info, "hello");
  EXPECT_NE(testing::internal::GetCapturedStderr().find("\"event\":\"hello\""), std::string::npos);
}

}  // namespace
}  // namespace casebridge
