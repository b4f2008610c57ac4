// Loads a PKCS#11 library by its path; nothing is looked for elsewhere.
#include "core/vault/token_module.hpp"

#include <dlfcn.h>

namespace casebridge::vault {

Result<TokenModule> TokenModule::load(const std::filesystem::path& file) {
  void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const entry = library == nullptr ? nullptr : ::dlsym(library, "C_GetFunctionList");
  CK_FUNCTION_LIST* functions = nullptr;
  if (entry == nullptr || reinterpret_cast<CK_C_GetFunctionList>(entry)(&functions) != CKR_OK ||
      functions == nullptr)
    return field_trouble("vault.pkcs11.module", file.string() + " is no PKCS#11 library");
  return TokenModule(functions);
}

CK_RV TokenModule::initialize() const {
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV value = functions_->C_Initialize(&arguments);
  return value == CKR_CRYPTOKI_ALREADY_INITIALIZED ? CKR_OK : value;
}

bool wants_new_session(CK_RV value) {
  switch (value) {
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
    case CKR_DEVICE_REMOVED:
    case CKR_DEVICE_ERROR:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_TOKEN_NOT_RECOGNIZED:
    case CKR_SLOT_ID_INVALID:
    case CKR_USER_NOT_LOGGED_IN:
    case CKR_KEY_HANDLE_INVALID:
    case CKR_OBJECT_HANDLE_INVALID:
    case CKR_CRYPTOKI_NOT_INITIALIZED: return true;
    default: return false;
  }
}

bool refuses_record(CK_RV value) {
  constexpr CK_RV aead_decrypt_failed = 0x42;  // PKCS#11 v3.0; older headers do not name it
  return value == CKR_ENCRYPTED_DATA_INVALID || value == CKR_ENCRYPTED_DATA_LEN_RANGE ||
         value == CKR_DATA_INVALID || value == aead_decrypt_failed ||
         value == CKR_GENERAL_ERROR;  // what SoftHSM2 says of a wrong tag
}

bool refuses_pin(CK_RV value) {
  return value == CKR_PIN_INCORRECT || value == CKR_PIN_INVALID || value == CKR_PIN_LEN_RANGE ||
         value == CKR_PIN_EXPIRED || value == CKR_PIN_LOCKED;
}

}  // namespace casebridge::vault
