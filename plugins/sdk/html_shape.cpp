// One pass over the tags, without a tree.
#include "plugins/sdk/html_shape.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/text.hpp"

namespace casebridge::sdk {
namespace {

constexpr std::string_view containers[] = {"html", "head",  "body", "table",  "ul",       "ol",     "dl",
                                           "form", "title", "nav",  "select", "textarea", "script", "style"};
// Their content has no tags.
constexpr std::string_view plain_inside[] = {"script", "style", "textarea", "title"};
constexpr std::size_t open_max = 64;
// The parser compares each attribute of a tag with all others, and its tree takes much more room than octets.
constexpr std::size_t attribute_marks_max = 256;  // of one tag: what may begin or divide an attribute
constexpr std::size_t tags_max = 100'000;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

class ShapeReader {
 public:
  explicit ShapeReader(std::string_view octets) : rest_(octets) {}

  bool read() {
    while (!rest_.empty()) {
      const std::size_t at = rest_.find('<');
      if (!text_may_stand(rest_.substr(0, at))) return false;
      if (at == std::string_view::npos) break;
      rest_.remove_prefix(at);
      if (!markup()) return false;
    }
    return open_.empty() && html_seen_ && body_seen_;
  }

 private:
  // Outside of html there are blanks only.
  bool text_may_stand(std::string_view text) const {
    return !open_.empty() || std::all_of(text.begin(), text.end(), is_blank);
  }

  bool skip_past(std::string_view end, std::size_t from) {
    const std::size_t at = rest_.find(end, from);
    if (at == std::string_view::npos) return false;
    rest_.remove_prefix(at + end.size());
    return true;
  }

  // Where a comment ends must be beyond doubt: browsers end "<!-->" and "--!>" early.
  bool skip_comment() {
    const std::string_view inside = rest_.substr(4);
    if (inside.starts_with('>') || inside.starts_with("->")) return false;
    const std::size_t end = inside.find("-->");
    if (inside.substr(0, end).find("--!>") != std::string_view::npos) return false;
    return skip_past("-->", 4);
  }

  bool markup() {
    if (rest_.starts_with("<!--")) return skip_comment();
    if (rest_.starts_with("<!")) return open_.empty() && !html_seen_ && skip_past(">", 2);
    if (rest_.starts_with("<?")) return false;
    const bool closing = rest_.starts_with("</");
    const std::size_t begin = closing ? 2 : 1;
    if (rest_.size() <= begin || !is_letter(rest_[begin])) {
      rest_.remove_prefix(begin);  // a lone bracket is text
      return !closing && !open_.empty();
    }
    std::size_t end = begin;
    while (end < rest_.size() && !is_blank(rest_[end]) && rest_[end] != '>' && rest_[end] != '/') ++end;
    const std::string name = text::lower_ascii(rest_.substr(begin, end - begin));
    rest_.remove_prefix(end);
    if (++tags_ > tags_max || !skip_attributes()) return false;
    return closing ? close(name) : open(name);
  }

  // Up to and with '>', which means nothing inside quotes after '='.
  bool skip_attributes() {
    std::size_t marks = 0;
    for (std::size_t at = 0; at < rest_.size(); ++at) {
      if (rest_[at] == '<') return false;
      const bool begins = at > 0 && is_blank(rest_[at - 1]) && !is_blank(rest_[at]);
      if ((begins || rest_[at] == '=' || rest_[at] == '/') && ++marks > attribute_marks_max) return false;
      if (rest_[at] == '>') {
        rest_.remove_prefix(at + 1);
        return true;
      }
      if (rest_[at] != '=') continue;
      std::size_t value = at + 1;
      while (value < rest_.size() && is_blank(rest_[value])) ++value;
      if (value >= rest_.size()) return false;
      if (rest_[value] != '"' && rest_[value] != '\'') continue;
      at = rest_.find(rest_[value], value + 1);
      if (at == std::string_view::npos) return false;
    }
    return false;
  }

  bool open(const std::string& name) {
    bool* const once = name == "html" ? &html_seen_ : name == "body" ? &body_seen_ : nullptr;
    if (once != nullptr) {
      if (*once) return false;
      *once = true;
    }
    if (name != "html" && open_.empty()) return false;
    if (!is_one_of(name, containers)) return true;
    if (open_.size() == open_max) return false;
    open_.push_back(name);
    return !is_one_of(name, plain_inside) || skip_plain(name);
  }

  // To the closing tag, which is read next.
  bool skip_plain(const std::string& name) {
    for (std::size_t at = rest_.find("</"); at != std::string_view::npos; at = rest_.find("</", at + 2)) {
      if (!text::equal_ignoring_case(rest_.substr(at + 2, name.size()), name)) continue;
      rest_.remove_prefix(at);
      return true;
    }
    return false;
  }

  bool close(const std::string& name) {
    if (!is_one_of(name, containers)) return !open_.empty();
    if (open_.empty() || open_.back() != name) return false;
    open_.pop_back();
    return true;
  }

  std::string_view rest_;
  std::vector<std::string> open_;
  bool html_seen_ = false;
  bool body_seen_ = false;
  std::size_t tags_ = 0;
};

}  // namespace

bool is_whole_html(std::string_view octets) { return ShapeReader(octets).read(); }

}  // namespace casebridge::sdk
