// libxml2 behind four rules: nothing is loaded, nothing is declared, nothing is deep, nothing is printed.
#include "plugins/sdk/xml.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <mutex>

#include "core/base/text.hpp"

namespace casebridge::sdk {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";

std::string_view seen(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view space_of(const xmlNs* name_space) {
  return name_space == nullptr ? std::string_view() : seen(name_space->href);
}

// The parser's tables are made once in the process; making them is not safe from two threads.
void start_parser() {
  static std::once_flag started;
  std::call_once(started, [] { xmlInitParser(); });
}

// A prefix that nothing declares stays part of the name (Namespaces in XML 1.0 §5).
bool names_are_bound(const xmlNode* element) {
  if (seen(element->name).find(':') != std::string_view::npos) return false;
  for (const xmlAttr* each = element->properties; each != nullptr; each = each->next)
    if (seen(each->name).find(':') != std::string_view::npos) return false;
  return true;
}

// What may stand in a tree that nobody has to be afraid of, and how deep. Walks without recursion.
bool is_plain_tree(const xmlNode* top, int depth_max) {
  int depth = 1;
  for (const xmlNode* node = top; node != nullptr;) {
    if (node->type == XML_PI_NODE || node->type == XML_ENTITY_REF_NODE) return false;
    if (node->type == XML_ELEMENT_NODE && (depth > depth_max || !names_are_bound(node))) return false;
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      ++depth;
      continue;
    }
    while (node != top && node->next == nullptr) {
      node = node->parent;
      --depth;
    }
    node = node == top ? nullptr : node->next;
  }
  return true;
}

bool has_instructions_outside(const xmlDoc* document) {
  for (const xmlNode* node = document->children; node != nullptr; node = node->next)
    if (node->type == XML_PI_NODE || node->type == XML_DTD_NODE) return true;
  return false;
}

bool is_utf8_or_unsaid(const xmlChar* encoding) {
  return encoding == nullptr || text::equal_ignoring_case(seen(encoding), "utf-8");
}

// Text and CDATA, one node after the other.
std::string text_under(const xmlNode* first) {
  std::string whole;
  for (const xmlNode* node = first; node != nullptr; node = node->next)
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) whole += seen(node->content);
  return whole;
}

const xmlNode* element_from(const xmlNode* node) {
  while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

// Where the markup that begins at `at` ends; npos: nowhere.
std::size_t end_of_markup(std::string_view octets, std::size_t at, std::size_t attributes_max) {
  const auto past = [&](std::string_view end) {
    const std::size_t found = octets.find(end, at);
    return found == std::string_view::npos ? found : found + end.size();
  };
  const std::string_view markup = octets.substr(at);
  if (markup.starts_with("<!--")) return past("-->");
  if (markup.starts_with("<![CDATA[")) return past("]]>");
  if (markup.starts_with("<?")) return past("?>");
  // An end tag with anything but a name in it is not well-formed.
  if (markup.starts_with("</")) return past(">");
  std::size_t attributes = 0;
  for (std::size_t i = at + 1; i < octets.size(); ++i) {
    if (octets[i] == '>') return i + 1;
    if (octets[i] == '=' && ++attributes > attributes_max) return std::string_view::npos;
    if (octets[i] != '"' && octets[i] != '\'') continue;
    i = octets.find(octets[i], i + 1);
    if (i == std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

// One pass over the tags. What is not well-formed may pass: the parser refuses it.
bool is_of_bearable_size(std::string_view octets, const XmlLimits& limits) {
  std::size_t elements = 0;
  for (std::size_t at = octets.find('<'); at != std::string_view::npos; at = octets.find('<', at)) {
    const std::string_view next = octets.substr(at + 1, 1);
    if (next != "/" && next != "!" && next != "?" && ++elements > limits.elements_max) return false;
    at = end_of_markup(octets, at, limits.attributes_max);
    if (at == std::string_view::npos) return false;
  }
  return true;
}

// Before anything is parsed: in another encoding the same octets may hold a declaration.
bool declares_utf8_or_nothing(std::string_view octets) {
  if (!octets.starts_with("<?xml")) return true;
  const std::string_view declaration = octets.substr(0, octets.find("?>"));
  const std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return true;
  const std::size_t begin = declaration.find_first_of("\"'", at);
  if (begin == std::string_view::npos) return false;
  const std::string_view value = declaration.substr(begin + 1);
  return text::equal_ignoring_case(value.substr(0, value.find_first_of("\"'")), "utf-8");
}

}  // namespace

void XmlDocument::Freed::operator()(_xmlDoc* document) const { xmlFreeDoc(document); }

std::optional<XmlDocument> XmlDocument::parse(std::string_view octets, const XmlLimits& limits) {
  if (octets.starts_with(byte_order_mark)) octets.remove_prefix(byte_order_mark.size());
  if (octets.empty() || octets.size() > std::min(limits.bytes_max, static_cast<std::size_t>(INT_MAX)))
    return std::nullopt;
  // Refused unparsed: a declaration could make the parser work, whatever is thrown away afterwards.
  if (octets.find("<!DOCTYPE") != std::string_view::npos || octets.find('\0') != std::string_view::npos ||
      !text::is_utf8(octets) || !declares_utf8_or_nothing(octets) || !is_of_bearable_size(octets, limits))
    return std::nullopt;
  start_parser();
  constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
  XmlDocument document(
      xmlReadMemory(octets.data(), static_cast<int>(octets.size()), nullptr, nullptr, options));
  const xmlDoc* made = document.document_.get();
  if (made == nullptr || !is_utf8_or_unsaid(made->encoding) || has_instructions_outside(made))
    return std::nullopt;
  const xmlNode* root = xmlDocGetRootElement(document.document_.get());
  if (root == nullptr || !is_plain_tree(root, limits.depth_max)) return std::nullopt;
  return document;
}

XmlElement XmlDocument::root() const { return XmlElement(xmlDocGetRootElement(document_.get())); }

std::string_view XmlElement::local_name() const {
  return node_ == nullptr ? std::string_view() : seen(node_->name);
}

std::string_view XmlElement::name_space() const {
  return node_ == nullptr ? std::string_view() : space_of(node_->ns);
}

bool XmlElement::is(std::string_view name_space, std::string_view local) const {
  return node_ != nullptr && local_name() == local && this->name_space() == name_space;
}

XmlElement XmlElement::first_child() const {
  return XmlElement(node_ == nullptr ? nullptr : element_from(node_->children));
}

XmlElement XmlElement::next() const {
  return XmlElement(node_ == nullptr ? nullptr : element_from(node_->next));
}

XmlElement XmlElement::child(std::string_view name_space, std::string_view local) const {
  XmlElement found = first_child();
  while (found && !found.is(name_space, local)) found = found.next();
  return found;
}

std::vector<XmlElement> XmlElement::children(std::string_view name_space, std::string_view local) const {
  std::vector<XmlElement> found;
  for (XmlElement each = first_child(); each; each = each.next())
    if (each.is(name_space, local)) found.push_back(each);
  return found;
}

std::optional<std::string> XmlElement::attribute(std::string_view local) const {
  return attribute(std::string_view(), local);
}

std::optional<std::string> XmlElement::attribute(std::string_view name_space, std::string_view local) const {
  if (node_ == nullptr) return std::nullopt;
  for (const xmlAttr* each = node_->properties; each != nullptr; each = each->next)
    if (seen(each->name) == local && space_of(each->ns) == name_space) return text_under(each->children);
  return std::nullopt;
}

std::string XmlElement::text() const {
  return node_ == nullptr ? std::string() : text_under(node_->children);
}

bool XmlElement::is_nil() const {
  const auto nil = attribute(instance_namespace, "nil");
  return nil && (*nil == "true" || *nil == "1");
}

void append_xml_text(std::string& out, std::string_view utf8) {
  for (const char c : utf8) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      // A parser would turn these into a blank or a line feed (XML 1.0 §2.11, §3.3.3).
      case '\r': out += "&#13;"; break;
      case '\n': out += "&#10;"; break;
      case '\t': out += "&#9;"; break;
      default: out += c;
    }
}

bool fits_xml(std::string_view utf8) {
  const bool controls = std::any_of(utf8.begin(), utf8.end(), [](unsigned char c) {
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
  // U+FFFE and U+FFFF, the two code points of the plane that are no characters.
  const bool none = utf8.find("\xEF\xBF\xBE") != std::string_view::npos ||
                    utf8.find("\xEF\xBF\xBF") != std::string_view::npos;
  return !controls && !none && text::is_utf8(utf8);
}

}  // namespace casebridge::sdk
