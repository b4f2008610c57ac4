// Every member is looked at; members that nobody knows are let pass.
#include "plugins/georgia_batch/manifest_file.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/model/json_document.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::JsonKind;
using model::JsonNode;

std::string text_at(const JsonNode& object, std::string_view member) {
  const auto found = object.kind() == JsonKind::object ? object.find(member) : std::nullopt;
  return found && found->kind() == JsonKind::text ? found->text() : std::string();
}

std::optional<std::uint64_t> count_at(const JsonNode& object, std::string_view member) {
  const auto found = object.find(member);
  const auto count = found && found->kind() == JsonKind::number ? parse_count(found->number()) : std::nullopt;
  return count ? std::optional(static_cast<std::uint64_t>(*count)) : std::nullopt;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::optional<ListedFile> file_of(const JsonNode& node, const RunId& run) {
  if (node.kind() != JsonKind::object) return std::nullopt;
  const auto kind = kind_of(text_at(node, "kind"));
  const auto size = count_at(node, "bytes"), lines = count_at(node, "lines");
  std::string name = text_at(node, "name"), sum = text_at(node, "sha256");
  if (!kind || *kind == FileKind::manifest || !size || !lines || name != run.file_name(*kind) ||
      !is_sha256(sum))
    return std::nullopt;
  return ListedFile{*kind, std::move(name), *size, *lines, std::move(sum)};
}

// null, or an earlier run of the same day.
bool read_reissue(const JsonNode& root, RunManifest& made) {
  const auto told = root.find("reissueOf");
  if (!told) return false;
  if (told->kind() == JsonKind::null) return true;
  made.reissue_of = told->kind() == JsonKind::text ? RunId::parse(told->text()) : std::nullopt;
  return made.reissue_of && made.reissue_of->day() == made.run.day() && *made.reissue_of < made.run;
}

}  // namespace

const ListedFile* RunManifest::find(FileKind kind) const {
  for (const ListedFile& file : files)
    if (file.kind == kind) return &file;
  return nullptr;
}

std::string RunManifest::sums() const {
  std::vector<std::string> lines;
  for (const ListedFile& file : files) lines.push_back(file.name + " " + file.sha256 + "\n");
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return crypto::hex(crypto::sha256(all));
}

sdk::Answer<RunManifest> parse_manifest(std::string_view json, const RunId& expected) {
  const auto document = model::JsonDocument::parse(json);
  if (!document || document->root().kind() != JsonKind::object) return sdk::drift("MANI");
  const JsonNode root = document->root();
  RunManifest made{expected, text_at(root, "dataThrough"), {}, {}};
  if (text_at(root, "run") != expected.text()) return sdk::drift("MANI/run");
  if (text_at(root, "state") != "GA") return sdk::drift("MANI/state");
  if (text_at(root, "layout") != "GA1") return sdk::drift("MANI/layout");
  if (!is_moment(text_at(root, "created"))) return sdk::drift("MANI/created");
  // A run begins after the last day it knows.
  if (!is_day(made.data_through) || made.data_through >= expected.day().text())
    return sdk::drift("MANI/dataThrough");
  if (!read_reissue(root, made)) return sdk::drift("MANI/reissueOf");
  const auto files = root.find("files");
  if (!files || files->kind() != JsonKind::array) return sdk::drift("MANI/files");
  for (const JsonNode& node : files->children()) {
    auto file = file_of(node, expected);
    if (!file || made.find(file->kind) != nullptr) return sdk::drift("MANI/files");
    made.files.push_back(std::move(*file));
  }
  if (made.find(FileKind::extract) == nullptr) return sdk::drift("MANI/files");
  return made;
}

}  // namespace casebridge::georgia_batch
