// Reading the folder and looking up paths. What is not in the table does not exist, whatever a path says.
#include "core/http/page_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "core/base/text.hpp"
#include "core/http/etag.hpp"

namespace casebridge::http {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_max = 500;
constexpr std::uintmax_t file_bytes_max = 4 * 1024 * 1024;
constexpr std::string_view index_path = "/index.html";
constexpr std::string_view compressed_suffix = ".gz";

constexpr Route row_with(std::string_view name, Caching caching) {
  return {Method::get, name, name, CallerKind::anyone, model::Assurance::none, false,
          "",          "",   "",   Idempotency::none,  RateClass::read,        caching,
          nullptr};
}
constexpr Route page_row = row_with("page", Caching::page);
constexpr Route asset_row = row_with("asset", Caching::immutable);

std::string_view media_type_of(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{
      {{".html", media_html},
       {".css", "text/css; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".svg", "image/svg+xml"},
       {".png", "image/png"},
       {".ico", "image/x-icon"},
       {".woff2", "font/woff2"},
       {".txt", "text/plain; charset=utf-8"}}};
  for (const auto& [ending, type] : types) {
    if (path.ends_with(ending)) return type;
  }
  return {};
}

Trouble complaint(const std::string& why) { return field_trouble("portal", "folder portal: " + why); }

// What the page's script may use for its own views: /sign-in, /cases/cas_01ABC...
bool is_view(std::string_view path) {
  constexpr std::string_view others[] = {"v1", "health", "metrics"};
  const std::string_view first = path.substr(1, path.find('/', 1) - 1);
  if (std::find(std::begin(others), std::end(others), first) != std::end(others)) return false;
  char before = 0;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-' && c != '_' && (c != '/' || before == '/')) return false;
    before = c;
  }
  return before != '/';
}

bool takes(const Request& request, std::string_view field, std::string_view word) {
  return request.head.field(field).value_or("").find(word) != std::string_view::npos;
}

Result<std::string> read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string octets{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad() || octets.empty()) return complaint(file.filename().string() + " is empty or cannot be read");
  return octets;
}

}  // namespace

Result<PageFiles> PageFiles::load(const fs::path& folder) {
  PageFiles pages;
  std::error_code failed;
  std::size_t count = 0;
  for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (at->is_symlink()) return complaint(name + " is a symbolic link");
    if (at->is_directory()) continue;
    if (!at->is_regular_file() || at->file_size() > file_bytes_max) return complaint(name + " is too large");
    if (++count > files_max) return complaint("too many files");
    CASEBRIDGE_TRY(std::string body, read_file(at->path()));
    CASEBRIDGE_CHECK(
        pages.add('/' + at->path().lexically_relative(folder).generic_string(), std::move(body)));
  }
  if (failed || !pages.files_.contains(index_path)) return complaint("it holds no index.html");
  for (const auto& [path, file] : pages.files_) {
    if (file.body.empty()) return complaint(path + ".gz stands alone");
  }
  return pages;
}

Result<void> PageFiles::add(const std::string& path, std::string body) {
  const bool compressed = path.ends_with(compressed_suffix);
  const std::string name = compressed ? path.substr(0, path.size() - compressed_suffix.size()) : path;
  const std::string_view media_type = media_type_of(name);
  if (media_type.empty()) return complaint(path + " is of a kind that is not served");
  File& file = files_[name];
  file.media_type = media_type;
  file.immutable = name.starts_with("/assets/");
  (compressed ? file.compressed_etag : file.etag) = strong_etag(body);
  (compressed ? file.compressed : file.body) = std::move(body);
  return {};
}

std::optional<PageFiles::Page> PageFiles::find(const Request& request) const {
  if (request.head.method != Method::get && request.head.method != Method::head) return std::nullopt;
  const std::string& path = request.head.path;
  const auto found = files_.find(path);
  if (found != files_.end()) return page_of(found->second, request);
  const bool view = path == "/" || (takes(request, "accept", "text/html") && is_view(path));
  if (!view) return std::nullopt;
  return page_of(files_.find(index_path)->second, request);
}

PageFiles::Page PageFiles::page_of(const File& file, const Request& request) const {
  const bool compressed = !file.compressed.empty() && takes(request, "accept-encoding", "gzip");
  Response response(200, file.media_type, compressed ? file.compressed : file.body);
  response.set("ETag", compressed ? file.compressed_etag : file.etag);
  if (compressed) response.set("Content-Encoding", "gzip");
  return {file.immutable ? &asset_row : &page_row, std::move(response)};
}

}  // namespace casebridge::http
