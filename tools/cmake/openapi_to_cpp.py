#!/usr/bin/python3
"""Turns schemas/openapi.yaml into a C++ file with the same document as JSON: openapi_to_cpp.py YAML CPP."""
import json
import sys

import yaml


class PlainLoader(yaml.SafeLoader):
    """YAML as JSON knows it: no dates, so that a date stays the text it is."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

PIECE = 8000  # ISO compilers need not take longer literals


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        document = yaml.load(file, Loader=PlainLoader)
    text = json.dumps(document, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    pieces = [text[at:at + PIECE] for at in range(0, len(text), PIECE)]
    literals = "\n".join(f'    R"openapi({piece})openapi"' for piece in pieces)
    with open(target, "w", encoding="utf-8") as file:
        file.write("// Made from schemas/openapi.yaml by tools/cmake/openapi_to_cpp.py.\n")
        file.write('#include "core/http/open_api.hpp"\n\nnamespace casebridge::http {\n\n')
        file.write("std::string_view open_api_json() {\n  static constexpr std::string_view text =\n")
        file.write(f"{literals};\n")
        file.write("  return text;\n}\n\n}  // namespace casebridge::http\n")


main()
