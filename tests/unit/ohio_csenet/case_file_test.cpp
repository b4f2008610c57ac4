// Whose answer it is, and whether it is all there.
#include <gtest/gtest.h>

#include "plugins/ohio_csenet/case_file.hpp"
#include "tests/unit/ohio_csenet/lines.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;

const Expected expected{"7001234567", "9900000", "000000001001"};

// The refusal of an answer made of these lines; none when it is good.
std::optional<model::Refusal> refusal_for(const std::vector<std::string>& lines,
                                          const Expected& wanted = expected) {
  std::string body;
  for (const std::string& line : lines) body += line + "\n";
  auto file = CaseFile::open(parsed(body), wanted);
  if (file) return std::nullopt;
  return file.refusal();
}

std::string drift_of(const std::vector<std::string>& lines) {
  const auto refusal = refusal_for(lines);
  return refusal ? refusal->detail : std::string();
}

class Continued : public ::testing::Test {
 protected:
  std::vector<std::string> lines_ = example_lines("ans_fsinf");
  // Of the last line: its information block is its end.
  void put_continuation(std::size_t line, const std::string& text) {
    lines_[line].replace(lines_[line].size() - 80, text.size(), text);
  }
};

TEST_F(Continued, WholeAnswerIsJoined) {
  auto file = CaseFile::open(parsed(example("ans_fsinf")), expected);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->collections(), 13U);
  EXPECT_EQ(file->locator(), "3904900");
  EXPECT_EQ(file->case_number(), "7001234567");
  EXPECT_FALSE(file->is_guarded());
}

TEST_F(Continued, MissingSwappedDoubledOrMiscountedLinesAreDrift) {
  EXPECT_EQ(drift_of({lines_[0]}), "information/CONT");
  EXPECT_EQ(drift_of({lines_[1]}), "information/CONT");
  EXPECT_EQ(drift_of({lines_[1], lines_[0]}), "information/CONT");
  EXPECT_EQ(drift_of({lines_[0], lines_[1], lines_[0], lines_[1]}), "header/Transaction-Serial-Number");
  put_continuation(1, "CONT 02/02 COLL 000012");
  EXPECT_EQ(drift_of(lines_), "information/CONT");
  put_continuation(1, "CONT 02-02 COLL 000013");
  EXPECT_EQ(drift_of(lines_), "information/CONT");
  EXPECT_EQ(refusal_for({})->detail, "lines");
}

TEST_F(Continued, OtherStateOtherReaderOrOtherCaseIsDrift) {
  for (const auto& [at, value] :
       {std::pair(0U, "48"), std::pair(7U, "3900000"), std::pair(45U, "7001234568")}) {
    lines_ = example_lines("ans_fsinf");
    lines_[1].replace(at, std::string(value).size(), value);
    EXPECT_FALSE(drift_of(lines_).empty());
  }
  lines_ = example_lines("ans_fsinf");
  for (std::string& line : lines_) line.replace(45, 15, "000007001234567");
  EXPECT_EQ(drift_of(lines_), "");
}

TEST_F(Continued, UnknownReasonIsDrift) {
  lines_[0].replace(75, 5, "FSXXX");
  EXPECT_EQ(drift_of(lines_), "header/Action-Reason");
}

TEST_F(Continued, SafetyIsSeenInEitherPlace) {
  const std::size_t finding = 121 + case_field("Nondisclosure-Finding").offset();
  const std::size_t dangerous = 121 + 351 + ncp_field("Possibly-Dangerous").offset();
  for (const std::size_t place : {finding, dangerous}) {
    lines_ = example_lines("ans_fsinf");
    lines_[0][place] = 'Y';
    auto file = CaseFile::open(parsed(lines_[0] + "\n" + lines_[1] + "\n"), expected);
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->is_guarded());
  }
}

TEST(CaseFile, NothingToGiveIsNoError) {
  auto file = CaseFile::open(parsed(example("ans_fuinf")), expected);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->is_empty());
  EXPECT_EQ(file->collections(), 0U);
}

TEST(CaseFile, RejectionBelongsToTheRequestThatItNames) {
  const auto lines = example_lines("ans_rejct");
  const auto mine = refusal_for(lines, {"7009999999", "9900000", "000000001002"});
  ASSERT_TRUE(mine);
  EXPECT_EQ(mine->outcome, Outcome::not_found);
  const auto other = refusal_for(lines, {"7009999999", "9900000", "000000001003"});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->outcome, Outcome::schema_drift);
}

TEST(Notice, IsOneLineOfItsReason) {
  const auto open = [](const std::string& body, const char* reason) {
    return open_notice(parsed(body), reason, expected);
  };
  EXPECT_TRUE(open(example("ans_gspud"), "GSPUD"));
  EXPECT_FALSE(open(example("ans_gspud"), "GSTAI"));
  EXPECT_FALSE(open(example("ans_gspud") + example("ans_gspud"), "GSPUD"));
}

}  // namespace
}  // namespace casebridge::ohio_csenet
