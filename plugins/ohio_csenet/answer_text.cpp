// Line ends are those of the code page, so lines are cut before they are decoded.
#include "plugins/ohio_csenet/answer_text.hpp"

#include <algorithm>

#include "core/base/secret.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::size_t body_bytes_max = 128 * 1024;
constexpr char carriage_return = '\r';  // the same octet in both code pages

// Wipes a text at the end, unless somebody may keep it.
class WipedAtEnd {
 public:
  explicit WipedAtEnd(std::string& text) : text_(&text) {}
  ~WipedAtEnd() {
    if (text_ != nullptr) wipe(*text_);
  }
  WipedAtEnd(const WipedAtEnd&) = delete;
  WipedAtEnd& operator=(const WipedAtEnd&) = delete;
  void keep() { text_ = nullptr; }

 private:
  std::string* text_;
};

std::string_view without_return(std::string_view line) {
  return line.ends_with(carriage_return) ? line.substr(0, line.size() - 1) : line;
}

// Overwrites what may be left behind the end of a text from something longer.
void wipe_spare(std::string& text) {
  const std::size_t size = text.size();
  text.resize(text.capacity());
  text.resize(size);
}

}  // namespace

// Decoded and read where they are: a copy would have to be wiped as well.
sdk::Answer<std::vector<Transaction>> read_transactions(std::string& body, const Writing& writing) {
  const auto octets = std::make_shared<std::string>();
  octets->swap(body);
  wipe(body);
  WipedAtEnd wiped(*octets);
  if (octets->size() > body_bytes_max) return sdk::drift("body length");
  wipe_spare(*octets);
  std::vector<Transaction> made;
  for (std::size_t from = 0; from < octets->size();) {
    const std::size_t end = std::min(octets->find(line_end_of(writing.page), from), octets->size());
    const std::size_t size = without_return(std::string_view(*octets).substr(from, end - from)).size();
    auto read = decode_in_place(writing.page, std::span(*octets).subspan(from, size))
                    ? Transaction::parse(octets, from, size, writing.sign)
                    : sdk::drift("code page");
    if (!read) return sdk::drift("line " + std::to_string(made.size() + 1) + ": " + read.refusal().detail);
    made.push_back(std::move(*read));
    from = end + 1;
  }
  wiped.keep();
  return made;
}

sdk::Answer<std::string> read_reply(std::string& body, CodePage page) {
  const WipedAtEnd wiped(body);
  std::string_view line = body;
  if (line.ends_with(line_end_of(page))) line.remove_suffix(1);
  if (body.empty() || line.find(line_end_of(page)) != std::string_view::npos)
    return sdk::drift("reply lines");
  auto text = decode(page, without_return(line));
  if (!text) return sdk::drift("code page");
  return std::move(*text);
}

}  // namespace casebridge::ohio_csenet
