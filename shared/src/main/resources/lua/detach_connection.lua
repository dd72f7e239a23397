-- Takes a connection from its session, which can be resumed until the window ends.
--
-- KEYS[1]  session hash
-- KEYS[2..] the session's other keys
-- ARGV[1]  connection id; nothing happens if the session has another one by now
-- ARGV[2]  since when the session counts as without a connection, ms since 1970; it ends a resume window later
-- ARGV[3]  time to live from now on, ms: what is left of the window, and time for the sweeper to end the session after it
-- ARGV[4]  '1' if the client has taken its leave
--
-- Returns 1 if the session had the connection, else 0.
if redis.call('HGET', KEYS[1], 'conn') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'conn', '', 'lease', '', 'lease_until', 0, 'detached', ARGV[2])
if ARGV[4] == '1' then
  redis.call('HSET', KEYS[1], 'left', 1)
end
for i = 1, #KEYS do
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return 1
