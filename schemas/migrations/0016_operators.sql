-- Operators: accounts that look after the gateway and see no case, and when an account was last signed in to.

ALTER TABLE account ADD COLUMN role TEXT NOT NULL DEFAULT 'parent';
-- 0: since there is the account.
ALTER TABLE account ADD COLUMN role_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN signed_in_at BIGINT;

-- The account's role when the session began: whoever changes the one ends the other.
ALTER TABLE session ADD COLUMN role TEXT NOT NULL DEFAULT 'parent';

CREATE INDEX link_waiting_for_user ON link (state_since) WHERE state = 'action_required';
CREATE INDEX dataset_state_trouble ON dataset_state (link_id) WHERE trouble <> '';
