// The word lists: unique spellings that lead back to their value.
#include "core/model/vocabulary.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/model/dataset.hpp"

namespace casebridge::model {
namespace {

template <class Enum>
class WordList : public testing::Test {};
using Lists = testing::Types<Role, Assistance, CaseStatus, Processing, DebtType, Frequency, Bucket, OrderType,
                             Controlling, Concurrent, SourceClass, PaymentStatus, LegKind, RecipientClass,
                             DisbursementMethod, DisbursementStatus, EnforcementKind, EnforcementStatus,
                             EventKind, IntergovRole, Direction, ContactKind, SafetyLevel>;
TYPED_TEST_SUITE(WordList, Lists);

TYPED_TEST(WordList, SpellsEachValueOnceAndReadsItBack) {
  std::set<std::string_view> seen;
  const auto names = all_names<TypeParam>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_TRUE(seen.insert(names[i]).second) << names[i];
    EXPECT_EQ(names[i].find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos) << names[i];
    EXPECT_EQ(parse_name<TypeParam>(names[i]), static_cast<TypeParam>(i));
  }
  EXPECT_EQ(parse_name<TypeParam>("nothing_like_it"), std::nullopt);
  EXPECT_EQ(parse_name<TypeParam>(""), std::nullopt);
}

TEST(Vocabulary, SpellsWordsAsTheirEnumerators) {
  EXPECT_EQ(name_of(Role::noncustodial_parent), "noncustodial_parent");
  EXPECT_EQ(name_of(Bucket::arrears_family), "arrears_family");
  EXPECT_EQ(name_of(EnforcementKind::fidm_levy), "fidm_levy");
  EXPECT_EQ(name_of(SafetyLevel::payments_only), "payments_only");
}

TEST(Coded, KeepsTheCodeThatNobodyKnew) {
  const auto code = Coded<Frequency>::unrecognised("EVERY_FULL_MOON");
  EXPECT_EQ(code.value, Frequency::unknown);
  EXPECT_EQ(code.raw, "EVERY_FULL_MOON");
}

TEST(Dataset, HasNamesThatLeadBack) {
  std::set<std::string_view> seen;
  for (const Dataset dataset : all_datasets) {
    EXPECT_TRUE(seen.insert(name_of(dataset)).second);
    EXPECT_EQ(dataset_of(name_of(dataset)), dataset);
  }
  EXPECT_EQ(dataset_of("obligations"), std::nullopt);
}

}  // namespace
}  // namespace casebridge::model
