// The committed files of every state are readable and complete.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/base/settings_file.hpp"
#include "core/switchboard/jurisdiction_file.hpp"
#include "core/switchboard/manifest.hpp"
#include "core/switchboard/payload_schemas.hpp"
#include "core/switchboard/system_file.hpp"
#include "tests/support/places.hpp"

namespace casebridge::switchboard {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> state_folders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(tests::in_source("states")))
    if (entry.is_directory()) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

TEST(States, EveryFolderIsReadable) {
  for (const fs::path& folder : state_folders()) {
    const auto jurisdiction = read_jurisdiction(folder.string());
    ASSERT_TRUE(jurisdiction) << jurisdiction.error().detail;
    EXPECT_EQ("us-" + folder.filename().string(), jurisdiction->id);
    if (!fs::exists(folder / "systems.yaml")) continue;
    const auto systems = read_systems(folder.string(), jurisdiction->id);
    ASSERT_TRUE(systems) << systems.error().detail;
    EXPECT_FALSE(systems->empty());
  }
}

TEST(States, AndManifestsFollowTheirSchemas) {
  const auto follows = [](const fs::path& yaml, const std::string& schema) {
    const auto file = Settings::load(yaml);
    ASSERT_TRUE(file) << file.error().detail;
    std::ifstream in(std::string(casebridge::tests::in_source("schemas/")) + schema);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto checked = check_against(text, file->json());
    EXPECT_TRUE(checked) << yaml << " at " << checked.error().detail;
  };
  for (const fs::path& folder : state_folders()) {
    follows(folder / "profile.yaml", "config/jurisdiction.json");
    if (fs::exists(folder / "systems.yaml")) follows(folder / "systems.yaml", "config/systems.json");
  }
  int manifests = 0;
  for (const auto& entry : fs::directory_iterator(casebridge::tests::in_source("plugins"))) {
    if (!fs::exists(entry.path() / "manifest.yaml")) continue;
    ++manifests;
    follows(entry.path() / "manifest.yaml", "adapter/manifest.json");
    const auto manifest = read_manifest(entry.path().string());
    EXPECT_TRUE(manifest) << manifest.error().detail;
  }
  EXPECT_GE(manifests, 1);
}

TEST(States, TexasSaysWhatItsAccountNeeds) {
  const auto systems = read_systems(casebridge::tests::in_source("states/tx"), "us-tx");
  ASSERT_TRUE(systems);
  const auto found = std::find_if(systems->begin(), systems->end(),
                                  [](const SystemSetup& setup) { return setup.info.id == "tx-icop"; });
  ASSERT_NE(found, systems->end());
  EXPECT_EQ(found->info.adapter, "texas_icop");
  EXPECT_EQ(found->info.time_zone, "America/Chicago");
  EXPECT_EQ(found->info.lockout.limit, 5);
  EXPECT_EQ(found->info.lockout.lock, std::chrono::seconds{900});
  EXPECT_EQ(found->info.form.fields.at(0).name, "user_name");
  EXPECT_EQ(found->info.form.fields.at(1).name, "password");
  EXPECT_EQ(found->info.safety_policy, 0);  // Texas leaves out by itself what it must
  EXPECT_EQ(found->info.case_number.length, 10U);
  ASSERT_EQ(found->info.maintenance.size(), 1U);
  EXPECT_EQ(found->info.maintenance[0].weekday, 0U);
  EXPECT_EQ(found->info.maintenance[0].from_minute, 120);
  EXPECT_EQ(found->info.maintenance[0].to_minute, 360);
}

TEST(States, OhioSaysWhatItsCaseAccessNeeds) {
  const auto systems = read_systems(casebridge::tests::in_source("states/oh"), "us-oh");
  ASSERT_TRUE(systems) << systems.error().detail;
  const auto found = std::find_if(systems->begin(), systems->end(),
                                  [](const SystemSetup& setup) { return setup.info.id == "oh-csenet"; });
  ASSERT_NE(found, systems->end());
  EXPECT_EQ(found->info.adapter, "ohio_csenet");
  EXPECT_EQ(found->info.time_zone, "America/New_York");
  // Three tries, and then no time opens the lock.
  EXPECT_EQ(found->info.lockout.limit, 3);
  EXPECT_EQ(found->info.lockout.lock, std::chrono::seconds{0});
  EXPECT_EQ(found->info.form.credential_kind, "case_ssn4_pin");
  EXPECT_EQ(found->info.form.fields.at(1).name, "ssn_last4");
  EXPECT_EQ(found->info.form.fields.at(2).length_exact, 8);
  EXPECT_FALSE(found->info.form.ssn_notice.empty());
  EXPECT_NE(found->info.form.ssn_notice_es.find("voluntario"), std::string::npos);
  EXPECT_EQ(found->info.safety_policy, 0);
  // Every night from 23:30 to 00:30, as two windows on each of seven days.
  EXPECT_EQ(found->info.maintenance.size(), 14U);
}

}  // namespace
}  // namespace casebridge::switchboard
