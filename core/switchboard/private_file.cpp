// Looks at the open file rather than at its name, so that nobody can change it in between.
#include "core/switchboard/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/switchboard/owned_descriptor.hpp"

namespace casebridge::switchboard {

Result<SecretBytes> read_private_file(const std::string& path, std::size_t bytes_max) {
  const auto refused = [](const char* why) { return trouble(TroubleCode::internal, why); };
  const OwnedDescriptor file{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)};
  if (!file.valid()) return refused("a private key file cannot be opened");
  struct stat found {};
  if (::fstat(file.number(), &found) != 0 || !S_ISREG(found.st_mode))
    return refused("a private key file is not a regular file");
  if (found.st_uid != ::geteuid())
    return refused("a private key file is not owned by the user who runs the gateway");
  if ((found.st_mode & 07777U) != 0400) return refused("a private key file must have mode 0400");
  const auto size = static_cast<std::size_t>(found.st_size);
  if (size == 0 || size > bytes_max) return refused("a private key file is empty or too large");
  SecretBytes content(size);
  if (::read(file.number(), content.bytes().data(), size) != static_cast<ssize_t>(size))
    return refused("a private key file cannot be read");
  return content;
}

}  // namespace casebridge::switchboard
