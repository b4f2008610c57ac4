// Seals rows of several kinds, in both versions, and opens them again as their readers would.
#include "tests/unit/storage/vault_world.hpp"

#include "core/base/crypto.hpp"
#include "core/vault/length_prefixed.hpp"
#include "core/vault/sealed_record.hpp"
#include "tests/support/temporary_folder.hpp"

namespace casebridge::storage {
namespace {

using ports::SealedPlace;

// As the release that knew version 1 alone wrote it.
std::string sealed_in_first_version(const vault::KeyFiles& keys, std::string_view plain,
                                    const SealedPlace& place) {
  const std::string id = "seal-0001";
  const SecretBytes data_key = crypto::random_secret(32);
  std::string out("\x01\x01", 2);
  vault::append_integer(out, id.size(), 1);
  out += id + *crypto::seal(*keys.seal_key(id), data_key.reveal(), vault::first_wrap_context(place, id).aad) +
         *crypto::seal(data_key, plain, vault::first_bound_data(place, id));
  return crypto::base64url(std::string_view(out));
}

std::string digest_of(int number) { return "digest" + std::to_string(number); }

SealedPlace place_of_value(const std::string& digest, std::int64_t version) {
  return {"adapter-value", "", digest, "ga-batch", version};
}

}  // namespace

void VaultWorld::SetUp() {
  StoreSuite::SetUp();
  if (IsSkipped()) return;
  home_ = casebridge::testing::new_temporary_folder("vault");
  ASSERT_TRUE(vault::KeyFiles::make(keys_folder()));
  keys_ = keys_in(store());
  vault_ = load();
  ASSERT_TRUE(registered(*vault_).refresh());
}

void VaultWorld::TearDown() {
  vault_.reset();
  keys_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(home_, ignored);
  StoreSuite::TearDown();
}

std::unique_ptr<vault::RecordVault> VaultWorld::load() const {
  return std::make_unique<vault::RecordVault>(vault::KeyFiles::load(keys_folder()).value());
}

std::string VaultWorld::rotate() {
  auto keys = registered(*vault_);
  const auto id = keys.add("file");
  EXPECT_TRUE(id);
  const auto activated = keys.activate(*id);
  EXPECT_TRUE(activated) << activated.error().detail;
  return *id;
}

// Every third in the first version.
void VaultWorld::keep_values(int count) {
  const auto files = vault::KeyFiles::load(keys_folder());
  const SealedPlace key_place{"adapter-value-key", "", "", "ga-batch", 0};
  const auto written = store().write([&](ports::Transaction& tx) -> Result<void> {
    for (int i = 0; i < count; ++i) {
      const std::string plain = "value " + std::to_string(i), digest = digest_of(i);
      const SealedPlace place = place_of_value(digest, i);
      ports::AdapterValue row{"ga-batch", digest, {}, {}, 1, i};
      if (i % 3 == 0) {
        row.sealed_key = sealed_in_first_version(*files, plain, key_place);
        row.sealed = sealed_in_first_version(*files, plain, place);
      } else {
        CASEBRIDGE_TRY(row.sealed_key, vault_->seal(SecretBytes::copy_of(plain), key_place));
        CASEBRIDGE_TRY(row.sealed, vault_->seal(SecretBytes::copy_of(plain), place));
      }
      CASEBRIDGE_CHECK(tx.adapter_values().put(row));
    }
    return {};
  });
  ASSERT_TRUE(written);
  values_ = count;
}

int VaultWorld::values_that_open(const vault::RecordVault& vault) {
  int good = 0;
  EXPECT_TRUE(store().read([&](ports::Transaction& tx) -> Result<void> {
    good = 0;
    for (int i = 0; i < values_; ++i) {
      CASEBRIDGE_TRY(const auto row, tx.adapter_values().find("ga-batch", digest_of(i)));
      if (!row) continue;
      const std::string plain = "value " + std::to_string(i);
      const auto key = vault.open(row->sealed_key, {"adapter-value-key", "", "", "ga-batch", 0});
      const auto value = vault.open(row->sealed, place_of_value(row->key_digest, row->version));
      if (key && value && key->reveal() == plain && value->reveal() == plain) ++good;
    }
    return {};
  }));
  return good;
}

void VaultWorld::keep_mail_and_flow() {
  mail_ = MailId::make(at(0));
  flow_ = FlowId::make(at(0));
  const auto written = store().write([&](ports::Transaction& tx) -> Result<void> {
    ports::MailItem mail{*mail_, "a@example.com", "s", {}, 0, at(0), at(0)};
    CASEBRIDGE_TRY(mail.sealed_text,
                   vault_->seal(SecretBytes::copy_of("a code"), {"mail", "", mail.id.text(), "", 0}));
    CASEBRIDGE_CHECK(tx.mails().insert(mail));
    CASEBRIDGE_TRY(const std::string hash,
                   vault_->seal(SecretBytes::copy_of("a hash"), {"registration", "", flow_->text(), "", 0}));
    const std::string data = R"({"email":"a@example.com","sealed_hash":")" + hash + R"(","tries":2})";
    const ports::Flow flow{*flow_, "registration", "cookie", "code", 0, {}, {}, data, at(0), at(3600)};
    return tx.flows().insert(flow);
  });
  ASSERT_TRUE(written) << written.error().detail;
}

bool VaultWorld::mail_and_flow_open(const vault::RecordVault& vault) {
  bool good = false;
  EXPECT_TRUE(store().write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto mails, tx.mails().take_due(at(1), at(1), 10));
    CASEBRIDGE_TRY(const auto flow, tx.flows().find(*flow_));
    const std::string begin = R"({"email":"a@example.com","sealed_hash":")", end = R"(","tries":2})";
    if (mails.size() != 1 || !flow || !flow->data.starts_with(begin) || !flow->data.ends_with(end)) return {};
    const auto hash = flow->data.substr(begin.size(), flow->data.size() - begin.size() - end.size());
    const auto mail = vault.open(mails[0].sealed_text, {"mail", "", mail_->text(), "", 0});
    const auto opened = vault.open(hash, {"registration", "", flow_->text(), "", 0});
    good = mail && opened && mail->reveal() == "a code" && opened->reveal() == "a hash";
    return {};
  }));
  return good;
}

vault::RewrapSum VaultWorld::rewrap_all(vault::RecordVault& vault, int rows_at_once) {
  vault::Rewrap rewrap(*keys_, vault);
  vault::RewrapSum last;
  for (int steps = 0; steps < 10'000; ++steps) {
    const auto sum = rewrap.step(rows_at_once);
    EXPECT_TRUE(sum) << sum.error().detail;
    if (!sum || sum->finished()) return sum ? *sum : last;
  }
  ADD_FAILURE() << "it does not come to an end";
  return last;
}

std::int64_t VaultWorld::rows_naming(const std::string& key) {
  auto keys = registered(*vault_);
  std::int64_t rows = 0;
  const auto uses = keys.uses(key);
  for (const auto& [place, more] : *uses) rows += more;
  return rows;
}

}  // namespace casebridge::storage
