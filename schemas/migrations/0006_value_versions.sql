-- Versions of what adapters keep come from one counter for each system, so that none is ever given twice.

ALTER TABLE adapter_usage ADD COLUMN last_version BIGINT NOT NULL DEFAULT 0;
UPDATE adapter_usage SET last_version = COALESCE(
  (SELECT MAX(version) FROM adapter_value WHERE adapter_value.system = adapter_usage.system), 0);
