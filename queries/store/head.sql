-- summary: The end of the chain, and when something was recorded last.
-- parameters: none
-- returns: place, hash, recorded_at (null if there is none)
-- mode: read
SELECT coalesce((SELECT max(place) FROM chain), 0),
  (SELECT hash FROM chain ORDER BY place DESC LIMIT 1),
  (SELECT recorded_at FROM batch ORDER BY n DESC LIMIT 1)
