// Run ids order as their text does.
#include "plugins/georgia_batch/run_id.hpp"

#include <array>

#include "core/base/text.hpp"

namespace casebridge::georgia_batch {
namespace {

struct KindRow {
  FileKind kind;
  std::string_view name, ending;
};
constexpr std::array<KindRow, 5> kinds{{{FileKind::extract, "EXTR", ".csv"},
                                        {FileKind::bank, "ACH", ".ach"},
                                        {FileKind::pins, "PINS", ".csv"},
                                        {FileKind::acknowledgements, "ACK", ".csv"},
                                        {FileKind::manifest, "MANI", ".json"}}};

std::string digits_of(model::Date day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

}  // namespace

std::optional<RunId> RunId::parse(std::string_view text) {
  if (text.size() != 11 || text[8] != '-' || !text::all_digits(text.substr(0, 8)) ||
      !text::all_digits(text.substr(9)))
    return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    return static_cast<int>(*text::parse_int(text.substr(at, size)));
  };
  const auto day =
      model::Date::of(number(0, 4), static_cast<unsigned>(number(4, 2)), static_cast<unsigned>(number(6, 2)));
  if (!day || number(9, 2) == 0) return std::nullopt;
  return RunId{*day, number(9, 2)};
}

std::optional<RunId> RunId::of_manifest(std::string_view file_name) {
  if (file_name.size() != 24 || !file_name.starts_with("GA_MANI_") || file_name[16] != '_')
    return std::nullopt;
  const auto run = parse(std::string(file_name.substr(8, 8)) + "-" + std::string(file_name.substr(17, 2)));
  return run && run->file_name(FileKind::manifest) == file_name ? run : std::nullopt;
}

std::string RunId::text() const {
  return digits_of(day_) + "-" + (number_ < 10 ? "0" : "") + std::to_string(number_);
}

std::string RunId::file_name(FileKind kind) const {
  const KindRow& row = kinds[static_cast<std::size_t>(kind)];
  std::string name = "GA_";
  name.append(row.name).append("_").append(text()).append(row.ending);
  name[name.size() - row.ending.size() - 3] = '_';
  return name;
}

std::string_view name_of(FileKind kind) { return kinds[static_cast<std::size_t>(kind)].name; }

std::optional<FileKind> kind_of(std::string_view name) {
  for (const KindRow& row : kinds)
    if (row.name == name) return row.kind;
  return std::nullopt;
}

}  // namespace casebridge::georgia_batch
