// XmlDocument and XmlElement: a state's XML answer, read strictly: no DTD, no entities of its own, bounded
// depth. Elements are found by namespace and local name. A library of its own: casebridge_adapter_xml.
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

struct XmlLimits {
  std::size_t bytes_max = 4u << 20;
  int depth_max = 32;
  // The parser compares each attribute of an element with all others, and its tree takes much more room than
  // the octets: both are counted before it is asked.
  std::size_t attributes_max = 64;  // of one element
  std::size_t elements_max = 100'000;
};

// A look at an element; valid as long as its document. An empty one has no name, no children and no text.
class XmlElement {
 public:
  XmlElement() = default;
  explicit XmlElement(const _xmlNode* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  bool is(std::string_view name_space, std::string_view local) const;
  std::string_view local_name() const;
  std::string_view name_space() const;

  // In document order; the namespace is compared too.
  XmlElement child(std::string_view name_space, std::string_view local) const;  // the first, or an empty one
  std::vector<XmlElement> children(std::string_view name_space, std::string_view local) const;
  XmlElement first_child() const;
  XmlElement next() const;

  // An attribute without a namespace, or with the one named; nullopt when it is not there.
  std::optional<std::string> attribute(std::string_view local) const;
  std::optional<std::string> attribute(std::string_view name_space, std::string_view local) const;
  // The element's own text, CDATA included, as it stands; that of children does not belong to it.
  std::string text() const;
  // xsi:nil="true" or "1".
  bool is_nil() const;

 private:
  const _xmlNode* node_ = nullptr;
};

class XmlDocument {
 public:
  // Octets of UTF-8, with or without a byte order mark. nullopt for anything else: too large or too deep, a
  // DTD, a processing instruction, another declared encoding, an undefined entity, or no well-formed XML 1.0.
  // Nothing outside the octets is ever opened. Any thread.
  static std::optional<XmlDocument> parse(std::string_view octets, const XmlLimits& limits = {});

  XmlElement root() const;

 private:
  struct Freed {
    void operator()(_xmlDoc* document) const;
  };
  explicit XmlDocument(_xmlDoc* document) : document_(document) {}
  std::unique_ptr<_xmlDoc, Freed> document_;
};

// For writing: & < > " ' become entities. Characters that XML cannot carry are the caller's to refuse before.
void append_xml_text(std::string& out, std::string_view utf8);
// False when XML 1.0 §2.2 has no place for a character of this text.
bool fits_xml(std::string_view utf8);

}  // namespace casebridge::sdk
