// Finding rows by method and path.
#include "core/http/router.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

Result<Response> nothing(const Call&) { return Response(204); }

constexpr Route row(Method method, std::string_view path) {
  return {method, path, "op", CallerKind::anyone, model::Assurance::none, false,
          "",     "",   "",   Idempotency::none,  RateClass::read,        Caching::no_store,
          nothing};
}
constexpr Route table[] = {row(Method::get, "/v1/a"), row(Method::post, "/v1/a"),
                           row(Method::del, "/v1/a/{id}"), row(Method::get, "/v1/a/{id}/b/{other}")};

TEST(Router, FindsRowsAndArguments) {
  const Match match = find_route(table, Method::get, "/v1/a/x%20y/b/z");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->path, "/v1/a/{id}/b/{other}");
  EXPECT_EQ(match.arguments.at("id"), "x y");
  EXPECT_EQ(match.arguments.at("other"), "z");
}

TEST(Router, ATemplateIsNoPathOfItself) {
  EXPECT_EQ(find_route(table, Method::del, "/v1/a/{id}").arguments.at("id"), "{id}");
}

TEST(Router, HeadFindsTheRowOfGet) { EXPECT_EQ(find_route(table, Method::head, "/v1/a").route, &table[0]); }

TEST(Router, TellsAnUnknownPathFromAnotherMethod) {
  EXPECT_EQ(find_route(table, Method::put, "/v1/a").allowed, "GET, HEAD, POST");
  EXPECT_EQ(find_route(table, Method::get, "/v1/a/x").allowed, "DELETE");
  for (const char* path :
       {"/", "/v1", "/v1/a/", "/v1/a/x/b", "/v1/a/x/b/", "/v1/a/x/b/y/z", "/V1/a", "/v1/a/%ff"}) {
    const Match match = find_route(table, Method::get, path);
    EXPECT_EQ(match.route, nullptr) << path;
    EXPECT_EQ(match.allowed, "") << path;
  }
}

}  // namespace
}  // namespace casebridge::http
