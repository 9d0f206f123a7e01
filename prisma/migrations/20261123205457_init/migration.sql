-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "stream" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "last_hash" CHAR(64) NOT NULL,
    "last_occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "next_wake_at" TIMESTAMPTZ(3),
    "final" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "stream_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "command_key" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "payload" JSONB NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "position" BIGSERIAL NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("stream_id","version")
);

-- CreateTable
CREATE TABLE "command" (
    "key" TEXT NOT NULL,
    "stream_id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" JSONB,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "command_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "content" (
    "id" TEXT NOT NULL,
    "salt" BYTEA,
    "bytes" BYTEA,
    "media_type" TEXT NOT NULL DEFAULT 'text/plain; charset=utf-8',
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "content_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counter" (
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "round" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "inspected_body" TEXT,
    "inspecting_body" TEXT,
    "feedback_on" DATE NOT NULL,
    "source_file" TEXT,
    "source_sha256" CHAR(64),
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue" (
    "id" TEXT NOT NULL,
    "round_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "lead_unit_id" TEXT,
    "due_on" DATE,
    "tone" TEXT NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "obligation" (
    "issue_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "unit_id" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE NOT NULL,
    "provisional" BOOLEAN NOT NULL,
    "stopped" BOOLEAN NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,

    CONSTRAINT "obligation_pkey" PRIMARY KEY ("issue_id","id")
);

-- CreateTable
CREATE TABLE "rung" (
    "issue_id" TEXT NOT NULL,
    "obligation_id" TEXT NOT NULL,
    "rung" TEXT NOT NULL,
    "occurrence" INTEGER NOT NULL,
    "how" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "tone" TEXT NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rung_pkey" PRIMARY KEY ("issue_id","obligation_id","rung","occurrence")
);

-- CreateTable
CREATE TABLE "notice" (
    "issue_id" TEXT NOT NULL,
    "obligation_id" TEXT NOT NULL,
    "rung" TEXT NOT NULL,
    "occurrence" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "roles" TEXT[],
    "vacant" TEXT[],
    "tone" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "opening" TIMESTAMPTZ(3) NOT NULL,
    "message_id" TEXT,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("issue_id","obligation_id","rung","occurrence","person_id")
);

-- CreateTable
CREATE TABLE "digest" (
    "person_id" TEXT NOT NULL,
    "opening" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "started" BOOLEAN NOT NULL DEFAULT false,
    "message_id" TEXT,
    "address" TEXT,
    "subject" TEXT,
    "bytes" BYTEA,
    "claimed_at" TIMESTAMPTZ(3),

    CONSTRAINT "digest_pkey" PRIMARY KEY ("person_id","opening")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "opening" TIMESTAMPTZ(3) NOT NULL,
    "channel" TEXT NOT NULL,
    "attempted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "millis" INTEGER NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper" (
    "issue_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "number" TEXT,
    "signed_on" DATE,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("issue_id","id")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parent_id" TEXT,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post" (
    "person_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "from" DATE,
    "to" DATE,

    CONSTRAINT "post_pkey" PRIMARY KEY ("person_id","unit_id","role")
);

-- CreateTable
CREATE TABLE "setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "access_token" (
    "sha256" CHAR(64) NOT NULL,
    "person_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("sha256")
);

-- CreateIndex
CREATE INDEX "stream_kind_final_idx" ON "stream"("kind", "final");

-- CreateIndex
CREATE INDEX "stream_next_wake_at_idx" ON "stream"("next_wake_at");

-- CreateIndex
CREATE INDEX "event_xid_position_idx" ON "event"("xid", "position");

-- CreateIndex
CREATE INDEX "event_type_idx" ON "event"("type");

-- CreateIndex
CREATE UNIQUE INDEX "event_hash_key" ON "event"("hash");

-- CreateIndex
CREATE INDEX "command_stream_id_idx" ON "command"("stream_id");

-- CreateIndex
CREATE INDEX "issue_round_id_number_idx" ON "issue"("round_id", "number");

-- CreateIndex
CREATE INDEX "issue_phase_idx" ON "issue"("phase");

-- CreateIndex
CREATE INDEX "obligation_closed_at_due_on_idx" ON "obligation"("closed_at", "due_on");

-- CreateIndex
CREATE INDEX "notice_person_id_opening_idx" ON "notice"("person_id", "opening");

-- CreateIndex
CREATE INDEX "notice_state_idx" ON "notice"("state");

-- CreateIndex
CREATE INDEX "digest_state_opening_idx" ON "digest"("state", "opening");

-- CreateIndex
CREATE INDEX "delivery_person_id_opening_idx" ON "delivery"("person_id", "opening");

-- CreateIndex
CREATE UNIQUE INDEX "paper_kind_number_key" ON "paper"("kind", "number");

-- CreateIndex
CREATE INDEX "post_role_idx" ON "post"("role");

-- Two walls around the ledger. First: the application is not the owner; it is a member of zhenggai_ledger, which may add
-- events but not change or delete one. Whoever sets the database up creates the roles (docs/production.md).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhenggai_ledger') THEN
    RAISE EXCEPTION 'the group role zhenggai_ledger does not exist: create it before the first migration';
  END IF;
END
$$;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO zhenggai_ledger;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO zhenggai_ledger;
GRANT INSERT ON "event", "delivery", "rung" TO zhenggai_ledger;
GRANT INSERT, UPDATE ("outcome", "decided_at") ON "command" TO zhenggai_ledger;
GRANT INSERT, UPDATE ("salt", "bytes", "erased_at") ON "content" TO zhenggai_ledger;
GRANT INSERT, UPDATE ON "stream", "counter", "round", "issue", "obligation", "notice", "digest", "paper", "unit", "person", "post",
  "setting", "access_token" TO zhenggai_ledger;
GRANT DELETE ON "post" TO zhenggai_ledger;

-- Second: triggers refuse it to everybody, the owner too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % refused: the ledger is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON "event" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_append_only BEFORE UPDATE OR DELETE ON "delivery" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_no_truncate BEFORE TRUNCATE ON "delivery" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rung_append_only BEFORE UPDATE OR DELETE ON "rung" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rung_no_truncate BEFORE TRUNCATE ON "rung" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A command is decided once, a content is changed only by being erased, a counter never counts backwards.
CREATE TRIGGER command_decided_once BEFORE UPDATE ON "command" FOR EACH ROW
  WHEN (OLD.outcome IS NOT NULL OR (OLD.key, OLD.stream_id, OLD.actor, OLD.via, OLD.body) IS DISTINCT FROM (NEW.key, NEW.stream_id, NEW.actor, NEW.via, NEW.body))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER command_kept BEFORE DELETE ON "command" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER command_no_truncate BEFORE TRUNCATE ON "command" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER content_only_erased BEFORE UPDATE ON "content" FOR EACH ROW
  WHEN (OLD.id <> NEW.id OR NEW.bytes IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL)
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER content_kept BEFORE DELETE ON "content" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER content_no_truncate BEFORE TRUNCATE ON "content" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER counter_only_up BEFORE UPDATE ON "counter" FOR EACH ROW
  WHEN (OLD.name <> NEW.name OR NEW.value <= OLD.value) EXECUTE FUNCTION refuse_change();
