-- Obligations, rungs, notices and papers belong to accounts of any kind: issues, rounds, the base data.
ALTER TABLE "notice" RENAME COLUMN "issue_id" TO "stream_id";
ALTER TABLE "obligation" RENAME COLUMN "issue_id" TO "stream_id";
ALTER TABLE "paper" RENAME COLUMN "issue_id" TO "stream_id";
ALTER TABLE "rung" RENAME COLUMN "issue_id" TO "stream_id";

-- AlterTable
ALTER TABLE "round" ADD COLUMN     "organisation_id" TEXT,
ADD COLUMN     "phase" TEXT NOT NULL DEFAULT 'rectifying',
ADD COLUMN     "policy" TEXT,
ADD COLUMN     "policy_since" TIMESTAMPTZ(3),
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'inspection',
ADD COLUMN     "state" JSONB;

-- AlterTable
ALTER TABLE "stream" ADD COLUMN     "round_id" TEXT,
ADD COLUMN     "rules" TEXT;

-- CreateTable
CREATE TABLE "base" (
    "id" TEXT NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "base_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "calendar_version" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_version_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "substitute" (
    "id" SERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "substitute_id" TEXT NOT NULL,
    "roles" TEXT[],
    "from" DATE,
    "to" DATE,

    CONSTRAINT "substitute_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "substitute_person_id_idx" ON "substitute"("person_id");

-- CreateIndex
CREATE INDEX "stream_final_rules_idx" ON "stream"("final", "rules");

-- What was in force under the first migration keeps its name and text; every stream knows its round.
UPDATE "stream" s SET "round_id" = i."round_id" FROM "issue" i WHERE i."id" = s."id";
UPDATE "stream" SET "round_id" = substr("id", 7) WHERE "kind" = 'round';
INSERT INTO "policy_version" ("name", "value")
  SELECT (value->>'id') || '@' || (value->>'version'), value FROM "setting" WHERE name = 'policy';
INSERT INTO "calendar_version" ("name", "value", "since")
  SELECT value->>'version', value, '1970-01-01T00:00:00Z' FROM "setting" WHERE name = 'calendar';
UPDATE "setting" SET value = jsonb_set(value, '{policy}', to_jsonb((SELECT name FROM "policy_version" LIMIT 1))) WHERE name = 'versions';

GRANT SELECT, INSERT ON "policy_version", "calendar_version" TO zhenggai_ledger;
GRANT SELECT, INSERT, UPDATE ON "base" TO zhenggai_ledger;
GRANT SELECT, INSERT, DELETE ON "substitute" TO zhenggai_ledger;
GRANT USAGE ON SEQUENCE "substitute_id_seq" TO zhenggai_ledger;
CREATE TRIGGER policy_version_kept BEFORE UPDATE OR DELETE ON "policy_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_version_no_truncate BEFORE TRUNCATE ON "policy_version" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER calendar_version_kept BEFORE UPDATE OR DELETE ON "calendar_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER calendar_version_no_truncate BEFORE TRUNCATE ON "calendar_version" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
