// libxml2's HTML parser behind the same rules as its XML: nothing is loaded, nothing is deep, nothing is
// printed.
#include "plugins/sdk/html.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <charconv>
#include <climits>
#include <cstdint>
#include <mutex>

#include "core/base/text.hpp"
#include "plugins/sdk/html_shape.hpp"

namespace casebridge::sdk {
namespace {

std::string_view viewed(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

// The parser's tables are made once in the process; making them is not safe from two threads.
void start_html_parser() {
  static std::once_flag started;
  std::call_once(started, [] { xmlInitParser(); });
}

bool is_element(const xmlNode* node) { return node->type == XML_ELEMENT_NODE; }
bool is_text(const xmlNode* node) { return node->type == XML_TEXT_NODE; }

bool has_no_content(const xmlNode* element) {
  const std::string_view name = viewed(element->name);
  return name == "script" || name == "style";
}

// Characters that the parser leaves out without a word: "5<U+0001>0" would become "50".
bool is_left_out(std::uint32_t code) {
  if (code < 0x20) return code != '\t' && code != '\n' && code != '\r';
  return code == 0xFFFE || code == 0xFFFF || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF;
}

// "&#1;" and "&#x1;". A number too long to be one counts as left out.
bool refers_to_left_out(std::string_view after_mark) {
  const bool hex = after_mark.starts_with('x') || after_mark.starts_with('X');
  const char* const begin = after_mark.data() + (hex ? 1 : 0);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(begin, after_mark.data() + after_mark.size(), code, hex ? 16 : 10);
  if (error == std::errc::invalid_argument) return false;  // no number: the mark is text
  return error != std::errc{} || is_left_out(code);
}

bool holds_left_out(std::string_view utf8) {
  for (const char c : utf8)
    if (static_cast<unsigned char>(c) < 0x20 && is_left_out(static_cast<unsigned char>(c))) return true;
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    if (utf8.find(none) != std::string_view::npos) return true;
  for (std::size_t at = utf8.find("&#"); at != std::string_view::npos; at = utf8.find("&#", at + 2))
    if (refers_to_left_out(utf8.substr(at + 2))) return true;
  return false;
}

// In document order, without recursion; `visit` says whether to go on below a node. False when it is too
// deep.
template <class Visit>
bool walk(const xmlNode* top, int depth_max, Visit&& visit) {
  int depth = 0;
  for (const xmlNode* node = top->children; node != nullptr;) {
    if (visit(node) && node->children != nullptr && is_element(node)) {
      if (++depth > depth_max) return false;
      node = node->children;
      continue;
    }
    while (node->next == nullptr) {
      node = node->parent;
      if (node == top || node == nullptr) return true;
      --depth;
    }
    node = node->next;
  }
  return true;
}

// U+00A0 counts as a blank. Text is UTF-8.
std::string with_single_blanks(std::string_view text) {
  constexpr std::string_view no_break_space = "\xC2\xA0";
  std::string made;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const bool wide = text.substr(at, 2) == no_break_space;
    const char c = text[at];
    if (wide || c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
      blank = true;
      at += wide ? 2 : 1;
      continue;
    }
    if (blank && !made.empty()) made += ' ';
    blank = false;
    made += c;
    ++at;
  }
  return made;
}

}  // namespace

void HtmlDocument::Freed::operator()(_xmlDoc* document) const { xmlFreeDoc(document); }

std::optional<HtmlDocument> HtmlDocument::parse(std::string_view octets, const HtmlLimits& limits) {
  if (octets.empty() || octets.size() > std::min(limits.bytes_max, static_cast<std::size_t>(INT_MAX)))
    return std::nullopt;
  if (holds_left_out(octets) || !text::is_utf8(octets) || !is_whole_html(octets)) return std::nullopt;
  start_html_parser();
  constexpr int options = HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER |
                          HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT;
  HtmlDocument document(
      htmlReadMemory(octets.data(), static_cast<int>(octets.size()), nullptr, "UTF-8", options));
  if (!document.document_ || !document.root().is("html") || !document.body()) return std::nullopt;
  const xmlNode* const root = xmlDocGetRootElement(document.document_.get());
  if (!walk(root, limits.depth_max, [](const xmlNode*) { return true; })) return std::nullopt;
  return document;
}

HtmlElement HtmlDocument::root() const { return HtmlElement(xmlDocGetRootElement(document_.get())); }

HtmlElement HtmlDocument::body() const {
  for (const HtmlElement& child : root().children())
    if (child.is("body")) return child;
  return {};
}

std::string_view HtmlElement::name() const {
  return node_ == nullptr ? std::string_view() : viewed(node_->name);
}

std::optional<std::string> HtmlElement::attribute(std::string_view name) const {
  if (node_ == nullptr) return std::nullopt;
  for (const xmlAttr* each = node_->properties; each != nullptr; each = each->next) {
    if (viewed(each->name) != name) continue;
    std::string value;
    for (const xmlNode* part = each->children; part != nullptr; part = part->next)
      if (is_text(part)) value += viewed(part->content);
    return value;
  }
  return std::nullopt;
}

bool HtmlElement::has_class(std::string_view word) const {
  const auto words = attribute("class");
  if (!words) return false;
  const auto each = text::split(with_single_blanks(*words), ' ');
  return std::find(each.begin(), each.end(), word) != each.end();
}

std::vector<HtmlElement> HtmlElement::children() const {
  std::vector<HtmlElement> found;
  if (node_ == nullptr) return found;
  for (const xmlNode* child = node_->children; child != nullptr; child = child->next)
    if (is_element(child)) found.emplace_back(child);
  return found;
}

std::vector<HtmlElement> HtmlElement::all(std::string_view name) const {
  std::vector<HtmlElement> found;
  if (node_ == nullptr) return found;
  (void)walk(node_, INT_MAX, [&](const xmlNode* node) {
    if (!is_element(node)) return false;
    if (viewed(node->name) == name) found.emplace_back(node);
    return !has_no_content(node);
  });
  return found;
}

std::string HtmlElement::text() const {
  std::string whole;
  if (node_ == nullptr || has_no_content(node_)) return whole;
  (void)walk(node_, INT_MAX, [&](const xmlNode* node) {
    if (is_text(node)) whole += viewed(node->content);
    return is_element(node) && !has_no_content(node);
  });
  return with_single_blanks(whole);
}

bool HtmlElement::has_loose_text() const {
  if (node_ == nullptr) return false;
  for (const xmlNode* child = node_->children; child != nullptr; child = child->next)
    if (is_text(child) && !with_single_blanks(viewed(child->content)).empty()) return true;
  return false;
}

}  // namespace casebridge::sdk
