// The tables that an adapter instance gets from the gateway; the only way out of an adapter.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/deadline.hpp"
#include "core/base/log.hpp"
#include "core/switchboard/http_client.hpp"
#include "core/switchboard/offered_tables.hpp"
#include "core/switchboard/payload_schemas.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {

// Lives as long as the adapter instance and any call in it. Only the services named are offered.
class HostServices {
 public:
  struct Parts {
    std::string system;
    std::vector<std::string> offered;    // http/1 ...
    std::unique_ptr<HttpClient> http{};  // null where the system has no address; so the next three
    std::unique_ptr<const AssertionSigner> signer{};
    std::unique_ptr<LandingFolders> folders{};
    std::unique_ptr<ValueKeeper> values{};
    std::shared_ptr<const PayloadSchemas> schemas;
    const Clock* clock = nullptr;  // must live until close()
    Log log{};
  };
  explicit HostServices(Parts parts);
  ~HostServices();
  HostServices(const HostServices&) = delete;
  HostServices& operator=(const HostServices&) = delete;

  const casebridge_host* host() const;

  // While it lives, host services accept its call; afterwards they refuse it, also from a thread left behind.
  class OpenCall {
   public:
    // `resume` lives as long as this; that of the context is not looked at.
    OpenCall(HostServices& services, const ports::CallContext& context, const SecretBytes* resume);
    ~OpenCall();
    OpenCall(const OpenCall&) = delete;
    OpenCall& operator=(const OpenCall&) = delete;
    const casebridge_call* call() const;

   private:
    friend class HostServices;
    struct Record;
    std::unique_ptr<Record> record_;
    HostServices& services_;
  };

  // From now on everything is refused; for calls that never came back.
  void close();

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace casebridge::switchboard
