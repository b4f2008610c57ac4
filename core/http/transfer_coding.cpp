// transfer-coding = token *( OWS ";" OWS token BWS "=" BWS ( token / quoted-string ) ) (RFC 9112 §7), in a
// list without empty elements.
#include "core/http/transfer_coding.hpp"

#include <cstddef>

#include "core/base/text.hpp"
#include "core/http/head_check.hpp"

namespace casebridge::http {
namespace {

// Takes one piece of the grammar off the front of the rest; false when it is not there.
class Codings {
 public:
  explicit Codings(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool take(char mark) {
    skip_blanks();
    if (rest_.empty() || rest_.front() != mark) return false;
    rest_.remove_prefix(1);
    skip_blanks();
    return true;
  }
  bool take_token(std::string_view& token) {
    std::size_t size = 0;
    while (size < rest_.size() && is_token(rest_.substr(size, 1))) ++size;
    token = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return size > 0;
  }
  bool take_parameter() {
    std::string_view name, value;
    return take_token(name) && take('=') && (take_token(value) || take_quoted());
  }

 private:
  bool take_quoted() {
    if (rest_.empty() || rest_.front() != '"') return false;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\\')
        ++i;
      else if (rest_[i] == '"')
        return rest_.remove_prefix(i + 1), true;
    }
    return false;
  }
  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

}  // namespace

HeadFault check_transfer_coding(std::string_view value) {
  Codings codings(value);
  bool others = false;
  for (;;) {
    std::string_view name;
    if (!codings.take_token(name)) return HeadFault::coding_unknown;
    const bool chunked = text::equal_ignoring_case(name, "chunked");
    bool plain = true;
    for (; codings.take(';'); plain = false)
      if (!codings.take_parameter()) return HeadFault::coding_unknown;
    const bool last = codings.at_end();
    // It is the last, once, and has no parameters (§6.1, §7.1).
    if (last != chunked || (chunked && !plain)) return HeadFault::coding_unknown;
    if (last) return others ? HeadFault::coding_before_chunked : HeadFault::none;
    if (!codings.take(',')) return HeadFault::coding_unknown;
    others = true;
  }
}

}  // namespace casebridge::http
