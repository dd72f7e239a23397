-- Opens a session's stream: its first events, then what was held back meanwhile. The caller gets the send lease.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: the event's id, a bar and its frame an element; the last one has s = seq
-- KEYS[3]  held: id and the rest of the frame in turn, appended before the start
-- ARGV[1]  holder of the lease
-- ARGV[2]  end of the lease, ms since 1970
-- ARGV[3]  ids of guilds that the session is owed, with commas between them; '' for none
-- ARGV[4]  the rest of a frame, from after s, from here on
--
-- Returns 1, or 0 if the session is gone.
if redis.call('HEXISTS', KEYS[1], 'starting') == 0 then
  return 0
end
local seq = tonumber(redis.call('HGET', KEYS[1], 'seq'))
local bytes = tonumber(redis.call('HGET', KEYS[1], 'bytes'))
local function add(id, rest)
  seq = seq + 1
  local element = id .. '|{"op":0,"s":' .. seq .. rest
  bytes = bytes + #element
  redis.call('RPUSH', KEYS[2], element)
end
for i = 4, #ARGV do
  add('', ARGV[i])
end
local first = bytes
local held = redis.call('LRANGE', KEYS[3], 0, -1)
for i = 1, #held, 2 do
  add(held[i], held[i + 1])
end
redis.call('DEL', KEYS[3])
redis.call('HDEL', KEYS[1], 'starting')
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'owed', ARGV[3])
end
redis.call('HSET', KEYS[1], 'seq', seq, 'bytes', bytes, 'first', first, 'lease', ARGV[1], 'lease_until', ARGV[2])
redis.call('PEXPIRE', KEYS[2], redis.call('PTTL', KEYS[1]))
return 1
