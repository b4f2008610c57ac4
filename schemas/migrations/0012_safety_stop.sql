-- Accounts whose owners stopped all sharing.

CREATE TABLE safety_stop (
  account_id TEXT   NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  stopped_at BIGINT NOT NULL
);
