// P-256 from OpenSSL; the public half comes from the very code that signs.
#include "tests/conformance/assertion_key.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "core/switchboard/assertion_signer.hpp"
#include "tests/support/temporary_folder.hpp"

namespace casebridge::conformance {
namespace {

namespace fs = std::filesystem;

void write_key(const std::string& path) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair{EVP_EC_gen("P-256"), &EVP_PKEY_free};
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen(path.c_str(), "wx"), &std::fclose};
  if (!pair || !file || ::chmod(path.c_str(), 0400) != 0 ||
      PEM_write_PrivateKey(file.get(), pair.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    throw std::runtime_error("no key for assertions could be made");
}

}  // namespace

AssertionKey::AssertionKey() {
  folder_ = casebridge::testing::new_temporary_folder("assertion");
  write_key(file());
  switchboard::AssertionRules rules;
  rules.key_file = file();
  rules.key_id = id_;
  const auto signer = switchboard::AssertionSigner::make(std::move(rules), "");
  if (!signer) throw std::runtime_error("the key for assertions is of no use: " + signer.error().detail);
  key_set_["keys"].push_back(nlohmann::json::parse((*signer)->public_jwk()));
}

AssertionKey::~AssertionKey() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string AssertionKey::private_copy(const fs::path& key) const {
  const fs::path copy = folder_ / key.filename();
  if (fs::exists(copy)) fs::remove(copy);
  fs::copy_file(key, copy);
  if (::chmod(copy.c_str(), 0400) != 0) throw std::runtime_error("a key cannot be made private");
  return copy.string();
}

}  // namespace casebridge::conformance
