// The committed files of every state are readable and complete.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/switchboard/jurisdiction_file.hpp"
#include "core/switchboard/system_file.hpp"

namespace casebridge::switchboard {
namespace {

namespace fs = std::filesystem;

TEST(States, EveryFolderIsReadable) {
  int seen = 0;
  for (const auto& entry : fs::directory_iterator(CASEBRIDGE_SOURCE_DIR "/states")) {
    if (!entry.is_directory()) continue;
    ++seen;
    const auto jurisdiction = read_jurisdiction(entry.path().string());
    ASSERT_TRUE(jurisdiction) << jurisdiction.error().detail;
    EXPECT_EQ("us-" + entry.path().filename().string(), jurisdiction->id);
    const auto systems = read_systems(entry.path().string(), jurisdiction->id);
    ASSERT_TRUE(systems) << systems.error().detail;
    EXPECT_FALSE(systems->empty());
    for (const char* guidance : {"guidance.en.md", "guidance.es.md"})
      EXPECT_GT(fs::file_size(entry.path() / guidance), 200U) << entry.path();
  }
  EXPECT_GE(seen, 1);
}

TEST(States, TexasSaysWhatItsAccountNeeds) {
  const auto systems = read_systems(CASEBRIDGE_SOURCE_DIR "/states/tx", "us-tx");
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
  EXPECT_EQ(found->info.safety_policy, 1);
  ASSERT_EQ(found->maintenance.size(), 1U);
  EXPECT_EQ(found->maintenance[0].weekday, 0U);
  EXPECT_EQ(found->maintenance[0].from_minute, 120);
  EXPECT_EQ(found->maintenance[0].to_minute, 360);
}

}  // namespace
}  // namespace casebridge::switchboard
