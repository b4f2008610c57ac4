// Sessions of TokenKeys: borrowed by one call, replaced when they are gone, opened with the PIN from its
// file.
#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/vault/private_file.hpp"
#include "core/vault/token_keys.hpp"

namespace casebridge::vault {
namespace {

// What a file holds cannot be told from this, but whether somebody wrote another one.
std::string stamp_of(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return {};
  return std::to_string(found.st_ino) + " " + std::to_string(found.st_mtim.tv_sec) + "." +
         std::to_string(found.st_mtim.tv_nsec);
}

std::string_view label_of(const CK_TOKEN_INFO& info) {
  const std::string_view padded(reinterpret_cast<const char*>(info.label), sizeof info.label);
  return padded.substr(0, padded.find_last_not_of(' ') + 1);
}

// A call that failed has ended its operation (PKCS#11 v2.40 §5.8), unless it says otherwise.
bool may_serve_again(CK_RV value) {
  return !wants_new_session(value) && value != CKR_BUFFER_TOO_SMALL && value != CKR_OPERATION_ACTIVE;
}

}  // namespace

Result<std::unique_ptr<KeyProvider>> open_token_keys(TokenSettings settings) {
  CASEBRIDGE_TRY(const TokenModule module, TokenModule::load(settings.module));
  auto made = std::make_unique<TokenKeys>(std::move(settings), module);
  if (const auto looked = made->look_again(); !looked) {
    // Health will tell.
  }
  return std::unique_ptr<KeyProvider>(std::move(made));
}

TokenKeys::~TokenKeys() {
  for (const Session& session : idle_) module_.call().C_CloseSession(session.handle);
}

CK_RV TokenKeys::with_session(const Work& work) {
  CK_RV value = CKR_OK;
  for (int attempt = 0; attempt < 2; ++attempt) {
    Session session;
    value = take_session(session);
    if (value == CKR_OK) {
      value = work(session);
      if (may_serve_again(value)) {
        const std::lock_guard lock(mutex_);
        if (session.era == era_) {
          idle_.push_back(std::move(session));
          return value;
        }
      }
      module_.call().C_CloseSession(session.handle);
    }
    if (!wants_new_session(value)) return value;
    const std::lock_guard lock(mutex_);
    forget_sessions(session.era);
  }
  return value;
}

CK_RV TokenKeys::take_session(Session& session) {
  {
    const std::lock_guard lock(mutex_);
    session.era = era_;
    if (!idle_.empty()) {
      session = std::move(idle_.back());
      idle_.pop_back();
      return CKR_OK;
    }
  }
  return open_session(session);
}

CK_RV TokenKeys::open_session(Session& session) {
  if (const CK_RV value = module_.initialize(); value != CKR_OK) return value;
  CK_SLOT_ID slot = 0;
  if (const CK_RV value = find_slot(slot); value != CKR_OK) return value;
  CK_FUNCTION_LIST& call = module_.call();
  const CK_RV opened =
      call.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session.handle);
  if (opened != CKR_OK) return opened;
  const CK_RV logged_in = log_in(session.handle);
  if (logged_in != CKR_OK) call.C_CloseSession(session.handle);
  return logged_in;
}

CK_RV TokenKeys::log_in(CK_SESSION_HANDLE handle) {
  const std::lock_guard lock(login_);
  CK_SESSION_INFO info{};
  if (const CK_RV value = module_.call().C_GetSessionInfo(handle, &info); value != CKR_OK) return value;
  if (info.state == CKS_RW_USER_FUNCTIONS || info.state == CKS_RO_USER_FUNCTIONS) return CKR_OK;
  const std::string stamp = stamp_of(settings_.pin_file);
  if (refused_stamp_ == stamp) return CKR_PIN_INCORRECT;
  auto pin = read_private_line(settings_.pin_file);
  if (!pin) return CKR_PIN_INVALID;
  const CK_RV value = module_.call().C_Login(handle, CKU_USER, pin->bytes().data(), pin->size());
  if (refuses_pin(value)) refused_stamp_ = stamp;
  return value == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : value;
}

CK_RV TokenKeys::find_slot(CK_SLOT_ID& slot) const {
  CK_FUNCTION_LIST& call = module_.call();
  CK_ULONG count = 0;
  if (const CK_RV value = call.C_GetSlotList(CK_TRUE, nullptr, &count); value != CKR_OK) return value;
  std::vector<CK_SLOT_ID> slots(count);
  if (const CK_RV value = call.C_GetSlotList(CK_TRUE, slots.data(), &count); value != CKR_OK) return value;
  slots.resize(std::min<std::size_t>(count, slots.size()));
  for (const CK_SLOT_ID one : slots) {
    CK_TOKEN_INFO info{};
    if (call.C_GetTokenInfo(one, &info) != CKR_OK || label_of(info) != settings_.token) continue;
    slot = one;
    return CKR_OK;
  }
  return CKR_TOKEN_NOT_PRESENT;
}

// Of that era or an older one; somebody else may have opened new ones since. The caller holds the lock.
void TokenKeys::forget_sessions(std::uint64_t era) {
  if (era != era_) return;
  ++era_;
  for (const Session& session : idle_) module_.call().C_CloseSession(session.handle);
  idle_.clear();
}

}  // namespace casebridge::vault
