-- Ends a session for good.
--
-- KEYS[1]  session hash
-- KEYS[2..] the session's other keys
-- ARGV[1]  connection id; nothing happens if the session has another one by now
--
-- Returns the user id, or '' if nothing happened.
local session = redis.call('HMGET', KEYS[1], 'conn', 'user')
if session[1] ~= ARGV[1] then
  return ''
end
redis.call('DEL', unpack(KEYS))
return session[2]
