// yaml-cpp behind Settings; its exceptions end here, and their text is not passed on.
#include "core/base/settings_file.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/base/text.hpp"

namespace casebridge {

namespace {

constexpr std::uintmax_t file_bytes_max = 1024 * 1024;

std::string place(const std::string& file, int line, const std::string& key) {
  return file + ":" + std::to_string(line) + ": " + key;
}

Trouble broken_file(const std::string& file, int line, std::string_view what) {
  return field_trouble(file, file + ":" + std::to_string(line) + ": " + std::string(what));
}

void write_json_text(std::string& out, const std::string& value) {
  out.push_back('"');
  for (const char c : value) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (static_cast<unsigned char>(c) < 0x20) {
      static constexpr char digits[] = "0123456789abcdef";
      out += "\\u00";
      out.push_back(digits[(c >> 4) & 0xf]);
      out.push_back(digits[c & 0xf]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void write_json(std::string& out, const YAML::Node& node) {
  if (node.IsMap()) {
    out.push_back('{');
    bool first = true;
    for (const auto& member : node) {
      if (!std::exchange(first, false)) out.push_back(',');
      write_json_text(out, member.first.Scalar());
      out.push_back(':');
      write_json(out, member.second);
    }
    out.push_back('}');
  } else if (node.IsSequence()) {
    out.push_back('[');
    bool first = true;
    for (const auto& item : node) {
      if (!std::exchange(first, false)) out.push_back(',');
      write_json(out, item);
    }
    out.push_back(']');
  } else if (node.IsNull() || !node.IsDefined()) {
    out += "null";
  } else {
    const std::string& value = node.Scalar();
    const bool quoted = node.Tag() == "!";
    if (!quoted && (value == "true" || value == "false"))
      out += value;
    else if (!quoted && text::parse_int(value) && std::to_string(*text::parse_int(value)) == value)
      out += value;
    else
      write_json_text(out, value);
  }
}

}  // namespace

struct Settings::Node {
  std::string file;
  std::string path;  // dotted, of this section; empty at the top
  YAML::Node yaml;

  std::string full(std::string_view key) const {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
  }
  YAML::Node child(std::string_view key) const { return yaml[std::string(key)]; }
};

Result<Settings> Settings::load(const std::filesystem::path& file) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  if (failed) return broken_file(file.string(), 0, "cannot be read");
  if (size > file_bytes_max) return broken_file(file.string(), 0, "larger than 1 MiB");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in) return broken_file(file.string(), 0, "cannot be read");
  return parse(content.str(), file.string());
}

Result<Settings> Settings::parse(std::string_view yaml, const std::string& name) {
  if (!text::is_utf8(yaml)) return broken_file(name, 0, "not UTF-8");
  try {
    YAML::Node top = YAML::Load(std::string(yaml));
    if (!top.IsMap()) return broken_file(name, 1, "expected keys and values");
    return Settings(std::make_shared<const Node>(Node{name, "", std::move(top)}));
  } catch (const YAML::Exception& broken) {
    return broken_file(name, broken.mark.line + 1, "not readable as YAML");
  }
}

Trouble Settings::complaint(std::string_view key, std::string_view expected) const {
  const YAML::Node child = node_->child(key);
  const int line = (child.IsDefined() ? child.Mark().line : node_->yaml.Mark().line) + 1;
  return field_trouble(node_->full(key),
                       place(node_->file, line, node_->full(key)) + ": " + std::string(expected));
}

bool Settings::has(std::string_view key) const {
  const YAML::Node child = node_->child(key);
  return child.IsDefined() && !child.IsNull();
}

Result<void> Settings::only(std::initializer_list<std::string_view> keys) const {
  for (const auto& member : node_->yaml) {
    if (!member.first.IsScalar()) return complaint("?", "a key must be plain text");
    const std::string& key = member.first.Scalar();
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) return complaint(key, "unknown setting");
  }
  return {};
}

Result<std::string> Settings::text(std::string_view key) const {
  const YAML::Node child = node_->child(key);
  if (!child.IsDefined()) return complaint(key, "missing");
  if (!child.IsScalar() || text::has_control(text::trim(child.Scalar()))) {
    // Block text with line ends is fine; other control characters are not.
    if (!child.IsScalar()) return complaint(key, "expected text");
    for (const char c : child.Scalar())
      if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return complaint(key, "has control characters");
  }
  return child.Scalar();
}

Result<std::string> Settings::text_or(std::string_view key, std::string fallback) const {
  if (!has(key)) return fallback;
  return text(key);
}

Result<std::string> Settings::one_of(std::string_view key,
                                     std::initializer_list<std::string_view> words) const {
  CASEBRIDGE_TRY(std::string value, text(key));
  if (std::find(words.begin(), words.end(), value) != words.end()) return value;
  std::string expected = "expected one of";
  for (const auto word : words) expected += " " + std::string(word);
  return complaint(key, expected);
}

Result<std::int64_t> Settings::integer(std::string_view key, std::int64_t least, std::int64_t most) const {
  CASEBRIDGE_TRY(const std::string value, text(key));
  const auto number = text::parse_int(value);
  if (!number || *number < least || *number > most)
    return complaint(key,
                     "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return *number;
}

Result<std::int64_t> Settings::integer_or(std::string_view key, std::int64_t least, std::int64_t most,
                                          std::int64_t fallback) const {
  if (!has(key)) return fallback;
  return integer(key, least, most);
}

Result<bool> Settings::boolean_or(std::string_view key, bool fallback) const {
  if (!has(key)) return fallback;
  CASEBRIDGE_TRY(const std::string value, text(key));
  if (value == "true") return true;
  if (value == "false") return false;
  return complaint(key, "expected true or false");
}

Result<std::vector<std::string>> Settings::texts(std::string_view key) const {
  std::vector<std::string> values;
  if (!has(key)) return values;
  const YAML::Node child = node_->child(key);
  if (!child.IsSequence()) return complaint(key, "expected a list");
  for (const auto& item : child) {
    if (!item.IsScalar()) return complaint(key, "expected a list of texts");
    values.push_back(item.Scalar());
  }
  return values;
}

Result<Settings> Settings::section(std::string_view key) const {
  const YAML::Node child = node_->child(key);
  if (!child.IsDefined()) return complaint(key, "missing");
  if (!child.IsMap()) return complaint(key, "expected keys and values");
  return Settings(std::make_shared<const Node>(Node{node_->file, node_->full(key), child}));
}

Result<std::optional<Settings>> Settings::section_if_any(std::string_view key) const {
  if (!has(key)) return std::optional<Settings>{};
  CASEBRIDGE_TRY(Settings found, section(key));
  return std::optional<Settings>(std::move(found));
}

Result<std::vector<Settings>> Settings::list(std::string_view key) const {
  std::vector<Settings> sections;
  if (!has(key)) return sections;
  const YAML::Node child = node_->child(key);
  if (!child.IsSequence()) return complaint(key, "expected a list");
  for (std::size_t i = 0; i < child.size(); ++i) {
    if (!child[i].IsMap()) return complaint(key, "expected a list of keys and values");
    const std::string path = node_->full(key) + "[" + std::to_string(i) + "]";
    sections.push_back(Settings(std::make_shared<const Node>(Node{node_->file, path, child[i]})));
  }
  return sections;
}

std::vector<std::string> Settings::keys() const {
  std::vector<std::string> names;
  for (const auto& member : node_->yaml) names.push_back(member.first.Scalar());
  return names;
}

std::string Settings::json() const {
  std::string out;
  write_json(out, node_->yaml);
  return out;
}

}  // namespace casebridge
