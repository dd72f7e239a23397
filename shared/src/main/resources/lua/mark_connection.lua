-- Marks a connection that is still known; one that is not stays forgotten.
-- Returns 1 if it is known, 0 otherwise.
local connection = KEYS[1] -- hash: what is known of the connection
local mark = ARGV[1] -- the field that is set

if redis.call('EXISTS', connection) == 0 then
  return 0
end
redis.call('HSET', connection, mark, '1')
return 1
