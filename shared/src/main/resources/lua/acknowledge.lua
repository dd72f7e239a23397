-- Notes a heartbeat: trims the log up to what the client has, and keeps the session alive.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: the event's id, a bar and its frame an element; the last one has s = seq
-- KEYS[3]  held
-- ARGV[1]  connection id
-- ARGV[2]  s of the last event that the client has; 0 for none
-- ARGV[3]  now, ms since 1970
-- ARGV[4]  resume window, ms
-- ARGV[5]  margin of the time to live, ms
-- ARGV[6]  who wants the lease if events wait and nobody sends them
-- ARGV[7]  end of the lease, ms since 1970
--
-- Returns 0 if the session is gone or has another connection, 1 if all is well, 2 if the caller got the lease, 3 if the
-- client has more than was ever assigned: Redis has lost what it knew, the streams have parted, and the session is ended.
local session = redis.call('HMGET', KEYS[1],
  'conn', 'seq', 'sent', 'bytes', 'lease', 'lease_until', 'interval', 'starting')
if not session[1] then
  return 0
end
if session[1] == '' then
  -- A POST was answered with 410 though the client is there, or the sweeper took it for dead: it has its session back.
  redis.call('HSET', KEYS[1], 'conn', ARGV[1])
  redis.call('HDEL', KEYS[1], 'detached', 'left')
elseif session[1] ~= ARGV[1] then
  return 0
end
local seq = tonumber(session[2])
if tonumber(ARGV[2]) > seq then
  redis.call('DEL', unpack(KEYS))
  return 3
end
-- What the client has was sent, even if its sender died before it could say so.
local sent = math.max(tonumber(session[3]), tonumber(ARGV[2]))
local floor = seq - redis.call('LLEN', KEYS[2])
local bytes = tonumber(session[4])
local drop = math.min(tonumber(ARGV[2]), sent) - floor
if drop > 0 then
  for _, element in ipairs(redis.call('LRANGE', KEYS[2], 0, drop - 1)) do
    bytes = bytes - #element
  end
  redis.call('LTRIM', KEYS[2], drop, -1)
end
redis.call('HSET', KEYS[1], 'sent', sent, 'bytes', bytes, 'heartbeat', ARGV[3])
redis.call('HDEL', KEYS[1], 'missed')
local life = math.floor(tonumber(session[7]) * 5 / 2) + tonumber(ARGV[4]) + tonumber(ARGV[5])
for i = 1, #KEYS do
  redis.call('PEXPIRE', KEYS[i], life)
end
local free = not session[5] or session[5] == '' or tonumber(session[6]) <= tonumber(ARGV[3])
if sent < seq and free and not session[8] then
  redis.call('HSET', KEYS[1], 'lease', ARGV[6], 'lease_until', ARGV[7])
  return 2
end
return 1
