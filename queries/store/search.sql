-- summary: Things whose name, other name or pinyin contains a text; names that begin with it first.
-- parameters: :text folded text; :kind a kind or null; :limit at most so many
-- returns: kind, id, name, name_alt
-- mode: read
SELECT kind, id, name, name_alt FROM thing
WHERE search <> '' AND instr(search, :text) > 0 AND kind IN ('Organization', 'Person', 'Deal') AND (:kind IS NULL OR kind = :kind)
ORDER BY instr(search, :text), kind, name, id
LIMIT :limit
