// summary: Constraints and indexes, one statement a paragraph.
// parameters: none
// returns: nothing
// mode: write
CREATE CONSTRAINT powermap_organization_id IF NOT EXISTS FOR (n:Organization) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_deal_id IF NOT EXISTS FOR (n:Deal) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_interaction_id IF NOT EXISTS FOR (n:Interaction) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_figure_id IF NOT EXISTS FOR (n:Figure) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT powermap_layout_id IF NOT EXISTS FOR (n:Layout) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_assessment_id IF NOT EXISTS FOR (n:Assessment) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_goal_id IF NOT EXISTS FOR (n:Goal) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_action_id IF NOT EXISTS FOR (n:Action) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_voice_id IF NOT EXISTS FOR (n:Voice) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_erasure_id IF NOT EXISTS FOR (n:Erasure) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_part_of_id IF NOT EXISTS FOR ()-[r:PART_OF]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_works_at_id IF NOT EXISTS FOR ()-[r:WORKS_AT]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_reports_to_id IF NOT EXISTS FOR ()-[r:REPORTS_TO]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_influences_id IF NOT EXISTS FOR ()-[r:INFLUENCES]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_member_of_id IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_covers_id IF NOT EXISTS FOR ()-[r:COVERS]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_serves_id IF NOT EXISTS FOR ()-[r:SERVES]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_takes_part_id IF NOT EXISTS FOR ()-[r:TAKES_PART]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_stands_id IF NOT EXISTS FOR ()-[r:STANDS]-() REQUIRE r.id IS UNIQUE;

CREATE CONSTRAINT powermap_relates_id IF NOT EXISTS FOR ()-[r:RELATES]-() REQUIRE r.id IS UNIQUE;

CREATE INDEX powermap_deal_account IF NOT EXISTS FOR (n:Deal) ON (n.account);

CREATE INDEX powermap_interaction_account IF NOT EXISTS FOR (n:Interaction) ON (n.account);

CREATE INDEX powermap_figure_account IF NOT EXISTS FOR (n:Figure) ON (n.account);
CREATE INDEX powermap_layout_account IF NOT EXISTS FOR (n:Layout) ON (n.account);

CREATE INDEX powermap_assessment_account IF NOT EXISTS FOR (n:Assessment) ON (n.account);

CREATE INDEX powermap_goal_account IF NOT EXISTS FOR (n:Goal) ON (n.account);

CREATE INDEX powermap_action_account IF NOT EXISTS FOR (n:Action) ON (n.account);

CREATE INDEX powermap_voice_account IF NOT EXISTS FOR (n:Voice) ON (n.account);

CREATE INDEX powermap_organization_type IF NOT EXISTS FOR (n:Organization) ON (n.type);

CREATE CONSTRAINT powermap_store_key IF NOT EXISTS FOR (n:Store) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT powermap_batch_id IF NOT EXISTS FOR (n:Batch) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT powermap_change_seq IF NOT EXISTS FOR (n:Change) REQUIRE n.seq IS UNIQUE;

CREATE CONSTRAINT powermap_link_place IF NOT EXISTS FOR (n:Link) REQUIRE n.place IS UNIQUE;

CREATE CONSTRAINT powermap_link_batch IF NOT EXISTS FOR (n:Link) REQUIRE n.batch IS UNIQUE;

CREATE INDEX powermap_change_record IF NOT EXISTS FOR (n:Change) ON (n.id);

CREATE INDEX powermap_batch_undoes IF NOT EXISTS FOR (n:Batch) ON (n.undoes);
