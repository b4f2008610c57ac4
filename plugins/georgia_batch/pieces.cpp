// SHA-256 is made while reading, because a file may be larger than the memory.
#include "plugins/georgia_batch/pieces.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "core/base/crypto.hpp"

namespace casebridge::georgia_batch {

sdk::Answer<sdk::Done> TextPieces::next(std::string& piece) {
  piece.assign(text_.substr(0, most_));
  text_.remove_prefix(piece.size());
  return sdk::Done{};
}

struct CountedPieces::Digest {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

CountedPieces::CountedPieces(Pieces& source) : source_(source), digest_(std::make_unique<Digest>()) {
  if (!digest_->context || EVP_DigestInit_ex(digest_->context.get(), EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("no SHA-256");
}

CountedPieces::~CountedPieces() = default;

sdk::Answer<sdk::Done> CountedPieces::next(std::string& piece) {
  SDK_TRY([[maybe_unused]] const sdk::Done read, source_.next(piece));
  if (piece.empty()) return sdk::Done{};
  if (EVP_DigestUpdate(digest_->context.get(), piece.data(), piece.size()) != 1)
    throw std::runtime_error("SHA-256 failed");
  size_ += piece.size();
  const char* at = piece.data();
  const char* const end = at + piece.size();
  // A line ends with CR and LF; the CR may have come at the end of the last piece.
  while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) !=
         nullptr) {
    if (at == piece.data() ? after_return_ : at[-1] == '\r') ++lines_;
    ++at;
  }
  after_return_ = piece.back() == '\r';
  return sdk::Done{};
}

std::string CountedPieces::sha256() {
  std::array<std::uint8_t, 32> made{};
  unsigned size = 0;
  if (EVP_DigestFinal_ex(digest_->context.get(), made.data(), &size) != 1 || size != made.size())
    throw std::runtime_error("SHA-256 failed");
  return crypto::hex(made);
}

}  // namespace casebridge::georgia_batch
