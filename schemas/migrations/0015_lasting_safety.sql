-- What lasts: since when an address is left out, passwords that were disowned, and counts that do not run out.

-- 0: since before this was written down.
ALTER TABLE contact ADD COLUMN since BIGINT NOT NULL DEFAULT 0;

-- The owner said "this wasn't me": the password signs nobody in until a new one is chosen.
ALTER TABLE account ADD COLUMN password_stopped BIGINT NOT NULL DEFAULT 0;

-- Wrong tries in a row that add up until one is good, however long that takes.
ALTER TABLE throttle ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
UPDATE throttle SET kept = 1 WHERE throttle_key LIKE 'failures%' OR throttle_key LIKE 'device-failures%';
