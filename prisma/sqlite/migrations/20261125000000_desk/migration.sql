-- AlterTable
ALTER TABLE "Call" ADD COLUMN "conferenceWith" TEXT;
ALTER TABLE "Call" ADD COLUMN "queueEnd" TEXT;
ALTER TABLE "Call" ADD COLUMN "queueId" TEXT;
ALTER TABLE "Call" ADD COLUMN "queueWaitMs" INTEGER;

-- AlterTable
ALTER TABLE "Lead" ADD COLUMN "assignedAt" BIGINT;
ALTER TABLE "Lead" ADD COLUMN "callId" TEXT;
ALTER TABLE "Lead" ADD COLUMN "language" TEXT;
ALTER TABLE "Lead" ADD COLUMN "numberId" TEXT;
ALTER TABLE "Lead" ADD COLUMN "openedAt" BIGINT;
ALTER TABLE "Lead" ADD COLUMN "ownerGroupId" TEXT;
ALTER TABLE "Lead" ADD COLUMN "passOnAt" BIGINT;
ALTER TABLE "Lead" ADD COLUMN "ruleId" TEXT;

-- CreateTable
CREATE TABLE "CallMissed" (
    "callId" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "ofId" TEXT NOT NULL,
    "missedAt" BIGINT NOT NULL,
    "clientNumber" TEXT,
    "reachedAt" BIGINT,
    "reachedByUserId" TEXT,
    "reachedCallId" TEXT,

    PRIMARY KEY ("callId", "of", "ofId")
);

-- CreateTable
CREATE TABLE "Alarm" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "userId" TEXT,
    "callId" TEXT,
    "liftedAt" BIGINT,
    "liftedByUserId" TEXT
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "readAt" BIGINT,
    "mailedAt" BIGINT
);

-- CreateIndex
CREATE INDEX "CallMissed_of_ofId_missedAt_idx" ON "CallMissed"("of", "ofId", "missedAt");

-- CreateIndex
CREATE INDEX "CallMissed_clientNumber_missedAt_idx" ON "CallMissed"("clientNumber", "missedAt");

-- CreateIndex
CREATE INDEX "Alarm_at_id_idx" ON "Alarm"("at", "id");

-- CreateIndex
CREATE INDEX "Notice_userId_at_id_idx" ON "Notice"("userId", "at", "id");

-- CreateIndex
CREATE INDEX "Notice_mailedAt_at_idx" ON "Notice"("mailedAt", "at");

-- CreateIndex
CREATE INDEX "Lead_isNew_assignedAt_createdAt_idx" ON "Lead"("isNew", "assignedAt", "createdAt");

-- CreateIndex
CREATE INDEX "Lead_isNew_passOnAt_idx" ON "Lead"("isNew", "passOnAt");

-- Leads of before are not passed on
UPDATE "Lead" SET "assignedAt" = "createdAt";
