// How long each adapter's reader takes for whole messages, and how long a bare reading of the same octets
// takes. One JSON object on a line: microseconds of one pass over all messages of a format, round by round.
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/model/records_json.hpp"
#include "core/switchboard/payload_schemas.hpp"
#include "plugins/ohio_csenet/layout.hpp"
#include "tests/formats/message.hpp"

namespace {

using namespace casebridge;
using formats::Format;
using formats::Message;

// What a reading leaves behind is counted, so that no part of it can be left out.
class CountingSink final : public model::TextSink {
 public:
  void put(std::string_view piece) override { octets += piece.size(); }
  std::size_t octets = 0;
};

using Reading = std::function<void(const Message&, CountingSink&)>;

void read_and_normalise(const Message& message, CountingSink& sink) {
  const formats::Told told = message.read(message.octets);
  if (told.refusal) throw std::runtime_error("refused: " + message.name);
  model::JsonWriter out(sink);
  for (const model::DatasetAnswer& answer : told.content.datasets)
    model::write_records(out, std::get<model::DatasetContent>(answer.answer).records);
}

void json_dom(const Message& message, CountingSink& sink) {
  sink.octets += nlohmann::json::parse(message.octets).size();
}

void xml_dom(const Message& message, CountingSink& sink) {
  xmlDoc* const made = xmlReadMemory(message.octets.data(), static_cast<int>(message.octets.size()), nullptr,
                                     nullptr, XML_PARSE_NONET | XML_PARSE_COMPACT);
  if (made == nullptr) throw std::runtime_error("no XML: " + message.name);
  ++sink.octets;
  xmlFreeDoc(made);
}

void html_dom(const Message& message, CountingSink& sink) {
  htmlDocPtr made =
      htmlReadMemory(message.octets.data(), static_cast<int>(message.octets.size()), nullptr, "UTF-8",
                     HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NODEFDTD |
                         HTML_PARSE_COMPACT);
  if (made == nullptr) throw std::runtime_error("no HTML: " + message.name);
  ++sink.octets;
  xmlFreeDoc(made);
}

// Cuts a block and checks nothing.
void slice(ohio_csenet::BlockKind kind, std::string_view block, std::vector<std::string>& fields) {
  for (const ohio_csenet::Field& field : ohio_csenet::fields_of(kind))
    fields.emplace_back(block.substr(field.offset(), field.size()));
}

void csenet_slices(const Message& message, CountingSink& sink) {
  using ohio_csenet::BlockKind;
  constexpr std::size_t first_counter = 89;
  constexpr std::size_t header_size = ohio_csenet::size_of(BlockKind::header);
  std::string_view rest = message.octets;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    std::vector<std::string> fields;
    slice(BlockKind::header, line.substr(0, header_size), fields);
    const std::string_view counters = line.substr(first_counter, ohio_csenet::block_kinds - 1);
    line.remove_prefix(header_size);
    for (std::size_t at = 0; at < counters.size(); ++at)
      for (char count = counters[at]; count > '0'; --count) {
        const auto kind = static_cast<BlockKind>(at + 1);
        slice(kind, line, fields);
        line.remove_prefix(ohio_csenet::size_of(kind));
      }
    sink.octets += fields.size();
  }
}

struct Compared {
  Format format;
  Reading bare;
};

double one_pass_us(const Format& format, const Reading& reading, int passes) {
  CountingSink sink;
  const auto began = std::chrono::steady_clock::now();
  for (int pass = 0; pass < passes; ++pass)
    for (const Message& message : format.messages) reading(message, sink);
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - began;
  if (sink.octets == 0) throw std::runtime_error("nothing was read");
  return took.count() / passes;
}

double schema_check_us(const Format& format, const switchboard::PayloadSchemas& schemas, int passes) {
  const Reading check = [&](const Message& message, CountingSink& sink) {
    const std::string payload = formats::payload_of(message.read(message.octets));
    if (schemas.check("case_content", payload).verdict != switchboard::PayloadSchemas::Verdict::good)
      throw std::runtime_error("the payload does not follow its schema: " + message.name);
    sink.put(payload);
  };
  return one_pass_us(format, check, passes) - one_pass_us(format, read_and_normalise, passes);
}

// The other answers of this state tell little by themselves; what is read with them is the case once more.
Format of_case_alone(Format format) {
  std::erase_if(format.messages, [](const Message& one) { return one.name != "csenet_ascii_case.txt"; });
  return format;
}

void print(const char* name, const std::vector<double>& values, const char* end) {
  std::printf("\"%s\":[", name);
  for (std::size_t i = 0; i < values.size(); ++i) std::printf("%s%.3f", i == 0 ? "" : ",", values[i]);
  std::printf("]%s", end);
}

void measure(const Compared& one, const switchboard::PayloadSchemas& schemas, int rounds) {
  constexpr double round_us = 200'000;
  const double first = one_pass_us(one.format, read_and_normalise, 20);
  const int passes = static_cast<int>(round_us / first) + 1;
  std::vector<double> ours, bare, schema;
  for (int round = 0; round < rounds; ++round) {
    ours.push_back(one_pass_us(one.format, read_and_normalise, passes));
    bare.push_back(one_pass_us(one.format, one.bare, passes));
  }
  schema.push_back(schema_check_us(one.format, schemas, passes / 4 + 1));
  std::printf("\"%s\":{", one.format.name.c_str());
  print("reader_us", ours, ",");
  print("bare_us", bare, ",");
  print("schema_us", schema, "}");
}

int run(int rounds, const char* schemas_folder) {
  const auto schemas = switchboard::PayloadSchemas::read(schemas_folder);
  if (!schemas) throw std::runtime_error("the payload schemas cannot be read");
  xmlInitParser();
  const Compared all[] = {{formats::icop(), json_dom},
                          {formats::smart(), xml_dom},
                          {formats::quick(), xml_dom},
                          {formats::connect(), html_dom},
                          {of_case_alone(formats::csenet()), csenet_slices}};
  const char* separator = "{";
  for (const Compared& one : all) {
    std::printf("%s", separator);
    measure(one, **schemas, rounds);
    separator = ",";
  }
  std::printf("}\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return argc == 3 ? run(std::atoi(argv[1]), argv[2]) : 64;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_formats: %s\n", error.what());
    return 70;
  }
}
