// Manifest first, then the octets of the library, then whether both agree with each other and with this
// gateway.
#include "core/switchboard/inspection.hpp"

#include <filesystem>

#include "core/base/crypto.hpp"
#include "core/switchboard/plugin_loader.hpp"

namespace casebridge::switchboard {

Result<Inspection> inspect(const std::string& folder) {
  const std::string id = std::filesystem::path(folder).filename().string();
  CASEBRIDGE_TRY(auto manifest, read_manifest(folder));
  if (manifest.id != id)
    return trouble(TroubleCode::adapter_fault, "the folder and the manifest name different adapters");
  CASEBRIDGE_TRY(auto image, LibraryImage::read(folder + "/" + id + ".so"));
  CASEBRIDGE_TRY(auto note, read_note(image.bytes()));
  CASEBRIDGE_CHECK(check_note(note, manifest));
  const std::string_view octets{reinterpret_cast<const char*>(image.bytes().data()), image.bytes().size()};
  return Inspection{std::move(manifest), std::move(note), crypto::hex(crypto::sha256(octets)),
                    std::move(image)};
}

}  // namespace casebridge::switchboard
