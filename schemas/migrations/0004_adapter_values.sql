-- What adapters keep from call to call (kv/1). Keys and values are sealed; the digest of the key is its address.

CREATE TABLE adapter_value (
  system     TEXT   NOT NULL,
  key_digest TEXT   NOT NULL,
  sealed_key TEXT   NOT NULL,
  sealed     TEXT   NOT NULL,
  size       BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  PRIMARY KEY (system, key_digest)
);

-- What a system has used of its quota; kept in the same transaction as the values.
CREATE TABLE adapter_usage (
  system  TEXT   NOT NULL PRIMARY KEY,
  entries BIGINT NOT NULL,
  octets  BIGINT NOT NULL
);
