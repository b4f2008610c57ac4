// transfer-coding = token *( OWS ";" OWS token BWS "=" BWS ( token / quoted-string ) ) (RFC 9112 §7), in a
// list without empty elements.
#include "core/http/transfer_coding.hpp"

#include <cstddef>

#include "core/base/text.hpp"
#include "core/http/field_grammar.hpp"

namespace casebridge::http {
namespace {

// Takes one piece of the grammar off the front of the rest; false when it is not there.
class Codings {
 public:
  explicit Codings(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool take(char mark) {
    rest_ = without_blanks(rest_);
    if (!rest_.starts_with(mark)) return false;
    rest_ = without_blanks(rest_.substr(1));
    return true;
  }
  bool take_token(std::string_view& token) {
    token = rest_.substr(0, token_size(rest_));
    rest_.remove_prefix(token.size());
    return !token.empty();
  }
  bool take_parameter() {
    std::string_view name, value;
    return take_token(name) && take('=') && (take_token(value) || take_quoted());
  }

 private:
  bool take_quoted() {
    const std::size_t size = quoted_size(rest_);
    rest_.remove_prefix(size);
    return size > 0;
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
