// Three lines: origin, size, root. Further lines are extensions, which are signed and not looked at.
#include "core/audit/checkpoint.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"

namespace casebridge::audit {

std::string origin_of(std::string_view name, std::string_view stream) {
  return std::string(name) + "/" + std::string(stream);
}

std::string stream_of(std::string_view origin) {
  const std::size_t slash = origin.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(origin.substr(slash + 1));
}

std::string write_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer) {
  const std::string_view root(reinterpret_cast<const char*>(checkpoint.root.data()), checkpoint.root.size());
  return signer.sign(checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(root) + "\n");
}

Result<Checkpoint> read_checkpoint(std::string_view note, const NoteKey& key) {
  CASEBRIDGE_TRY(const std::string text, key.open(note));
  const std::vector<std::string> lines = text::split(text, '\n');
  const auto unfit = [] { return field_trouble("checkpoint", "is of another origin, or no checkpoint"); };
  if (lines.size() < 4 || lines[0] != key.name()) return unfit();
  const auto size = text::all_digits(lines[1]) ? text::parse_int(lines[1]) : std::nullopt;
  const auto root = from_base64(lines[2]);
  Checkpoint read;
  if (!size || !root || root->size() != read.root.size()) return unfit();
  read.origin = lines[0];
  read.size = static_cast<std::uint64_t>(*size);
  std::copy(root->begin(), root->end(), read.root.begin());
  return read;
}

}  // namespace casebridge::audit
