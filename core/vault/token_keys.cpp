// What the token is asked for: to find keys, to encrypt and decrypt with them, to make and destroy them.
#include "core/vault/token_keys.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t iv_octets = 12, tag_octets = 16, data_key_octets_max = 64;

CK_BYTE* octets(std::string& text) { return reinterpret_cast<CK_BYTE*>(text.data()); }
// PKCS#11 takes no const; it does not write there either.
CK_BYTE* octets(std::string_view text) {
  return reinterpret_cast<CK_BYTE*>(const_cast<char*>(text.data()));  // NOLINT
}

class Gcm {
 public:
  Gcm(std::string& iv, std::string_view aad) {
    parameters_.pIv = octets(iv);
    parameters_.ulIvLen = iv_octets;
    parameters_.ulIvBits = iv_octets * 8;
    parameters_.pAAD = octets(aad);
    parameters_.ulAADLen = aad.size();
    parameters_.ulTagBits = tag_octets * 8;
    mechanism_ = {CKM_AES_GCM, &parameters_, sizeof parameters_};
  }
  Gcm(const Gcm&) = delete;
  Gcm& operator=(const Gcm&) = delete;
  CK_MECHANISM* mechanism() { return &mechanism_; }

 private:
  CK_GCM_PARAMS parameters_{};
  CK_MECHANISM mechanism_{};
};

}  // namespace

Result<std::string> TokenKeys::wrap(std::string_view key_id, const SecretBytes& data_key,
                                    const WrapContext& context) {
  std::string iv(iv_octets, '\0'), sealed;
  const CK_RV value = with_session([&](Session& session) {
    CK_OBJECT_HANDLE key = 0;
    if (const CK_RV found = find_key(session, key_id, key); found != CKR_OK) return found;
    crypto::random_bytes({reinterpret_cast<std::uint8_t*>(iv.data()), iv.size()});
    Gcm gcm(iv, context.aad);
    CK_FUNCTION_LIST& call = module_.call();
    if (const CK_RV begun = call.C_EncryptInit(session.handle, gcm.mechanism(), key); begun != CKR_OK)
      return begun;
    sealed.assign(data_key.size() + tag_octets, '\0');
    CK_ULONG size = sealed.size();
    const CK_RV done =
        call.C_Encrypt(session.handle, octets(data_key.reveal()), data_key.size(), octets(sealed), &size);
    return done == CKR_OK && size != sealed.size() ? CKR_GENERAL_ERROR : done;
  });
  if (value != CKR_OK) return cannot_be_asked(name());
  return iv + sealed;
}

Result<SecretBytes> TokenKeys::unwrap(std::string_view key_id, std::string_view wrapped,
                                      const WrapContext& context) {
  if (wrapped.size() < iv_octets + tag_octets ||
      wrapped.size() > iv_octets + tag_octets + data_key_octets_max)
    return does_not_open();
  std::string iv(wrapped.substr(0, iv_octets));
  const std::string_view sealed = wrapped.substr(iv_octets);
  SecretBytes room(sealed.size());  // some modules want room for the tag, too
  CK_ULONG size = 0;
  bool refused = false;
  const CK_RV value = with_session([&](Session& session) {
    CK_OBJECT_HANDLE key = 0;
    if (const CK_RV found = find_key(session, key_id, key); found != CKR_OK) return found;
    Gcm gcm(iv, context.aad);
    CK_FUNCTION_LIST& call = module_.call();
    if (const CK_RV begun = call.C_DecryptInit(session.handle, gcm.mechanism(), key); begun != CKR_OK)
      return begun;
    size = room.size();
    const CK_RV done =
        call.C_Decrypt(session.handle, octets(sealed), sealed.size(), room.bytes().data(), &size);
    refused = refuses_record(done);
    return done;
  });
  // Whatever else went wrong is about the token: the record may open the next time.
  if (refused) return does_not_open();
  if (value != CKR_OK || size > room.size()) return cannot_be_asked(name());
  return SecretBytes::copy_of(room.reveal().substr(0, size));
}

std::vector<std::string> TokenKeys::list() const {
  const std::lock_guard lock(mutex_);
  return ids_;
}

Result<void> TokenKeys::look_again() {
  std::vector<std::string> ids;
  const CK_RV value = with_session([&](Session& session) {
    ids.clear();
    std::vector<CK_OBJECT_HANDLE> keys;
    if (const CK_RV found = find_keys(session, keys, {}); found != CKR_OK) return found;
    for (const CK_OBJECT_HANDLE key : keys) {
      std::string label;
      if (const CK_RV read = read_label(session, key, label); read != CKR_OK) return read;
      if (is_key_id(label) && label.starts_with(settings_.key_stem + "-")) ids.push_back(std::move(label));
    }
    return CK_RV{CKR_OK};
  });
  if (value != CKR_OK) return cannot_be_asked(name());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const std::lock_guard lock(mutex_);
  ids_ = std::move(ids);
  return {};
}

Result<void> TokenKeys::health() {
  const CK_RV value = with_session([&](Session& session) {
    CK_SESSION_INFO info{};
    const CK_RV asked = module_.call().C_GetSessionInfo(session.handle, &info);
    if (asked != CKR_OK) return asked;
    const bool user = info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS;
    return user ? CK_RV{CKR_OK} : CK_RV{CKR_USER_NOT_LOGGED_IN};
  });
  if (value != CKR_OK) return cannot_be_asked(name());
  return {};
}

Result<void> TokenKeys::add(std::string_view key_id) {
  std::string id(key_id);
  const CK_RV value = with_session([&](Session& session) {
    CK_OBJECT_CLASS kind = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_AES;
    CK_ULONG size = 32;
    CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
    CK_ATTRIBUTE form[] = {{CKA_CLASS, &kind, sizeof kind},     {CKA_KEY_TYPE, &type, sizeof type},
                           {CKA_VALUE_LEN, &size, sizeof size}, {CKA_LABEL, id.data(), id.size()},
                           {CKA_ID, id.data(), id.size()},      {CKA_TOKEN, &yes, sizeof yes},
                           {CKA_PRIVATE, &yes, sizeof yes},     {CKA_SENSITIVE, &yes, sizeof yes},
                           {CKA_EXTRACTABLE, &no, sizeof no},   {CKA_ENCRYPT, &yes, sizeof yes},
                           {CKA_DECRYPT, &yes, sizeof yes},     {CKA_WRAP, &no, sizeof no},
                           {CKA_UNWRAP, &no, sizeof no}};
    CK_MECHANISM maker{CKM_AES_KEY_GEN, nullptr, 0};
    CK_OBJECT_HANDLE made = 0;
    return module_.call().C_GenerateKey(session.handle, &maker, form, std::size(form), &made);
  });
  if (value != CKR_OK) return cannot_be_asked(name());
  return look_again();
}

Result<void> TokenKeys::destroy(std::string_view key_id) {
  const CK_RV value = with_session([&](Session& session) {
    CK_OBJECT_HANDLE key = 0;
    if (const CK_RV found = find_key(session, key_id, key); found != CKR_OK) return found;
    return module_.call().C_DestroyObject(session.handle, key);
  });
  if (value != CKR_OK) return cannot_be_asked(name());
  {
    const std::lock_guard lock(mutex_);
    forget_sessions(era_);  // they know handles of keys
  }
  return look_again();
}

CK_RV TokenKeys::find_key(Session& session, std::string_view key_id, CK_OBJECT_HANDLE& key) const {
  if (const auto known = session.keys.find(key_id); known != session.keys.end()) {
    key = known->second;
    return CKR_OK;
  }
  std::vector<CK_OBJECT_HANDLE> found;
  if (const CK_RV value = find_keys(session, found, key_id); value != CKR_OK) return value;
  if (found.size() != 1) return CKR_ARGUMENTS_BAD;  // none, or nobody knows which
  key = found.front();
  session.keys.emplace(key_id, key);
  return CKR_OK;
}

// Those of a label, or all: AES keys that the token will not give away.
CK_RV TokenKeys::find_keys(const Session& session, std::vector<CK_OBJECT_HANDLE>& keys,
                           std::string_view label) const {
  constexpr std::size_t keys_max = 256;
  CK_OBJECT_CLASS kind = CKO_SECRET_KEY;
  CK_KEY_TYPE type = CKK_AES;
  CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
  CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &kind, sizeof kind},
                           {CKA_KEY_TYPE, &type, sizeof type},
                           {CKA_SENSITIVE, &yes, sizeof yes},
                           {CKA_EXTRACTABLE, &no, sizeof no},
                           {CKA_LABEL, octets(label), label.size()}};
  CK_FUNCTION_LIST& call = module_.call();
  const CK_ULONG count = std::size(wanted) - (label.empty() ? 1 : 0);
  if (const CK_RV value = call.C_FindObjectsInit(session.handle, wanted, count); value != CKR_OK)
    return value;
  keys.resize(keys_max);
  CK_ULONG found = 0;
  const CK_RV value = call.C_FindObjects(session.handle, keys.data(), keys.size(), &found);
  keys.resize(value == CKR_OK ? found : 0);
  const CK_RV ended = call.C_FindObjectsFinal(session.handle);
  return value != CKR_OK ? value : ended;
}

CK_RV TokenKeys::read_label(const Session& session, CK_OBJECT_HANDLE key, std::string& label) const {
  constexpr std::size_t label_octets_max = 255;
  label.assign(label_octets_max, '\0');
  CK_ATTRIBUTE wanted{CKA_LABEL, label.data(), label.size()};
  const CK_RV value = module_.call().C_GetAttributeValue(session.handle, key, &wanted, 1);
  if (value == CKR_BUFFER_TOO_SMALL) {
    label.clear();  // not one of ours
    return CKR_OK;
  }
  label.resize(value == CKR_OK ? wanted.ulValueLen : 0);
  return value;
}

}  // namespace casebridge::vault
