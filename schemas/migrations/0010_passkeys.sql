-- Passkeys (WebAuthn) of accounts. Keys, ids and handles are base64url text; none of them is a secret.

-- By what authenticators know an account: chance, never an address.
CREATE TABLE passkey_owner (
  account_id  TEXT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  user_handle TEXT NOT NULL UNIQUE
);

CREATE TABLE passkey (
  id              TEXT   NOT NULL PRIMARY KEY,
  account_id      TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  credential_id   TEXT   NOT NULL UNIQUE,
  algorithm       BIGINT NOT NULL,
  public_key      TEXT   NOT NULL,
  sign_count      BIGINT NOT NULL,
  backup_eligible BIGINT NOT NULL,
  backed_up       BIGINT NOT NULL,
  transports      TEXT   NOT NULL,
  name            TEXT   NOT NULL,
  created_at      BIGINT NOT NULL,
  last_used_at    BIGINT
);
CREATE INDEX passkey_of_account ON passkey (account_id);
