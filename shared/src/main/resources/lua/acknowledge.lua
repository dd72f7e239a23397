-- Notes a heartbeat: trims the log up to what the client has, and keeps the session alive.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: one frame an element, the one at index 0 has s = floor + 1
-- KEYS[3]  held
-- KEYS[4]  seen
-- ARGV[1]  connection id
-- ARGV[2]  s of the last event that the client has; 0 for none
-- ARGV[3]  now, ms since 1970
-- ARGV[4]  time to live, ms
-- ARGV[5]  who wants the lease if events wait and nobody sends them
-- ARGV[6]  end of the lease, ms since 1970
--
-- Returns 0 if the connection has no such session, 1 if all is well, 2 if the caller got the lease.
local session = redis.call('HMGET', KEYS[1], 'conn', 'seq', 'sent', 'floor', 'bytes', 'lease', 'lease_until')
if not session[1] or session[1] ~= ARGV[1] then
  return 0
end
local seq = tonumber(session[2])
local sent = tonumber(session[3])
local floor = tonumber(session[4])
local bytes = tonumber(session[5])
local drop = math.min(tonumber(ARGV[2]), sent) - floor
if drop > 0 then
  for _, frame in ipairs(redis.call('LRANGE', KEYS[2], 0, drop - 1)) do
    bytes = bytes - #frame
  end
  redis.call('LTRIM', KEYS[2], drop, -1)
  floor = floor + drop
end
redis.call('HSET', KEYS[1], 'floor', floor, 'bytes', bytes, 'heartbeat', ARGV[3])
for i = 1, #KEYS do
  redis.call('PEXPIRE', KEYS[i], ARGV[4])
end
local free = not session[6] or session[6] == '' or tonumber(session[7]) <= tonumber(ARGV[3])
if sent < seq and free then
  redis.call('HSET', KEYS[1], 'lease', ARGV[5], 'lease_until', ARGV[6])
  return 2
end
return 1
