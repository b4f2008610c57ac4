// The one place with Boost.DLL. The library is mapped from its sealed image, never from a path that may
// change.
#include "core/switchboard/plugin_loader.hpp"

#define BOOST_DLL_USE_STD_FS
#include <dlfcn.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <string>
#include <string_view>

#include "core/switchboard/refused_plugin.hpp"

namespace casebridge::switchboard {
namespace {

std::string both(std::string_view what, std::string_view note, std::string_view manifest) {
  return std::string(what) + ": the library says " + std::string(note) + ", the manifest says " +
         std::string(manifest);
}

// A symbol that the library does not have may be found in one of those it is linked with.
bool lies_in(const void* address, const std::string& path) {
  Dl_info about{};
  return ::dladdr(address, &about) != 0 && about.dli_fname != nullptr && path == about.dli_fname;
}

Result<LoadedPlugin> check_entry(const casebridge_entry* entry, const AdapterNote& note) {
  if (entry == nullptr || entry->struct_size < sizeof(casebridge_entry))
    return refused_plugin("the library's entry is smaller than this contract's");
  if (entry->abi_major != CASEBRIDGE_ABI_MAJOR || entry->abi_minor_min > CASEBRIDGE_ABI_MINOR)
    return refused_plugin("the library's entry is of another contract than its note");
  if (entry->id == nullptr || entry->version == nullptr || entry->create == nullptr)
    return refused_plugin("the library's entry is incomplete");
  if (note.id != entry->id || note.version != entry->version)
    return refused_plugin("the library's entry and its note name different adapters");
  return LoadedPlugin{entry, std::min(entry->abi_minor_max, CASEBRIDGE_ABI_MINOR)};
}

}  // namespace

Result<void> check_note(const AdapterNote& note, const Manifest& manifest) {
  if (note.abi_major != CASEBRIDGE_ABI_MAJOR || manifest.abi_major != CASEBRIDGE_ABI_MAJOR)
    return refused_plugin("abi_major " + std::to_string(note.abi_major) +
                          " is not spoken here; this gateway speaks " + std::to_string(CASEBRIDGE_ABI_MAJOR));
  if (note.abi_minor_min > CASEBRIDGE_ABI_MINOR)
    return refused_plugin("the adapter needs contract minor " + std::to_string(note.abi_minor_min) +
                          "; this gateway has " + std::to_string(CASEBRIDGE_ABI_MINOR));
  if (note.model_major != CASEBRIDGE_MODEL_MAJOR || manifest.model_major != CASEBRIDGE_MODEL_MAJOR)
    return refused_plugin("the adapter is written for another model than " +
                          std::to_string(CASEBRIDGE_MODEL_MAJOR));
  if (note.id != manifest.id) return refused_plugin(both("id", note.id, manifest.id));
  if (note.version != manifest.version)
    return refused_plugin(both("version", note.version, manifest.version));
  return {};
}

Result<LoadedPlugin> load_plugin(LibraryImage image, const AdapterNote& note) {
  // The dynamic linker knows a library by this name. The descriptor stays open for good, so that the name is
  // never given to another library, which would then silently get this one's code.
  const std::string path = "/proc/self/fd/" + std::to_string(image.take_sealed().release());
  using boost::dll::load_mode::type;
  const auto mode =
      static_cast<type>(boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local | RTLD_NODELETE);
  try {
    const boost::dll::shared_library library(path, mode);
    if (!library.has(CASEBRIDGE_ENTRY_SYMBOL))
      return refused_plugin("the library does not export " CASEBRIDGE_ENTRY_SYMBOL);
    const auto& symbol = library.get<const void* const>(CASEBRIDGE_ENTRY_SYMBOL);
    if (!lies_in(&symbol, path)) return refused_plugin(CASEBRIDGE_ENTRY_SYMBOL " is another library's");
    return check_entry(&library.get_alias<const casebridge_entry>(CASEBRIDGE_ENTRY_SYMBOL), note);
  } catch (const std::exception&) {
    // what() may hold paths of this machine; the dynamic linker's own words go to nobody.
    return refused_plugin(
        "the library cannot be linked: a symbol or another library that it needs is missing");
  }
}

}  // namespace casebridge::switchboard
