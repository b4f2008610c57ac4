// Runs ICU's normaliser on buffers that are wiped.
#include "core/identity/normal_form.hpp"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cstring>

#include "core/base/text.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t expansion_max = 18;  // U+FDFA becomes eighteen code points, the most of all

// UTF-16 in locked memory.
class Utf16 {
 public:
  explicit Utf16(std::size_t units) : memory_(units * sizeof(UChar)) {}
  UChar* data() { return reinterpret_cast<UChar*>(memory_.bytes().data()); }
  std::int32_t capacity() const { return static_cast<std::int32_t>(memory_.size() / sizeof(UChar)); }

 private:
  SecretBytes memory_;
};

}  // namespace

std::optional<SecretBytes> normal_form(const SecretBytes& text) {
  if (!text::is_utf8(text.reveal())) return std::nullopt;
  if (text.empty()) return SecretBytes();
  UErrorCode status = U_ZERO_ERROR;
  Utf16 wide(text.size() + 1);
  std::int32_t wide_size = 0;
  u_strFromUTF8(wide.data(), wide.capacity(), &wide_size, text.reveal().data(),
                static_cast<std::int32_t>(text.size()), &status);
  Utf16 normal((text.size() + 1) * expansion_max);
  const UNormalizer2* rules = unorm2_getNFKCInstance(&status);
  const std::int32_t normal_size =
      unorm2_normalize(rules, wide.data(), wide_size, normal.data(), normal.capacity(), &status);
  SecretBytes narrow((static_cast<std::size_t>(std::max(normal_size, 0)) + 1) * 3);
  std::int32_t narrow_size = 0;
  u_strToUTF8(reinterpret_cast<char*>(narrow.bytes().data()), static_cast<std::int32_t>(narrow.size()),
              &narrow_size, normal.data(), normal_size, &status);
  if (U_FAILURE(status)) return std::nullopt;
  return SecretBytes::copy_of(narrow.reveal().substr(0, static_cast<std::size_t>(narrow_size)));
}

}  // namespace casebridge::identity
