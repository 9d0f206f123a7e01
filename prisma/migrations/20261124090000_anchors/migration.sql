-- CreateTable
CREATE TABLE "anchor" (
    "number" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "streams" INTEGER NOT NULL,
    "root" CHAR(64) NOT NULL,
    "previous" CHAR(64),
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "anchor_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "anchor_leaf" (
    "stream_id" TEXT NOT NULL,
    "anchor" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "anchor_leaf_pkey" PRIMARY KEY ("stream_id","anchor")
);

-- CreateIndex
CREATE INDEX "anchor_leaf_anchor_idx" ON "anchor_leaf"("anchor");

GRANT SELECT, INSERT ON "anchor", "anchor_leaf" TO zhenggai_ledger;

CREATE TRIGGER anchor_kept BEFORE UPDATE OR DELETE ON "anchor" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anchor_no_truncate BEFORE TRUNCATE ON "anchor" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anchor_leaf_kept BEFORE UPDATE OR DELETE ON "anchor_leaf" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anchor_leaf_no_truncate BEFORE TRUNCATE ON "anchor_leaf" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
