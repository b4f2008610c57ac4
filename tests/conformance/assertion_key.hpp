// AssertionKey: a key pair of this program's own, as an operator would make one for a system that takes the
// gateway's word; and private copies of other keys.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace casebridge::conformance {

// Throws std::runtime_error when the key cannot be made. The files go with the object.
class AssertionKey {
 public:
  AssertionKey();
  ~AssertionKey();
  AssertionKey(const AssertionKey&) = delete;
  AssertionKey& operator=(const AssertionKey&) = delete;

  std::string file() const { return (folder_ / "assertion.key").string(); }
  const std::string& id() const { return id_; }
  // The public half, as a state keeps it (RFC 7517).
  const nlohmann::json& key_set() const { return key_set_; }
  // A copy that only its owner may read, as the gateway wants it of a key.
  std::string private_copy(const std::filesystem::path& key) const;

 private:
  std::filesystem::path folder_;
  std::string id_ = "gw-conformance-1";
  nlohmann::json key_set_;
};

}  // namespace casebridge::conformance
