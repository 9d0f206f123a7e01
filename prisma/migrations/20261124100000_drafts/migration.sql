-- CreateTable
CREATE TABLE "draft" (
    "id" TEXT NOT NULL,
    "source_file" TEXT NOT NULL,
    "source_sha256" CHAR(64) NOT NULL,
    "content_id" TEXT NOT NULL,
    "content_sha256" CHAR(64) NOT NULL,
    "read_by" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "about_round_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'open',
    "round_id" TEXT,
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "reason_id" TEXT,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft_edit" (
    "draft_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content_id" TEXT NOT NULL,
    "content_sha256" CHAR(64) NOT NULL,
    "edited_by" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_edit_pkey" PRIMARY KEY ("draft_id","version")
);

-- CreateIndex
CREATE INDEX "draft_source_sha256_idx" ON "draft"("source_sha256");

GRANT SELECT, INSERT, UPDATE ("version", "state", "round_id", "ended_by", "ended_at", "reason_id") ON "draft" TO zhenggai_ledger;
GRANT SELECT, INSERT ON "draft_edit" TO zhenggai_ledger;

-- What was read stays as it was read; a draft ends once, its version only grows, and its edits follow one another.
CREATE TRIGGER draft_ended_once BEFORE UPDATE ON "draft" FOR EACH ROW
  WHEN (OLD.state <> 'open' OR NEW.version < OLD.version
    OR (OLD.id, OLD.source_file, OLD.source_sha256, OLD.content_id, OLD.content_sha256, OLD.read_by, OLD.read_at, OLD.about_round_id)
      IS DISTINCT FROM (NEW.id, NEW.source_file, NEW.source_sha256, NEW.content_id, NEW.content_sha256, NEW.read_by, NEW.read_at, NEW.about_round_id))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draft_kept BEFORE DELETE ON "draft" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draft_no_truncate BEFORE TRUNCATE ON "draft" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draft_edit_kept BEFORE UPDATE OR DELETE ON "draft_edit" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draft_edit_no_truncate BEFORE TRUNCATE ON "draft_edit" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
