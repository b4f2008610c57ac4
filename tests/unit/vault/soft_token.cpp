// Makes tokens with softhsm2-util, and does to them what happens to tokens.
#include "tests/unit/vault/soft_token.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "core/vault/token_module.hpp"
#include "tests/support/temporary_folder.hpp"

namespace casebridge::vault::testing {
namespace {

constexpr const char* module_file = "/usr/lib/softhsm/libsofthsm2.so";
constexpr const char* token_label = "casebridge-test";

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

}  // namespace

SoftToken::SoftToken() {
  folder_ = casebridge::testing::new_temporary_folder("token");
  std::filesystem::create_directory(folder_ / "tokens");
  std::ofstream(folder_ / "softhsm2.conf")
      << "directories.tokendir = " << (folder_ / "tokens").string() << "\nlog.level = ERROR\n";
  ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
  const std::string command = std::string("softhsm2-util --init-token --free --so-pin 98765432 --label ") +
                              token_label + " --pin " + pin + " >/dev/null 2>&1";
  must(std::system(command.c_str()) == 0, "softhsm2-util cannot make a token");  // NOLINT: our own words
  call().C_Finalize(nullptr);                                                    // of the test before
  write_pin(pin);
}

SoftToken::~SoftToken() {
  call().C_Finalize(nullptr);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

TokenSettings SoftToken::settings() const {
  return {module_file, token_label, folder_ / "pin", "casebridge"};
}

void SoftToken::write_pin(const std::string& text) const {
  const auto fresh = folder_ / "pin.new";
  std::ofstream(fresh) << text << '\n';
  must(::chmod(fresh.c_str(), 0400) == 0, "chmod");
  std::filesystem::rename(fresh, folder_ / "pin");
}

CK_FUNCTION_LIST& SoftToken::call() const { return TokenModule::load(module_file).value().call(); }

void SoftToken::lose_sessions() const { must(call().C_Finalize(nullptr) == CKR_OK, "C_Finalize"); }

void SoftToken::pull() const {
  call().C_Finalize(nullptr);
  std::filesystem::rename(folder_ / "tokens", folder_ / "drawer");
  std::filesystem::create_directory(folder_ / "tokens");
}

void SoftToken::put_back() const {
  call().C_Finalize(nullptr);
  std::filesystem::remove_all(folder_ / "tokens");
  std::filesystem::rename(folder_ / "drawer", folder_ / "tokens");
}

void SoftToken::make_extractable_key(const std::string& label) const {
  CK_FUNCTION_LIST& list = call();
  CK_SLOT_ID slots[8];
  CK_ULONG count = std::size(slots);
  must(list.C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK, "C_GetSlotList");
  const CK_SLOT_ID* const ours = std::find_if(slots, slots + count, [&](CK_SLOT_ID one) {
    CK_TOKEN_INFO info{};
    return list.C_GetTokenInfo(one, &info) == CKR_OK && (info.flags & CKF_TOKEN_INITIALIZED) != 0;
  });
  must(ours != slots + count, "there is no token");
  CK_SESSION_HANDLE session = 0;
  must(list.C_OpenSession(*ours, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session) == CKR_OK,
       "C_OpenSession");
  CK_OBJECT_CLASS kind = CKO_SECRET_KEY;
  CK_KEY_TYPE type = CKK_AES;
  CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
  std::string name = label, value(32, 'k');
  CK_ATTRIBUTE form[] = {{CKA_CLASS, &kind, sizeof kind},       {CKA_KEY_TYPE, &type, sizeof type},
                         {CKA_TOKEN, &yes, sizeof yes},         {CKA_PRIVATE, &yes, sizeof yes},
                         {CKA_SENSITIVE, &no, sizeof no},       {CKA_EXTRACTABLE, &yes, sizeof yes},
                         {CKA_LABEL, name.data(), name.size()}, {CKA_VALUE, value.data(), value.size()},
                         {CKA_ENCRYPT, &yes, sizeof yes},       {CKA_DECRYPT, &yes, sizeof yes}};
  CK_OBJECT_HANDLE made = 0;
  must(list.C_CreateObject(session, form, std::size(form), &made) == CKR_OK, "C_CreateObject");
  list.C_CloseSession(session);
}

}  // namespace casebridge::vault::testing
