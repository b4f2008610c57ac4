-- The keys that wrap data keys: in which state each is, and how far wrapping anew has come.

-- wraps is never less than how often the key has wrapped: gateways write a number down before they use it up.
CREATE TABLE vault_key (
  id       TEXT   NOT NULL PRIMARY KEY,
  provider TEXT   NOT NULL,
  state    TEXT   NOT NULL,
  since    BIGINT NOT NULL,
  wraps    BIGINT NOT NULL
);
CREATE UNIQUE INDEX vault_key_active ON vault_key (state) WHERE state = 'active';

-- One row for each column that holds sealed records. Everything up to `done_up_to` was looked at.
CREATE TABLE vault_rewrap (
  place      TEXT   NOT NULL PRIMARY KEY,
  key_id     TEXT   NOT NULL,
  done_up_to TEXT   NOT NULL,
  seen       BIGINT NOT NULL,
  wrapped    BIGINT NOT NULL,
  finished   BIGINT NOT NULL
);
