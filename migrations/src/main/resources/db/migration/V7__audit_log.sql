-- What was done in guilds. Kept for 45 days, as at Discord. target_id has no foreign key: most targets are gone.
CREATE TABLE audit_log (
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  id bigint NOT NULL,
  user_id bigint NOT NULL,
  target_id bigint,
  action_type smallint NOT NULL,
  reason text,
  changes text NOT NULL,
  options text,
  PRIMARY KEY (guild_id, id)
);
CREATE INDEX audit_log_user ON audit_log (guild_id, user_id, id);
CREATE INDEX audit_log_action ON audit_log (guild_id, action_type, id);
CREATE INDEX audit_log_target ON audit_log (guild_id, target_id, id);
