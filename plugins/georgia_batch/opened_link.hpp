// OpenedLink: a link with what is kept of its case, after every run that is there was read.
#pragma once

#include "plugins/georgia_batch/kept_case.hpp"
#include "plugins/georgia_batch/run_ledger.hpp"
#include "plugins/georgia_batch/session.hpp"

namespace casebridge::georgia_batch {

struct OpenedLink {
  RunLedger ledger;
  Link link{};
  KeptCase kept{};
};

// session_expired: the link has ended, and nothing is kept for it any more.
sdk::Answer<OpenedLink> open_link(const sdk::Call& call, const SecretBytes& session);

}  // namespace casebridge::georgia_batch
