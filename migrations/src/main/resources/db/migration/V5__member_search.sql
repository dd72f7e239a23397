-- Names that begin so, in the order of their bytes, whatever the database's collation is.
CREATE INDEX users_username_prefix ON users (username_key COLLATE "C");
CREATE INDEX members_nick_prefix ON members (guild_id, (lower(nick) COLLATE "C")) WHERE nick IS NOT NULL;
