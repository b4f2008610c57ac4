// Following page tokens: to the end, over repeats, and over tokens that have become too old.
#include "plugins/texas_icop/paging.hpp"

#include <gtest/gtest.h>

namespace casebridge::texas_icop {
namespace {

sdk::Answer<Envelope> page_of(const std::string& json) {
  sdk::HttpResponse answer;
  answer.status = 200;
  answer.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  answer.body = json;
  return open_answer(std::move(answer), Instant{});
}

std::string page_json(int number, const std::string& next) {
  return R"({"status": "OK", "totalCount": 1, "number": )" + std::to_string(number) +
         R"(, "nextPageToken": )" + (next.empty() ? "null" : '"' + next + '"') + "}";
}

// A list of some pages whose tokens are t2, t3 ...
class Pages {
 public:
  explicit Pages(int count) : count_(count) {
    list.fetch = [this](const std::string& token) { return fetch(token); };
    list.take = [this](const WireObject& page) { taken.push_back(static_cast<int>(page.count("number"))); };
    list.start_over = [this] { taken.clear(); };
  }

  PagedList list;
  std::vector<int> taken;
  int calls = 0;
  int lose_token_at_call = 0;  // this call and the next `lost_times - 1` uses of a token are refused
  int lost_times = 1;
  bool loop = false;

 private:
  sdk::Answer<Envelope> fetch(const std::string& token) {
    ++calls;
    if (lose_token_at_call != 0 && calls >= lose_token_at_call && !token.empty() && lost_times-- > 0)
      return sdk::refuse(model::Outcome::unavailable, "page_token_ended");
    const int number = token.empty() ? 1 : std::stoi(token.substr(1));
    if (loop && !token.empty()) return page_of(page_json(number, token));
    return page_of(page_json(number, number == count_ ? "" : "t" + std::to_string(number + 1)));
  }

  int count_;
};

TEST(Paging, EndsWhereTheTokensEnd) {
  Pages pages(4);
  EXPECT_TRUE(read_pages(pages.list).done());
  EXPECT_EQ(pages.taken, (std::vector<int>{1, 2, 3, 4}));
}

TEST(Paging, StopsWhenATokenRepeats) {
  Pages pages(4);
  pages.loop = true;
  const auto answer = read_pages(pages.list);
  ASSERT_TRUE(answer.refused());
  EXPECT_EQ(answer.refusal().outcome, model::Outcome::schema_drift);
  EXPECT_EQ(pages.calls, 2);
}

TEST(Paging, TakesTwoHundredPagesAndNoMore) {
  Pages most(200);
  EXPECT_TRUE(read_pages(most.list).done());
  Pages more(201);
  const auto answer = read_pages(more.list);
  ASSERT_TRUE(answer.refused());
  EXPECT_EQ(answer.refusal().outcome, model::Outcome::schema_drift);
  EXPECT_EQ(more.calls, 200);
}

TEST(Paging, StartsOverOnceAfterALostToken) {
  Pages pages(3);
  pages.lose_token_at_call = 3;
  EXPECT_TRUE(read_pages(pages.list).done());
  EXPECT_EQ(pages.taken, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(pages.calls, 6);
}

TEST(Paging, GivesUpWhenTheTokenIsLostAgain) {
  Pages pages(3);
  pages.lose_token_at_call = 2;
  pages.lost_times = 2;
  const auto answer = read_pages(pages.list);
  ASSERT_TRUE(answer.refused());
  EXPECT_EQ(answer.refusal().outcome, model::Outcome::unavailable);
  EXPECT_EQ(pages.calls, 4);
}

}  // namespace
}  // namespace casebridge::texas_icop
