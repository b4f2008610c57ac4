// Compiles every port once, so that each header stands alone.
#include "core/ports/mailer.hpp"
#include "core/ports/state_adapter.hpp"
#include "core/ports/store.hpp"
#include "core/ports/store_accounts.hpp"
#include "core/ports/store_cases.hpp"
#include "core/ports/store_links.hpp"
#include "core/ports/systems.hpp"
#include "core/ports/vault.hpp"
