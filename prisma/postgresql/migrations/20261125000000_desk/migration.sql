-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "conferenceWith" TEXT,
ADD COLUMN     "queueEnd" TEXT,
ADD COLUMN     "queueId" TEXT,
ADD COLUMN     "queueWaitMs" INTEGER;

-- AlterTable
ALTER TABLE "Lead" ADD COLUMN     "assignedAt" BIGINT,
ADD COLUMN     "callId" TEXT,
ADD COLUMN     "language" TEXT,
ADD COLUMN     "numberId" TEXT,
ADD COLUMN     "openedAt" BIGINT,
ADD COLUMN     "ownerGroupId" TEXT,
ADD COLUMN     "passOnAt" BIGINT,
ADD COLUMN     "ruleId" TEXT;

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

    CONSTRAINT "CallMissed_pkey" PRIMARY KEY ("callId", "of", "ofId")
);

-- CreateTable
CREATE TABLE "Alarm" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "userId" TEXT,
    "callId" TEXT,
    "liftedAt" BIGINT,
    "liftedByUserId" TEXT,

    CONSTRAINT "Alarm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "readAt" BIGINT,
    "mailedAt" BIGINT,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
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
