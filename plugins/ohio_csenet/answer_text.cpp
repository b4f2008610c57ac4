// Line ends are those of the code page, so lines are cut before they are decoded.
#include "plugins/ohio_csenet/answer_text.hpp"

#include "core/base/secret.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::size_t body_bytes_max = 128 * 1024;
constexpr char carriage_return = '\r';  // the same octet in both code pages

class WipedAtEnd {
 public:
  explicit WipedAtEnd(std::string& text) : text_(text) {}
  ~WipedAtEnd() { wipe(text_); }
  WipedAtEnd(const WipedAtEnd&) = delete;
  WipedAtEnd& operator=(const WipedAtEnd&) = delete;

 private:
  std::string& text_;
};

std::vector<std::string_view> lines_of(std::string_view body, char line_end) {
  std::vector<std::string_view> lines;
  while (!body.empty()) {
    const std::size_t end = body.find(line_end);
    std::string_view line = body.substr(0, end);
    if (line.ends_with(carriage_return)) line.remove_suffix(1);
    lines.push_back(line);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
  }
  return lines;
}

sdk::Answer<Transaction> read_line(std::string_view octets, const Writing& writing) {
  auto text = decode(writing.page, octets);
  if (!text) return sdk::drift("code page");
  const WipedAtEnd wiped(*text);
  return Transaction::parse(*text, writing.sign);
}

}  // namespace

sdk::Answer<std::vector<Transaction>> read_transactions(std::string& body, const Writing& writing) {
  const WipedAtEnd wiped(body);
  if (body.size() > body_bytes_max) return sdk::drift("body length");
  std::vector<Transaction> made;
  for (const std::string_view line : lines_of(body, line_end_of(writing.page))) {
    auto read = read_line(line, writing);
    if (!read) return sdk::drift("line " + std::to_string(made.size() + 1) + ": " + read.refusal().detail);
    made.push_back(std::move(*read));
  }
  return made;
}

sdk::Answer<std::string> read_reply(std::string& body, CodePage page) {
  const WipedAtEnd wiped(body);
  const auto lines = lines_of(body, line_end_of(page));
  if (lines.size() != 1) return sdk::drift("reply lines");
  auto text = decode(page, lines.front());
  if (!text) return sdk::drift("code page");
  return std::move(*text);
}

}  // namespace casebridge::ohio_csenet
