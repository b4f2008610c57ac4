// What a manifest may say.
#include "plugins/georgia_batch/manifest_file.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace casebridge::georgia_batch {
namespace {

using nlohmann::json;

json good() {
  return {{"run", "20260317-02"},
          {"state", "GA"},
          {"layout", "GA1"},
          {"created", "2026-03-17T06:00:00Z"},
          {"dataThrough", "2026-03-16"},
          {"reissueOf", nullptr},
          {"files",
           {{{"name", "GA_EXTR_20260317_02.csv"},
             {"kind", "EXTR"},
             {"bytes", 100},
             {"sha256", std::string(64, 'a')},
             {"lines", 3}}}}};
}

sdk::Answer<RunManifest> parsed(const json& one) {
  return parse_manifest(one.dump(), *RunId::parse("20260317-02"));
}

TEST(Manifest, GoodOneIsRead) {
  const auto manifest = parsed(good());
  ASSERT_TRUE(manifest);
  EXPECT_EQ(manifest->data_through, "2026-03-16");
  ASSERT_NE(manifest->find(FileKind::extract), nullptr);
  EXPECT_EQ(manifest->find(FileKind::extract)->size, 100U);
  EXPECT_EQ(manifest->find(FileKind::bank), nullptr);
}

TEST(Manifest, ReissueIsOfTheSameDayAndLower) {
  json one = good();
  one["reissueOf"] = "20260317-01";
  EXPECT_TRUE(parsed(one));
  for (const char* other : {"20260316-01", "20260317-02", "20260317-03", "", "x"}) {
    one["reissueOf"] = other;
    EXPECT_FALSE(parsed(one)) << other;
  }
  one.erase("reissueOf");
  EXPECT_FALSE(parsed(one));
}

TEST(Manifest, WrongMembersAreRefused) {
  const std::pair<const char*, json> changes[] = {{"/run", "20260317-01"},
                                                  {"/state", "AL"},
                                                  {"/layout", "GA2"},
                                                  {"/created", "today"},
                                                  {"/dataThrough", "16.3."},
                                                  {"/dataThrough", "2026-03-17"},
                                                  {"/dataThrough", "2099-12-31"},
                                                  {"/files", json::array()},
                                                  {"/files/0/bytes", -1},
                                                  {"/files/0/bytes", "100"},
                                                  {"/files/0/sha256", "abc"},
                                                  {"/files/0/kind", "MANI"},
                                                  {"/files/0/name", "GA_EXTR_20260317_01.csv"},
                                                  {"/files/0/name", "../GA_EXTR_20260317_02.csv"}};
  for (const auto& [where, value] : changes) {
    json one = good();
    one[json::json_pointer(where)] = value;
    EXPECT_FALSE(parsed(one)) << where;
  }
  json twice = good();
  twice["files"].push_back(twice["files"][0]);
  EXPECT_FALSE(parsed(twice));
  EXPECT_FALSE(parse_manifest("{", *RunId::parse("20260317-02")));
}

TEST(Manifest, SumsAreThoseOfTheFilesInAnyOrder) {
  json one = good();
  json bank = one["files"][0];
  bank["name"] = "GA_ACH_20260317_02.ach";
  bank["kind"] = "ACH";
  one["files"].push_back(bank);
  json turned = one;
  std::swap(turned["files"][0], turned["files"][1]);
  EXPECT_EQ(parsed(one)->sums(), parsed(turned)->sums());
  EXPECT_NE(parsed(one)->sums(), parsed(good())->sums());
}

}  // namespace
}  // namespace casebridge::georgia_batch
