// The page's files: found by their exact path or not at all, with what a browser needs to know about each.
#include "core/http/page_files.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace casebridge::http {
namespace {

namespace fs = std::filesystem;

class Pages : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::path(testing::TempDir()) / "pages" /
             testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder);
    write("index.html", "<!doctype html>");
    write("assets/portal-ABC.js", "let a");
    write("assets/portal-ABC.js.gz", "zipped");
    write("icon.svg", "<svg/>");
  }
  void TearDown() override { fs::remove_all(folder); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  std::optional<PageFiles::Page> ask(const std::string& path, const std::string& accept = "text/html",
                                     const std::string& encoding = "", Method method = Method::get) const {
    Request request;
    request.head.method = method;
    request.head.path = path;
    request.head.fields.emplace_back("accept", accept);
    if (!encoding.empty()) request.head.fields.emplace_back("accept-encoding", encoding);
    auto pages = PageFiles::load(folder);
    EXPECT_TRUE(pages);
    return pages->find(request);
  }
  std::string complaint() const { return PageFiles::load(folder).error().detail; }
  fs::path folder;
};

TEST_F(Pages, AreFoundByTheirExactPath) {
  const auto script = ask("/assets/portal-ABC.js");
  ASSERT_TRUE(script);
  EXPECT_EQ(script->response.body(), "let a");
  EXPECT_EQ(script->response.field("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script->row->caching, Caching::immutable);
  EXPECT_EQ(ask("/icon.svg")->row->caching, Caching::page);
}

TEST_F(Pages, NothingBesideThemCanBeReached) {
  fs::create_directories(folder / "inner");
  std::ofstream(folder.parent_path() / "secret.txt") << "secret";
  for (const char* path :
       {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "//secret.txt", "/assets/",
        "/assets/portal-ABC.js/", "/assets//portal-ABC.js", "/./index.html", "/.secret", "/a.b"})
    EXPECT_FALSE(ask(path)) << path;
}

TEST_F(Pages, AViewOfThePageIsAnsweredWithThePage) {
  for (const char* path : {"/", "/sign-in", "/cases/cas_01KKVF4KQ8CF873BC2Z8TF6X41", "/links/lnk_A/unlink"}) {
    const auto page = ask(path);
    ASSERT_TRUE(page) << path;
    EXPECT_EQ(page->response.body(), "<!doctype html>");
    EXPECT_EQ(page->response.field("content-type"), "text/html; charset=utf-8");
  }
}

TEST_F(Pages, TheApiIsNoView) {
  for (const char* path : {"/v1", "/v1/nothing", "/health/other", "/metrics/x"})
    EXPECT_FALSE(ask(path)) << path;
}

TEST_F(Pages, AProgramThatTakesNoHtmlGetsNoView) {
  EXPECT_FALSE(ask("/sign-in", "application/json"));
  EXPECT_FALSE(ask("/sign-in", "*/*"));
  EXPECT_TRUE(ask("/", "*/*"));
}

TEST_F(Pages, AreOnlyRead) {
  EXPECT_FALSE(ask("/", "text/html", "", Method::post));
  EXPECT_TRUE(ask("/", "text/html", "", Method::head));
}

TEST_F(Pages, GoCompressedToThoseWhoTakeIt) {
  const auto plain = ask("/assets/portal-ABC.js", "*/*", "br");
  const auto zipped = ask("/assets/portal-ABC.js", "*/*", "gzip, br");
  EXPECT_EQ(plain->response.field("content-encoding"), "");
  EXPECT_EQ(zipped->response.body(), "zipped");
  EXPECT_EQ(zipped->response.field("content-encoding"), "gzip");
  EXPECT_NE(plain->response.field("etag"), zipped->response.field("etag"));
  EXPECT_EQ(ask("/icon.svg", "*/*", "gzip")->response.field("content-encoding"), "");
}

TEST_F(Pages, AFolderThatHoldsNoPageIsRefused) {
  fs::remove(folder / "index.html");
  EXPECT_NE(complaint().find("no index.html"), std::string::npos);
  EXPECT_NE(PageFiles::load(folder / "nowhere").error().detail.find("no index.html"), std::string::npos);
}

TEST_F(Pages, LinksAndUnknownKindsOfFilesAreRefused) {
  fs::create_symlink("/etc/hostname", folder / "out.txt");
  EXPECT_NE(complaint().find("symbolic link"), std::string::npos);
  fs::remove(folder / "out.txt");
  write("key.pem", "x");
  EXPECT_NE(complaint().find("key.pem"), std::string::npos);
}

TEST_F(Pages, ACompressedFileAloneIsRefused) {
  write("lonely.css.gz", "x");
  EXPECT_NE(complaint().find("lonely.css"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::http
