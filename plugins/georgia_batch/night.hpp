// One run of the state: read and checked as a whole, and what it tells of linked cases put on the shelf.
#pragma once

#include <functional>

#include "plugins/georgia_batch/case_shelf.hpp"
#include "plugins/georgia_batch/pieces.hpp"

namespace casebridge::georgia_batch {

// Reads the octets of a listed file through `read`, to their end; refused when size, line count or sum differ
// from the list. schema_drift: the file is wrong; other refusals: it could not be read.
sdk::Answer<sdk::Done> read_counted(Pieces& source, const ListedFile& file,
                                    const std::function<sdk::Answer<sdk::Done>(Pieces&)>& read);
// The same of the file in the landing folder.
sdk::Answer<sdk::Done> read_listed(const sdk::Call& call, const ListedFile& file,
                                   const std::function<sdk::Answer<sdk::Done>(Pieces&)>& read);

// Everything or nothing: the ledger counts the run only when all of its files are in order.
sdk::Answer<sdk::Done> load_run(const sdk::Call& call, RunLedger& ledger, const RunManifest& manifest);

// Puts on the shelf what the runs that count tell of one case that was not kept until now.
sdk::Answer<sdk::Done> fetch_case_rows(const sdk::Call& call, const RunLedger& ledger,
                                       const std::string& case_number);

}  // namespace casebridge::georgia_batch
