-- Notes that a user sends a message in a channel with slow mode, unless the user has just sent one.
-- Returns 0 when the user may send, else the milliseconds until then.
local last = KEYS[1] -- text: when the user last sent a message there, in milliseconds since 1970
local pause = tonumber(ARGV[1]) -- milliseconds between two messages of one user
local now = tonumber(ARGV[2]) -- the time, in milliseconds since 1970

local sent = tonumber(redis.call('GET', last))
if sent and now - sent < pause then
  return math.min(pause, pause - (now - sent))
end
redis.call('SET', last, ARGV[2], 'PX', ARGV[1])
return 0
