-- CreateTable
CREATE TABLE "restoration" (
    "id" SERIAL NOT NULL,
    "backup_at" TIMESTAMPTZ(3) NOT NULL,
    "restored_at" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "restoration_pkey" PRIMARY KEY ("id")
);

GRANT SELECT, INSERT, UPDATE ("decision", "decided_by", "decided_at") ON "restoration" TO zhenggai_ledger;
GRANT USAGE ON SEQUENCE "restoration_id_seq" TO zhenggai_ledger;

-- A restoration happened; what was decided about its messages is decided once.
CREATE TRIGGER restoration_decided_once BEFORE UPDATE ON "restoration" FOR EACH ROW
  WHEN (OLD.decision IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER restoration_kept BEFORE DELETE ON "restoration" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER restoration_no_truncate BEFORE TRUNCATE ON "restoration" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
