// Ed25519 over OpenSSL 3; a note with several signatures is good when the one of the key is.
#include "core/audit/signed_note.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>
#include <utility>

#include "core/base/crypto.hpp"

namespace casebridge::audit {
namespace {

constexpr std::size_t key_octets = 32, signature_octets = 64, id_octets = 4;
constexpr char algorithm_ed25519 = 1;
constexpr std::string_view signature_mark = "\xE2\x80\x94 ";  // an em dash and a blank
constexpr std::size_t note_octets_max = 64 * 1024;

using KeyPointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using ContextPointer = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* octets_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void computed(bool done) {
  if (!done) throw std::runtime_error("OpenSSL could not compute a signature");
}

KeyPointer key_of(const SecretBytes& seed) {
  KeyPointer key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.bytes().data(), seed.size()),
                 &EVP_PKEY_free);
  computed(key != nullptr);
  return key;
}

std::string public_key_of(const SecretBytes& seed) {
  const KeyPointer key = key_of(seed);
  std::string octets(key_octets, '\0');
  std::size_t size = octets.size();
  computed(EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(octets.data()), &size) ==
               1 &&
           size == key_octets);
  return octets;
}

bool has_signed(const std::string& public_key, std::string_view signature, std::string_view text) {
  const KeyPointer key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets_of(public_key), public_key.size()),
      &EVP_PKEY_free);
  const ContextPointer context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return key && context && signature.size() == signature_octets &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets_of(signature), signature.size(), octets_of(text),
                          text.size()) == 1;
}

std::string with_algorithm(const std::string& public_key) { return algorithm_ed25519 + public_key; }

std::string id_of(const std::string& name, const std::string& public_key) {
  const crypto::Digest digest = crypto::sha256(name + "\n" + with_algorithm(public_key));
  return {reinterpret_cast<const char*>(digest.data()), id_octets};
}

std::string hex_of(const std::string& octets) {
  return crypto::hex(std::span(octets_of(octets), octets.size()));
}

Trouble no_key() { return field_trouble("key", "expected NAME+ID+KEY as `casebridge audit key` prints it"); }
Trouble no_note() { return field_trouble("checkpoint", "is not a note that the key has signed"); }

}  // namespace

std::string base64(std::string_view octets) {
  std::string text(4 * ((octets.size() + 2) / 3) + 1, '\0');  // OpenSSL adds a NUL
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), octets_of(octets),
                                   static_cast<int>(octets.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// Strict: what would be written otherwise is refused.
Result<std::string> from_base64(std::string_view text) {
  std::string octets(text.size(), '\0');
  const int size = text.size() > note_octets_max
                       ? -1
                       : EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()), octets_of(text),
                                         static_cast<int>(text.size()));
  if (size < 0) return field_trouble("base64", "is not base64");
  std::size_t filled = 0;
  while (filled < 2 && filled < text.size() && text[text.size() - 1 - filled] == '=') ++filled;
  octets.resize(static_cast<std::size_t>(size) - std::min(filled, static_cast<std::size_t>(size)));
  if (base64(octets) != text) return field_trouble("base64", "is not base64");
  return octets;
}

NoteKey::NoteKey(std::string name, std::string public_key)
    : name_(std::move(name)), public_key_(std::move(public_key)), id_(id_of(name_, public_key_)) {}

Result<NoteKey> NoteKey::parse(std::string_view text) {
  const std::size_t first = text.find('+'),
                    second = text.find('+', first == std::string_view::npos ? 0 : first + 1);
  if (first == 0 || second == std::string_view::npos || first == second) return no_key();
  const auto key = from_base64(text.substr(second + 1));
  if (!key || key->size() != 1 + key_octets || key->front() != algorithm_ed25519) return no_key();
  NoteKey made(std::string(text.substr(0, first)), key->substr(1));
  if (text.substr(first + 1, second - first - 1) != hex_of(made.id_)) return no_key();
  return made;
}

std::string NoteKey::text() const {
  return name_ + "+" + hex_of(id_) + "+" + base64(with_algorithm(public_key_));
}

Result<std::string> NoteKey::open(std::string_view note) const {
  const std::size_t split = note.rfind("\n\n");
  if (note.size() > note_octets_max || split == std::string_view::npos || !note.ends_with('\n'))
    return no_note();
  const std::string_view text = note.substr(0, split + 1);
  const std::string mark = std::string(signature_mark) + name_ + " ";
  for (std::string_view rest = note.substr(split + 2); !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (!line.starts_with(mark)) continue;
    const auto octets = from_base64(line.substr(mark.size()));
    if (!octets || octets->size() != id_octets + signature_octets || octets->substr(0, id_octets) != id_)
      continue;
    if (has_signed(public_key_, std::string_view(*octets).substr(id_octets), text)) return std::string(text);
  }
  return no_note();
}

NoteSigner::NoteSigner(const std::string& name, SecretBytes seed)
    : seed_(std::move(seed)), key_(name, public_key_of(seed_)) {}

std::string NoteSigner::sign(const std::string& text) const {
  const KeyPointer key = key_of(seed_);
  const ContextPointer context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(signature_octets, '\0');
  std::size_t size = signature.size();
  computed(context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                          octets_of(text), text.size()) == 1);
  return text + "\n" + std::string(signature_mark) + key_.name() + " " + base64(key_.id_ + signature) + "\n";
}

}  // namespace casebridge::audit
