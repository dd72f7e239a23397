-- Whether sessions are shown the guild.
ALTER TABLE guilds ADD COLUMN available boolean NOT NULL DEFAULT true;
