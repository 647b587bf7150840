-- summary: Every record that belongs to one account, as Snapshot.scope defines it.
-- parameters: :account the account's id
-- returns: kind, props
-- mode: read
WITH RECURSIVE
organizations (id) AS (
  SELECT :account
  UNION
  SELECT tie.src FROM tie JOIN organizations ON tie.dst = organizations.id WHERE tie.kind = 'PART_OF'
),
people (id) AS (
  SELECT tie.src FROM tie JOIN organizations ON tie.dst = organizations.id WHERE tie.kind IN ('WORKS_AT', 'MEMBER_OF')
),
circles (id) AS (
  SELECT tie.dst FROM people CROSS JOIN tie ON tie.src = people.id AND tie.kind = 'MEMBER_OF'
),
touching (id, src, dst) AS (
  SELECT tie.id, tie.src, tie.dst FROM tie JOIN people ON tie.src = people.id
  UNION
  SELECT tie.id, tie.src, tie.dst FROM tie JOIN people ON tie.dst = people.id
  UNION
  SELECT tie.id, tie.src, tie.dst FROM tie JOIN organizations ON tie.dst = organizations.id
  UNION
  SELECT tie.id, tie.src, tie.dst FROM circles CROSS JOIN tie ON tie.dst = circles.id AND tie.kind = 'MEMBER_OF'
  WHERE EXISTS (
    SELECT 1 FROM tie AS job JOIN thing ON thing.id = job.dst AND thing.kind = 'Organization' AND thing.type = 'supplier'
    WHERE job.src = tie.src AND job.kind = 'WORKS_AT'
  )
),
owned (id, props, kind) AS (
  SELECT thing.id, thing.props, thing.kind FROM thing_facts AS thing JOIN organizations ON thing.account = organizations.id WHERE thing.account <> ''
),
reached (id) AS (
  SELECT id FROM organizations
  UNION SELECT id FROM people
  UNION SELECT src FROM touching
  UNION SELECT dst FROM touching
  UNION SELECT id FROM owned
  UNION SELECT thing.id FROM thing WHERE thing.kind = 'Organization' AND thing.type = 'supplier'
  UNION
  SELECT deal.id FROM thing AS owner JOIN thing_facts AS deal ON deal.account = owner.id AND deal.account <> '' AND deal.kind = 'Deal'
  WHERE owner.kind = 'Organization' AND owner.type = 'supplier'
  UNION
  SELECT named.value
  FROM owned, json_each(owned.props) AS field,
    json_each(CASE field.type WHEN 'array' THEN field.value ELSE json_array(field.value) END) AS named
  WHERE owned.kind IN ('Interaction', 'Assessment', 'Goal', 'Action', 'Voice') AND field.key IN (
    'ours', 'theirs', 'action', 'subject', 'supplier', 'said_by', 'present', 'goal', 'owner', 'targets', 'approved_by',
    'heard_by', 'screened_by', 'routed_by', 'about', 'verdict_by', 'need'
  )
),
jobs (id, dst) AS (
  SELECT tie.id, tie.dst FROM tie JOIN reached ON tie.src = reached.id JOIN thing ON thing.id = tie.src WHERE tie.kind = 'WORKS_AT'
)
SELECT thing.kind, thing.props FROM thing_facts AS thing WHERE thing.id IN (SELECT id FROM reached UNION SELECT dst FROM jobs)
UNION ALL
SELECT tie.kind, tie.props FROM tie_facts AS tie WHERE tie.id IN (SELECT id FROM touching UNION SELECT id FROM jobs)
