// Length as in NIST SP 800-63B-4 §3.1.1.2, guessability by zxcvbn, known passwords and context words by list.
#include "core/identity/password_policy.hpp"

#include <zxcvbn.h>

#include <array>
#include <fstream>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"

namespace casebridge::identity {
namespace {

// Score 3 of zxcvbn: more than 10^8 guesses, in bits.
constexpr double strength_bits_min = 26.575;
// The estimate takes time quadratic in the length; what is strong in its beginning is strong.
constexpr std::size_t estimated_octets_max = 100;
constexpr std::size_t own_words_left_min = 8;  // octets that remain when everybody's words are taken out
constexpr std::array<std::string_view, 12> context_words{
    "casebridge", "childsupport", "child support", "child-support", "support", "custody",
    "california", "georgia",      "kansas",        "ohio",          "texas",   "password"};

// Keeps what it is asked to forget in locked memory only.
SecretBytes without(const SecretBytes& text, std::string_view word) {
  const std::string_view whole = text.reveal();
  SecretBytes kept(whole.size());
  std::size_t size = 0;
  for (std::size_t at = 0; at < whole.size();) {
    if (!word.empty() && whole.substr(at).starts_with(word)) {
      at += word.size();
    } else {
      kept.bytes()[size++] = static_cast<std::uint8_t>(whole[at++]);
    }
  }
  return SecretBytes::copy_of(kept.reveal().substr(0, size));
}

SecretBytes lower(const SecretBytes& text) {
  SecretBytes made = text.clone();
  for (std::uint8_t& octet : made.bytes())
    if (octet >= 'A' && octet <= 'Z') octet = static_cast<std::uint8_t>(octet - 'A' + 'a');
  return made;
}

double strength_bits(const SecretBytes& password, const std::vector<std::string>& personal) {
  const std::string_view measured = password.reveal().substr(0, estimated_octets_max);
  SecretBytes ended(measured.size() + 1);  // zero at its end, as the library expects
  std::copy(measured.begin(), measured.end(), ended.bytes().begin());
  std::vector<const char*> words;
  for (const std::string& word : personal) words.push_back(word.c_str());
  for (const std::string_view word : context_words) words.push_back(word.data());
  words.push_back(nullptr);
  return ZxcvbnMatch(ended.reveal().data(), words.data(), nullptr);
}

}  // namespace

Result<PasswordPolicy> PasswordPolicy::load(const std::filesystem::path& list) {
  std::ifstream file(list);
  if (!file)
    return trouble(TroubleCode::dependency_failed, "password list " + list.string() + " cannot be read");
  std::unordered_set<std::string> known;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.front() != '#') known.insert(line);
  return PasswordPolicy(std::move(known));
}

std::optional<std::string> PasswordPolicy::refusal(const SecretBytes& normal_password,
                                                   const std::vector<std::string>& personal) const {
  const std::size_t length = text::count_code_points(normal_password.reveal());
  if (length < limits::password_code_points_min) return "flow.password.too_short";
  if (length > limits::password_code_points_max) return "flow.password.too_long";
  SecretBytes lowered = lower(normal_password);
  // The list is not secret; the copy that looks things up in it is, and is wiped.
  std::string looked_up(lowered.reveal());
  const bool is_known = known_.contains(looked_up);
  wipe(looked_up);
  if (is_known) return "flow.password.too_common";
  for (const std::string_view word : context_words) lowered = without(lowered, word);
  for (const std::string& word : personal)
    if (word.size() >= 3) lowered = without(lowered, text::lower_ascii(word));
  if (lowered.size() < own_words_left_min) return "flow.password.too_common";
  if (strength_bits(normal_password, personal) < strength_bits_min) return "flow.password.too_weak";
  return std::nullopt;
}

}  // namespace casebridge::identity
