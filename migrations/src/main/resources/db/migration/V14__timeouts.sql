-- When the member may act again; null, or in the past, for a member who may.
ALTER TABLE members ADD COLUMN communication_disabled_until timestamptz;
