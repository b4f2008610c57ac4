// HtmlDocument and HtmlElement: a page of a state's portal, read as browsers read it, but only when it is
// whole. A library of its own: casebridge_adapter_html.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct _xmlDoc;
struct _xmlNode;

namespace casebridge::sdk {

struct HtmlLimits {
  std::size_t bytes_max = 512u << 10;
  int depth_max = 48;
};

// A look at an element; valid as long as its document. Names are in lower case. Comments are no content, and
// nothing inside script and style is.
class HtmlElement {
 public:
  HtmlElement() = default;
  explicit HtmlElement(const _xmlNode* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  std::string_view name() const;
  bool is(std::string_view name) const { return node_ != nullptr && this->name() == name; }
  // Decoded, as it stands; nullopt when it is not there.
  std::optional<std::string> attribute(std::string_view name) const;
  // One of the words of `class`.
  bool has_class(std::string_view word) const;

  std::vector<HtmlElement> children() const;
  // Everything of that name below this element, in document order.
  std::vector<HtmlElement> all(std::string_view name) const;
  // All text below, decoded: no-break spaces are blanks, runs of blanks are one, none at the ends.
  std::string text() const;
  // Text of the element's own between its children, other than blanks.
  bool has_loose_text() const;

 private:
  const _xmlNode* node_ = nullptr;
};

class HtmlDocument {
 public:
  // Octets of UTF-8. nullopt for anything else: too large, too deep, not whole (html_shape.hpp), or with
  // control characters, which a parser may leave out. Nothing is loaded and nothing is run. Any thread.
  static std::optional<HtmlDocument> parse(std::string_view octets, const HtmlLimits& limits = {});

  HtmlElement root() const;
  HtmlElement body() const;

 private:
  struct Freed {
    void operator()(_xmlDoc* document) const;
  };
  explicit HtmlDocument(_xmlDoc* document) : document_(document) {}
  std::unique_ptr<_xmlDoc, Freed> document_;
};

}  // namespace casebridge::sdk
