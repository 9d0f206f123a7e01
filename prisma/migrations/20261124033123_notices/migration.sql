-- DropIndex
DROP INDEX "paper_kind_number_key";

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "actor" TEXT;

-- AlterTable
ALTER TABLE "digest" ADD COLUMN     "channels" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "handed_at" TIMESTAMPTZ(3),
ADD COLUMN     "resent_by" TEXT,
ADD COLUMN     "summary" JSONB;

-- CreateTable
CREATE TABLE "letter" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "content_id" TEXT,
    "sha256" CHAR(64),

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preference" (
    "id" SERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "channels" TEXT[],
    "opens_at" INTEGER,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "set_by" TEXT NOT NULL,

    CONSTRAINT "preference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" SERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "secret_hash" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alarm" (
    "key" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "letter_kind_number_key" ON "letter"("kind", "number");

-- CreateIndex
CREATE INDEX "preference_person_id_idx" ON "preference"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_secret_hash_key" ON "calendar_feed"("secret_hash");

-- CreateIndex
CREATE INDEX "calendar_feed_person_id_idx" ON "calendar_feed"("person_id");

-- CreateIndex
CREATE INDEX "paper_kind_number_idx" ON "paper"("kind", "number");

GRANT SELECT, INSERT, UPDATE ("content_id", "sha256") ON "letter" TO zhenggai_ledger;
GRANT SELECT, INSERT ON "preference" TO zhenggai_ledger;
GRANT SELECT, INSERT, UPDATE ("revoked_at", "revoked_by") ON "calendar_feed" TO zhenggai_ledger;
GRANT SELECT, INSERT, UPDATE ON "alarm" TO zhenggai_ledger;
GRANT USAGE ON SEQUENCE "preference_id_seq", "calendar_feed_id_seq" TO zhenggai_ledger;

-- A preference is never changed, another follows it; a letter gets its document once.
CREATE TRIGGER preference_kept BEFORE UPDATE OR DELETE ON "preference" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER preference_no_truncate BEFORE TRUNCATE ON "preference" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_composed_once BEFORE UPDATE ON "letter" FOR EACH ROW
  WHEN (OLD.sha256 IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_kept BEFORE DELETE ON "letter" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_no_truncate BEFORE TRUNCATE ON "letter" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was signed before stands in a letter of its own.
INSERT INTO "letter" ("id", "kind", "number", "addressee", "signed_on")
  SELECT stream_id || '/' || id, kind, number, addressee, signed_on
  FROM "paper" WHERE number IS NOT NULL AND signed_on IS NOT NULL;
