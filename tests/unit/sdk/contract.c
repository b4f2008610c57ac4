/* The contract as a C author sees it: the header compiles as C11, and an adapter can be written in it. */
#include "plugins/abi/casebridge_adapter_v1.h"

CASEBRIDGE_NOTE("in_c", "1.0.0");

static int32_t create(const casebridge_host* host, uint32_t abi_minor, const casebridge_adapter** made) {
  (void)host;
  (void)abi_minor;
  *made = NULL;
  return CASEBRIDGE_FAULT;
}

static const casebridge_entry entry = {
    sizeof(casebridge_entry), CASEBRIDGE_ABI_MAJOR, 0, CASEBRIDGE_ABI_MINOR, "in_c", "1.0.0", create};

CASEBRIDGE_EXPORT extern const void* const casebridge_adapter_v1;
const void* const casebridge_adapter_v1 = &entry;

/* What C makes of the sizes; the C++ half of this test compares. */
extern const size_t contract_sizes_in_c[];
const size_t contract_sizes_in_c[] = {
    sizeof(casebridge_bytes),         sizeof(casebridge_sink),         sizeof(casebridge_call),
    sizeof(casebridge_host),          sizeof(casebridge_adapter),      sizeof(casebridge_entry),
    sizeof(casebridge_http_v1),       sizeof(casebridge_http_request), sizeof(casebridge_log_field),
    sizeof(casebridge_http_receiver), sizeof(casebridge_model_v1)};
