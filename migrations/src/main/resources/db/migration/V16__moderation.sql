-- What was set of a guild beside its name, as the guild object names it; what is absent has its default.
ALTER TABLE guilds ADD COLUMN settings text NOT NULL DEFAULT '{}';

-- The audit log is kept for a time: ids begin with the time, so the oldest of all guilds are one range.
CREATE INDEX audit_log_id ON audit_log (id);

-- Who may not come (back) into a guild.
CREATE TABLE bans (
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  reason text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (guild_id, user_id)
);
CREATE INDEX bans_user ON bans (user_id);

-- A user who came by a temporary invite and leaves with the last session, unless somebody gives a role.
ALTER TABLE members ADD COLUMN temporary boolean NOT NULL DEFAULT false;
CREATE INDEX invites_channel ON invites (channel_id);
CREATE INDEX invites_expiry ON invites (expires_at) WHERE expires_at IS NOT NULL;

-- The day on which a user last began a session, or registered; what pruning goes by. For who was here before, today.
ALTER TABLE users ADD COLUMN last_seen date NOT NULL DEFAULT current_date;
