// adapter inspect: what a plugin says about itself before any of its code runs, or why it would be refused.
#include <iostream>

#include "core/cli/commands.hpp"
#include "core/cli/table.hpp"
#include "core/switchboard/inspection.hpp"

namespace casebridge::cli {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all.empty() ? "none" : all;
}

// The folder of the plugin: given itself, or the .so in it.
std::filesystem::path folder_of(const std::filesystem::path& given) {
  const auto whole = std::filesystem::absolute(given).lexically_normal();
  if (std::filesystem::is_directory(whole)) return whole.filename().empty() ? whole.parent_path() : whole;
  return whole.parent_path();
}

}  // namespace

int inspect_adapter(const std::filesystem::path& file) {
  const auto found = switchboard::inspect(folder_of(file).string());
  if (!found) {
    std::cerr << "refused: " << found.error().detail << '\n';
    return exit_refused;
  }
  const auto& manifest = found->manifest;
  const auto& note = found->note;
  Table table;
  table.row({"Adapter", manifest.id + " " + manifest.version + " - " + manifest.display_name});
  table.row({"ABI", std::to_string(note.abi_major) + "." + std::to_string(note.abi_minor_min) + " to " +
                        std::to_string(note.abi_major) + "." + std::to_string(note.abi_minor_max)});
  table.row({"Model", std::to_string(note.model_major)});
  table.row({"Built by", note.compiler});
  table.row({"SHA-256", found->sha256});
  table.row({"Operations", joined(manifest.operations)});
  table.row({"Credentials", joined(manifest.credential_kinds)});
  table.row({"Challenges", joined(manifest.challenge_kinds)});
  table.row({"Host services", joined(manifest.services)});
  table.row({"Calls at once", std::to_string(manifest.concurrency_max)});
  std::cout << table.text();
  return exit_good;
}

}  // namespace casebridge::cli
