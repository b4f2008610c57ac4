// What a parent may change or say through the portal: contact data, and messages to the agency.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/california_connect/exchange.hpp"

namespace casebridge::california_connect {

// The data that the form of the contact page shows.
sdk::Answer<model::Profile> fetch_profile(Exchange& exchange);

// Sends the form back with what changed; everything else goes back as it was read.
sdk::Answer<model::Receipt> update_contact(Exchange& exchange, const model::ContactUpdate& order);

sdk::Answer<model::Receipt> send_message(Exchange& exchange, const model::MessageOrder& order);

// A review is asked for by a message of that topic; the portal takes no other request.
sdk::Answer<model::Receipt> create_request(Exchange& exchange, const model::RequestOrder& order);

}  // namespace casebridge::california_connect
