// Reads private files without following links.
#include "core/vault/private_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "core/vault/owned_file.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t line_size_max = 4096;

std::string size_words(std::size_t size_min, std::size_t size_max) {
  if (size_min == size_max) return "does not hold " + std::to_string(size_min) + " octets";
  return "does not hold " + std::to_string(size_min) + " to " + std::to_string(size_max) + " octets";
}

}  // namespace

Trouble refused_file(const std::filesystem::path& path, std::string_view reason) {
  return trouble(TroubleCode::dependency_failed, "key file " + path.string() + " " + std::string(reason));
}

std::string shown_mode(mode_t mode) {
  char text[8];
  std::snprintf(text, sizeof text, "%04o", mode & 07777U);
  return text;
}

Result<SecretBytes> read_private_file(const std::filesystem::path& path, std::size_t size_min,
                                      std::size_t size_max) {
  const OwnedFile file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) return refused_file(path, "cannot be opened");
  struct stat found {};
  if (::fstat(file.get(), &found) != 0) return refused_file(path, "cannot be examined");
  if (!S_ISREG(found.st_mode)) return refused_file(path, "is not a regular file");
  if (found.st_uid != ::geteuid()) return refused_file(path, "is not owned by the user who runs the gateway");
  const mode_t mode = found.st_mode & 07777U;
  if (mode != 0400 && mode != 0600)
    return refused_file(path, "has mode " + shown_mode(mode) + "; it must be 0400 or 0600");
  const auto size = static_cast<std::size_t>(found.st_size);
  if (size < size_min || size > size_max) return refused_file(path, size_words(size_min, size_max));
  SecretBytes content(size);
  if (::read(file.get(), content.bytes().data(), size) != static_cast<ssize_t>(size))
    return refused_file(path, "cannot be read");
  return content;
}

Result<SecretBytes> read_private_line(const std::filesystem::path& path) {
  CASEBRIDGE_TRY(const SecretBytes content, read_private_file(path, 1, line_size_max));
  std::string_view line = content.reveal();
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) return refused_file(path, "begins with an empty line");
  return SecretBytes::copy_of(line);
}

}  // namespace casebridge::vault
