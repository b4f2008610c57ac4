// The page beside the API: what browsers may do with it, and that it hides nothing of the API.
#include <fstream>

#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

namespace fs = std::filesystem;

class PagesOfTheFront : public FrontWorld {
 protected:
  void SetUp() override {
    const fs::path folder = fs::path(::testing::TempDir()) / "front-pages";
    fs::create_directories(folder / "assets");
    std::ofstream(folder / "index.html") << "<!doctype html>";
    std::ofstream(folder / "assets" / "portal-ABC.js") << "let a";
    auto loaded = http::PageFiles::load(folder);
    ASSERT_TRUE(loaded);
    files_.emplace(std::move(*loaded));
    fs::remove_all(folder);  // what is served was read before
    pages_ = &*files_;
    FrontWorld::SetUp();
  }
  static With browser(const std::string& etag = "") {
    With with{.fields = {{"accept", "text/html,application/xhtml+xml"}}};
    if (!etag.empty()) with.fields.emplace_back("if-none-match", etag);
    return with;
  }
  std::optional<http::PageFiles> files_;
};

TEST_F(PagesOfTheFront, AllowNothingInlineAndNothingFromElsewhere) {
  const Answer page = get("/", browser());
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.response.field("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
            "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  EXPECT_EQ(page.response.field("referrer-policy"), "no-referrer");
}

TEST_F(PagesOfTheFront, ThePageIsAskedForAgainAndItsFilesAreKept) {
  const Answer page = get("/sign-in", browser());
  EXPECT_EQ(page.response.field("cache-control"), "public, no-cache");
  EXPECT_EQ(get("/sign-in", browser(page.etag())).status, 304);
  const Answer script = get("/assets/portal-ABC.js", browser());
  EXPECT_EQ(script.response.field("cache-control"), "public, max-age=31536000, immutable");
}

TEST_F(PagesOfTheFront, WhatTheApiDoesNotKnowIsStillAProblem) {
  EXPECT_EQ(get("/v1/nothing", browser()).code(), "not_found");
  EXPECT_EQ(get("/nothing").code(), "not_found");
  EXPECT_EQ(get("/../index.html", browser()).code(), "not_found");
  EXPECT_EQ(ask(http::Method::post, "/sign-in", "{}", browser()).code(), "not_found");
}

TEST_F(PagesOfTheFront, TheApiKeepsItsOwnPolicy) {
  const Answer states = get("/v1/jurisdictions", browser());
  EXPECT_TRUE(states.response.field("content-security-policy").find("script-src") == std::string_view::npos);
}

}  // namespace
}  // namespace casebridge::tests
