-- Grows with every change of who may see what in the guild. Reading it tells the fan-out whether what it knows still holds.
ALTER TABLE guilds ADD COLUMN access_version bigint NOT NULL DEFAULT 0;
