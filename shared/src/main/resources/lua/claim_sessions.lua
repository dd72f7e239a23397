-- Gives a sweeper sessions that nobody has looked at lately, and notes that it looks at them now: two sweepers never get
-- the same ones, and what a sweeper that dies has claimed comes up again.
--
-- KEYS[1]  sorted set: session and user, by when somebody looked last
-- ARGV[1]  now, ms since 1970
-- ARGV[2]  the latest look that is too long ago, ms since 1970
-- ARGV[3]  how many to give at the most
--
-- Returns the members.
local members = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])
for _, member in ipairs(members) do
  redis.call('ZADD', KEYS[1], 'XX', ARGV[1], member)
end
return members
